"""Fran has a computer, knows everybody's answer but one, and sees the release. What does it tell her about the one?

The door as it is shipped stays below what it says it costs. A dozen doors with something wrong do not, and the audit
tells. NIGHTLY=1 asks ten times as often.
"""

import math
import os
import random
from collections import Counter
from dataclasses import replace

import pytest

from peerwork.ground.releases import noise, numbers
from peerwork.ground.releases.numbers import NO_ANSWER, Terms
from peerwork.ground.releases.tests.auditing import a_pair, at_least, at_most, audited

OFTEN = 10 if os.environ.get("NIGHTLY") else 1
PLAIN = a_pair({"a": 30, "b": 20}, {"a": 29, "b": 21}, price=2_400_000)
PAIRS = {
    "one person says something else": PLAIN,
    "one person says it, or nobody does": a_pair({"b": 30}, {"a": 1, "b": 29}, price=1_000_000),
    "four or five": a_pair({"a": 4, "b": 26}, {"a": 5, "b": 25}, price=1_000_000),
    "seven or eight": a_pair({"a": 7, "b": 23}, {"a": 8, "b": 22}, price=1_000_000),
    "one person left it out": a_pair(
        {"a": 15, "b": 15}, {"a": 14, "b": 15, NO_ANSWER: 1}, price=1_000_000, spent=30
    ),
    "somebody is alone with it": a_pair({"a": 15, "b": 15}, {"a": 15, "b": 14, "c": 1}, price=1_000_000),
    "three tokens of two marks each": a_pair(
        {"a": 36, "b": 30}, {"a": 30, "b": 36}, price=2_000_000, spent=45, tokens=3, marks=2
    ),
    "a larger network": a_pair({"a": 78, "b": 22}, {"a": 77, "b": 23}, price=2_000_000, in_bands=False),
}


@pytest.mark.parametrize("who", [who for who in PAIRS if PAIRS[who] is not PLAIN])
def test_the_door_as_it_is_shipped_tells_no_more_than_it_says_it_costs(who):
    pair = PAIRS[who]
    assert audited(numbers.as_said, pair, runs=1000 * OFTEN) <= pair.claimed


def test_the_audit_sees_most_of_what_the_door_really_tells_and_it_is_no_more_than_claimed():
    """An audit that saw little would find nothing wrong with anything."""
    assert 0.7 * PLAIN.claimed < audited(numbers.as_said, PLAIN, runs=4000 * OFTEN) <= PLAIN.claimed


def noisy_after(true_counts):
    """A door that does something to the true counts before, or to the noisy ones after."""

    def noisy(counts, *, cells, d_in, price):
        return true_counts(counts, noise_of(counts, cells=cells, d_in=d_in, price=price))

    return noisy


noise_of = noise.noisy


def wrong_sensitivity(patch):
    """Counts that one person gives, and forgets that they take away elsewhere."""
    patch.setattr(Terms, "sensitivity", lambda terms, asked: terms.tokens * asked.marks)


def sensitivity_without_tokens(patch):
    patch.setattr(Terms, "sensitivity", lambda terms, asked: 2 * asked.marks)


def scale_off_by_a_fifth(patch):
    patch.setattr(noise, "noisy", lambda counts, *, cells, d_in, price: noise_of(
        counts, cells=cells, d_in=d_in, price=price * 5 // 4
    ))  # fmt: skip


def true_zeros_exact(patch):
    patch.setattr(
        noise, "noisy", noisy_after(lambda true, seen: {c: v if true[c] else 0 for c, v in seen.items()})
    )


def small_cells_exact(patch):
    patch.setattr(
        noise,
        "noisy",
        noisy_after(lambda true, seen: {c: v if true[c] >= 5 else true[c] for c, v in seen.items()}),
    )


def suppression_on_true_counts(patch):
    shipped = numbers.as_said

    def as_said(asked, answers, terms):
        body = shipped(asked, answers, terms)
        for cell in body["cells"]:
            cell["value"] = cell["value"] if answers[cell["code"]] >= 5 else None
        return body

    patch.setattr(numbers, "as_said", as_said)


