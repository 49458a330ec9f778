"""An evening on the line, told one call at a time."""

from peerwork.support.line.engine import queue
from peerwork.support.line.engine.tests.conftest import asks, rings_at, talks, the_call
from peerwork.support.line.engine.tests.evening import HOUR
from peerwork.support.line.engine.words import (
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
    WantsBack,
    WentAway,
    Why,
)

RULES = Rules()


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


def test_whoever_stays_waits_for_those_who_talk_and_then_it_rings(line):
    """They were told “about 40 minutes”. In the fortieth Rosa is free."""
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line)
    for _minute in range(40):
        line.wait(60)
    assert (the_call(line).state, the_call(line).why) == (State.ASKED, Why.BUSY)
    line.do(Over("kim", "rosa"))
    assert rings_at(line) == "rosa"


def test_whoever_left_a_number_waits_no_longer_than_was_said(line):
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, back_in=24)
    line.wait(RULES.patience - 1)
    assert the_call(line).state is State.ASKED
    line.wait(1)
    assert the_call(line).state is State.BACK


def test_where_there_is_nobody_to_wait_for_it_ends_after_what_was_said(line):
    """After forty minutes in line everybody who talked goes home: from then on there is time to leave a number."""
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line)
    line.wait(2400)
    line.goes_home("sam")
    line.do(Over("kim", "rosa"))
    line.do(Declined("ash", "rosa"))
    assert (the_call(line).state, the_call(line).why) == (State.ASKED, Why.NO_ANSWER)
    line.wait(RULES.patience - 1)
    assert the_call(line).state is State.ASKED
    line.wait(1)
    assert the_call(line).end is End.NO_WAY_BACK


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


def whose_phone_sleeps(line, **how):
    """Ash waits while Rosa and Sam talk, and the phone in the pocket has locked itself."""
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, **how)
    line.do(WentAway("ash", person=False))
    line.wait(RULES.grace + 1)


def test_the_place_of_a_sleeping_phone_is_kept_and_nobody_is_rung_for_an_empty_chair(line):
    whose_phone_sleeps(line)
    asks(line, "kas")
    line.do(Over("kim", "rosa"))
    assert (rings_at(line, "ash"), rings_at(line, "kas")) == (None, "rosa")
    line.do(Over("jude", "sam"))
    assert rings_at(line, "ash") is None
    line.wait(RULES.asleep - RULES.grace - 1)
    line.do(CameBack("ash", person=False))
    assert rings_at(line, "ash") == "rosa"


def test_whoever_does_not_come_back_to_their_place_has_left(line):
    whose_phone_sleeps(line)
    line.wait(RULES.asleep)
    assert the_call(line).end is End.LEFT


def test_a_sleeping_phone_keeps_its_place_when_everybody_goes_home(line):
    """Until Ash is back: it rings at who came meanwhile, or says that nobody did."""
    for name in ("ash", "kas"):
        asks(line, name)
    for name in ("ash", "kas"):
        line.do(WentAway(name, person=False))
    line.wait(RULES.grace + 1)
    line.goes_home("rosa")
    line.goes_home("sam")
    line.do(Tick())
    line.wait(RULES.patience * 2)
    assert (the_call(line).state, the_call(line).why) == (State.ASKED, Why.NOBODY_ON)
    line.do(CameBack("ash", person=False))
    assert the_call(line).end is End.NO_WAY_BACK
    line.comes_on("morgan", Side())
    line.do(CameBack("kas", person=False))
    assert rings_at(line, "kas") == "morgan"


def test_whoever_left_a_number_may_sleep(line):
    whose_phone_sleeps(line, back_in=24)
    line.do(Over("kim", "rosa"))
    assert rings_at(line) == "rosa"


def test_taken_while_the_phone_falls_asleep_there_is_time_to_come_back(line):
    asks(line)
    line.wait(1)
    line.do(WentAway("ash", person=False))
    line.do(Declined("ash", "rosa"))
    line.wait(20)
    line.do(Took("ash", "sam"))
    line.wait(RULES.grace)
    assert the_call(line).state is State.TAKEN
    line.wait(1)
    assert the_call(line).end is End.LOST


def test_whoever_is_asleep_is_before_nobody(line):
    whose_phone_sleeps(line)
    asks(line, "kas")
    assert queue.ahead(line.board, "kas", line.on.values()) == 0


def test_who_is_gone_in_the_middle_of_a_talk_is_lost_after_a_while(line):
    talks(line, by="rosa")
    line.do(WentAway("ash", person=False))
    line.wait(RULES.grace)
    assert the_call(line).state is State.TALKING
    line.wait(1)
    assert the_call(line).end is End.LOST
