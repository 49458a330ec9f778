"""An evening on the line, told one call at a time."""

import pytest

from peerwork.support.line.engine.tests.conftest import asks, rings_at, talks
from peerwork.support.line.engine.tests.evening import HOUR
from peerwork.support.line.engine.words import (
    Began,
    CameBack,
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
    Why,
)

RULES = Rules()


def the_call(line, name="ash"):
    return line.board.calls[name]


def test_it_rings_at_rosa_then_at_sam_and_then_somebody_will_ring_back(line):
    asks(line, back_in=24)
    assert rings_at(line) == "rosa"
    line.wait(RULES.ring)
    assert rings_at(line) == "sam"
    line.wait(RULES.ring)
    assert (the_call(line).state, the_call(line).why) == (State.BACK, Why.NO_ANSWER)
    assert the_call(line).by == "rosa"


def test_whoever_had_less_lately_is_rung_first(line):
    line.comes_on("rosa", Side(), load=3)
    line.comes_on("kas", Side(), load=2)
    asks(line)
    assert rings_at(line) == "kas"


def test_whoever_cannot_right_now_says_so_and_it_rings_at_the_next(line):
    asks(line)
    line.do(Declined("ash", "rosa"))
    assert rings_at(line) == "sam"


def test_when_all_are_talking_the_one_who_asked_first_is_next(line):
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, "ash")
    asks(line, "kas")
    assert {the_call(line, name).why for name in ("ash", "kas")} == {Why.BUSY}
    line.do(Over("kim", "rosa"))
    assert (rings_at(line, "ash"), rings_at(line, "kas")) == ("rosa", None)


@pytest.mark.parametrize(("back_in", "then"), [(24, State.BACK), (None, State.ENDED)])
def test_nobody_waits_longer_than_was_said(line, back_in, then):
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, back_in=back_in)
    line.wait(RULES.patience - 1)
    assert the_call(line).state is State.ASKED
    line.wait(1)
    assert the_call(line).state is then


def test_with_nobody_on_duty_a_call_back_is_promised_at_once(nobody_on):
    asks(nobody_on, back_in=24)
    assert (the_call(nobody_on).state, the_call(nobody_on).why) == (State.BACK, Why.NOBODY_ON)


def test_who_left_no_way_back_has_time_to_leave_one(nobody_on):
    asks(nobody_on)
    assert (the_call(nobody_on).state, the_call(nobody_on).why) == (State.ASKED, Why.NOBODY_ON)
    nobody_on.do(WantsBack("ash", nobody_on.at + HOUR))
    assert the_call(nobody_on).state is State.BACK


def test_who_comes_on_duty_hears_whoever_waits(nobody_on):
    asks(nobody_on)
    nobody_on.comes_on("rosa", Side())
    nobody_on.do(Tick())
    assert rings_at(nobody_on) == "rosa"


def test_it_stops_ringing_at_rosa_when_she_goes_home(line):
    asks(line)
    line.goes_home("rosa")
    line.do(Tick())
    assert rings_at(line) == "sam"


def test_nobody_is_rung_whose_duty_ends_before_the_ring(line):
    line.comes_on("rosa", Side(), hours=RULES.ring / HOUR)
    asks(line)
    assert rings_at(line) == "sam"


def test_nobody_is_cut_off_because_a_duty_ends(line):
    talks(line, by="rosa")
    line.goes_home("rosa")
    line.wait(HOUR)
    assert the_call(line).state is State.TALKING
    line.do(HandedOver("ash", "rosa"))
    assert rings_at(line) == "sam"


def test_a_wish_made_while_it_rings_stops_it(line):
    asks(line, side=Side(carries=frozenset({"workplace:1"})))
    line.comes_on("rosa", Side(never=frozenset({"workplace:1"})))
    line.do(Tick())
    assert rings_at(line) == "sam"


def test_what_is_handed_to_sam_rings_at_sam_first_and_not_at_rosa_again(line):
    line.comes_on("kas", Side())
    talks(line, by="kas")
    line.do(HandedOver("ash", "kas", "sam"))
    assert rings_at(line) == "sam"
    line.do(Declined("ash", "sam"))
    assert rings_at(line) == "rosa"
    line.do(Declined("ash", "rosa"))
    assert (rings_at(line), the_call(line).why) == (None, Why.NO_ANSWER)


def test_nothing_is_handed_to_somebody_who_is_talking(line):
    talks(line, by="rosa")
    talks(line, "kim", by="sam")
    assert not line.do(HandedOver("ash", "rosa", "sam"))


def test_whoever_answers_may_lose_the_connection_for_a_while(line):
    talks(line, by="rosa")
    line.do(WentAway("ash", person=True))
    line.wait(RULES.grace)
    line.do(CameBack("ash", person=True))
    line.wait(HOUR)
    assert (the_call(line).state, the_call(line).by) == (State.TALKING, "rosa")


def test_somebody_else_is_found_for_whoever_was_left_alone(line):
    talks(line, by="rosa")
    line.do(WentAway("ash", person=True))
    line.wait(RULES.grace + 1)
    assert rings_at(line) == "sam"


def test_where_nobody_else_is_on_it_rings_at_the_same_one_again(line):
    line.goes_home("sam")
    talks(line, by="rosa")
    line.do(WentAway("ash", person=True))
    line.wait(RULES.grace + 1)
    assert rings_at(line) == "rosa"


@pytest.mark.parametrize(("back_in", "state", "end"), [(24, State.BACK, None), (None, State.ENDED, End.LEFT)])
def test_who_goes_away_while_it_rings_is_rung_back_if_there_is_a_way(line, back_in, state, end):
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, back_in=back_in)
    line.do(WentAway("ash", person=False))
    line.wait(RULES.grace + 1)
    assert (the_call(line).state, the_call(line).end) == (state, end)


def test_who_is_gone_in_the_middle_of_a_talk_is_lost_after_a_while(line):
    talks(line, by="rosa", back_in=24)
    line.do(WentAway("ash", person=False))
    line.wait(RULES.grace)
    assert the_call(line).state is State.TALKING
    line.wait(1)
    assert the_call(line).end is End.LOST


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
    line.wait(RULES.grace + 1)
    assert the_call(line).state is State.TAKEN
    line.do(WentAway("ash", person=True))
    line.wait(RULES.grace + 1)
    assert (the_call(line).state, the_call(line).by) == (State.BACK, "rosa")
    line.do(Took("ash", "rosa"))
    line.do(Over("ash", "rosa"))
    assert the_call(line).end is End.TALKED


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
