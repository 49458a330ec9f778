"""The words of the engine: a call, who may take it, what can happen to it, and what the line holds itself to.

Times are seconds on one clock that only goes forward; nobody here knows which day it is. Everything is frozen: what
happens makes a new board (steps.py), and what follows from that is read off the difference (rings.py).

The promises, each kept by a test with a mutant that breaks it (tests/):

nothing rings for ever   an offer ends after `Rules.ring`; nobody waits past `Rules.patience` for nobody, nor is their
                         place kept past `Rules.asleep`; a call-back is made, or owed again, after `Rules.call`
nothing rings off duty   an offer ends with the duty of the person it was made to, and none is made after it
nobody is rung twice     one round offers a call to each person once; handing over begins another round
wishes hold both ways    whoever does not fit, on either side, is never offered the call, nor handed it, nor owns it
first come, first rung   the oldest call rings first; and first at those on call, and at whoever had less lately
one at a time            a call has one person, and a person one call; nobody rings while they talk
nothing is lost          whatever was asked ends by somebody's own act; or is a call-back that has an owner, or waits
                         for the next one on duty; or says honestly how it failed. Nobody waits beside somebody free
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# Whatever a side carries or wishes for, as one opaque word: `person:…`, `workplace:…`, `woman`, `speaks:vi`.
type Mark = str
type PersonId = str
type CallId = str
type Seconds = float


@dataclass(frozen=True)
class Side:
    """One of two who might talk: what they say of themselves, and what they wish of the other.

    Whoever asks is nobody by name, and carries only what they chose to say. `only` asks for one of each kind: `woman`
    with `speaks:vi` and `speaks:en` is a woman who speaks either.
    """

    carries: frozenset[Mark] = frozenset()
    never: frozenset[Mark] = frozenset()
    only: frozenset[Mark] = frozenset()


class Turn(StrEnum):
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class OnDuty:
    """Somebody who can be rung now, until the end of their duty. `load`: how much they had lately; less goes first."""

    person: PersonId
    side: Side
    until: Seconds
    turn: Turn = Turn.FIRST
    load: int = 0


class Way(StrEnum):
    CHAT = "chat"
    VOICE = "voice"
    PHONE = "phone"  # a number to ring back, sealed to whoever is on duty
    NUMBER = "number"  # rang the number of the line, and holds


class State(StrEnum):
    """Where a call is. Only these steps are taken:

    ASKED → OFFERED → TAKEN → TALKING → ENDED, and from each of the first four → BACK or ENDED
    OFFERED → ASKED   declined, no answer, or the duty ended
    TAKEN, TALKING → ASKED   handed over to anybody, or whoever had it was gone for too long
    TAKEN, TALKING → OFFERED   handed over to one person
    TAKEN, TALKING → BACK   handed over where a number was left, or nobody said how it went
    BACK → TAKEN   whoever owns it rings back; → ENDED   it expired, or is not wanted any more
    """

    ASKED = "asked"
    OFFERED = "offered"
    TAKEN = "taken"
    TALKING = "talking"
    BACK = "back"
    ENDED = "ended"


class Why(StrEnum):
    """Why a call is not being talked: said to whoever asked, in words of the room."""

    BUSY = "busy"  # everybody who fits and was not rung yet is talking
    NOBODY_ON = "nobody_on"  # nobody who fits is on duty
    NO_ANSWER = "no_answer"  # everybody who fits was rung


class End(StrEnum):
    """How it ended."""

    TALKED = "talked"  # or whoever rang back says so: nobody here hears their telephone
    LEFT = "left"  # whoever asked did not want it any more, or was gone for longer than `Rules.asleep`
    LOST = "lost"  # whoever asked was gone for longer than `Rules.grace`, after somebody took it
    EXPIRED = "expired"  # nobody rang back in time. It is counted as a promise that was not kept
    UNREACHED = "unreached"  # rung back as often as was said, and nobody was there
    NO_WAY_BACK = "no_way_back"  # nobody could take it, nor ring back: the page says the number


@dataclass(frozen=True)
class Offer:
    """It rings at one person, until then."""

    to: PersonId
    until: Seconds


@dataclass(frozen=True)
class Call:
    """One who asked, and where it has got to.

    `waits_since`: when this wait for a person began; where everybody was rung, since then.
    `tried`: whom this round was offered to, and who had it before the round.
    `by`: who has it, or had it when it ended; in BACK, who owns the call-back. `taken_at`: when they took it.
    `passed`: who passed the call-back on, or handed the call over. In their next duty it may be theirs again.
    `tries`: how often somebody rang back in vain.
    `back_by`: until when a call-back is promised. Then both are on a telephone, which nobody here hears. None: no way
    to be rung back was left, so both need a page, or hold.
    `caller_away`, `person_away`: since when that side has not been heard of.
    `talked_from`: when both were there for the first time.
    """

    id: CallId
    side: Side
    way: Way
    asked_at: Seconds
    waits_since: Seconds
    state: State = State.ASKED
    tried: frozenset[PersonId] = frozenset()
    offer: Offer | None = None
    by: PersonId | None = None
    taken_at: Seconds | None = None
    passed: frozenset[PersonId] = frozenset()
    tries: int = 0
    back_by: Seconds | None = None
    caller_away: Seconds | None = None
    person_away: Seconds | None = None
    talked_from: Seconds | None = None
    why: Why | None = None
    end: End | None = None
    ended_at: Seconds | None = None


@dataclass(frozen=True)
class Rules:
    """What the network chose (packs/support_line), and what holds for all. In seconds.

    `grace`: how long somebody may be silent in a talk. `asleep`: the place of whoever waits is kept for so long.
    `call`: whoever rings back has so long to say how it went.
    """

    ring: Seconds = 25
    patience: Seconds = 180
    grace: Seconds = 90
    asleep: Seconds = 1800
    call: Seconds = 5400
    tries: int = 3


@dataclass(frozen=True)
class Board:
    """Every call there is, oldest first."""

    calls: Mapping[CallId, Call] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """When something happens: the clock, who can be rung now, and what the network chose."""

    at: Seconds
    on: Mapping[PersonId, OnDuty]
    rules: Rules


# What can happen. `at` comes with the step, not with the event.


@dataclass(frozen=True)
class Asked:
    """Asked again with the same id, nothing happens."""

    call: CallId
    side: Side
    way: Way
    back_by: Seconds | None = None


@dataclass(frozen=True)
class Declined:
    """“I can't right now.” Nobody asks why. Also a call-back that its owner passes on."""

    call: CallId
    by: PersonId


