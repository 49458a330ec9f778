"""Words left after the tone. Sealed to the shift before they are kept, in memory, and deleted once heard."""

from peerwork.support.line.number import store
from peerwork.support.line.switchboard import board, clock
from peerwork.support.line.switchboard import store as calls

KEPT = 72 * 3600


def keep(call: str, sealed: bytes) -> None:
    with store.opened() as memory:
        memory.execute("REPLACE INTO messages VALUES (?, ?, ?)", (call, sealed, clock.now() + KEPT))


def of(call: str) -> bytes | None:
    with store.opened() as memory:
        found = memory.execute("SELECT sealed FROM messages WHERE call = ?", (call,)).fetchone()
    return bytes(found[0]) if found else None


def heard(call: str) -> None:
    """It was heard to its end, or the call is over. Nothing is left of it."""
    with store.opened() as memory:
        memory.execute("DELETE FROM messages WHERE call = ?", (call,))


def forget_those_that_are_over() -> None:
    """Nobody can ask for them any more. The hourly job calls it."""
    there = board.read(calls.opened()).calls
    with store.opened() as memory:
        for (call,) in memory.execute("SELECT call FROM messages").fetchall():
            if call not in there:
                memory.execute("DELETE FROM messages WHERE call = ?", (call,))
