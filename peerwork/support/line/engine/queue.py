"""What can be said honestly to whoever waits."""

from collections.abc import Collection
from math import ceil

from peerwork.support.line.engine.fits import who_fits
from peerwork.support.line.engine.words import Board, Call, CallId, OnDuty, PersonId, Seconds, State

FIVE = 5


def ahead(board: Board, call: CallId, duty: Collection[OnDuty]) -> int:
    """How many asked before, are here, and wait for any of the same people. It rings for some of them already."""
    return len(_ahead(board, board.calls[call], duty))


def minutes(
    board: Board, call: CallId, duty: Collection[OnDuty], usual_minutes: float | None, *, at: Seconds
) -> int | None:
    """About how long until it rings, in steps of five. None where nobody could say.

    That is: how long a talk usually takes is not known, nobody is left to be rung, or they will have gone home by then.
    """
    mine = board.calls[call]
    if mine.state is State.OFFERED:
        return 0
    could = _could_take(mine, duty)
    if mine.state is not State.ASKED or not could or not usual_minutes:
        return None
    turns = 1 + sum(one.state is State.ASKED for one in _ahead(board, mine, duty))
    about = FIVE * ceil(usual_minutes * turns / len(could) / FIVE)
    return about if at + about * 60 < max(one.until for one in could.values()) else None


def _ahead(board: Board, mine: Call, duty: Collection[OnDuty]) -> list[Call]:
    """Oldest first is the order of the board."""
    same, before = _could_take(mine, duty).keys(), []
    for call in board.calls.values():
        if call.id == mine.id:
            break
        is_here = call.caller_away is None and call.state in (State.ASKED, State.OFFERED)
        if is_here and same & _could_take(call, duty).keys():
            before.append(call)
    return before


def _could_take(call: Call, duty: Collection[OnDuty]) -> dict[PersonId, OnDuty]:
    return {one.person: one for one in who_fits(call, duty) if one.person not in call.tried}
