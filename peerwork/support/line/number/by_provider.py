"""One request of a provider, one reply. Who rings is known by the provider's name for the call, and only in memory.

A provider holds no voice of anybody: whoever wants to be rung back leaves a number, sealed before the reply is sent.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from peerwork.support.line.engine.words import NotNow, State
from peerwork.support.line.number import flow, held, phones, sealing
from peerwork.support.line.number.desk import Busy, Desk, Held, Promised
from peerwork.support.line.number.flow import Do, Line, Place, Step
from peerwork.support.line.number.words import Figures, spoken

WAITS = (State.ASKED, State.OFFERED, State.TAKEN, State.TALKING)
NUMBER = re.compile(r"\+?[0-9]{6,15}")
# What Twilio says of whoever hides their number: the letters of ANONYMOUS on a telephone's keys.
HIDDEN = "+266696687"
# So long the caller waits between two looks, and so many looks lie between two words about the wait.
BEAT = 10
LOOKS = 6


@dataclass(frozen=True)
class Heard:
    """`name`: what the provider calls this call; `parent`: the one it was dialled for; `looks`: how often it held."""

    name: str
    number: str = ""
    keys: str = ""
    parent: str = ""
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
    """Raises KeyError for a place there is not."""
    ways = {"ended": _ended, "for-you": _for_you, "taken": _taken, "after": _after, Place.HOLD: _hold}
    if way := ways.get(place):
        return way(heard, desk)
    promised = desk.promised()
    line = _line(promised, heard)
    if not place:
        return _carried_out(flow.begin(line), heard, desk, promised.figures)
    step = flow.next(flow.at(_place(place), line), flow.Keyed(heard.keys.rstrip("#")), line)
    if place in {Place.NUMBER, Place.NUMBER_AGAIN}:
        heard = replace(heard, number=heard.keys)
    return _carried_out(step, heard, desk, promised.figures)


def _place(name: str) -> Place:
    try:
        return Place(name)
    except ValueError as error:
        raise KeyError(name) from error


def _line(promised: Promised, heard: Heard) -> Line:
    return Line(
        promised.opens,
        knows_number=bool(_number(heard)),
        keeps_voice=False,
        rings_back=promised.rings_back,
    )


def _number(heard: Heard) -> str:
    is_shown = NUMBER.fullmatch(heard.number) and heard.number != HIDDEN
    return heard.number if is_shown else ""


def _carried_out(step: Step, heard: Heard, desk: Desk, figures: Figures) -> Reply:
    if step.does is Do.ASK:
        with suppress(Busy):
            held.note(desk.ask(phones=phones.those_with_one()), heard.name)
    if step.does is Do.KEEP and not _is_kept(heard, desk):
        step = flow.HangUp(Place.BYE, says=("no_call_back",))
    found = held.of(heard.name)
    if "minutes" in step.says and found:
        figures = replace(figures, minutes=desk.look(found).minutes)
    if found and isinstance(step, flow.HangUp) and not found.is_promised:
        _ended(heard, desk)
    return Reply(step, tuple(spoken(key, figures) for key in step.says), to=step.place)


def _is_kept(heard: Heard, desk: Desk) -> bool:
    """Their number is sealed to the shift, once. Not where nobody could open it."""
    found = held.of(heard.name)
    if found and found.is_promised:
        return True
    try:
        sealed = sealing.number(_number(heard), recipients=desk.recipients())
        found = _held_back(found, sealed, desk) or desk.ask_back(sealed)
    except (Busy, ValueError):
        return False
    held.note(replace(found, is_promised=True), heard.name)
    return True


def _held_back(found: Held | None, sealed: bytes, desk: Desk) -> Held | None:
    """None: nobody holds any more, and it is asked anew."""
    try:
        if found:
            desk.back(found, sealed)
    except NotNow:
        return None
    return found


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
    if found and look.rings_at and (at := phones.of(look.rings_at)):
        held.note(replace(found, dialled=look.rings_at), heard.name)
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
    if found and look and look.by == found.dialled and look.state in WAITS:
        with suppress(NotNow):
            desk.over(found, found.dialled)
        return _carried_out(flow.HangUp(Place.BYE, says=("bye",)), heard, desk, Figures())
    if found and look and look.rings_at == found.dialled:
        with suppress(NotNow):
            desk.decline(found, found.dialled)
    return _hold(heard, desk)


def _ended(heard: Heard, desk: Desk) -> Reply:
    """Hung up. Who only waited is waiting no more; who was promised a call-back still is."""
    if found := held.of(heard.name):
        held.end(found, desk)
        held.forget(found, heard.name)
    return Reply(flow.HangUp(Place.BYE))
