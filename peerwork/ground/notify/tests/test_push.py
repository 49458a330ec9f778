"""A knock at a real little service on this machine.

Who uses it, and what they fear. Rosa, whose phone lies on the kitchen table: that what lights up says what it is. The
host: that somebody has us knock at a door inside their own network.
"""

import json
import threading
from base64 import urlsafe_b64decode
from http.client import HTTPConnection  # noqa: TID251 — our own service
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from peerwork.ground.notify import push
from peerwork.ground.notify.push import Answer

ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/abc?x=1"


@pytest.fixture
def service():
    """What it was asked, and `says`: what it answers."""

    class Service(BaseHTTPRequestHandler):
        asked, says = [], 201

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.asked.append((self.path, dict(self.headers), body))
            self.send_response(type(self).says)
            self.end_headers()

        def log_message(self, *_said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Service.connect = staticmethod(
        lambda _host, _port: HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    )
    yield Service
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pem(tmp_path):
    return push.own_key(tmp_path / "key.pem", lambda path, content: path.write_bytes(content))


def bytes_of(letters):
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


def test_a_knock_is_empty_and_says_whose_it_is_and_nothing_else(service, pem):
    assert (
        push.knock(ENDPOINT, pem=pem, of="https://corner.example", waits=25, connect=service.connect)
        is Answer.KNOCKED
    )
    ((path, headers, body),) = service.asked
    assert (path, body, headers["TTL"]) == ("/wpush/v2/abc?x=1", b"", "25")
    assert {"Content-Type", "Topic", "Content-Encoding", "User-Agent"}.isdisjoint(headers)
    token, key = (
        part.partition("=")[2] for part in headers["Authorization"].removeprefix("vapid ").split(", ")
    )
    head, claims, signature = (bytes_of(part) for part in token.split("."))
    assert json.loads(head)["alg"] == "ES256"
    said = json.loads(claims)
    assert said["aud"] == "https://updates.push.services.mozilla.com"
    assert set(said) == {"aud", "exp", "sub"}
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(key))
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    signed = token.rpartition(".")[0].encode()
    theirs.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    assert key == push.public_half(pem)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (201, Answer.KNOCKED),
        (404, Answer.GONE),
        (410, Answer.GONE),
        (429, Answer.LATER),
        (500, Answer.LATER),
        (302, Answer.LATER),
    ],
)
def test_a_device_that_is_gone_is_told_from_a_service_that_is_tired(service, pem, status, answer):
    service.says = status
    assert push.knock(ENDPOINT, pem=pem, of="", waits=25, connect=service.connect) is answer


def test_a_service_that_is_not_there_stops_nobody(pem):
    nowhere = lambda _host, _port: HTTPConnection("127.0.0.1", 1, timeout=1)  # noqa: E731
    assert push.knock(ENDPOINT, pem=pem, of="", waits=25, connect=nowhere) is Answer.LATER


def test_the_key_is_made_once(tmp_path, pem):
    assert push.own_key(tmp_path / "key.pem", lambda *_never: pytest.fail("made again")) == pem


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        (ENDPOINT, True),
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@10.0.0.1/x", False),
        ("https://me@fcm.googleapis.com/x", False),
        ("https://notfcm.googleapis.com/x", False),
        ("https://push.services.mozilla.com.example/x", False),
        ("https://10.0.0.1/x", False),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com/x\r\nHost: y", False),
        (f"https://fcm.googleapis.com/{'x' * 700}", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_the_makers_services_are_knocked_at(endpoint, is_one):
    assert push.is_a_service(endpoint) is is_one
