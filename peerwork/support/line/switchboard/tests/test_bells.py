"""Rosa's phone lies on the table with the page closed: it is knocked at when it begins to ring, and never otherwise."""

import dataclasses
import threading
from http.client import HTTPConnection  # noqa: TID251 — our own service
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from peerwork.ground.notify import push
from peerwork.support.line.roster.models import Bell
from peerwork.support.line.switchboard import bells, calls

PLACE = "https://updates.push.services.mozilla.com/wpush/v2/"


@pytest.fixture
def service(monkeypatch):
    """A service on this machine, in place of the makers'. Gives what was knocked at, and `gone`: what is no more."""

    class Service(BaseHTTPRequestHandler):
        knocked, gone = [], set()

        def do_POST(self):
            self.knocked.append(self.path.rpartition("/")[2])
            self.send_response(410 if self.knocked[-1] in self.gone else 201)
            self.end_headers()

        def log_message(self, *_said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(
        push, "_safely", lambda _host, _port: HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    )
    yield Service
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.OPTIONS = dataclasses.replace(settings.OPTIONS, data=tmp_path)


@pytest.fixture
def told(monkeypatch):
    """At whom a verb would have knocked, once it was confirmed."""
    found = []
    monkeypatch.setattr(bells, "knock", lambda people: found.append(set(people)))
    return found


def test_whoever_it_begins_to_ring_at_is_knocked_at_and_nobody_else(on_call, rosa, sam, ask, told):
    ash = ask()
    calls.decline(ash.call, str(rosa.pk))
    calls.here(ash.box, ash.secret)
    assert told == [{str(rosa.pk)}, {str(sam.pk)}, set()]


def test_every_device_is_knocked_at_and_one_that_is_gone_is_forgotten(on_call, rosa, sam, service):
    for name in ("phone", "laptop"):
        bells.choose(rosa, PLACE + name, on=True)
    bells.choose(sam, PLACE + "sams", on=True)
    service.gone.add("laptop")
    bells.knock_now([str(rosa.pk)])
    assert sorted(service.knocked) == ["laptop", "phone"]
    assert set(Bell.objects.filter(person=rosa).values_list("endpoint", flat=True)) == {PLACE + "phone"}


def test_nobody_hangs_more_than_five(on_call, rosa):
    for n in range(bells.MOST):
        bells.choose(rosa, f"{PLACE}{n}", on=True)
    with pytest.raises(bells.NoBell):
        bells.choose(rosa, f"{PLACE}more", on=True)


def test_where_nothing_serves_nobody_is_knocked_at(on_call, rosa, service, ask):
    bells.choose(rosa, PLACE + "phone", on=True)
    ask()
    assert service.knocked == []
