"""Every verb on a call. Whoever asks is known by a box and a secret their device made up; whoever answers, by name.

Raises NoSuchCall for whom a call does not concern, NotNow for what cannot be at the moment, and Full where there is no
room. Each verb may be said again: an answer that got lost is given once more.
"""

import secrets
import sqlite3
from contextlib import suppress
from dataclasses import dataclass

from peerwork.ground.live import outbox
from peerwork.support.line.engine import queue
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    Call,
    CallId,
    Declined,
    HandedOver,
    NotNow,
    Over,
    PersonId,
    Seconds,
    Side,
    State,
    Tick,
    Took,
    Unreached,
    WantsBack,
    Way,
    WentAway,
)
from peerwork.support.line.roster import supporters
from peerwork.support.line.switchboard import board, seats, store, talk
from peerwork.support.line.switchboard.board import HAD, Desk
from peerwork.support.line.switchboard.seats import NoSuchCall, Seat
from peerwork.support.line.switchboard.talk import Full, Message

__all__ = ["Full", "NoSuchCall", "NotNow"]

# Whoever is not heard of for so long has gone away. A page that is open says “here” every 15 seconds.
SILENCE = 45.0
# How long both can still see how it ended.
KEPT = 600.0
# More calls than any network has people for. What is beyond would only fill the memory.
MOST = 2000
# How often one token rings at everybody anew. Without an end, one device could keep every phone ringing.
MOST_AGAIN = 5
# What a talk takes as a rule, until somebody counts it: for the figure that whoever waits is told.
USUAL_MINUTES = 20
# Only these need a page that stays open.
ON_A_PAGE = frozenset({Way.CHAT, Way.VOICE})


class Enough(Exception):
    """That box was tried as often as one may. Another one needs another token."""


@dataclass(frozen=True)
class Look:
    """A call as one of its two sides sees it. `key`: the other's. `n`: the number of the last message there is."""

    call: Call
    ahead: int
    minutes: int | None
    key: str
    n: int
    messages: tuple[Message, ...]
    channel: str
    at: Seconds


@dataclass(frozen=True)
class Taken:
    """What opens the box for whoever has the call; `key` is of whoever asked."""

    box: str
    secret: str
    key: str


def ask(  # noqa: PLR0913 — all that whoever asks says of themselves
    box: str,
    secret: str,
    *,
    side: Side,
    way: Way,
    key: str = "",
    sealed: str = "",
    back_by: Seconds | None = None,
) -> CallId:
    """The same box and secret again is the same call; another key begins the talk anew. Raises NoSuchCall, also for a
    box that had its call, and Full."""
    with board.desk() as desk:
        if row := seats.find(desk.database, box):
            seats.must_open(row, secret)
            seats.give_key(desk, Seat(row, is_person=False), key)
            return str(row["id"])
        if desk.is_used(box):
            raise NoSuchCall
        if len(desk.board.calls) >= MOST:
            raise Full
        call = secrets.token_hex(16)
        desk.database.execute(
            "INSERT INTO call (id, board, box, sealed, secret, key, channel, heard) VALUES (?, '', ?, ?, ?, ?, ?, ?)",
            (call, box, sealed, board.hashed(secret), key, secrets.token_hex(16), desk.at),
        )
        desk.happens(Asked(call, side, way, back_by))
        return call


def has(box: str) -> bool:
    return seats.find(store.opened(), box) is not None


def look(box: str, secret: str, after: int = 0) -> Look:
    """How it is, and what was said since message number `after`; what came before is forgotten. Raises NoSuchCall."""
    with board.desk() as desk:
        seat = _heard(desk, box, secret)
        if desk.board.calls[seat.call].state is State.TAKEN and not seat.is_person and seat.other_key:
            desk.happens(Began(seat.call))
        return _look(desk, seat, after)


def say(box: str, secret: str, sealed: str, once: str) -> int:
    """Its number, the same for the same `once`. Raises NoSuchCall, Full, and NotNow where nobody would hear it."""
    with board.desk() as desk:
        seat = _heard(desk, box, secret)
        if desk.board.calls[seat.call].state not in HAD:
            raise NotNow
        outbox.put(desk.database, {seat.other_channel})
        return talk.say(desk.database, seat, sealed, once)


def here(box: str, secret: str) -> None:
    """Still there. Raises NoSuchCall."""
    with board.desk() as desk:
        _heard(desk, box, secret)


def leave(box: str, secret: str) -> None:
    """Whoever has the box goes, and with them the call. Raises NoSuchCall."""
    with board.desk() as desk:
        seat = seats.seat_of(desk, box, secret)
        call = desk.board.calls[seat.call]
        if call.state is not State.ENDED:
            desk.happens(Over(call.id, call.by if seat.is_person else None))


def back(box: str, secret: str, sealed: str, *, back_by: Seconds) -> None:
    """Whoever asked would rather be rung back, by then. Raises NoSuchCall, NotNow."""
    with board.desk() as desk:
        seat = _heard(desk, box, secret)
        if seat.is_person:
            raise NotNow
        desk.happens(WantsBack(seat.call, back_by))
        desk.database.execute("UPDATE call SET sealed = ? WHERE id = ?", (sealed, seat.call))


