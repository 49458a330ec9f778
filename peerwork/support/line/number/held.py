"""Which calls are on the telephone now. Noted in memory, so that a gateway that was killed leaves nobody on hold."""

import hashlib
import json
from dataclasses import asdict

from peerwork.support.line.number import store
from peerwork.support.line.number.desk import Desk, Held
from peerwork.support.line.switchboard import clock

__all__ = ["Held"]

LONGEST = 12 * 3600
OURS = "gateway:"


def note(held: Held, name: str = "") -> Held:
    """Under the name a provider gives to a call, or under our own."""
    with store.opened() as memory:
        told = json.dumps(asdict(held))
        memory.execute("REPLACE INTO legs VALUES (?, ?, ?)", (_mark(held, name), told, clock.now() + LONGEST))
    return held


def of(name: str) -> Held | None:
    with store.opened() as memory:
        found = memory.execute("SELECT held FROM legs WHERE mark = ?", (_hashed(name),)).fetchone()
    return Held(**json.loads(found[0])) if found else None


def forget(held: Held, name: str = "") -> None:
    with store.opened() as memory:
        memory.execute("DELETE FROM legs WHERE mark = ?", (_mark(held, name),))


def end(held: Held, desk: Desk) -> None:
    """They hung up. What was promised stays promised."""
    if not held.is_promised:
        desk.leave(held)


def let_go_of_all(desk: Desk) -> None:
    """A gateway starts: whoever held with the one before it hung up long ago."""
    with store.opened() as memory:
        found = memory.execute("SELECT held FROM legs WHERE mark LIKE ?", (OURS + "%",)).fetchall()
        memory.execute("DELETE FROM legs WHERE mark LIKE ?", (OURS + "%",))
    for (told,) in found:
        end(Held(**json.loads(told)), desk)


def _mark(held: Held, name: str) -> str:
    return _hashed(name) if name else OURS + held.call


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
