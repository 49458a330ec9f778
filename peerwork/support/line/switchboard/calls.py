"""Every verb on a call. Whoever asks is known by a box and a secret their device made up; whoever answers, by name.

Raises NoSuchCall for whom a call does not concern, NotNow for what cannot be at the moment, and Full where there is no
room. Each verb may be said again: an answer that got lost is given once more.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace

from peerwork.ground.live import outbox
from peerwork.support.line.engine import queue
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    Call,
    CallId,
    Declined,
    HandedOver,
    Mark,
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
from peerwork.support.line.roster.recipients import recipients
from peerwork.support.line.switchboard import board, clock, seats, store, talk
from peerwork.support.line.switchboard.board import HAD, Desk
from peerwork.support.line.switchboard.seats import NoSuchCall, Seat
from peerwork.support.line.switchboard.talk import Full, Message

__all__ = ["Full", "NoSuchCall", "NotNow"]

# A page looks when it is told to, and is heard by that. Whoever is quiet for so long is told to look.
QUIET = 30.0
# Whoever is not heard of for so long has gone away.
SILENCE = 45.0
# A telephone on hold looks every few seconds. Whose does not for so long has hung up, and nobody was told.
HUNG_UP = 120.0
# How long both can still see how it ended.
KEPT = 600.0
# More calls than any network has people for. What is beyond would only fill the memory.
MOST = 2000
# What a talk takes as a rule, until somebody counts it: for the figure that whoever waits is told.
USUAL_MINUTES = 20


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
        if back_by is not None:
            side = replace(side, only=side.only | _who_can_open(desk, back_by))
        desk.happens(Asked(call, side, way, back_by))
        return call


def has(box: str) -> bool:
    return seats.find(store.opened(), box) is not None


def look(box: str, secret: str, after: int = 0) -> Look:
    """How it is, and what was said since message number `after`; what came before is forgotten. Raises NoSuchCall."""
    with board.desk() as desk:
        seat = _heard(desk, box, secret)
        if _are_both_here(desk.board.calls[seat.call], seat):
            with suppress(NotNow):  # whoever took it was gone for too long, and nobody had noticed yet
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


def leave(box: str, secret: str) -> None:
    """Whoever asked goes, and with them the call. Whoever answers leaves nobody alone: it is handed over.

    Raises NoSuchCall.
    """
    with board.desk() as desk:
        seat = seats.seat_of(desk, box, secret)
        call = desk.board.calls[seat.call]
        if not seat.is_person and call.state is not State.ENDED:
            desk.happens(Over(call.id, None))
        if seat.is_person and call.by and call.state in HAD:
            desk.happens(HandedOver(call.id, call.by))


def back(box: str, secret: str, sealed: str, *, back_by: Seconds) -> None:
    """Whoever asked would rather be rung back, by then. Raises NoSuchCall, NotNow."""
    with board.desk() as desk:
        seat = _heard(desk, box, secret)
        if seat.is_person:
            raise NotNow
        desk.happens(WantsBack(seat.call, back_by, _who_can_open(desk, back_by)))
        desk.database.execute("UPDATE call SET sealed = ? WHERE id = ?", (sealed, seat.call))


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
        for call in list(desk.board.calls):
            _mind(desk, call, is_person=False)
            _mind(desk, call, is_person=True)
            _mind_the_hold(desk, call)
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


def _who_can_open(desk: Desk, back_by: Seconds) -> frozenset[Mark]:
    """A number is sealed to whoever has a key and is on duty until then. To anybody else the call-back is no use."""
    now, then = (clock.on_the_wall(at, clock=desk.at) for at in (desk.at, back_by))
    return frozenset(f"person:{one['person']}" for one in recipients(now, then))


def _are_both_here(call: Call, seat: Seat) -> bool:
    """Whoever asked sees that somebody has it. Where a number was left they talk on a telephone."""
    is_taken = call.state is State.TAKEN and call.back_by is None
    return is_taken and not seat.is_person and bool(seat.other_key)


def _mind(desk: Desk, name: CallId, *, is_person: bool) -> None:
    call = desk.board.calls[name]
    if not _needs_a_page(call, is_person=is_person):
        return
    seat = Seat(seats.by_id(desk, name), is_person)
    quiet = desk.at - seat.heard
    if quiet > SILENCE:
        with suppress(NotNow):  # it went on to somebody else in this very moment
            desk.happens(WentAway(name, person=is_person))
    elif quiet > QUIET:
        theirs = board.listens(desk.database, call.by) if is_person and call.by else None
        outbox.put(desk.database, {one for one in (seat.channel, theirs) if one})


def _mind_the_hold(desk: Desk, name: CallId) -> None:
    """Nobody who is gone stays first in line. After a talk, the telephone looks again."""
    call = desk.board.calls[name]
    holds = call.way is Way.NUMBER and call.back_by is None and call.state in (State.ASKED, State.OFFERED)
    if holds and desk.at - max(call.waits_since, seats.by_id(desk, name)["heard"]) > HUNG_UP:
        desk.happens(Over(name))


def _needs_a_page(call: Call, *, is_person: bool) -> bool:
    """One that stays open. On a telephone nobody does, and whoever counts as gone is not told to look."""
    away = call.person_away if is_person else call.caller_away
    is_open = call.state in HAD or (not is_person and call.state is not State.ENDED)
    return is_open and away is None and call.back_by is None and call.way is not Way.NUMBER


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
