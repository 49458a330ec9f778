"""What follows by itself: whoever is gone lets go, what has rung long enough goes on, and each call-back has an owner.

Oldest first, and settled for good: doing it again in the same moment changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from peerwork.support.line.engine import becoming
from peerwork.support.line.engine.fits import fits, turn_of, who_fits
from peerwork.support.line.engine.words import (
    Board,
    Call,
    CallId,
    End,
    Moment,
    OnDuty,
    PersonId,
    Seconds,
    State,
    Turn,
    Why,
)

HAD = (State.TAKEN, State.TALKING)
WAITS = (State.ASKED, State.OFFERED)
IN_VAIN = (Why.NO_ANSWER, Why.NOBODY_ON)


def settled(board: Board, moment: Moment) -> Board:
    """The board once everything that follows by itself has happened. The same one where nothing does."""
    calls = {call.id: call for call in board.calls.values() if call.state is not State.ENDED}
    _let_go(calls, moment)
    _ring(calls, moment)
    _own(calls, moment)
    changed = {name: call for name, call in calls.items() if call is not board.calls[name]}
    return Board({**board.calls, **changed}) if changed else board


def busy_in(calls: Iterable[Call]) -> set[PersonId]:
    """Everybody it rings at, and everybody who has a call."""
    return {call.offer.to for call in calls if call.offer} | had_in(calls)


def had_in(calls: Iterable[Call]) -> set[PersonId]:
    return {call.by for call in calls if call.by and call.state in HAD}


def can_be_rung(one: OnDuty, moment: Moment) -> bool:
    """Only whose duty lasts longer than the ring: nobody hears it stop because they went home."""
    return one.until - moment.at > moment.rules.ring


def _let_go(calls: dict[CallId, Call], moment: Moment) -> None:
    talking = had_in(calls.values())
    for call in list(calls.values()):
        here = _after_silence(_without_those_who_went_home(call, moment), moment)
        calls[call.id] = becoming.unrung(here) if _is_rung_out(here, moment, talking) else here


def _without_those_who_went_home(call: Call, moment: Moment) -> Call:
    """Passing a call-back on holds for this duty: in the next one, it may be theirs again."""
    passed = call.passed.intersection(moment.on)
    return call if passed == call.passed else replace(call, passed=passed)


def _after_silence(call: Call, moment: Moment) -> Call:
    """Where a number was left, nobody here hears whether they talk: only time says that it is not done yet."""
    if call.back_by is not None:
        return becoming.owed(call, call.back_by) if _is_left_lying(call, moment) else call
    if call.state in WAITS:
        return becoming.ended(call, End.LEFT, moment.at) if _has_left(call, moment) else call
    if _too_long(call.caller_away, moment):
        return becoming.ended(call, End.LOST, moment.at)
    return _without_person(call, moment) if _too_long(call.person_away, moment) else call


def _is_left_lying(call: Call, moment: Moment) -> bool:
    """Somebody took the call-back, and never said how it went: their page is closed, or lies somewhere open."""
    return call.state in HAD and call.taken_at is not None and moment.at - call.taken_at >= moment.rules.call


def _has_left(call: Call, moment: Moment) -> bool:
    """Longer than a phone sleeps between two looks."""
    return call.caller_away is not None and moment.at - call.caller_away > moment.rules.asleep


def _too_long(away: Seconds | None, moment: Moment) -> bool:
    return away is not None and moment.at - away > moment.rules.grace


def _without_person(call: Call, moment: Moment) -> Call:
    """Somebody else, or the same one where nobody else is on: a lost connection comes back."""
    anew = becoming.asked_anew(call, moment.at)
    is_alone = all(one.person == call.by for one in who_fits(call, moment.on.values()))
    return replace(anew, tried=frozenset()) if is_alone else anew


def _is_rung_out(call: Call, moment: Moment, talking: set[PersonId]) -> bool:
    if call.offer is None:
        return False
    return (
        moment.at >= call.offer.until
        or call.offer.to in talking
        or not _still_fits(call, call.offer.to, moment)
    )


def _still_fits(call: Call, person: PersonId, moment: Moment) -> bool:
    """On duty, and nobody's wishes have changed meanwhile."""
    return person in moment.on and fits(call.side, moment.on[person].side)


def _ring(calls: dict[CallId, Call], moment: Moment) -> None:
    busy = busy_in(calls.values())
    for call in [call for call in calls.values() if call.state is State.ASKED]:
        calls[call.id] = after = _next_for(call, moment, busy)
        if after.offer:
            busy.add(after.offer.to)


def _next_for(call: Call, moment: Moment, busy: set[PersonId]) -> Call:
    could = [one for one in who_fits(call, moment.on.values()) if can_be_rung(one, moment)]
    new = [one for one in could if one.person not in call.tried]
    free = [one for one in new if one.person not in busy and not _is_asleep(call, moment)]
    if free:
        return becoming.rung(call, min(free, key=turn_of).person, moment)
    return _waits(call, moment, Why.BUSY if new else Why.NO_ANSWER if could else Why.NOBODY_ON)


def _is_asleep(call: Call, moment: Moment) -> bool:
    """Nobody is rung for an empty chair. Their place is kept, and it rings when they look again."""
    return call.back_by is None and _too_long(call.caller_away, moment)


def _waits(call: Call, moment: Moment, why: Why) -> Call:
    """For those who are talking now, as long as they are on duty; whoever left a number need not, and is rung back.

    Where there is nobody to wait for, there is the time to leave a number, and for somebody to come. Whose phone sleeps
    can do neither: their place is kept, and how it went is said when they are back.
    """
    if why in IN_VAIN and call.why not in IN_VAIN:
        call = replace(call, waits_since=moment.at)
    is_left_to_wait = call.back_by is None and (why is Why.BUSY or call.caller_away is not None)
    is_in_vain = why in IN_VAIN and call.back_by is not None
    if is_in_vain or (not is_left_to_wait and _is_out_of_patience(call, moment)):
        return becoming.not_taken(call, moment, why)
    return call if call.why is why else replace(call, why=why)


def _is_out_of_patience(call: Call, moment: Moment) -> bool:
    return moment.at - call.waits_since >= moment.rules.patience


def _own(calls: dict[CallId, Call], moment: Moment) -> None:
    for call in [call for call in calls.values() if call.state is State.BACK]:
        if call.back_by is None or moment.at >= call.back_by:
            calls[call.id] = becoming.ended(call, End.EXPIRED, moment.at)
        elif not (call.by and _still_fits(call, call.by, moment)):
            calls[call.id] = becoming.owned_by(call, _who_owes_least(call, calls.values(), moment))


def _who_owes_least(call: Call, calls: Iterable[Call], moment: Moment) -> PersonId | None:
    """Of those on call first. It stays with them to the end of their duty, or until they pass it on."""
    owes = Counter(one.by for one in calls if one.state is State.BACK)
    could = [one for one in who_fits(call, moment.on.values()) if one.person not in call.passed]
    least = min(
        could, key=lambda one: (one.turn is Turn.SECOND, owes[one.person], turn_of(one)), default=None
    )
    return least.person if least else None