def again(box: str, secret: str) -> None:
    """Nobody could take it, and whoever asked tries once more with the same box. Raises NoSuchCall, NotNow, Enough."""
    with board.desk() as desk:
        seat = seats.seat_of(desk, box, secret)
        was = desk.board.calls[seat.call]
        if was.state is not State.ENDED or was.talked_from is not None or seat.is_person:
            raise NotNow
        _once_more(desk, was.id)
        fresh = secrets.token_hex(16)
        desk.database.execute(
            "UPDATE call SET id = ?, place = (SELECT max(place) FROM call) + 1, heard = ? WHERE id = ?",
            (fresh, desk.at, was.id),
        )
        desk.leave_out(was.id)
        desk.happens(Asked(fresh, was.side, was.way, None))


def _once_more(desk: Desk, call: CallId) -> None:
    times = desk.database.execute(
        "INSERT INTO again VALUES (?, 1) ON CONFLICT (call) DO UPDATE SET times = times + 1 RETURNING times",
        (call,),
    ).fetchone()["times"]
    if times > MOST_AGAIN:
        raise Enough


def take(call: CallId, person: PersonId, key: str = "") -> Taken:
    """Of two at once, one has it. Taken again by the same person, their new key holds. Raises NotNow, NoSuchCall."""
    with board.desk() as desk:
        row = seats.by_id(desk, call)
        desk.happens(Took(call, person))
        if not row["person_secret"]:
            desk.database.execute(
                "UPDATE call SET person_secret = ?, person_channel = ? WHERE id = ?",
                (secrets.token_hex(32), secrets.token_hex(16), call),
            )
        desk.database.execute("UPDATE call SET person_heard = ? WHERE id = ?", (desk.at, call))
        seats.give_key(desk, Seat(seats.by_id(desk, call), is_person=True), key)
        row = seats.by_id(desk, call)
        return Taken(row["box"], row["person_secret"], row["key"])


def decline(call: CallId, person: PersonId) -> None:
    """Nobody asks why. Also a call-back that is passed on. Raises NotNow, NoSuchCall."""
    with board.desk() as desk:
        seats.by_id(desk, call)
        desk.happens(Declined(call, person))


def hand_over(call: CallId, person: PersonId, to: PersonId | None = None) -> None:
    with board.desk() as desk:
        seats.by_id(desk, call)
        desk.happens(HandedOver(call, person, to))


def over(call: CallId, person: PersonId) -> None:
    with board.desk() as desk:
        seats.by_id(desk, call)
        desk.happens(Over(call, person))


def unreached(call: CallId, person: PersonId) -> None:
    with board.desk() as desk:
        seats.by_id(desk, call)
        desk.happens(Unreached(call, person))


def begin(call: CallId) -> None:
    """Both are there. Raises NotNow, NoSuchCall."""
    with board.desk() as desk:
        seats.by_id(desk, call)
        desk.happens(Began(call))


def tick() -> None:
    """Time went by: whoever is silent has gone, what follows by itself happens, what is over is forgotten."""
    with board.desk() as desk:
        desk.happens(Tick())
        _take_from_those_who_answer_no_more(desk)
        for call in list(desk.board.calls.values()):
            if call.way in ON_A_PAGE:
                with suppress(NotNow):  # it is over
                    _mind(desk, seats.by_id(desk, call.id))
        over = [
            call.id
            for call in desk.board.calls.values()
            if call.ended_at is not None and call.ended_at + KEPT < desk.at
        ]
        for name in over:
            desk.forget(name)
    if over:
        store.empty_the_journal()


def _take_from_those_who_answer_no_more(desk: Desk) -> None:
    """Paused, or without the hat: what they had goes on to somebody else, and their secret opens nothing."""
    had = [call for call in desk.board.calls.values() if call.by and call.state in HAD]
    answering = {str(who) for who in supporters.answering().values_list("pk", flat=True)} if had else set()
    for call in had:
        if call.by and call.by not in answering:
            desk.happens(HandedOver(call.id, by=call.by))


def _mind(desk: Desk, row: sqlite3.Row) -> None:
    """Whoever was promised to be rung back needs no page that stays open, nor does the person who rings them."""
    call = desk.board.calls[row["id"]]
    if row["rung_back"]:
        return
    if call.caller_away is None and row["heard"] + SILENCE < desk.at:
        desk.happens(WentAway(call.id, person=False))
    call = desk.board.calls[row["id"]]
    if call.state in HAD and call.person_away is None and row["person_heard"] + SILENCE < desk.at:
        desk.happens(WentAway(call.id, person=True))


def _look(desk: Desk, seat: Seat, after: int) -> Look:
    call = desk.board.calls[seat.call]
    waits = call.state in (State.ASKED, State.OFFERED)
    messages, n = talk.heard(desk.database, seat, after)
    return Look(
        call,
        queue.ahead(desk.board, call.id, desk.duty) if waits else 0,
        queue.minutes(desk.board, call.id, desk.duty, USUAL_MINUTES, at=desk.at) if waits else None,
        seat.other_key,
        n,
        messages,
        seat.channel,
        desk.at,
    )


def _heard(desk: Desk, box: str, secret: str) -> Seat:
    """Whoever sits there, and they were just heard of."""
    seat = seats.seat_of(desk, box, secret)
    seats.hear(desk, seat)
    return seat
