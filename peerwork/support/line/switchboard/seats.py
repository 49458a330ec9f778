"""The two seats of a call, and who may sit in them: whoever knows the box and the secret of one.

A seat is of whoever asked, or of the person who has the call. Of whoever asked the store knows no name.
"""

import hmac
import sqlite3
from dataclasses import dataclass

from peerwork.support.line.engine.words import CallId, CameBack, NotNow, State, Tick
from peerwork.support.line.switchboard.board import Desk, hashed


class NoSuchCall(Exception):
    """There is none, or it is not theirs. They are told the same."""


@dataclass(frozen=True)
class Seat:
    """One of the two in a call: whoever asked, or the person who has it."""

    row: sqlite3.Row
    is_person: bool

    @property
    def call(self) -> CallId:
        return str(self.row["id"])

    @property
    def heard(self) -> float:
        """When they were last heard of."""
        return float(self.row["person_heard" if self.is_person else "heard"])

    @property
    def key(self) -> str:
        return str(self.row["person_key" if self.is_person else "key"])

    @property
    def other_key(self) -> str:
        return str(self.row["key" if self.is_person else "person_key"])

    @property
    def channel(self) -> str:
        return str(self.row["person_channel" if self.is_person else "channel"])

    @property
    def other_channel(self) -> str:
        return str(self.row["channel" if self.is_person else "person_channel"])


def find(database: sqlite3.Connection, box: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = database.execute("SELECT * FROM call WHERE box = ?", (box,)).fetchone()
    return found


def by_id(desk: Desk, call: CallId) -> sqlite3.Row:
    found: sqlite3.Row | None = desk.database.execute("SELECT * FROM call WHERE id = ?", (call,)).fetchone()
    if found is None:
        raise NoSuchCall
    return found


def seat_of(desk: Desk, box: str, secret: str) -> Seat:
    row = find(desk.database, box)
    if row is None:
        raise NoSuchCall
    if row["person_secret"] and _is_same(row["person_secret"], secret):
        return Seat(row, is_person=True)
    must_open(row, secret)
    return Seat(row, is_person=False)


def must_open(row: sqlite3.Row, secret: str) -> None:
    if not _is_same(row["secret"], hashed(secret)):
        raise NoSuchCall


def hear(desk: Desk, seat: Seat) -> None:
    call = desk.board.calls[seat.call]
    desk.database.execute(
        f"UPDATE call SET {'person_heard' if seat.is_person else 'heard'} = ? WHERE id = ?",  # noqa: S608 — two names
        (desk.at, seat.call),
    )
    if (
        call.person_away if seat.is_person else call.caller_away
    ) is not None and call.state is not State.ENDED:
        try:
            desk.happens(CameBack(seat.call, person=seat.is_person))
        except NotNow:  # they were gone for too long, and nobody had noticed yet
            desk.happens(Tick())


def give_key(desk: Desk, seat: Seat, key: str) -> None:
    """A page that was loaded again has another key. What was sealed for the old one, nobody can read any more."""
    if key and key != seat.key:
        column = "person_key" if seat.is_person else "key"
        desk.database.execute(f"UPDATE call SET {column} = ? WHERE id = ?", (key, seat.call))  # noqa: S608
        desk.database.execute("UPDATE message SET sealed = '' WHERE call = ?", (seat.call,))
        desk.tell(seat.call, set())


def _is_same(known: str, shown: str) -> bool:
    """A header may say anything, and of two texts only plain letters are compared."""
    return hmac.compare_digest(known.encode(), shown.encode())
