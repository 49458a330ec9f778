"""One year beside another, and what people agree on: out of what was released, and only what that allows."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerwork.ground.releases.numbers import Question, Terms, as_said
from peerwork.voice.consultation import agreeing, comparing
from peerwork.voice.consultation.comparing import CANNOT_TELL, LESS, MORE


def body(**cells):
    return {
        "cells": [
            {"code": code, "label": {"en": code}, "low": low, "high": high}
            for code, (low, high) in cells.items()
        ]
    }


def changed(now, before, spent=(40, 40)):
    return {one.label: one.says for one in comparing.changed(now, before, spent=spent, language="en")}


def test_only_an_interval_that_leaves_zero_out_says_anything():
    now, before = body(pay=(20, 30), van=(10, 20), tea=(0, 5)), body(pay=(0, 10), van=(15, 30), tea=(20, 30))
    assert changed(now, before) == {"pay": MORE, "van": CANNOT_TELL, "tea": LESS}


def test_where_they_just_touch_nobody_can_tell():
    assert changed(body(pay=(10, 20)), body(pay=(0, 10))) == {"pay": CANNOT_TELL}


def test_twice_as_many_people_are_no_twice_as_many_who_think_so():
    now, before = body(pay=(36, 44)), body(pay=(18, 22))
    assert changed(now, before, spent=(80, 40)) == {"pay": CANNOT_TELL}
    assert changed(now, before, spent=(40, 40)) == {"pay": MORE}


def test_an_answer_that_was_not_offered_last_time_is_beside_nothing():
    assert changed(body(pay=(20, 30), new=(20, 30)), body(pay=(0, 10))) == {"pay": MORE}


def test_too_few_in_either_year_is_beside_nothing():
    assert comparing.changed({"too_few": True}, body(pay=(0, 9)), spent=(40, 40), language="en") == []
    assert comparing.changed(body(pay=(0, 9)), {"too_few": True}, spent=(40, 40), language="en") == []
    assert comparing.changed(body(pay=(0, 9)), body(pay=(0, 9)), spent=(0, 40), language="en") == []


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_it_never_says_more_than_both_intervals_allow(low, high, old_low, old_high):
    now, before = body(pay=sorted((low, high))), body(pay=sorted((old_low, old_high)))
    (change,) = comparing.changed(now, before, spent=(40, 40), language="en")
    could_be_the_same = max(min(low, high), min(old_low, old_high)) <= min(
        max(low, high), max(old_low, old_high)
    )
    assert not (could_be_the_same and change.says != CANNOT_TELL)
    assert -100 <= change.low <= change.high <= 100


def test_noise_alone_hardly_ever_looks_like_a_change():
    """The same answers in both years, counted as they are: fewer than one line in twenty may say otherwise."""
    asked = Question("paid", "Paid?", "choose", [("yes", "Yes"), ("no", "No")], 1, "paid")
    true = {"yes": 25, "no": 15}

    def a_year():
        return as_said(asked, true, Terms(spent=40, tokens=1, price=800_000, in_bands=True))

    said = [
        one.says
        for _time in range(300)
        for one in comparing.changed(a_year(), a_year(), spent=(40, 40), language="en")
    ]
    wrong = sum(says != CANNOT_TELL for says in said) / len(said)
    assert said
    assert wrong < 0.05, f"{wrong:.2%} of {len(said)}"


class TestWhatPeopleAgreeOn:
    body = {
        "labels": {"s1": {"en": "I am heard."}, "s2": {"en": "Shifts are fair."}},
        "groups": [{"name": "A", "share": "about half"}, {"name": "B"}],
        "common": [{"statement": "s1", "stance": "agree", "band": "nearly all"}],
        "divisions": [{"statement": "s2", "groups": {"B": "most disagree"}}],
    }

    def test_common_ground_first_then_divisions_each_under_its_group(self):
        said = agreeing.context(self.body, "en")
        assert [(name, str(stance)) for name, stance in said["common"]] == [
            ("I am heard.", "nearly all agree")
        ]
        ((statement, by_group),) = said["divisions"]
        assert (statement, [(name, str(stance)) for name, stance in by_group]) == (
            "Shifts are fair.", [("A", ""), ("B", "most disagree")],
        )  # fmt: skip

    def test_every_word_the_groups_can_say_has_words_here(self):
        from peerwork.ground.releases import groups, groups_facts

        sides = {f"{band} {side}" for band in ("nearly all", "most") for side in ("agree", "disagree")}
        assert set(agreeing.STANCES) == sides | {groups_facts.SPLIT}
        assert set(agreeing.SHARES) == set(filter(None, groups.SHARES))

    def test_no_groups_and_too_few_are_answers_too(self):
        assert agreeing.context({"no_groups": True, "common": []}, "en")["groups"] == []
        assert agreeing.context({"too_few": True}, "en")["too_few"]
