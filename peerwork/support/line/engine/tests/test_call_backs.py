"""Somebody left a number. Ash fears to be forgotten with it; Rosa, that it is hers for ever."""

import pytest

from peerwork.support.line.engine import rings
from peerwork.support.line.engine.tests.conftest import NOBODY_IN_PARTICULAR, asks, rings_at, talks, the_call
from peerwork.support.line.engine.tests.evening import HOUR
from peerwork.support.line.engine.words import (
    Began,
    Declined,
    End,
    HandedOver,
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

RULES = Rules()


def rung_back_later(line, **how):
    """Ash left a way back and went away; Rosa has the call-back."""
    asks(line, back_in=24, **how)
    line.do(WantsBack("ash", line.at + 24 * HOUR))
    line.do(WentAway("ash", person=False))
    line.wait(HOUR)
    assert (the_call(line).state, the_call(line).by) == (State.BACK, "rosa")


@pytest.mark.parametrize("way", [Way.CHAT, Way.PHONE])
def test_a_talk_on_the_telephone_is_not_cut_off_by_a_page_that_sleeps(line, way):
    rung_back_later(line, way=way)
    line.do(Took("ash", "rosa"))
    line.do(WentAway("ash", person=True))
    line.wait(RULES.call - 1)
    assert (the_call(line).state, the_call(line).by) == (State.TAKEN, "rosa")
    line.do(Over("ash", "rosa"))
    assert the_call(line).end is End.TALKED


@pytest.mark.parametrize("how", [Began("ash"), Tick()])
def test_a_call_back_that_is_left_lying_is_owed_again_and_rosa_can_be_rung(line, how):
    """She rang from her own phone and closed the laptop, or left it open and went to bed."""
    line.goes_home("sam")
    rung_back_later(line)
    line.do(Took("ash", "rosa"))
    line.do(how)
    asks(line, "kim")
    line.wait(RULES.call)
    assert (the_call(line).state, the_call(line).by, rings_at(line, "kim")) == (State.BACK, "rosa", "rosa")


def test_a_call_back_left_lying_past_its_time_says_so(line):
    line.goes_home("sam")
    asks(line, way=Way.PHONE, back_in=1)
    line.do(Took("ash", "rosa"))
    line.wait(HOUR)
    assert the_call(line).state is State.TAKEN  # they may be talking
    line.wait(RULES.call)
    assert the_call(line).end is End.EXPIRED


def test_a_call_back_goes_only_to_who_can_open_the_number(line):
    """Ash's number was sealed to Rosa and Kas. Sam is on call, and could do nothing with it."""
    line.comes_on("kas", NOBODY_IN_PARTICULAR, load=9)
    talks(line, by="sam")
    line.do(WantsBack("ash", line.at + HOUR, frozenset({"person:rosa", "person:kas"})))
    assert the_call(line).by == "rosa"
    line.goes_home("rosa")
    line.do(Tick())
    assert the_call(line).by == "kas"
    line.goes_home("kas")
    line.do(Tick())
    assert the_call(line).by is None


@pytest.mark.parametrize(("way", "owner"), [(Way.NUMBER, "sam"), (Way.CHAT, None)])
def test_whoever_has_no_telephone_for_the_hold_can_still_ring_back(line, way, owner):
    """Ash held on the number, and Sam could not be rung there. On a page the same word is a wish, and it holds."""
    asks(line, way=way, side=Side(never=frozenset({"person:sam"})))
    line.do(WantsBack("ash", line.at + HOUR, frozenset({"person:rosa", "person:sam"})))
    assert the_call(line).by == "rosa"
    line.goes_home("rosa")
    line.do(Tick())
    assert the_call(line).by == owner


def test_whom_a_call_back_has_come_to_is_told_once(line):
    before = line.board
    rung_back_later(line)
    assert rings.owing(before, line.board) == {"rosa"}
    owed = line.board
    line.goes_home("rosa")
    line.do(Tick())
    assert (rings.owing(owed, owed), rings.owing(owed, line.board)) == (set(), {"sam"})


def test_a_call_back_goes_on_to_the_next_when_its_owner_goes_home(line):
    rung_back_later(line)
    line.goes_home("rosa")
    line.do(Tick())
    assert the_call(line).by == "sam"


def test_a_call_back_passed_on_by_all_waits_for_the_next_on_duty(line):
    rung_back_later(line)
    line.do(Declined("ash", "rosa"))
    line.do(Declined("ash", "sam"))
    assert the_call(line).by is None
    line.goes_home("sam")
    line.wait(HOUR)
    line.comes_on("sam", Side(), turn=Turn.SECOND)
    line.do(Tick())
    assert the_call(line).by == "sam"


def test_a_call_back_that_is_handed_over_belongs_to_whom_it_was_handed(line):
    rung_back_later(line)
    line.do(Took("ash", "rosa"))
    line.do(HandedOver("ash", "rosa", "sam"))
    assert (the_call(line).state, the_call(line).by) == (State.BACK, "sam")


def test_call_backs_are_shared_out(nobody_on):
    for name in ("ash", "kas", "kim", "jude"):
        asks(nobody_on, name, back_in=24)
    nobody_on.comes_on("rosa", Side(), load=9)
    nobody_on.comes_on("sam", Side())
    nobody_on.do(Tick())
    owners = [call.by for call in nobody_on.board.calls.values()]
    assert sorted(owners) == ["rosa", "rosa", "sam", "sam"]


def test_a_call_back_in_vain_is_tried_as_often_as_was_said(line):
    rung_back_later(line)
    for _time in range(RULES.tries - 1):
        line.do(Took("ash", "rosa"))
        line.do(Unreached("ash", "rosa"))
        assert (the_call(line).state, the_call(line).by) == (State.BACK, "rosa")
    line.do(Unreached("ash", "rosa"))
    assert the_call(line).end is End.UNREACHED


def test_a_call_back_that_nobody_made_says_so(line):
    rung_back_later(line)
    line.comes_on("rosa", Side(), hours=30)
    line.wait(22 * HOUR)
    assert the_call(line).state is State.BACK
    line.wait(HOUR)
    assert (the_call(line).end, the_call(line).ended_at) == (End.EXPIRED, line.at)


def test_a_later_word_changes_when_somebody_rings_back(line):
    rung_back_later(line)
    line.do(WantsBack("ash", line.at + 1))
    line.wait(1)
    assert the_call(line).end is End.EXPIRED


def test_nobody_is_promised_a_time_that_is_over(line):
    asks(line)
    assert not line.do(WantsBack("ash", line.at))
    assert not line.do(Began("ash"))
    assert rings_at(line) == "rosa"


def test_whoever_rings_back_is_not_rung_meanwhile(line):
    rung_back_later(line)
    line.goes_home("sam")
    asks(line, "kim")
    assert rings_at(line, "kim") == "rosa"
    line.do(Took("ash", "rosa"))
    assert rings_at(line, "kim") is None


def test_nobody_rings_back_in_the_middle_of_a_talk(line):
    rung_back_later(line)
    talks(line, "kim", by="rosa")
    assert not line.do(Took("ash", "rosa"))


def test_a_promise_given_at_the_end_of_a_talk_stays_with_whoever_talked(line):
    line.comes_on("rosa", Side(), load=9)
    line.comes_on("sam", Side())
    talks(line, by="sam")
    asks(line, "kim", back_in=24)
    line.do(WantsBack("ash", line.at + HOUR))
    assert (the_call(line).state, the_call(line).by) == (State.BACK, "sam")
