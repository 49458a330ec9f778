"""Rene writes "more people lost somebody" in the bulletin. She fears that it is only noise."""

from itertools import product

import numpy as np
import pytest

from peerwork.voice.themes import comparing
from peerwork.voice.themes.frame import Theme

SCALE, CODES = 6, ("a", "b", "c", "d")


def body(values, *, half=18, shape="bands"):
    return {"shape": shape, "half_width": half, "cells": [{"code": c, "value": v} for c, v in values.items()]}


def theme(code, *came_from):
    return Theme(code, code, code, "low", code, came_from)


@pytest.mark.parametrize("many", [1, 2, 3, 5])
def test_a_sum_of_noises_strays_as_far_as_worked_out(many):
    drawn = np.random.default_rng(4).laplace(size=(200_000, many)).sum(axis=1)
    assert np.quantile(np.abs(drawn), 0.95) == pytest.approx(comparing.half_width_of(many), rel=0.02)


def test_a_large_difference_is_told_and_a_small_one_is_not():
    found = comparing.compare(body({"a": 70, "b": 30, "c": 5}), body({"a": 20, "b": 32, "c": 60}))
    assert [str(found[code].says) for code in "abc"] == ["more", "cannot tell", "fewer"]
    assert found["a"].low > 0 > found["c"].high


def test_where_nothing_changed_it_says_so_19_times_of_20():
    """The real noise and the real clamping of the release path, in a quarter like the one before."""
    generator = np.random.default_rng(7)
    wrong = tries = 0
    for true, _again in product((0, 3, 20, 60), range(500)):
        now, before = (
            {code: max(0, true + round(generator.laplace(scale=SCALE))) for code in CODES}
            for _each in range(2)
        )
        found = comparing.compare(body(now), body(before))
        wrong += sum(one.is_known for one in found.values())
        tries += len(CODES)
    assert wrong / tries <= 0.05


def test_what_was_split_is_put_together_again_before_it_is_compared():
    now, before = body({"pay": 40, "hours": 45, "x": 9}), body({"old": 20, "x": 9})
    found = comparing.compare(now, before, themes=[theme("pay", "old"), theme("hours", "old"), theme("x")])
    assert found["pay"] == found["hours"]
    assert (found["pay"].codes, str(found["pay"].says)) == (("hours", "pay"), "more")


def test_what_was_merged_is_put_together_too():
    now, before = body({"all": 20}), body({"pay": 40, "hours": 45})
    found = comparing.compare(now, before, themes=[theme("all", "pay", "hours")])
    assert str(found["all"].says) == "fewer"


def test_a_new_theme_was_not_asked_then():
    assert str(comparing.compare(body({"new": 80}), body({"old": 2}))["new"].says) == "was not asked then"


def test_rounding_makes_it_harder_to_tell():
    now, before = {"a": 60}, {"a": 30}
    assert comparing.compare(body(now), body(before))["a"].is_known
    assert not comparing.compare(body(now, shape="rounded", half=20), body(before, shape="rounded", half=20))[
        "a"
    ].is_known


def test_beside_a_quarter_with_too_few_nothing_is_said():
    assert comparing.compare(body({"a": 60}), {"too_few": True}) == {}
