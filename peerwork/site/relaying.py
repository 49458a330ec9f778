"""The relay of voices: coturn, as one more child of `serve`. It keeps no log and no list, and leads nowhere else.

Both sides of a talk come in here, so the one place a voice is passed on to is the relay itself. A credential opens
nothing more: no other door of this machine, no network behind it, no other server.
"""

import errno
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from shutil import which

from peerwork.site import options
from peerwork.site.cli import Refused

# One device takes two places, one for each way it may get through: room for fifty who talk at the same time.
PLACES = 200
PORTS = (49152, 49407)
# A voice takes 4.4 kB a second each way. Nothing larger than a few of them comes through one place.
MOST_A_SECOND = 16_000

PLAIN = f"""\
realm=relay
use-auth-secret
fingerprint
stale-nonce=600
max-allocate-lifetime=600
user-quota=8
total-quota={PLACES}
max-bps={MOST_A_SECOND}
min-port={PORTS[0]}
max-port={PORTS[1]}
relay-threads=1
no-cli
no-stun
no-tcp-relay
no-rfc5780
no-stun-backward-compatibility
response-origin-only-with-rfc5780
no-software-attribute
no-multicast-peers
no-dynamic-ip-list
no-dynamic-realms
no-auth-pings
denied-peer-ip=0.0.0.0-255.255.255.255
denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
log-file=/dev/null
simple-log
no-stdout-log
"""


def become(chosen: options.Options) -> None:
    """This process is coturn from here on, and whatever it says goes nowhere. Raises Refused where it cannot be."""
    program = which("turnserver")
    if not program:
        raise Refused("Nobody can talk aloud without coturn. Install it: apt install coturn")
    options.prepare_folder(chosen.memory)
    options.write_whole(chosen.memory / "relay.conf", configuration(chosen, secret=_secret(chosen)).encode())
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.execv(program, [program, "-c", str(chosen.memory / "relay.conf")])  # noqa: S606 — Debian's own


def configuration(chosen: options.Options, *, secret: str) -> str:
    """All that coturn is told. Raises Refused where the relay's name or its port will not do."""
    return PLAIN + "\n".join([
        f"static-auth-secret={secret}",
        f"userdb={chosen.memory / 'relay.db'}",
        f"pidfile={chosen.memory / 'relay.pid'}",
        *_certificate(chosen.relay_certificate),
        *_places(chosen.relay),
        "",
    ])  # fmt: skip


def _certificate(file: Path | None) -> list[str]:
    if file is None:
        return ["no-tls", "no-dtls"]
    if not os.access(file, os.R_OK):
        raise Refused(f"We cannot read the relay's certificate, {file}.")
    return [f"cert={file}", f"pkey={file}", "no-tlsv1", "no-tlsv1_1"]


def _places(relay: str) -> list[str]:
    """Where it listens, and the only addresses it passes anything on to: its own."""
    host, _colon, port = relay.rpartition(":")
    addresses = _addresses(host.strip("[]"))
    pairs = [(address, here) for address in addresses if (here := _here(address))]
    if not pairs:
        raise Refused(f"{host} is no address that leads to this machine.")
    for here in {here for _address, here in pairs}:
        _check_free(here, int(port))
    in_loopback = all(ip_address(address).is_loopback for address in addresses)
    return [
        f"listening-port={port}",
        f"tls-listening-port={port}",  # one port for both
        *(["allow-loopback-peers"] if in_loopback else []),
        *(line for address, here in pairs for line in _place(address, here)),
    ]


def _place(address: str, here: str) -> Iterator[str]:
    yield from (f"listening-ip={here}", f"relay-ip={here}", f"allowed-peer-ip={address}")
    if here != address:  # a router stands before this machine
        yield f"external-ip={address}/{here}"


def _addresses(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host} is a name that leads nowhere just now.") from error
    return list(dict.fromkeys(str(where[0]) for *_kind, where in found))


def _here(address: str) -> str:
    """The address itself where this machine has it, or the one it is reached by from outside. Empty: neither."""
    with _udp(address) as probe:
        with suppress(OSError):
            probe.bind((address, 0))
            return address
        with suppress(OSError):
            probe.connect((address, 9))  # sends nothing
            return str(probe.getsockname()[0])
    return ""


def _check_free(here: str, port: int) -> None:
    """coturn itself would share the port with another, and half of those who talk would knock at the wrong door."""
    try:
        with _udp(here) as probe:
            probe.bind((here, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"Something else is at port {port} already, where the relay belongs. "
                "If it is Debian's own coturn: systemctl disable --now coturn"
            ) from error
        raise Refused(f"The relay cannot listen on {here}, port {port}: {error.strerror}.") from error


def _udp(address: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)


def _secret(chosen: options.Options) -> str:
    """Made when the relay first starts. It lies in memory and is gone with the power."""
    if not chosen.relay_key.exists():
        options.write_whole(chosen.relay_key, secrets.token_urlsafe(32).encode())
    return chosen.relay_key.read_text()
