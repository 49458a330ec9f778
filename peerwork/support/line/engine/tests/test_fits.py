"""Wishes hold both ways, whoever has them. Ash fears to tell their own workplace; Rosa fears somebody she knows."""

from hypothesis import given, settings
from hypothesis import strategies as some

from peerwork.support.line.engine.fits import fits, who_fits
from peerwork.support.line.engine.tests.evening import MARKS
from peerwork.support.line.engine.tests.witness import may_talk
from peerwork.support.line.engine.words import Call, OnDuty, Side, Way


def side(carries="", *, never="", only=""):
    return Side(*(frozenset(marks.split()) for marks in (carries, never, only)))


ROSA = side("person:rosa workplace:1 woman speaks:en")
sides = some.builds(Side, *[some.frozensets(some.sampled_from([*MARKS, "person:rosa", "person:sam"]))] * 3)


def test_two_who_wish_nothing_fit():
    assert fits(side(), ROSA)


def test_not_my_workplace():
    assert not fits(side(never="workplace:1"), ROSA)
    assert fits(side(never="workplace:2"), ROSA)


def test_rosa_may_wish_the_same():
    rosa = side("person:rosa", never="workplace:2")
    assert not fits(side("workplace:2"), rosa)
    assert fits(side(), rosa)


def test_only_a_woman_who_speaks_one_of_my_languages():
    wishes = side(only="woman speaks:vi speaks:en")
    assert fits(wishes, ROSA)
    assert not fits(wishes, side("speaks:vi"))
    assert not fits(wishes, side("woman speaks:el"))


def test_only_rosa_or_sam():
    wishes = side(only="person:rosa person:sam")
    assert fits(wishes, ROSA)
    assert not fits(wishes, side("person:kas"))


def test_who_fits_is_whoever_on_duty_does():
    on = [OnDuty("rosa", ROSA, 9), OnDuty("sam", side("person:sam"), 9)]
    ash = Call("ash", side(only="woman"), Way.CHAT, 0, 0)
    assert [one.person for one in who_fits(ash, on)] == ["rosa"]


@settings(deadline=None)
@given(one=sides, other=sides)
def test_it_is_the_same_in_both_directions_and_as_the_witness_says(one, other):
    assert fits(one, other) == fits(other, one) == may_talk(one, other)
