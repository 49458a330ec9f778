"""What two say to each other, sealed between them. It waits here until the other has it, and is then wiped."""

import sqlite3
from dataclasses import dataclass

from peerwork.support.line.switchboard.seats import Seat

# Sealed messages that wait for one who does not fetch them. Nobody writes more in the time until they count as gone.
MOST = 300


class Full(Exception):
    """There is no room. Nothing was kept."""


@dataclass(frozen=True)
class Message:
    n: int
    sealed: str


def say(database: sqlite3.Connection, seat: Seat, sealed: str, once: str) -> int:
    """Its number in this talk. The same `once` again is the same message. Raises Full."""
    mine = (seat.call, seat.is_person)
    same = "SELECT n FROM message WHERE call = ? AND by_person = ? AND once = ?"
    if found := database.execute(same, (*mine, once)).fetchone():
        return int(found["n"])
    unheard = "SELECT count(*) FROM message WHERE call = ? AND by_person = ? AND sealed <> ''"
    if database.execute(unheard, mine).fetchone()[0] >= MOST:
        raise Full
    n = _last(database, seat) + 1
    database.execute(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?)", (seat.call, n, seat.is_person, once, sealed)
    )
    return n


def heard(database: sqlite3.Connection, seat: Seat, after: int) -> tuple[tuple[Message, ...], int]:
    """What the other said since then, and the number of the last. What they have by now is wiped; its number stays."""
    theirs = (seat.call, not seat.is_person)
    database.execute(
        "UPDATE message SET sealed = '' WHERE call = ? AND by_person = ? AND n <= ? AND sealed <> ''",
        (*theirs, after),
    )
    wanted = "SELECT n, sealed FROM message WHERE call = ? AND by_person = ? AND sealed <> '' ORDER BY n"
    rows = database.execute(wanted, theirs).fetchall()
    return tuple(Message(row["n"], row["sealed"]) for row in rows), _last(database, seat)


def _last(database: sqlite3.Connection, seat: Seat) -> int:
    found = database.execute(
        "SELECT coalesce(max(n), 0) FROM message WHERE call = ?", (seat.call,)
    ).fetchone()
    return int(found[0])
