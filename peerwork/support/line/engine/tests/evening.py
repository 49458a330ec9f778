"""Evenings on the line, made up from a seed: people come on duty and go, ask, talk, vanish, and wish things."""

from dataclasses import replace
from random import Random

from peerwork.support.line.engine.steps import step
from peerwork.support.line.engine.tests.witness import Witness
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    Board,
    CameBack,
    Declined,
    HandedOver,
    NotNow,
    OnDuty,
    Over,
    Rules,
    Side,
    State,
    Tick,
    Took,
    Turn,
    Unreached,
    WantsBack,
    Way,
    WentAway,
)

PEOPLE = ("ash", "kas", "morgan", "rosa", "sam")
MARKS = ("woman", "speaks:en", "speaks:vi", "workplace:1", "workplace:2")
AT_ONCE = 6  # calls that are not over
HOUR = 3600.0
GAPS = (0, 1, 4, 9, 20, 24.9, 25, 26, 60, 91, 180, 900, 1801, 5400, 5 * HOUR, 26 * HOUR)
OFTEN = (9, 9, 9, 9, 9, 9, 5, 5, 4, 3, 3, 2, 1, 1, 1, 0.4)


class Line:
    """The engine, whoever is on duty, and the witness beside them."""

    def __init__(self, rules=Rules()):  # noqa: B008 (it is frozen)
        self.rules, self.witness = rules, Witness(rules)
        self.board, self.at, self.on = Board(), 1000.0, {}
        self.steps, self.seen_duty = 0, ()

    def wait(self, seconds):
        self.at += seconds
        self.do(Tick())

    def do(self, event):
        """Whether it could be done. What follows from a change of duty is seen first: one reason for each step."""
        if self.seen_duty != (*self.on.values(),) and not isinstance(event, Tick):
            self._step(Tick())
        return self._step(event)

    def _step(self, event):
        before, duty, refused = self.board, (*self.on.values(),), False
        try:
            self.board = step(before, event, at=self.at, duty=duty, rules=self.rules)
        except NotNow:
            refused = True
        self.witness.sees(before, event, self.board, at=self.at, duty=duty, refused=refused)
        self.steps, self.seen_duty = self.steps + 1, duty
        return not refused

    def comes_on(self, person, side, *, hours=4.0, turn=Turn.FIRST, load=0):
        side = replace(side, carries=side.carries | {f"person:{person}"})
        self.on[person] = OnDuty(person, side, self.at + hours * HOUR, turn, load)

    def goes_home(self, person):
        self.on.pop(person, None)

    def sweep(self):
        """As the switchboard does: what is over goes."""
        over = {name for name, call in self.board.calls.items() if call.state is State.ENDED}
        self.board = Board({name: call for name, call in self.board.calls.items() if name not in over})
        self.witness.forgets(over)

    def open(self):
        return [call for call in self.board.calls.values() if call.state is not State.ENDED]


class Evening:
    """A `Line` on which chance decides. The same seed, the same evening."""

    def __init__(self, seed):
        self.chance = Random(seed)  # noqa: S311 (it has to come out the same)
        self.line, self.asked = Line(), 0
        self.acts = (
            [self._somebody_asks] * 4 + [self._somebody_answers] * 9 + [self._something_happens] * 5
            + [self._time_goes_by] * 8 + [self._duty_changes] * 3
        )  # fmt: skip

    def go_on(self, steps):
        """At least so many more steps."""
        until = self.line.steps + steps
        while self.line.steps < until:
            self.chance.choice(self.acts)()

    def _somebody_asks(self):
        if len(self.line.open()) >= AT_ONCE:
            self.line.sweep()
            return
        self.asked += 1
        back_by = self.chance.choice(
            [None, None, self.line.at + self.chance.choice([600, 9 * HOUR, 24 * HOUR])]
        )
        asked = Asked(f"call {self.asked}", self._side(), self.chance.choice(list(Way)), back_by)
        self.line.do(asked)
        if self.chance.random() < 0.1:
            self.line.do(asked)

    def _somebody_answers(self):
        """Mostly what the people in it would do next."""
        for call in self._one_call():
            match call.state:
                case State.OFFERED:
                    self.line.do(self.chance.choice([Took, Took, Declined])(call.id, call.offer.to))
                case State.TAKEN:
                    self.line.do(
                        self.chance.choice([Began(call.id), Began(call.id), Unreached(call.id, call.by)])
                    )
                case State.TALKING:
                    self.line.do(self.chance.choice([Over(call.id, call.by), self._hands_over(call)]))
                case State.BACK if call.by:
                    self.line.do(self.chance.choice([Took, Took, Declined, Unreached])(call.id, call.by))

    def _something_happens(self):
        """Mostly what nobody expects of this call, by anybody."""
        for call in self._one_call():
            who, side = self.chance.choice(PEOPLE), self.chance.random() < 0.4
            later = self.line.at + self.chance.choice([-1, 30, 9 * HOUR])
            event = self.chance.choice([
                Declined(call.id, who), Took(call.id, who), Began(call.id), self._hands_over(call),
                WentAway(call.id, side), WentAway(call.id, side), CameBack(call.id, side), CameBack(call.id, side),
                WantsBack(call.id, later, self._who_can_open_it()), Unreached(call.id, who),
                Over(call.id, who), Over(call.id),
            ])  # fmt: skip
            self.line.do(event)

    def _hands_over(self, call):
        return HandedOver(call.id, call.by or self.chance.choice(PEOPLE), self.chance.choice([None, *PEOPLE]))

    def _time_goes_by(self):
        self.line.wait(self.chance.choices(GAPS, OFTEN)[0])

    def _duty_changes(self):
        who = self.chance.choice(PEOPLE)
        if who in self.line.on and self.chance.random() < 0.4:
            self.line.goes_home(who)
        else:
            hours, load = self.chance.choice([0.005, 0.01, 0.5, 4, 30]), self.chance.randrange(4)
            self.line.comes_on(who, self._side(), hours=hours, turn=self.chance.choice(list(Turn)), load=load)
        if self.chance.random() < 0.5:
            self.line.do(Tick())

    def _one_call(self):
        calls = self.line.open() if self.chance.random() < 0.97 else list(self.line.board.calls.values())
        return self.chance.sample(calls, min(1, len(calls)))

    def _who_can_open_it(self):
        return frozenset(f"person:{who}" for who in self.chance.sample(PEOPLE, self.chance.choice([0, 1, 4])))

    def _side(self):
        some = lambda most: frozenset(self.chance.sample(MARKS, self.chance.choice([0, 0, 1, most])))  # noqa: E731
        people = frozenset(f"person:{who}" for who in PEOPLE if self.chance.random() < 0.08)
        return Side(
            carries=some(4),
            never=some(1) | people,
            only=some(1) if self.chance.random() < 0.5 else frozenset(),
        )
