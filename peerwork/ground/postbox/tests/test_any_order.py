"""Whatever devices, paper, flushes and crashes do, and in whichever order: nothing lost, nothing twice."""

from collections import Counter
from contextlib import nullcontext
from itertools import count

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from peerwork.ground.postbox import flushing, paper, redeeming, rounds, slips, staging
from peerwork.ground.postbox.tests.conftest import draw, say

_numbers = count(1)
THEMES = ["grief", "pay", "law", "stigma"]


class CutOff(Exception):
    """The process ends here."""


class Postbox(RuleBasedStateMachine):
    """Beside the real thing, the simplest one: a dictionary of what was said with which token."""

    def __init__(self):
        super().__init__()
        self.round = rounds.open_round(
            f"machine.{next(_numbers)}", audience="peers", tokens=3, roster=30, floor=20, price=1,
            opens_on=localdate(), closes_on=localdate(),
        )  # fmt: skip
        self.unspent, self.said, self.on_board, self.closed = [], {}, set(), False
        self.drawn = self.printed = 0

    @precondition(lambda self: not self.closed and self.drawn < 4)
    @rule()
    def somebody_draws(self):
        self.unspent += draw(self.round)
        self.drawn += 1

    @precondition(lambda self: not self.closed)
    @rule()
    def an_envelope_is_handed_out(self):
        self.unspent += [redeeming.Paper(code) for code in paper.print_tokens(self.round, 1)]
        self.printed += 1

    @precondition(lambda self: self.unspent)
    @rule(data=some.data(), themes=some.lists(some.sampled_from(THEMES), max_size=3))
    def somebody_says_something(self, data, themes):
        shown = self.unspent.pop(data.draw(some.integers(0, len(self.unspent) - 1)))
        pieces = [("themes", theme) for theme in themes]
        if self.closed:
            with pytest.raises(redeeming.Closed):
                say(self.round, shown, *pieces)
        else:
            say(self.round, shown, *pieces)
            self.said[shown] = pieces

    @precondition(lambda self: self.said)
    @rule(data=some.data(), same=some.booleans())
    def somebody_says_it_again(self, data, same):
        shown = data.draw(some.sampled_from(list(self.said)))
        pieces = self.said[shown] if same else [*self.said[shown], ("themes", "one more")]
        may = same and not self.closed and shown not in self.on_board
        why = redeeming.Closed if self.closed else redeeming.AlreadySpent
        with nullcontext() if may else pytest.raises(why):
            say(self.round, shown, *pieces)

    @rule()
    def an_hour_goes_by(self):
        if flushing.flush_if_enough(self.round, k=3):
            self.on_board |= set(self.said)

    @precondition(lambda self: not self.closed)
    @rule(batches=some.integers(1, 4))
    def a_flush_is_cut_off_in_the_middle(self, batches):
        told = []

        def progress(*said):
            told.append(said)
            if len(told) == batches:
                raise CutOff

        try:
            flushing.flush(self.round, progress=progress)
            self.on_board |= set(self.said)
        except CutOff:
            pass

    @precondition(lambda self: not self.closed)
    @rule()
    def a_flush_is_cut_off_before_it_lets_go(self):
        empty, staging.empty = staging.empty, _cut_off
        try:
            flushing.flush(self.round)
        except CutOff:
            self.on_board |= set(self.said)
        finally:
            staging.empty = empty

    @rule()
    def the_round_is_closed(self):
        if len(self.said) > 4:
            rounds.close(self.round)
            self.on_board |= set(self.said)
            self.closed = True

    @invariant()
    def everything_that_was_said_is_here_once(self):
        pieces = Counter(theme for said in self.said.values() for _question, theme in said)
        waits = {mark: content for mark, content in self.waiting().items() if mark not in self.board()}
        expected = Counter(theme for s in self.said if s in self.on_board for _q, theme in self.said[s])
        assert slips.histogram(self.round, "themes") == expected
        assert len(waits) + len(self.board()) == len(self.said)
        assert (
            sum(content.count(b'"themes"') for content in waits.values()) + expected.total() == pieces.total()
        )

    @invariant()
    def no_more_is_spent_than_was_drawn(self):
        (public,) = (public for public in rounds.all_public() if public["id"] == self.round.pk)
        assert public["spent"] == len(self.on_board) <= public["drawn"] * public["tokens"] + self.printed

    def board(self):
        return set(rounds.board(self.round.pk))

    def waiting(self):
        return staging.all_of(self.round.pk)

    def teardown(self):
        staging.drop(self.round.pk)


def _cut_off(_round):
    raise CutOff


def test_whatever_happens_and_in_whichever_order(db, monkeypatch, folder):
    monkeypatch.setattr(flushing, "AT_ONCE", 2)
    run_state_machine_as_test(
        Postbox,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
