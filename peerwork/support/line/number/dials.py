"""Somebody on duty rings back: the line dials, so that two numbers never see each other.

Their device opens the number and gives it here with its token; it lies in memory until the gateway takes it, a second
later. It rings at the peer first, then at whoever asked.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerwork.support.line.number import phones, sealing, store
from peerwork.support.line.switchboard import clock

# Nobody dials it by then: the gateway is down, and the page says so.
WAITS = 30


class CannotDial(Exception):
    """The sentence says why, and what to do."""


@dataclass(frozen=True)
class Dial:
    call: str
    person: str
    number: str


def ask(call: str, *, by: str, number: str, token: str) -> None:
    """Raises CannotDial."""
    try:
        sealing.check_dial_token(number, token)
    except sealing.NotGood as error:
        raise CannotDial(_("A day has gone by, so the line cannot dial this number any more.")) from error
    if not phones.of(by):
        raise CannotDial(_("Say first at which number we ring you. Then the line connects you both."))
    with store.opened() as memory:
        memory.execute("REPLACE INTO dials VALUES (?, ?, ?, ?)", (call, by, number, clock.now() + WAITS))


def take_next() -> Dial | None:
    """Taken, it is nowhere any more."""
    with store.opened() as memory:
        found = memory.execute("SELECT call, person, number FROM dials LIMIT 1").fetchone()
        if found:
            memory.execute("DELETE FROM dials WHERE call = ?", (found[0],))
    return Dial(*found) if found else None
