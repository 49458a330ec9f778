"""Somebody on duty rings back: the line dials, so that two numbers never see each other.

Their device opens the number and gives it here with its token; it lies in memory until the gateway takes it, a second
later. It rings at the peer first, then at whoever asked. The line dials no number but the one that was left with that
call, in the day after: nobody can have it ring strangers. Of the number it keeps a fingerprint, which nobody can guess
at without the token, and the token lies sealed beside the number.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerwork.support.line.number import chosen, phones, store
from peerwork.support.line.switchboard import clock

A_DAY = 24 * 3600
# Nobody takes it by then: it is rung no more.
WAITS = 30


class CannotDial(Exception):
    """The line cannot ring this number at all. The sentence says why."""


@dataclass(frozen=True)
class Dial:
    call: str
    person: str
    number: str


def new_token() -> str:
    return secrets.token_hex(16)


def allow(call: str, number: str, token: str) -> None:
    """This number may be dialled for this call, for a day, by whoever brings its token."""
    with store.opened() as memory:
        mark = _fingerprint(number, token)
        memory.execute("REPLACE INTO allowed VALUES (?, ?, ?)", (call, mark, clock.now() + A_DAY))


def ask(call: str, *, by: str, number: str, token: str) -> None:
    """Raises CannotDial; and NoPhone, where they said nowhere to ring them."""
    if not chosen.can_dial():
        raise CannotDial(_("The line itself cannot dial here."))
    if not _may_dial(call, number, token):
        raise CannotDial(_("A day has gone by, so the line cannot dial this number any more."))
    if not phones.of(by):
        raise phones.NoPhone(_("Say first at which number we ring you. Then the line connects you both."))
    with store.opened() as memory:
        memory.execute("REPLACE INTO dials VALUES (?, ?, ?, ?)", (call, by, number, clock.now() + WAITS))


def take_next() -> Dial | None:
    """Taken, it is nowhere any more."""
    with store.opened() as memory:
        found = memory.execute("SELECT call, person, number FROM dials LIMIT 1").fetchone()
        if found:
            memory.execute("DELETE FROM dials WHERE call = ?", (found[0],))
    return Dial(*found) if found else None


def call_off(call: str) -> bool:
    """Whether it still waited. Then nobody dials, and nobody will: the gateway is down."""
    with store.opened() as memory:
        return memory.execute("DELETE FROM dials WHERE call = ?", (call,)).rowcount > 0


def _may_dial(call: str, number: str, token: str) -> bool:
    with store.opened() as memory:
        found = memory.execute("SELECT mark FROM allowed WHERE call = ?", (call,)).fetchone()
    return found is not None and hmac.compare_digest(found[0], _fingerprint(number, token))


def _fingerprint(number: str, token: str) -> str:
    return hashlib.sha256(f"{token}|{number}".encode(errors="replace")).hexdigest()