def uncharged_re_release(patch):
    """The interval is drawn around a second draw that nobody paid for."""
    shipped = numbers.as_said

    def as_said(asked, answers, terms):
        body, again = shipped(asked, answers, terms), shipped(asked, answers, terms)
        for cell, other in zip(body["cells"], again["cells"], strict=True):
            cell["low"], cell["high"] = other["low"], other["high"]
        return body

    patch.setattr(numbers, "as_said", as_said)


def fixed_seed(patch):
    def noisy(counts, *, cells, d_in, price):
        dice = random.Random(7)  # noqa: S311 — the bug
        return {cell: counts[cell] + round(dice.expovariate(1) - dice.expovariate(1)) for cell in cells}

    patch.setattr(noise, "noisy", noisy)


def float_noise(patch):
    """Of the right size. But the last digits of a sum of fractions tell what it was added to (Mironov 2012)."""

    def noisy(counts, *, cells, d_in, price):
        scale, dice = d_in / (price / 1e6), random.SystemRandom()
        spread = (dice.choice((-1, 1)) * scale * math.log(1 - dice.random()) for _cell in cells)
        return {cell: counts[cell] + off for cell, off in zip(cells, spread, strict=True)}

    patch.setattr(noise, "noisy", noisy)


def rounding_true_counts(patch):
    def noisy(counts, *, cells, d_in, price):
        rounded = {cell: numbers.nearest(value) for cell, value in counts.items()}
        return noise_of(rounded, cells=cells, d_in=d_in, price=price)

    patch.setattr(noise, "noisy", noisy)


def a_floor_on_how_many_answers_there_truly_are(patch):
    shipped = numbers.as_said

    def as_said(asked, answers, terms):
        if len(+answers) < 3:
            return {"too_few": True}
        return shipped(asked, answers, terms)

    patch.setattr(numbers, "as_said", as_said)


def only_what_somebody_chose_is_listed(patch):
    shipped = numbers.as_said

    def as_said(asked, answers, terms):
        chosen = [(code, label) for code, label in asked.cells if answers[code]]
        return shipped(replace(asked, cells=chosen), answers, terms)

    patch.setattr(numbers, "as_said", as_said)


def the_left_out_are_counted_exactly(patch):
    patch.setattr(
        noise, "noisy", noisy_after(lambda true, seen: seen | {NO_ANSWER: true[NO_ANSWER]})
    )  # fmt: skip


# Each with the pair that shows it, and how often to ask.
BUGS = {
    scale_off_by_a_fifth: ("one person says something else", 9000),
    wrong_sensitivity: ("seven or eight", 1500),
    sensitivity_without_tokens: ("three tokens of two marks each", 1500),
    true_zeros_exact: ("one person says it, or nobody does", 800),
    small_cells_exact: ("four or five", 800),
    suppression_on_true_counts: ("four or five", 600),
    uncharged_re_release: ("seven or eight", 3000),
    fixed_seed: ("seven or eight", 600),
    float_noise: ("one person says it, or nobody does", 1500),
    rounding_true_counts: ("seven or eight", 800),
    a_floor_on_how_many_answers_there_truly_are: ("somebody is alone with it", 600),
    only_what_somebody_chose_is_listed: ("somebody is alone with it", 600),
    the_left_out_are_counted_exactly: ("one person left it out", 600),
}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_door_with_something_wrong_is_caught(monkeypatch, bug):
    who, runs = BUGS[bug]
    bug(monkeypatch)
    assert audited(numbers.as_said, PAIRS[who], runs=runs * OFTEN) > PAIRS[who].claimed


@pytest.mark.parametrize(
    ("times", "low", "high"), [(0, 0.0, 0.0362), (5, 0.0164, 0.1128), (100, 0.9638, 1.0)]
)
def test_the_bounds_are_those_of_clopper_and_pearson(times, low, high):
    """95 % both ways, of a hundred. From the tables everybody uses."""
    assert at_least(times, 100, 0.975) == pytest.approx(low, abs=1e-3)
    assert at_most(times, 100, 0.975) == pytest.approx(high, abs=1e-3)


def test_the_audit_finds_nothing_where_nothing_is_told():
    assert audited(lambda asked, answers, terms: {"cells": []}, PLAIN, runs=200) == 0.0


def test_counting_goes_through_the_door_that_is_audited():
    """counting.py makes no number by itself."""
    from peerwork.ground.releases import counting

    assert counting.numbers is numbers
    assert Counter(dir(counting)) & Counter(["noise"]) == Counter()
