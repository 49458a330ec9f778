"""What to tell whom, read off the difference between two boards."""

from peerwork.support.line.engine.words import Board, CallId, PersonId, State


def ringing(before: Board, after: Board) -> tuple[dict[PersonId, CallId], dict[PersonId, CallId]]:
    """At whom which call begins to ring, and at whom it stops."""
    was, now = _rings(before), _rings(after)
    starts = {person: call for person, call in now.items() if was.get(person) != call}
    stops = {person: call for person, call in was.items() if now.get(person) != call}
    return starts, stops


def owing(before: Board, after: Board) -> set[PersonId]:
    """Whose a call-back has become. It is theirs whether their page is open or not."""
    return {person for _call, person in _owed(after) - _owed(before)}


def changed(before: Board, after: Board) -> set[CallId]:
    """The calls that are not what they were, are new, or are gone."""
    names = before.calls.keys() | after.calls.keys()
    return {name for name in names if before.calls.get(name) != after.calls.get(name)}


def _rings(board: Board) -> dict[PersonId, CallId]:
    return {call.offer.to: call.id for call in board.calls.values() if call.offer}


def _owed(board: Board) -> set[tuple[CallId, PersonId]]:
    return {(call.id, call.by) for call in board.calls.values() if call.by and call.state is State.BACK}
