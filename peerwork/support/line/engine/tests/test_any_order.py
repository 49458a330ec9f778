"""The same promises, where a failure is made as short as it can be: so that it can be read at four in the morning."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from peerwork.support.line.engine.steps import step
from peerwork.support.line.engine.tests.evening import HOUR, MARKS, PEOPLE, Line
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    CameBack,
    Declined,
    HandedOver,
    NotNow,
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

GAPS = [1, 25, 91, 180, HOUR, 26 * HOUR]
EVERYBODY = [f"person:{who}" for who in PEOPLE]
somebody = some.sampled_from(PEOPLE)
whoever_it_concerns = some.sampled_from([None, None, None, *PEOPLE])
wishes = some.just(frozenset()) | some.frozensets(some.sampled_from([*MARKS, *EVERYBODY]), max_size=2)
sides = some.builds(Side, carries=some.frozensets(some.sampled_from(MARKS)), never=wishes, only=wishes)
hours = some.sampled_from([None, 0.01, 9.0, 24.0])
rules = some.builds(Rules, patience=some.sampled_from([30, 180]), tries=some.integers(1, 3))


class OneEvening(RuleBasedStateMachine):
    """Each rule is somebody's act; the witness of `Line` sees every step of it."""

    calls = Bundle("calls")

    @initialize(rules=rules, on=some.sets(somebody))
    def the_network_chose(self, rules, on):
        self.line = Line(rules)
        for who in sorted(on):
            self.line.comes_on(who, Side())

    @rule(
        who=somebody,
        side=sides,
        hours=some.sampled_from([0.005, 0.5, 4.0]),
        turn=some.sampled_from(Turn),
        load=some.integers(0, 2),
    )
    def somebody_comes_on_duty(self, who, side, hours, turn, load):
        self.line.comes_on(who, side, hours=hours, turn=turn, load=load)

    @rule(who=somebody)
    def somebody_goes_home(self, who):
        self.line.goes_home(who)

    @rule(gap=some.sampled_from(GAPS))
    def time_goes_by(self, gap):
        self.line.wait(gap)

    @rule(target=calls, side=sides, way=some.sampled_from(Way), hours=hours)
    def somebody_asks(self, side, way, hours):
        name = f"call {len(self.line.board.calls)}"
        back_by = None if hours is None else self.line.at + hours * HOUR
        return name if self.line.do(Asked(name, side, way, back_by)) else multiple()

    @rule(call=calls)
    def it_goes_on(self, call):
        """What anybody would do next."""
        is_there = self.line.board.calls[call].state is State.TAKEN
        self.line.do(Began(call) if is_there else Took(call, self.whose(call)))

    @rule(call=calls, who=whoever_it_concerns, what=some.sampled_from([Took, Declined, Unreached, Over]))
    def somebody_acts(self, call, who, what):
        self.line.do(what(call, who or self.whose(call)))

    @rule(call=calls)
    def both_are_there(self, call):
        self.line.do(Began(call))

    @rule(call=calls, who=whoever_it_concerns, to=some.none() | somebody)
    def somebody_hands_it_over(self, call, who, to):
        self.line.do(HandedOver(call, who or self.whose(call), to))

    @rule(call=calls, person=some.booleans(), what=some.sampled_from([WentAway, CameBack]))
    def a_connection_goes_or_comes(self, call, person, what):
        self.line.do(what(call, person))

    @rule(call=calls, hours=hours.filter(bool))
    def whoever_asked_would_rather_be_rung_back(self, call, hours):
        self.line.do(WantsBack(call, self.line.at + hours * HOUR))

    @rule(call=calls)
    def whoever_asked_goes(self, call):
        self.line.do(Over(call))

    @invariant()
    def nothing_more_follows_from_doing_nothing(self):
        """What follows by itself has followed at once: the same moment again changes nothing."""
        again = self.then(self.then(self.line.board, Tick()), Tick())
        assert again is self.then(again, Tick())

    @invariant()
    def it_does_not_matter_whether_anybody_looked_before(self):
        """A verb that comes late finds the line as it would be, had somebody looked in time."""
        looked = self.then(self.line.board, Tick(), later=30)
        for name in self.line.board.calls:
            took = Took(name, self.whose(name))
            assert self.then(self.line.board, took, later=30) == self.then(looked, took, later=30)

    def then(self, board, event, later=0):
        """The board after that; where it cannot be, after a look."""
        moment = {"at": self.line.at + later, "duty": self.line.on.values(), "rules": self.line.rules}
        try:
            return step(board, event, **moment)
        except NotNow:
            return step(board, Tick(), **moment)

    def whose(self, name):
        call = self.line.board.calls[name]
        return call.offer.to if call.state is State.OFFERED else call.by or "nobody"


def test_whatever_happens_and_in_whichever_order():
    run_state_machine_as_test(
        OneEvening,
        settings=settings(
            max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
