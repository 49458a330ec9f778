"""What a story on a real server needs of the line: somebody on duty, and tokens that let somebody ask."""

import json
import secrets
import socket
import subprocess
import sys
from base64 import b64encode

ON_DUTY = """
import json, sys
from datetime import timedelta
from peerwork.site.commands.house import wake
wake()
from django.utils import timezone
from django.utils.timezone import localdate
from peerwork.ground.postbox import rounds
from peerwork.people.members import persons
from peerwork.people.members.models import Person
from peerwork.support.line.roster import shifts
from peerwork.support.line.roster.models import Duty, Shift
from peerwork.support.line.switchboard import tokens
from tests import blinding
person = Person.objects.get(name=sys.argv[1])
persons.wear(person, {"peer", "supporter"})
now = timezone.now()
series = shifts.plan(first=now.replace(tzinfo=None), rrule="", minutes=240, zone="UTC", today=now.date())
for shift in Shift.objects.exclude(series=series):
    shift.delete()
hours = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=6)}
shift = Shift.objects.create(series=series, on="now", **hours)
Duty.objects.create(shift=shift, turn="first", person=person)
the_round = tokens.keep_open(localdate(), 30)[0]
device = blinding.Client(the_round.modulus)
for _batch in range(-(-int(sys.argv[2]) // tokens.TOKENS)):
    hidden, kept = device.make(the_round.pk, tokens.TOKENS)
    for said, signature in device.finish(kept, rounds.sign_for(the_round, hidden)):
        print(json.dumps([the_round.pk, said.hex(), signature.hex()]))
"""


def somebody_on_duty(house, name, *, tokens):
    """Puts them on for six hours, in a house that does not run yet. Returns so many tokens, as a device sends them."""
    command = [sys.executable, "-c", ON_DUTY, name, str(tokens)]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [_shown(*json.loads(line)) for line in done.stdout.splitlines()]


def asking(token, **more):
    """The body of one ask, with a box and a secret of its own."""
    return {
        "box": secrets.token_hex(16), "secret": secrets.token_hex(32), "token": token, "key": "k" * 87, "way": "chat",
    } | more  # fmt: skip


def sent(port, method, path, body=None, **headers):
    """Ask without a cookie. Returns the status and the JSON."""
    answer = raw(port, method, path, json.dumps(body).encode() if body is not None else b"", **headers)
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(content)


def raw(port, method, path, body=b"", *, announced=None, **headers):
    """The whole answer. `announced`: how long the body says it is, if that is not true."""
    lines = {
        "Host": f"localhost:{port}",
        "Connection": "close",
        "Content-Length": announced or len(body),
        **headers,
    }
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        line.sendall(f"{method} {path} HTTP/1.1\r\n{told}\r\n".encode() + body)
        if announced:  # a phone in a tunnel
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def listening(port, channel):
    """A connection that listens to this channel. Whoever has it reads it and closes it."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    line.sendall(f"GET /live/{channel}/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    return line


def heard(line, so_far=b""):
    """Read until something is told."""
    while b"event: look" not in so_far:
        part = line.recv(65536)
        assert part, "the stream ended"
        so_far += part
    return so_far


def _shown(round_id, said, signature):
    letters = {"msg": bytes.fromhex(said), "sig": bytes.fromhex(signature)}
    return {"round": round_id} | {name: b64encode(value, b"-_").decode() for name, value in letters.items()}
