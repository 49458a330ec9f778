"""What somebody hears who rings the number, step by step. Pure: a step and what happened make the next step.

Whoever carries it out (the gateway, or a provider by TwiML or jambonz) does three things: says, waits, and tells what
happened. The promises, each kept by a test:

the limits come first          nobody talks or leaves a word before they heard what stays here and what may not
a number is asked for          only who pressed for it, keyed it in or spoke after the tone is rung back
every way ends                 with a person, with a promise, or with when to ring again; nothing asks for ever
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from peerwork.support.line.number import callers

LONGEST_MESSAGE = 60
HOLD = 60


class Place(StrEnum):
    """Where in the flow somebody is. A provider's next request carries it, so nothing else need be kept."""

    GREETING = "greeting"
    GREETING_AGAIN = "greeting-again"
    CLOSED = "closed"
    CLOSED_AGAIN = "closed-again"
    NUMBER = "number"
    NUMBER_AGAIN = "number-again"
    HOLD = "hold"
    TALK = "talk"
    MESSAGE = "message"
    MESSAGE_UNASKED = "message-unasked"
    BYE = "bye"


class Do(StrEnum):
    """What has to be done before a step is carried out."""

    NOTHING = ""
    ASK = "ask"
    KEEP = "keep"


class Opens(StrEnum):
    NOW = "now"
    LATER = "later"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Line:
    """What holds while this call lasts. `knows_number`: the caller's number came with the call, or was keyed in.

    `keeps_voice`: only our own gateway does; with a provider a spoken message would lie with them.
    `rings_back`: somebody is on duty in the next day, so that a call-back can be promised.
    """

    opens: Opens
    knows_number: bool
    keeps_voice: bool
    rings_back: bool = True


@dataclass(frozen=True)
class Step:
    place: Place
    says: tuple[str, ...] = ()
    does: Do = Do.NOTHING


@dataclass(frozen=True)
class Press(Step):
    """A key is waited for. More than one digit: until the hash key."""

    keys: str = ""
    seconds: int = 8
    digits: int = 1


@dataclass(frozen=True)
class Wait(Step):
    """Hold, and hear how long it will be each `seconds`. 2 is pressed for a call-back at any time."""

    seconds: int = HOLD


@dataclass(frozen=True)
class Bridge(Step):
    """Both hear each other. Nobody and nothing else does."""


@dataclass(frozen=True)
class TakeMessage(Step):
    seconds: int = LONGEST_MESSAGE


@dataclass(frozen=True)
class HangUp(Step):
    pass


@dataclass(frozen=True)
class Keyed:
    """What was keyed in; empty: nothing was."""

    keys: str


@dataclass(frozen=True)
class Waited:
    """It is time to say again how long it will be."""


@dataclass(frozen=True)
class Taken:
    """Somebody is there to talk."""


@dataclass(frozen=True)
class NobodyTook:
    """Everybody who could was rung, or the wait was too long."""


@dataclass(frozen=True)
class Ended:
    """The one who answered hung up."""


@dataclass(frozen=True)
class HandedOn:
    """The one who answered gave the call to somebody else, or was lost."""


@dataclass(frozen=True)
class Spoke:
    """The message is over. `something`: there was a voice in it."""

    something: bool


type Happened = Keyed | Waited | Taken | NobodyTook | Ended | HandedOn | Spoke


def begin(line: Line) -> Step:
    if line.opens is Opens.NOBODY:
        return HangUp(Place.BYE, says=("greeting", "nobody"))
    if line.opens is Opens.LATER:
        return Press(Place.CLOSED, says=("greeting", "closed", "limits", "press_back"), keys="2")
    says = ("greeting", "limits", "press_talk", *_or_back(line))
    return Press(Place.GREETING, says=says, keys="12")


def _or_back(line: Line) -> tuple[str, ...]:
    """A call-back is offered only where somebody will be there for it."""
    return ("press_back",) if line.rings_back else ()


def at(place: Place, line: Line) -> Step:
    """The step somebody is in who comes back with nothing but its place."""
    again = {
        Place.GREETING: begin(line),
        Place.CLOSED: begin(line),
        Place.GREETING_AGAIN: _once_more(Place.GREETING_AGAIN, line),
        Place.CLOSED_AGAIN: _once_more(Place.CLOSED_AGAIN, line),
        Place.NUMBER: _which_number(Place.NUMBER),
        Place.NUMBER_AGAIN: _which_number(Place.NUMBER_AGAIN),
        Place.HOLD: Wait(Place.HOLD),
        Place.TALK: Bridge(Place.TALK),
        Place.MESSAGE: TakeMessage(Place.MESSAGE),
        Place.MESSAGE_UNASKED: TakeMessage(Place.MESSAGE_UNASKED),
    }
    return again.get(place, HangUp(Place.BYE))


