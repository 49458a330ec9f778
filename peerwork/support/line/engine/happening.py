"""What each event does to its call, or NotNow. Said twice, it is so already: no verb asks twice in vain.

A lost answer is asked for again, so whoever takes what they have, or comes back when they are here, changes nothing.
"""

from dataclasses import replace

from peerwork.support.line.engine import becoming
from peerwork.support.line.engine.fits import fits, kind
from peerwork.support.line.engine.settling import HAD, busy_in, can_be_rung, had_in
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    Board,
    Call,
    CallId,
    CameBack,
    Declined,
    End,
    Event,
    HandedOver,
    Moment,
    NotNow,
    Over,
    PersonId,
    Seconds,
    State,
    Tick,
    Took,
    Unreached,
    WantsBack,
    Way,
    WentAway,
)


def happened(board: Board, event: Event, moment: Moment) -> Board:
    """The board with what this event does to its own call. What follows from that comes after. Raises NotNow."""
    if isinstance(event, Tick):
        return board
    if isinstance(event, Asked):
        return board if event.call in board.calls else _with(board, _asked(event, moment))
    return _with(board, _changed(_still_open(board, event.call), event, board, moment))


def _with(board: Board, call: Call) -> Board:
    return board if board.calls.get(call.id) is call else Board({**board.calls, call.id: call})


def _still_open(board: Board, name: CallId) -> Call:
    call = board.calls.get(name)
    if call is None or call.state is State.ENDED:
        raise NotNow
    return call


def _asked(event: Asked, moment: Moment) -> Call:
    _is_to_come(event.back_by, moment)
    return Call(event.call, event.side, event.way, moment.at, moment.at, back_by=event.back_by)


def _changed(call: Call, event: Event, board: Board, moment: Moment) -> Call:
    match event:
        case Declined():
            after = _declined(call, event.by)
        case Took():
            after = _took(call, event.by, board, moment)
        case Began():
            after = _began(call, moment)
        case HandedOver():
            after = _handed_over(call, event, board, moment)
        case WentAway():
            after = _heard_of(call, event.person, moment.at)
        case CameBack():
            after = _heard_of(call, event.person, None)
        case WantsBack():
            after = _wants_back(call, event, moment)
        case Unreached():
            after = _unreached(call, event.by, moment)
        case Over():
            after = _over(call, event.by, moment)
    return after


def _declined(call: Call, by: PersonId) -> Call:
    if call.offer and call.offer.to == by:
        return becoming.unrung(call)
    if call.state is State.BACK and call.by == by:
        return becoming.passed_on(call, by)
    raise NotNow


def _took(call: Call, by: PersonId, board: Board, moment: Moment) -> Call:
    if call.state in HAD and call.by == by:
        return call
    is_offered = call.offer is not None and call.offer.to == by
    is_owed = call.state is State.BACK and call.by == by and by not in had_in(board.calls.values())
    if is_offered or is_owed:
        return becoming.had_by(call, by, moment.at)
    raise NotNow


def _began(call: Call, moment: Moment) -> Call:
    if call.state not in HAD:
        raise NotNow
    return call if call.state is State.TALKING else becoming.talked(call, moment.at)


def _handed_over(call: Call, event: HandedOver, board: Board, moment: Moment) -> Call:
    """Another round, that one person hears first; or another owner, where a number was left."""
    _is_theirs(call, event.by)
    to = None if event.to is None else _who_may_have(call, event.to, board, moment)
    call = replace(call, passed=(call.passed | {event.by}).difference({to}))
    if call.back_by is not None:
        return becoming.owned_by(becoming.owed(call, call.back_by), to)
    anew = becoming.asked_anew(call, moment.at)
    return becoming.rung(anew, to, moment) if to else anew


def _who_may_have(call: Call, person: PersonId, board: Board, moment: Moment) -> PersonId:
    to = moment.on.get(person)
    is_free = person not in busy_in(board.calls.values())
    if to and is_free and can_be_rung(to, moment) and fits(call.side, to.side):
        return person
    raise NotNow


def _heard_of(call: Call, person: bool, away: Seconds | None) -> Call:  # noqa: FBT001
    """That a side is away, since then, or (None) is here again. The first moment counts."""
    if person and call.state not in HAD:
        raise NotNow
    since = call.person_away if person else call.caller_away
    if (since is None) == (away is None):
        return call
    return replace(call, person_away=away) if person else replace(call, caller_away=away)


def _wants_back(call: Call, event: WantsBack, moment: Moment) -> Call:
    """Whoever holds wishes nobody away: `never` said who has no telephone, and a number can be rung from any."""
    _is_to_come(event.back_by, moment)
    kinds = {kind(mark) for mark in event.only}
    others = frozenset(mark for mark in call.side.only if kind(mark) not in kinds)
    never = frozenset() if call.way is Way.NUMBER else call.side.never
    side = replace(call.side, only=others | event.only, never=never)
    return becoming.owed(replace(call, side=side, tries=0, caller_away=None), event.back_by)


def _unreached(call: Call, by: PersonId, moment: Moment) -> Call:
    if call.by != by or call.back_by is None or call.state not in (State.TAKEN, State.BACK):
        raise NotNow
    return becoming.rung_in_vain(call, moment)


def _over(call: Call, by: PersonId | None, moment: Moment) -> Call:
    if by is not None:
        _is_theirs(call, by)
    is_talk = by is not None or call.state is State.TALKING
    return becoming.ended(call, End.TALKED if is_talk else End.LEFT, moment.at)


def _is_theirs(call: Call, by: PersonId) -> None:
    if call.state not in HAD or call.by != by:
        raise NotNow


def _is_to_come(back_by: Seconds | None, moment: Moment) -> None:
    if back_by is not None and back_by <= moment.at:
        raise NotNow
