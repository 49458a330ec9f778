"""One verb on the board: read every call, take one step of the engine, write what changed, tell whom it concerns."""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from peerwork.ground.live import outbox
from peerwork.support.line.bands import names_of
from peerwork.support.line.engine import rings, steps
from peerwork.support.line.engine.words import (
    Board,
    Call,
    CallId,
    Event,
    OnDuty,
    PersonId,
    Rules,
    Seconds,
    State,
)
from peerwork.support.line.roster.duty import on_duty
from peerwork.support.line.roster.terms import rules
from peerwork.support.line.switchboard import bells, clock, counts, store, writing

HAD = frozenset({State.TAKEN, State.TALKING})


@dataclass
class Desk:
    """The board in the middle of one verb. `knocked`: at whom it begins to ring by it, or who owes a call-back now."""

    database: sqlite3.Connection
    board: Board
    at: Seconds
    knocked: set[PersonId] = field(default_factory=set)

    # The roster is asked only where something happens, or somebody is told how long it takes.
    @cached_property
    def duty(self) -> tuple[OnDuty, ...]:
        return on_duty(timezone.now(), self.at)

    @cached_property
    def rules(self) -> Rules:
        return rules()

    def happens(self, event: Event) -> None:
        """Raises NotNow."""
        before = self.board
        self.board = steps.step(before, event, at=self.at, duty=self.duty, rules=self.rules)
        starts, _stops = rings.ringing(before, self.board)
        # Whoever came to owe it by their own act knows. What rings is another call: a telephone may have said “over”
        # for somebody with no page open.
        self.knocked |= starts.keys() | (rings.owing(before, self.board) - {getattr(event, "by", None)})
        for name in rings.changed(before, self.board):
            self._write(before.calls.get(name), self.board.calls[name])

    def _write(self, was: Call | None, now: Call) -> None:
        text = writing.written(now)
        self.database.execute("UPDATE call SET board = ? WHERE id = ?", (text, now.id))
        self.tell(now.id, _people_of(was) | _people_of(now))
        if was is not None and was.state in HAD and _has_let_go(was, now):
            self._forget_who_had(now.id)
        if now.state is State.ENDED and (was is None or was.state is not State.ENDED):
            self.database.execute("UPDATE call SET sealed = '' WHERE id = ?", (now.id,))
            counts.add(self.database, names_of(now))

    def _forget_who_had(self, call: CallId) -> None:
        """What was said to one person is no other's. Whoever has it next makes a key of their own."""
        self.database.execute("UPDATE message SET sealed = '' WHERE call = ?", (call,))
        self.database.execute(
            "UPDATE call SET person_secret = '', person_key = '', person_channel = '' WHERE id = ?", (call,)
        )

    def forget(self, call: CallId) -> None:
        self.board = Board({name: one for name, one in self.board.calls.items() if name != call})
        (box,) = self.database.execute("DELETE FROM call WHERE id = ? RETURNING box", (call,)).fetchone()
        self.database.execute("INSERT OR IGNORE INTO used VALUES (?)", (hashed(box),))

    def is_used(self, box: str) -> bool:
        """It had its call, and that is forgotten."""
        return bool(self.database.execute("SELECT 1 FROM used WHERE box = ?", (hashed(box),)).fetchone())

    def tell(self, call: CallId, people: set[PersonId]) -> None:
        """Whoever is in this call, or is shown that it rings, is told to look."""
        row = self.database.execute(
            "SELECT channel, person_channel FROM call WHERE id = ?", (call,)
        ).fetchone()
        told = {row["channel"], row["person_channel"], *(listens(self.database, one) for one in people)}
        outbox.put(self.database, told - {"", None})


@contextmanager
def desk() -> Iterator[Desk]:
    """One verb, whole or not at all. When it is confirmed, the devices of those it has come to are knocked at."""
    with store.alone() as database:
        found = Desk(database, read(database), clock.now())
        yield found
    bells.knock(found.knocked)


# What stood on the board when it was last read, by its text: most of it still does.
_read_before: dict[str, Call] = {}


def read(database: sqlite3.Connection) -> Board:
    """Every call, oldest first."""
    global _read_before  # noqa: PLW0603 — one name for another whole dictionary: no lock is needed
    before, now, calls = _read_before, {}, {}
    for name, text in database.execute("SELECT id, board FROM call ORDER BY place"):
        calls[name] = now[text] = before.get(text) or writing.read(text)
    _read_before = now
    return Board(calls)


def hashed(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def listens(database: sqlite3.Connection, person: PersonId) -> str | None:
    """The channel this person's page listens to, if one of theirs is open somewhere."""
    found = database.execute("SELECT channel FROM listens WHERE person = ?", (person,)).fetchone()
    return found["channel"] if found else None


def channel_of(database: sqlite3.Connection, person: PersonId) -> str:
    """The same for every page this person has open. Made when it is first asked for."""
    fresh = secrets.token_hex(16)
    database.execute("INSERT OR IGNORE INTO listens (person, channel) VALUES (?, ?)", (person, fresh))
    return listens(database, person) or fresh


def _has_let_go(was: Call, now: Call) -> bool:
    """Somebody had it and has it no more. What is over stays with whoever had it until it is forgotten."""
    return now.state is not State.ENDED and (now.state not in HAD or now.by != was.by)


def _people_of(call: Call | None) -> set[PersonId]:
    if call is None:
        return set()
    return {one for one in (call.by, call.offer.to if call.offer else None) if one}
