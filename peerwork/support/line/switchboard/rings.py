"""What whoever answers sees of the board: what rings at them, what they have, and what they owe."""

from dataclasses import dataclass

from peerwork.support.line.engine.words import Call, OnDuty, PersonId, Seconds, State, Way
from peerwork.support.line.switchboard import board, seats
from peerwork.support.line.switchboard.board import HAD, Desk
from peerwork.support.line.switchboard.seats import Seat


@dataclass(frozen=True)
class Mine:
    """One call, with what opens its box for whoever has it, and a number that was left, sealed."""

    call: Call
    box: str
    secret: str
    sealed: str


@dataclass(frozen=True)
class Rings:
    at: Seconds
    channel: str
    rings: tuple[Call, ...]
    mine: tuple[Mine, ...]
    owed: tuple[Mine, ...]
    others: tuple[PersonId, ...]
    duty: OnDuty | None


def rings(person: PersonId) -> Rings:
    """How it is for this person now. Their page is open, so they are here."""
    with board.desk() as desk:
        channel = board.channel_of(desk.database, person)
        for call in desk.board.calls.values():
            if call.by == person and call.state in HAD:
                seats.hear(desk, Seat(seats.by_id(desk, call.id), is_person=True))
        calls = tuple(desk.board.calls.values())
        return Rings(
            desk.at,
            channel,
            tuple(call for call in calls if call.offer and call.offer.to == person),
            tuple(_mine(desk, call) for call in calls if call.by == person and call.state in HAD),
            tuple(_mine(desk, call) for call in calls if call.by == person and call.state is State.BACK),
            tuple(one.person for one in desk.duty if one.person != person),
            next((one for one in desk.duty if one.person == person), None),
        )


def concerns(call: str, person: PersonId) -> bool:
    """Whether they have it, or it was offered to them. To anybody else it is not there."""
    with board.desk() as desk:
        found = desk.board.calls.get(call)
        return found is not None and (found.by == person or person in found.tried | found.passed)


def has(call: str, person: PersonId) -> bool:
    """Whether it is theirs at this moment: it rings at them, they talk, or they owe a call back."""
    with board.desk() as desk:
        found = desk.board.calls.get(call)
        if found is None:
            return False
        rings_here = found.offer is not None and found.offer.to == person
        return rings_here or (found.by == person and found.state in HAD | {State.BACK})


def holds(call: str) -> bool:
    """Whether whoever asked rang the number, and holds: a key of a telephone takes that call, and no page."""
    with board.desk() as desk:
        found = desk.board.calls.get(call)
        return found is not None and way_of(found) is Way.NUMBER


def way_of(call: Call) -> Way:
    """Whoever rang the number, and would rather be rung back, left a number like anybody else."""
    return Way.PHONE if call.way is Way.NUMBER and call.back_by is not None else call.way


def _mine(desk: Desk, call: Call) -> Mine:
    row = seats.by_id(desk, call.id)
    return Mine(call, row["box"], row["person_secret"], row["sealed"])
