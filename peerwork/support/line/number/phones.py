"""Where somebody on duty is rung: a telephone number, or a SIP address. Nobody sees it, and it is gone with the duty.

It stands in memory only. Whoever gives none is rung on the page alone, and calls from the number go to the others.
"""

import re
from contextlib import suppress

from django.utils.translation import gettext as _

from peerwork.support.line.engine.words import NotNow, State
from peerwork.support.line.number import store
from peerwork.support.line.number.callers import NUMBER
from peerwork.support.line.number.desk import Desk, Held, Look

SIP = re.compile(r"sips?:[\w.+-]{1,64}@[\w.-]{1,128}(:[0-9]{1,5})?", re.ASCII)


class NoPhone(Exception):
    """This is nothing that can be rung. The sentence says what would do."""


def ring_at(person: str, at: str, *, until: float) -> None:
    """Raises NoPhone."""
    plain = re.sub(r"[\s()./-]", "", at) if not at.startswith("sip") else at.strip()
    if not (NUMBER.fullmatch(plain) or SIP.fullmatch(plain)):
        raise NoPhone(_("We cannot ring this. Give a number with its area code, or a SIP address."))
    with store.opened() as memory:
        memory.execute("REPLACE INTO phones VALUES (?, ?, ?)", (person, plain, until))


def forget(person: str) -> None:
    with store.opened() as memory:
        memory.execute("DELETE FROM phones WHERE person = ?", (person,))


def of(person: str) -> str:
    """Empty: nowhere."""
    with store.opened() as memory:
        found = memory.execute("SELECT at FROM phones WHERE person = ?", (person,)).fetchone()
    return found[0] if found else ""


def where_it_rings(look: Look, held: Held, desk: Desk) -> str:
    """Empty: nowhere just now. Who has no telephone any more is passed over, and so is who took it and is on none."""
    at = of(look.rings_at) if look.rings_at else ""
    with suppress(NotNow):
        if look.rings_at and not at:
            desk.decline(held, look.rings_at)
        elif look.by and look.state is State.TAKEN:
            desk.hand_over(held, look.by)
    return at


def those_with_one() -> frozenset[str]:
    with store.opened() as memory:
        return frozenset(person for (person,) in memory.execute("SELECT person FROM phones"))
