"""One request of a provider, one reply. Who rings is known by the provider's name for the call, and only in memory.

A provider holds no voice of anybody: whoever wants to be rung back leaves a number, sealed before the reply is sent.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from peerwork.support.line.engine.words import NotNow, State
from peerwork.support.line.number import call_backs, callers, flow, held, phones
from peerwork.support.line.number.desk import Busy, Desk, Look, Promised
from peerwork.support.line.number.flow import Do, Line, Place, Step
from peerwork.support.line.number.words import Figures, spoken

WAITS = (State.ASKED, State.OFFERED, State.TAKEN, State.TALKING)
# How a provider says that somebody hung up. It tells each step of a call, also that it was answered.
HUNG_UP = frozenset({"completed", "canceled", "busy", "failed", "no-answer"})
# So long the caller waits between two looks, and so many looks lie between two words about the wait.
BEAT = 10
LOOKS = 6


@dataclass(frozen=True)
class Heard:
    """`name`: what the provider calls this call; `parent`: the one it was dialled for; `looks`: how often it held.

    `status`: where the provider says the call is.
    """

    name: str
    number: str = ""
    keys: str = ""
    parent: str = ""
    status: str = ""
    looks: int = 0


@dataclass(frozen=True)
class Reply:
    """What the provider is to do. `to`: where the next request goes; `dials`: whom to ring, empty for nobody."""

    step: Step
    says: tuple[str, ...] = ()
    to: str = ""
    dials: str = ""
    joins: bool = False


def reply(place: str, heard: Heard, desk: Desk) -> Reply:
    """Raises KeyError for a place there is not. A call that is over lets nobody in, however often it is said again."""
    if held.is_over(heard.name):
        return Reply(flow.HangUp(Place.BYE))
    ways = {"ended": _ended, "for-you": _for_you, "taken": _taken, "after": _after, Place.HOLD: _hold}
    if way := ways.get(place):
        return way(heard, desk)
    promised = desk.promised()
    line = _line(promised, heard)
    if not place:
        return _carried_out(flow.begin(line), heard, desk, promised.figures)
    keys = heard.keys.rstrip("#")
    step = flow.next(flow.at(_place(place), line), flow.Keyed(keys), line)
    if place in {Place.NUMBER, Place.NUMBER_AGAIN}:
        heard = replace(heard, number=keys)
    return _carried_out(step, heard, desk, promised.figures)


def _place(name: str) -> Place:
    try:
        return Place(name)
    except ValueError as error:
        raise KeyError(name) from error


def _line(promised: Promised, heard: Heard) -> Line:
    return Line(
        promised.opens,
        knows_number=bool(callers.number(heard.number)),
        keeps_voice=False,
        rings_back=promised.rings_back,
    )


def _carried_out(step: Step, heard: Heard, desk: Desk, figures: Figures) -> Reply:
    found = held.of(heard.name)
    if step.does is Do.ASK and found is None:
        with suppress(Busy):
            held.note(desk.ask(phones=phones.those_with_one()), heard.name)
    if step.does is Do.KEEP and not _is_kept(heard, desk):
        step = flow.not_kept(step)
    found = held.of(heard.name)
    if "minutes" in step.says and found:
        figures = replace(figures, minutes=desk.look(found).minutes)
    if found and isinstance(step, flow.HangUp) and not found.is_promised:
        _let_go(heard, desk)
    return Reply(step, tuple(spoken(key, figures) for key in step.says), to=step.place)


def _is_kept(heard: Heard, desk: Desk) -> bool:
    """Their number is sealed to the shift, once. Not where nobody could open it."""
    found = held.of(heard.name)
    if found and found.is_promised:
        return True
    try:
        held.note(call_backs.keep(heard.number, found, desk), heard.name)
    except (Busy, ValueError):
        return False
    return True


def _hold(heard: Heard, desk: Desk) -> Reply:
    promised, found = desk.promised(), held.of(heard.name)
    line = _line(promised, heard)
    look = desk.look(found) if found else None
    if heard.keys:
        step = flow.next(flow.at(Place.HOLD, line), flow.Keyed(heard.keys), line)
        return _carried_out(step, heard, desk, promised.figures)
    if look is None or look.state not in WAITS:
        step = flow.next(flow.at(Place.HOLD, line), flow.NobodyTook(), line)
        return _carried_out(step, heard, desk, promised.figures)
    if found and (at := phones.where_it_rings(look, found, desk)):
        held.note(replace(found, dialled=look.rings_at or ""), heard.name)
        return Reply(flow.Bridge(Place.TALK), to="after", dials=at)
    step = flow.next(flow.at(Place.HOLD, line), flow.Waited(), line)
    if heard.looks % LOOKS != LOOKS - 1:
        step = replace(step, says=())
    return _carried_out(step, heard, desk, promised.figures)


def _for_you(_heard: Heard, _desk: Desk) -> Reply:
    says = (spoken("for_you", Figures()),)
    return Reply(flow.Press(Place.TALK, keys="1", seconds=15), says, to="taken")


def _taken(heard: Heard, desk: Desk) -> Reply:
    """Whoever picked up pressed a key, or none: a mailbox presses none."""
    found = held.of(heard.parent)
    over = Reply(flow.HangUp(Place.BYE))
    if found is None:
        return over
    try:
        if heard.keys != "1":
            desk.decline(found, found.dialled)
            return over
        desk.take(found, found.dialled)
        desk.began(found)
    except NotNow:
        return over
    return Reply(flow.Bridge(Place.TALK), joins=True)


def _after(heard: Heard, desk: Desk) -> Reply:
    """Dialling is over: they talked, or it was in vain, and the next one is rung."""
    found = held.of(heard.name)
    look = desk.look(found) if found else None
    if found and look and _have_talked(look, found.dialled):
        with suppress(NotNow):
            desk.over(found, found.dialled)
        return _carried_out(flow.HangUp(Place.BYE, says=("bye",)), heard, desk, Figures())
    if found and look and look.rings_at == found.dialled:
        with suppress(NotNow):
            desk.decline(found, found.dialled)
    return _hold(heard, desk)


def _have_talked(look: Look, person: str) -> bool:
    """With them, also where they said on the page that it is over."""
    return look.by == person and look.state in {State.TALKING, State.ENDED}


def _ended(heard: Heard, desk: Desk) -> Reply:
    if heard.status in HUNG_UP:
        _let_go(heard, desk)
    return Reply(flow.HangUp(Place.BYE))


def _let_go(heard: Heard, desk: Desk) -> None:
    """Hung up. Who only waited is waiting no more; who was promised a call-back still is."""
    if found := held.of(heard.name):
        held.end(found, desk)
    held.over(heard.name)
