"""How long somebody rests. Sam presses it at five past four in the morning, and fears to be rung at five."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conftest import MELBOURNE
from peerwork.support.line.roster import rest, terms
from peerwork.support.line.roster.models import Duty
from peerwork.support.line.roster.tests.nights import FIRST, a_shift, at_noon, can_be_rung, duty_of


def wall(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(MELBOURNE))


def a_duty(person, starts, ends):
    return a_shift(first=person, since=starts, in_hours=0, hours=(ends - starts) / timedelta(hours=1))


class TestAfterAHardCall:
    @pytest.mark.parametrize(
        ("pressed", "over"),
        [
            (wall(24, 4, 5), wall(25, 5)),
            (wall(24, 14), wall(25, 5)),
            (wall(24, 17), wall(25, 5)),  # twelve hours are enough
            (wall(24, 17, 1), wall(26, 5)),
            (wall(24, 23), wall(26, 5)),
        ],
    )
    def test_it_lasts_until_the_first_morning_that_is_a_whole_rest_away(self, sam, pressed, over):
        a_duty(sam, wall(24, 0), wall(24, 4))
        with at_noon(pressed):
            said = rest.well_rested_at(sam)
            assert rest.rest_well(sam) == said == over
            assert rest.over_for(sam) == over

    def test_what_is_later_on_that_day_asks_for_somebody(self, sam):
        a_duty(sam, wall(24, 0), wall(24, 4))
        evening, day_after = a_duty(sam, wall(24, 20), wall(25, 0)), a_duty(sam, wall(25, 18), wall(25, 22))
        with at_noon(wall(24, 4, 5)):
            rest.rest_well(sam)
        assert duty_of(sam, evening).wants_out
        assert not duty_of(sam, day_after).wants_out
        assert not can_be_rung(sam, wall(24, 21))
        assert can_be_rung(sam, wall(25, 19))

    def test_the_network_chooses_how_long_a_whole_rest_is(self, sam):
        terms.change(rest_hours=0)
        with at_noon(wall(24, 4, 5)):
            assert rest.well_rested_at(sam) == wall(24, 5)


class TestTheRestOfToday:
    @pytest.mark.parametrize(
        ("ends", "over"),
        [(wall(24, 4), wall(24, 5)), (wall(24, 5), wall(24, 5)), (wall(24, 6), wall(25, 5))],
    )
    def test_a_shift_that_ends_as_the_morning_begins_does_not_cost_a_day(self, sam, ends, over):
        a_duty(sam, wall(24, 1), ends)
        with at_noon(wall(24, 3)):
            rest.rest_today(sam)
            assert rest.over_for(sam) == over
            assert not can_be_rung(sam, ends - timedelta(minutes=1))

    def test_as_the_morning_begins_it_is_another_day(self, sam):
        with at_noon(wall(24, 5)):
            rest.rest_today(sam)
            assert rest.over_for(sam) == wall(25, 5)

    def test_when_it_is_over_it_is_not_told_any_more(self, sam):
        with at_noon(wall(24, 3)):
            rest.rest_today(sam)
        with at_noon(wall(24, 5)):
            assert rest.over_for(sam) is None
        assert not Duty.objects.filter(turn=FIRST).exists()
