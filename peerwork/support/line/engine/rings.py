"""What to tell whom, read off the difference between two boards."""

from peerwork.support.line.engine.words import Board, CallId, PersonId


def ringing(before: Board, after: Board) -> tuple[dict[PersonId, CallId], dict[PersonId, CallId]]:
    """At whom which call begins to ring, and at whom it stops."""
    was, now = _rings(before), _rings(after)
    starts = {person: call for person, call in now.items() if was.get(person) != call}
    stops = {person: call for person, call in was.items() if now.get(person) != call}
    return starts, stops


def changed(before: Board, after: Board) -> set[CallId]:
    """The calls that are not what they were, are new, or are gone."""
    names = before.calls.keys() | after.calls.keys()
    return {name for name in names if before.calls.get(name) != after.calls.get(name)}


def _rings(board: Board) -> dict[PersonId, CallId]:
    return {call.offer.to: call.id for call in board.calls.values() if call.offer}
