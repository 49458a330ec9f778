"""The relay of voices: a real coturn, on this machine alone. Whom it lets in, where it leads, and what it keeps."""

import secrets
import signal
import socket
import ssl
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import override_settings

from peerwork.site import options, relaying
from peerwork.site.cli import Refused
from peerwork.support.line import relay
from tests.journeys.browser import House, free_port
from tests.test_kept_running import family, is_alive, wait_until
from tests.turning import ALLOCATE, ERROR, TRANSPORT, Device, attribute, header, read

HERE = "127.77.0.2"
a_real_relay = pytest.mark.journey


def with_a_relay(folder, **more):
    return replace(settings.OPTIONS, memory=folder, relay=f"{HERE}:{free_port()}", **more)


def told(chosen):
    return relaying.configuration(chosen, secret="x").splitlines()


class TestWhatItIsTold:
    def test_it_keeps_no_log_and_has_no_other_door(self, tmp_path):
        lines = told(with_a_relay(tmp_path))
        assert {"log-file=/dev/null", "no-stdout-log", "no-cli", "no-stun", "no-software-attribute"} <= set(
            lines
        )
        assert "verbose" not in lines
        kept = [line.partition("=")[2] for line in lines if line.startswith(("userdb", "pidfile"))]
        assert all(Path(path).parent == tmp_path for path in kept)

    def test_it_passes_on_to_itself_alone(self, tmp_path):
        lines = told(with_a_relay(tmp_path))
        assert [line for line in lines if line.startswith("allowed-peer-ip")] == [f"allowed-peer-ip={HERE}"]
        assert len([line for line in lines if line.startswith("denied-peer-ip")]) == 2

    def test_only_a_relay_for_this_machine_alone_passes_on_within_it(self, tmp_path, monkeypatch):
        assert "allow-loopback-peers" in told(with_a_relay(tmp_path))
        monkeypatch.setattr(relaying, "_here", lambda _address: HERE)
        public = replace(with_a_relay(tmp_path), relay=f"198.51.100.7:{free_port()}")
        assert "allow-loopback-peers" not in told(public)
        assert f"external-ip=198.51.100.7/{HERE}" in told(public)  # a router stands in between

    def test_it_has_room_for_each_place_it_may_give_away(self):
        first, last = relaying.PORTS
        assert last - first >= relaying.PLACES

    def test_a_name_that_leads_nowhere_is_said(self, tmp_path):
        with pytest.raises(Refused, match="leads nowhere just now"):
            told(replace(with_a_relay(tmp_path), relay="nobody.invalid:3478"))

    def test_a_port_that_is_taken_is_said(self, tmp_path):
        chosen = with_a_relay(tmp_path)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind((HERE, int(chosen.relay.rpartition(":")[2])))
            with pytest.raises(Refused, match="Something else is at port"):
                told(chosen)

    def test_a_certificate_that_cannot_be_read_is_said(self, tmp_path):
        with pytest.raises(Refused, match="cannot read the relay's certificate"):
            told(with_a_relay(tmp_path, relay_certificate=tmp_path / "nothing.pem"))


class TestTheSetting:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("voices.example", "voices.example:3478"),
            ("voices.example:443", "voices.example:443"),
            ("198.51.100.7:3478", "198.51.100.7:3478"),
            ("[2001:db8::7]", "[2001:db8::7]:3478"),
        ],
    )
    def test_a_name_or_an_address_and_a_port(self, monkeypatch, said, meant):
        monkeypatch.setenv("PEERWORK_RELAY", said)
        assert options.read().relay == meant
        assert options.read().relays_here

    @pytest.mark.parametrize(
        "said", ["a b", "x:y", "turn:voices.example", "x\nno-auth", "voices.example:123456"]
    )
    def test_anything_else_is_refused_in_a_sentence(self, monkeypatch, said):
        monkeypatch.setenv("PEERWORK_RELAY", said)
        with pytest.raises(options.SettingsUnclear, match="It takes a name or an address, and a port"):
            options.read()

    def test_with_a_secret_of_somebody_elses_coturn_none_is_started_here(self, monkeypatch):
        monkeypatch.setenv("PEERWORK_RELAY", "voices.example")
        monkeypatch.setenv("PEERWORK_RELAY_SECRET", "known to both")
        assert not options.read().relays_here


