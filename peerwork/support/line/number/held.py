"""Which calls are on the telephone now. Noted in memory, so that a gateway that was killed leaves nobody on hold."""

import hashlib
import json
from dataclasses import asdict

from peerwork.support.line.number import store
from peerwork.support.line.number.desk import Desk, Held
from peerwork.support.line.switchboard import clock

__all__ = ["Held"]

A_DAY = 24 * 3600
OURS = "gateway:"


def note(held: Held, name: str = "") -> Held:
    """Under the name a provider gives to a call, or under our own."""
    _write(_hashed(name) if name else OURS + held.call, json.dumps(asdict(held)))
    return held


def of(name: str) -> Held | None:
    told = _read(name)
    return Held(**json.loads(told)) if told else None


def over(name: str) -> None:
    """They hung up. A fingerprint of its name stays for a day, so that a request said again lets nobody in."""
    _write(_hashed(name), "")


def is_over(name: str) -> bool:
    return _read(name) == ""


def forget(held: Held) -> None:
    with store.opened() as memory:
        memory.execute("DELETE FROM legs WHERE mark = ?", (OURS + held.call,))


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


def _write(mark: str, told: str) -> None:
    with store.opened() as memory:
        memory.execute("REPLACE INTO legs VALUES (?, ?, ?)", (mark, told, clock.now() + A_DAY))


def _read(name: str) -> str | None:
    with store.opened() as memory:
        found = memory.execute("SELECT held FROM legs WHERE mark = ?", (_hashed(name),)).fetchone()
    return found[0] if found else None


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
