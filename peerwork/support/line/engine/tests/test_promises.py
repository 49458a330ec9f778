"""Whatever happens on an evening and in whichever order, each promise holds; and each mutant is caught at it.

Whoever asks, at four in the morning, fears to be forgotten. Whoever answers fears a phone that does not stop, or rings
on a day off, or with somebody at the other end whom they asked never to meet.
"""

import pytest

from peerwork.support.line.engine.tests.evening import Evening
from peerwork.support.line.engine.tests.mutants import MUTANTS
from peerwork.support.line.engine.tests.witness import (
    FOR_EVER,
    IN_TURN,
    LOST,
    OFF_DUTY,
    ONE,
    TWICE,
    WISHES,
    Broken,
)

EVENINGS = range(10)
STEPS = 10_000
SOON = 3_000  # steps, by which every mutant is caught


def test_a_hundred_thousand_steps_are_watched():
    assert len(EVENINGS) * STEPS >= 100_000


@pytest.mark.parametrize("seed", EVENINGS)
def test_every_promise_holds_through_a_long_evening(seed):
    evening = Evening(seed)
    evening.go_on(STEPS)
    assert evening.line.steps >= STEPS


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_an_engine_that_breaks_a_promise_is_caught_at_it(mutant, monkeypatch):
    for module, name in mutant.places:
        monkeypatch.setattr(module, name, mutant.instead(getattr(module, name)))
    with pytest.raises(Broken) as broken:
        Evening(seed=1).go_on(SOON)
    assert broken.value.promise in mutant.breaks


def test_no_promise_is_without_a_mutant_that_breaks_it():
    broken = set().union(*(mutant.breaks for mutant in MUTANTS))
    assert broken == {FOR_EVER, OFF_DUTY, TWICE, WISHES, ONE, LOST, IN_TURN}