@dataclass(frozen=True)
class Took:
    """Only whom it rings at can; or, of a call-back, whom it belongs to."""

    call: CallId
    by: PersonId


@dataclass(frozen=True)
class Began:
    """Both are there."""

    call: CallId


@dataclass(frozen=True)
class HandedOver:
    """To somebody on duty who fits and is free, or to whoever is. Who had it is not rung again in this round."""

    call: CallId
    by: PersonId
    to: PersonId | None = None


@dataclass(frozen=True)
class WentAway:
    """Not heard of: the connection is lost, or the laptop was closed. `person`: who has it; else whoever asked."""

    call: CallId
    person: bool


@dataclass(frozen=True)
class CameBack:
    call: CallId
    person: bool


@dataclass(frozen=True)
class WantsBack:
    """Would rather be rung back, by then. A later word changes the time. After a talk, whoever had it owns it.

    `only`: the marks of those who can open the number. It is nobody else's.
    """

    call: CallId
    back_by: Seconds
    only: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Unreached:
    """Whoever rings back says that nobody was there."""

    call: CallId
    by: PersonId


@dataclass(frozen=True)
class Over:
    """One of the two ended it: whoever has it, or (None) whoever asked. An owner passes a call-back on instead."""

    call: CallId
    by: PersonId | None = None


@dataclass(frozen=True)
class Tick:
    """Time went by."""


type Event = (
    Asked | Declined | Took | Began | HandedOver | WentAway | CameBack | WantsBack | Unreached | Over | Tick
)


class NotNow(Exception):
    """That cannot happen to this call now: it is somebody else's, or over. The board is as it was."""
