"""Whoever rings the number: what they hear, and where it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerwork.ground.packs import packs
from peerwork.ground.ui import reading
from peerwork.support.line.number import flow, words
from peerwork.support.line.number.flow import (
    Do,
    Ended,
    HandedOn,
    HangUp,
    Keyed,
    Line,
    NobodyTook,
    Opens,
    Place,
    Spoke,
    TakeMessage,
    Taken,
    Wait,
    Waited,
)

OPEN = Line(Opens.NOW, knows_number=True, keeps_voice=True)
CLOSED = Line(Opens.LATER, knows_number=True, keeps_voice=True)
BY_A_PROVIDER = Line(Opens.NOW, knows_number=True, keeps_voice=False)
WITHHELD = Line(Opens.NOW, knows_number=False, keeps_voice=True)


def walk(line, *happened):
    step = flow.begin(line)
    for one in happened:
        step = flow.next(step, one, line)
    return step


@pytest.mark.parametrize("line", [OPEN, CLOSED, BY_A_PROVIDER, WITHHELD])
def test_the_limits_are_said_before_anything_can_be_left(line):
    assert "limits" in flow.begin(line).says


def test_one_leads_to_hold_with_an_honest_wait_and_asks_for_a_peer():
    step = walk(OPEN, Keyed("1"))
    assert isinstance(step, Wait)
    assert step.does is Do.ASK
    assert "minutes" in step.says


def test_every_minute_the_wait_is_said_again_and_nothing_is_asked_twice():
    step = walk(OPEN, Keyed("1"), Waited())
    assert isinstance(step, Wait)
    assert step.says == ("minutes", "press_back")
    assert step.does is Do.NOTHING


def test_two_gives_a_call_back_from_the_menu_and_from_the_hold():
    for path in ([Keyed("2")], [Keyed(""), Keyed("2")], [Keyed("1"), Keyed("2")], [Keyed("1"), NobodyTook()]):
        assert walk(OPEN, *path).does is Do.KEEP, path


def test_nothing_pressed_is_asked_once_more_then_a_message_may_be_spoken():
    assert walk(OPEN, Keyed("")).place is Place.GREETING_AGAIN
    assert isinstance(walk(OPEN, Keyed(""), Keyed("")), TakeMessage)


def test_silence_keeps_nothing_and_a_voice_keeps_the_number():
    quiet = [Keyed(""), Keyed("")]
    assert walk(OPEN, *quiet).does is Do.NOTHING
    assert walk(OPEN, *quiet, Spoke(something=False)).does is Do.NOTHING
    assert walk(OPEN, *quiet, Spoke(something=True)).does is Do.KEEP


def test_a_provider_never_holds_a_voice():
    for path in ([Keyed("2")], [Keyed(""), Keyed("")], [Keyed("1"), NobodyTook()]):
        assert isinstance(walk(BY_A_PROVIDER, *path), HangUp), path


def test_whoever_hides_their_number_keys_it_in_and_a_slip_is_asked_again_once():
    assert walk(WITHHELD, Keyed("2")).place is Place.NUMBER
    assert walk(WITHHELD, Keyed("2"), Keyed("0412345678")).does is Do.KEEP
    assert walk(WITHHELD, Keyed("2"), Keyed("04")).place is Place.NUMBER_AGAIN
    assert walk(WITHHELD, Keyed("2"), Keyed("04"), Keyed("")).says == ("no_number",)


def test_where_nobody_will_be_there_to_ring_back_it_is_not_offered_and_not_promised():
    line = Line(Opens.NOW, knows_number=True, keeps_voice=True, rings_back=False)
    for path in ([], [Keyed("")], [Keyed("1")], [Keyed("1"), Waited()]):
        assert "press_back" not in walk(line, *path).says
    for path in ([Keyed("2")], [Keyed("1"), NobodyTook()]):
        assert walk(line, *path).does is Do.NOTHING
        assert "no_call_back" in walk(line, *path).says


def test_whoever_hides_their_number_and_presses_nothing_is_not_asked_to_speak_in_vain():
    step = walk(WITHHELD, Keyed(""), Keyed(""))
    assert isinstance(step, HangUp)
    assert step.says == ("nothing_heard",)


def test_what_could_not_be_kept_is_said():
    assert flow.not_kept(walk(OPEN, Keyed("2"))).says == ("no_call_back",)
    assert flow.not_kept(walk(OPEN, Keyed("1"), NobodyTook())).says == ("nobody_took", "no_call_back")


def test_signs_that_are_no_number_are_asked_again():
    for keys in ("*12345", "12*3456", "1234567890123456"):
        assert walk(WITHHELD, Keyed("2"), Keyed(keys)).place is Place.NUMBER_AGAIN


def test_when_nobody_comes_within_a_day_no_number_is_taken():
    step = flow.begin(Line(Opens.NOBODY, knows_number=True, keeps_voice=True))
    assert isinstance(step, HangUp)
    assert "nobody" in step.says


def test_when_one_hands_on_the_caller_holds_again_and_when_one_hangs_up_it_is_over():
    talking = [Keyed("1"), Taken()]
    assert isinstance(walk(OPEN, *talking, HandedOn()), Wait)
    assert isinstance(walk(OPEN, *talking, Ended()), HangUp)


HAPPENED = st.one_of(
    st.builds(Keyed, st.sampled_from(["", "1", "2", "9", "#", "04", "0412345678"])),
    st.sampled_from([Taken(), NobodyTook(), Ended(), Spoke(True), Spoke(False)]),
)


@given(
    st.sampled_from(list(Opens)),
    st.booleans(),
    st.booleans(),
    st.lists(HAPPENED, min_size=12, max_size=12),
)
def test_whatever_happens_it_ends_and_says_only_what_there_are_words_for(opens, known, voice, happened):
    line = Line(opens, known, voice)
    step, waits = flow.begin(line), 0
    for one in happened:
        assert all(words.spoken(key, words.Figures()) for key in step.says)
        waits += isinstance(step, Wait)
        step = flow.next(step, one, line)
    assert isinstance(step, (HangUp, Wait)) or waits


def test_a_number_is_kept_only_after_a_key_a_voice_or_a_wait():
    """Walked through whole: no step that keeps comes of silence alone."""
    seen = {(line.opens, line.keeps_voice) for line in (OPEN, CLOSED, BY_A_PROVIDER)}
    for opens, voice in seen:
        line = Line(opens, knows_number=True, keeps_voice=voice)
        step = flow.begin(line)
        for _ in range(6):
            assert step.does is not Do.KEEP
            step = flow.next(step, Spoke(False) if isinstance(step, TakeMessage) else Keyed(""), line)


FULL = words.Figures(minutes=5, back_by="tomorrow at nine in the morning", opens="on Monday at nine")


def test_the_limits_are_the_ones_the_network_wrote_and_the_telephones_own():
    says = words.spoken("limits", words.Figures())
    written = [limit["plain"] for limit in packs.load("support_interventions")["confidentiality_limits"]]
    assert all(limit in says for limit in written[:3])
    assert "No talk is recorded" in says


@pytest.mark.parametrize("key", sorted(words.SAYS))
def test_what_is_said_is_plain_and_short(key):
    for figures in (FULL, words.Figures(), words.Figures(minutes=1)):
        says = words.spoken(key, figures)
        assert reading.longest_sentence(says) <= 20, says
        assert reading.grade(says) <= 7, says