def a_certificate(path):
    """One file with a key and its certificate, as a host would point to."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HERE)]),
    )
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(start).not_valid_after(start + timedelta(days=9)).sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(*plain) + made.public_bytes(serialization.Encoding.PEM))
    return path


class Running:
    """A relay as `serve` starts it."""

    def __init__(self, folder, *, certificate=None):
        self.memory, self.place = folder / "memory", (HERE, free_port())
        self.said = folder / "said.txt"
        environment = {
            "PEERWORK_DATA": str(folder / "data"), "PEERWORK_MEMORY": str(self.memory),
            "PEERWORK_RELAY": f"{HERE}:{self.place[1]}", "PEERWORK_RELAY_CERTIFICATE": str(certificate or ""),
        }  # fmt: skip
        command = [sys.executable, "-m", "peerwork.site.parts", "relay"]
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                command, env=environment | {"PATH": "/usr/bin:/bin"}, stdout=out, stderr=out
            )
        self.chosen = replace(settings.OPTIONS, memory=self.memory, relay=environment["PEERWORK_RELAY"])
        self.devices = []
        assert wait_until(self.answers), self.said.read_text()

    def answers(self):
        try:
            with socket.create_connection(self.place, timeout=1):
                return True
        except OSError:
            return False

    def credentials(self):
        with override_settings(OPTIONS=self.chosen):
            return relay.credentials(secrets.token_hex())

    def device(self, credentials=None):
        self.devices.append(Device(self.place, credentials or self.credentials()))
        return self.devices[-1]

    def end(self):
        for device in self.devices:
            device.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    made = Running(tmp_path_factory.mktemp("relay"))
    yield made
    made.end()


class TestWhoIsLetIn:
    pytestmark = a_real_relay

    def test_whoever_has_ten_minutes(self, running):
        assert running.device().allocate() == 0

    def test_nobody_with_a_word_that_was_made_up_or_is_over(self, running):
        good = running.credentials()
        over = f"1:{good['username'].partition(':')[2]}"
        later = f"9{good['username']}"
        secret = (running.memory / "relay-secret").read_text()
        for name, word in (
            (good["username"], "made up"),
            (later, good["credential"]),
            (over, relay.sealed(over, secret=secret)),
        ):
            assert running.device({"username": name, "credential": word}).allocate() == 401

    def test_a_talk_may_last_longer_than_its_credentials(self, running):
        secret, name = (
            (running.memory / "relay-secret").read_text(),
            f"{int(datetime.now(UTC).timestamp()) + 2}:short",
        )
        short = {"username": name, "credential": relay.sealed(name, secret=secret)}
        device = running.device(short)
        assert device.allocate() == 0
        assert wait_until(lambda: running.device(short).allocate() == 401)
        assert device.refresh() == 0


class TestWhereItLeads:
    pytestmark = a_real_relay

    def test_from_itself_to_itself(self, running):
        ash, rosa = running.device(), running.device()
        assert (ash.allocate(), rosa.allocate()) == (0, 0)
        assert (ash.permit(rosa.relayed), rosa.permit(ash.relayed)) == (0, 0)
        ash.send(rosa.relayed, b"can you hear me")
        assert rosa.hears() == b"can you hear me"

    @pytest.mark.parametrize(
        "elsewhere", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "198.51.100.7", "169.254.169.254"]
    )
    def test_nowhere_else(self, running, elsewhere):
        device = running.device()
        assert device.allocate() == 0
        assert device.permit((elsewhere, 80)) == 403


class TestWhatItKeeps:
    pytestmark = a_real_relay

    def test_nothing_is_said_or_written_of_a_talk(self, running):
        TestWhereItLeads().test_from_itself_to_itself(running)
        assert running.said.read_text() == ""
        assert {path.name for path in running.memory.iterdir()} <= {
            "relay-secret",
            "relay.conf",
            "relay.pid",
            "relay.db",
        }
        opened = {str(file.readlink()) for file in Path(f"/proc/{running.process.pid}/fd").iterdir()}
        ours = ("/dev/null", "pipe:", "socket:", "anon_inode:", str(running.memory))
        assert [path for path in opened if not path.startswith(ours)] == []

    def test_its_secret_is_in_memory_and_only_its_owner_reads_it(self, running):
        for name in ("relay-secret", "relay.conf"):
            assert stat.S_IMODE((running.memory / name).stat().st_mode) == 0o600
        assert not list((running.memory.parent).rglob("data/*relay*"))


@a_real_relay
def test_through_walls_that_let_nothing_but_tls_pass(tmp_path):
    certificate = a_certificate(tmp_path / "both.pem")
    running, trusting = (
        Running(tmp_path, certificate=certificate),
        ssl.create_default_context(cafile=str(certificate)),
    )
    trusting.check_hostname = False
    try:
        with socket.create_connection(running.place) as plain, trusting.wrap_socket(plain) as line:
            line.sendall(header(ALLOCATE, attribute(TRANSPORT, bytes([17, 0, 0, 0]))))
            assert read(line.recv(2048))[1][ERROR][2:4] == bytes([4, 1])  # heard, and asked who it is
    finally:
        running.end()


@a_real_relay
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_relay_goes_with_the_house(tmp_path, end):
    house = House(tmp_path / "data", demo=False, PEERWORK_RELAY=f"{HERE}:{free_port()}")
    house.start()

    def is_a_relay(pid):
        return is_alive(pid) and Path(f"/proc/{pid}/comm").read_text() == "turnserver\n"

    assert wait_until(lambda: any(is_a_relay(pid) for pid in family(house.process.pid)))
    below = family(house.process.pid)
    house.process.send_signal(end)
    house.process.wait(timeout=40)
    assert wait_until(lambda: not any(is_alive(pid) for pid in below), 10)