def next(step: Step, happened: Happened, line: Line) -> Step:  # noqa: A001 — read as flow.next(step, …)
    """What comes after a step. What cannot happen in it ends the call kindly."""
    return MOVES.get(step.place, _over)(step, happened, line)


def not_kept(step: Step) -> Step:
    """In its place, where nobody could be promised to be rung back after all: then it is said."""
    return HangUp(Place.BYE, says=(*(key for key in step.says if key == "nobody_took"), "no_call_back"))


def _from_menu(step: Step, happened: Happened, line: Line) -> Step:
    match happened:
        case Keyed("1") if step.place in {Place.GREETING, Place.GREETING_AGAIN}:
            return Wait(Place.HOLD, says=("hold", "minutes", *_or_back(line)), does=Do.ASK)
        case Keyed("2"):
            return _rung_back(line)
        case Keyed() if step.place in ONCE_MORE:
            return _once_more(ONCE_MORE[step.place], line)
        case Keyed():
            return _nothing_pressed(line)
    return _over(step, happened, line)


def _from_number(step: Step, happened: Happened, line: Line) -> Step:
    if not isinstance(happened, Keyed):
        return _over(step, happened, line)
    if callers.number(happened.keys):
        return _rung_back(replace(line, knows_number=True))
    if step.place is Place.NUMBER:
        return _which_number(Place.NUMBER_AGAIN)
    return HangUp(Place.BYE, says=("no_number",))


def _from_hold(step: Step, happened: Happened, line: Line) -> Step:
    match happened:
        case Keyed("2"):
            return _rung_back(line)
        case Keyed() | Waited():
            return Wait(Place.HOLD, says=("minutes", *_or_back(line)))
        case Taken():
            return Bridge(Place.TALK)
        case NobodyTook():
            return _after(("nobody_took",), _rung_back(line))
    return _over(step, happened, line)


def _from_talk(step: Step, happened: Happened, line: Line) -> Step:
    if isinstance(happened, HandedOn):
        return Wait(Place.HOLD, says=("handed_on",))
    return _over(step, happened, line)


def _from_message(step: Step, happened: Happened, line: Line) -> Step:
    if step.place is Place.MESSAGE:
        return HangUp(Place.BYE, says=("thanks",))
    if happened == Spoke(something=True):
        return HangUp(Place.BYE, says=("thanks",), does=Do.KEEP)
    return HangUp(Place.BYE, says=("nothing_heard",))


def _over(_step: Step, _happened: Happened, _line: Line) -> Step:
    return HangUp(Place.BYE, says=("bye",))


def _once_more(place: Place, line: Line) -> Press:
    """Keys were not heard, or pressed too late: the choice is said again, once."""
    if place is Place.CLOSED_AGAIN:
        return Press(place, says=("press_back",), keys="2")
    return Press(place, says=("press_talk", *_or_back(line)), keys="12")


def _rung_back(line: Line) -> Step:
    if not line.rings_back:
        return HangUp(Place.BYE, says=("no_call_back",))
    if not line.knows_number:
        return _which_number(Place.NUMBER)
    if line.keeps_voice:
        return TakeMessage(Place.MESSAGE, says=("number_kept", "message"), does=Do.KEEP)
    return HangUp(Place.BYE, says=("number_kept", "bye"), does=Do.KEEP)


def _nothing_pressed(line: Line) -> Step:
    """An old telephone has no keys that we hear. Whoever speaks wants to be rung back; silence keeps nothing.

    Whoever hides their number and presses nothing cannot be rung back, so they are not asked to speak.
    """
    if line.keeps_voice and line.rings_back and line.knows_number:
        return TakeMessage(Place.MESSAGE_UNASKED, says=("message_unasked",))
    return HangUp(Place.BYE, says=("nothing_heard",))


def _which_number(place: Place) -> Press:
    return Press(place, says=("which_number",), keys="0123456789", seconds=20, digits=15)


def _after(says: tuple[str, ...], step: Step) -> Step:
    return replace(step, says=(*says, *step.says))


ONCE_MORE = {Place.GREETING: Place.GREETING_AGAIN, Place.CLOSED: Place.CLOSED_AGAIN}
MOVES: dict[Place, Callable[[Step, Happened, Line], Step]] = {
    Place.GREETING: _from_menu,
    Place.GREETING_AGAIN: _from_menu,
    Place.CLOSED: _from_menu,
    Place.CLOSED_AGAIN: _from_menu,
    Place.NUMBER: _from_number,
    Place.NUMBER_AGAIN: _from_number,
    Place.HOLD: _from_hold,
    Place.TALK: _from_talk,
    Place.MESSAGE: _from_message,
    Place.MESSAGE_UNASKED: _from_message,
}
