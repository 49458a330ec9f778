"""Places nobody has, and who is asked first.

Jude fears a Sunday that everybody thought somebody else had. Sam fears being asked each time, because he never says
no. So whoever carried least is asked first; rest counts; and nobody sees what another carried.
"""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from conftest import someone
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import duties, gaps, limits, load, rest
from peerwork.support.line.roster.models import Duty
from peerwork.support.line.roster.tests.nights import MONDAY, a_shift, duty_of


def first_asked():
    found = gaps.ahead(MONDAY)
    asked = gaps.offered_first(found, limits.open_book(), load.loads())
    return [(gap.turn, UUID(who) if who else None) for gap, who in zip(found, asked, strict=True)]


def test_every_open_place_of_the_next_two_weeks_is_found_and_what_asks_for_cover(rosa, sam):
    a_shift(first=rosa, second=sam, in_hours=30)
    asks = a_shift(first=rosa, second=sam, in_hours=60)
    duties.ask_for_cover(duty_of(rosa, asks))
    bare = a_shift(in_hours=90)
    a_shift(in_hours=24 * 15)
    found = [(gap.row.shift, gap.turn, gap.asked_by) for gap in gaps.ahead(MONDAY)]
    assert found == [(asks.pk, Turn.FIRST, "Rosa"), (bare.pk, Turn.FIRST, ""), (bare.pk, Turn.SECOND, "")]


def test_a_shift_in_the_middle_with_nobody_is_a_gap_too(rosa):
    shift = a_shift(in_hours=-1)
    assert {gap.row.shift for gap in gaps.ahead(MONDAY)} == {shift.pk}


def test_whoever_carried_least_is_asked_first(rosa, sam, mick):
    load.add(rosa, 30)
    load.add(mick, 10)
    a_shift(in_hours=30)
    assert first_asked()[0] == (Turn.FIRST, sam.pk)


def test_something_hard_counts_like_a_shift(rosa, sam):
    load.add(sam, load.HARD)
    a_shift(in_hours=30)
    assert first_asked()[0] == (Turn.FIRST, rosa.pk)


def test_what_somebody_has_taken_on_already_counts_too(rosa, sam):
    a_shift(first=rosa, second=someone("Ida", "peer", "supporter"), in_hours=100)
    a_shift(first=sam, in_hours=20, hours=0.5)
    a_shift(in_hours=150)
    assert dict(first_asked())[Turn.FIRST] != rosa.pk


def test_nobody_is_asked_first_for_two_at_a_time_or_without_rest(rosa, sam, mick):
    a_shift(in_hours=30)
    a_shift(in_hours=36)
    who = [asked for turn, asked in first_asked() if turn is Turn.FIRST]
    assert len(set(who)) == 2


def test_whoever_rests_or_would_have_no_rest_is_not_asked(rosa, sam, mick):
    rest.rest_until(mick, (MONDAY + timedelta(days=3)).date())
    a_shift(first=rosa, second=someone("Ida", "peer", "supporter"), in_hours=20)
    a_shift(in_hours=30)
    by_turn = [who for _turn, who in first_asked()]
    assert mick.pk not in by_turn
    assert (Turn.FIRST, sam.pk) in first_asked()


def test_the_second_place_is_nobodys_while_the_first_is_open(rosa, sam):
    a_shift(in_hours=30)
    assert dict(first_asked())[Turn.SECOND] is None


def test_over_two_weeks_everybody_is_asked_about_as_often(network):
    crew = {someone(f"Peer {n}", "peer", "supporter").pk for n in range(6)}
    for day in range(12):
        a_shift(in_hours=6 + 24 * day)
    often = Counter(who for turn, who in first_asked() if turn is Turn.FIRST)
    assert set(often) == crew
    assert max(often.values()) - min(often.values()) <= 1


def test_whom_it_is_offered_to_first_does_not_change_when_somebody_looks_again(rosa, sam, mick):
    for day in range(4):
        a_shift(in_hours=6 + 24 * day)
    assert first_asked() == first_asked()
    assert not Duty.objects.exists()
