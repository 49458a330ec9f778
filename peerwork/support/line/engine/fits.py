"""Two fit when neither wishes otherwise. It does not matter whose wish it is, and nobody is told."""

from collections.abc import Iterable

from peerwork.support.line.engine.words import Call, Mark, OnDuty, PersonId, Side, Turn


def fits(one: Side, other: Side) -> bool:
    """Whether these two may talk. The same in both directions."""
    return _is_fine_with(one, other) and _is_fine_with(other, one)


def who_fits(call: Call, duty: Iterable[OnDuty]) -> list[OnDuty]:
    """Whom this call could go to, free or not."""
    return [one for one in duty if fits(call.side, one.side)]


def turn_of(one: OnDuty) -> tuple[bool, int, PersonId]:
    """First on call before second, then whoever had less lately. The name decides only what nothing else does."""
    return one.turn is Turn.SECOND, one.load, one.person


def _is_fine_with(one: Side, other: Side) -> bool:
    return one.never.isdisjoint(other.carries) and (not one.only or _has_every_kind(one, other))


def _has_every_kind(one: Side, other: Side) -> bool:
    return {kind(mark) for mark in one.only} == {kind(mark) for mark in one.only & other.carries}


def kind(mark: Mark) -> str:
    return mark.partition(":")[0]
