"""Shifts that repeat: planned, grown every night, changed, left out, ended.

Sam, who works nights, fears the two nights a year when the clocks change: that he is rung an hour after he went to
bed, or that nobody is there between his shift and the next. Jude fears a shift that quietly is not there any more.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from conftest import MELBOURNE
from peerwork.support.line.roster import hours, load, rest, shifts
from peerwork.support.line.roster.models import Duty, Regular, Shift, ShiftSeries
from peerwork.support.line.roster.tests.nights import FIRST, MONDAY, SECOND, a_shift, at_noon, duty_of, on

EVERY_DAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def evenings(*, days=("MO",), at=18, minutes=240, first=None, second=None, today=None, every=1, until=None):
    today = today or localdate()
    return shifts.plan(
        first=datetime.combine(hours.first_of(today, days), datetime.min.time()).replace(hour=at),
        rrule=hours.rule_for(days, every=every, until=until),
        minutes=minutes,
        zone=MELBOURNE,
        regulars={FIRST: first, SECOND: second},
        today=today,
    )


class TestGrowing:
    def test_eight_weeks_stand_there_and_a_night_later_one_more_at_most(self, network):
        series = evenings()
        assert series.shifts.count() == 9  # tonight's, and eight Mondays
        assert shifts.grow_all(localdate()) == 0
        assert shifts.grow_all(localdate() + timedelta(days=7)) == 1

    def test_rosa_who_is_usually_on_is_on_the_new_ones_too(self, rosa, sam):
        series = evenings(first=rosa, second=sam)
        (fresh,) = shifts.grow(series, today=localdate() + timedelta(days=7))
        assert on(fresh) == {FIRST: "Rosa", SECOND: "Sam"}

    def test_where_her_rest_would_be_too_short_the_place_stays_open(self, rosa, sam):
        a_shift(first=rosa, in_hours=12)  # from midnight to four, after an evening that ends at ten
        series = evenings(first=rosa, second=sam)
        tonight = series.shifts.earliest("starts_at")
        assert on(tonight) == {}  # and Sam is not second alone
        assert on(series.shifts.order_by("starts_at")[1]) == {FIRST: "Rosa", SECOND: "Sam"}

    def test_nobody_is_put_on_for_more_than_the_network_allows(self, rosa):
        series = evenings(days=EVERY_DAY, first=rosa)
        in_a_fortnight = series.shifts.filter(starts_at__lt=MONDAY + timedelta(days=14), duties__person=rosa)
        assert in_a_fortnight.count() == 5  # of four hours each

    def test_whoever_rests_is_not_put_on(self, rosa):
        rest.rest_until(rosa, localdate() + timedelta(days=8))
        series = evenings(first=rosa)
        first, second, third = series.shifts.order_by("starts_at")[:3]
        assert (on(first), on(second), on(third)) == ({}, {}, {FIRST: "Rosa"})

    def test_every_second_week_until_a_day(self, network):
        series = evenings(every=2, until=localdate() + timedelta(days=30))
        assert [str(s.starts_at.date()) for s in series.shifts.order_by("starts_at")] == [
            "2026-11-23", "2026-12-07", "2026-12-21",
        ]  # fmt: skip

    def test_one_date_alone_is_there_and_grows_no_more(self, network):
        series = evenings(days=())
        assert series.shifts.count() == 1
        assert shifts.grow_all(localdate() + timedelta(days=70)) == 0

    def test_what_is_over_is_never_made(self, network):
        assert evenings(days=["MO"], at=6).shifts.earliest("starts_at").starts_at > MONDAY

    def test_a_night_shift_that_began_yesterday_can_still_be_planned(self, network):
        with at_noon(datetime(2026, 11, 23, 15, tzinfo=UTC)):  # two in the morning of Tuesday, in Melbourne
            series = evenings(days=["MO"], at=22, minutes=360, today=date(2026, 11, 23))
            assert series.shifts.earliest("starts_at").on == "2026-11-23T22:00"


class TestTheClocksChange:
    """In Melbourne on 4 October 2026 at two it is three; on 4 April 2027 at three it is two again."""

    @pytest.mark.parametrize(
        ("day", "lasts"), [(date(2026, 10, 3), 5.0), (date(2027, 4, 3), 7.0), (date(2026, 10, 10), 6.0)]
    )
    def test_a_night_shift_ends_at_four_on_the_wall(self, day, lasts):
        starts, ends = hours.moments(
            datetime.combine(day, datetime.min.time()).replace(hour=22), 360, MELBOURNE
        )
        assert (ends - starts) == timedelta(hours=lasts)

    @pytest.mark.parametrize("day", [date(2026, 10, 2), date(2027, 4, 2)])
    def test_nobody_is_alone_between_two_shifts_and_nobody_is_on_twice(self, network, day):
        with at_noon(datetime.combine(day, datetime.min.time(), UTC)):
            for at in range(0, 24, 4):
                evenings(days=EVERY_DAY, at=at, today=day)
            spans = Shift.objects.order_by("starts_at").values_list("starts_at", "ends_at")
            assert len(spans) > 300
            assert all(one[1] == other[0] for one, other in pairwise(spans))

    def test_a_shift_in_the_hour_that_is_not_there_still_has_a_length(self):
        starts, ends = hours.moments(datetime(2026, 10, 4, 2, 30), 45, MELBOURNE)
        assert ends - starts == timedelta(minutes=45)

    def test_six_in_the_evening_stays_six_in_the_evening(self, network):
        with at_noon(datetime(2026, 9, 20, tzinfo=UTC)):
            series = evenings(days=["TU"], today=date(2026, 9, 20))
            clocks = {starts.hour for starts in series.shifts.values_list("starts_at", flat=True)}
            assert clocks == {7, 8}  # in UTC


class TestChanging:
    def changed(self, series, *, at=18, minutes=240, days=("MO",), **regulars):
        what = {"rrule": hours.rule_for(days, every=1, until=None), "minutes": minutes, "zone": MELBOURNE}
        first = datetime(2026, 11, 23, at)
        shifts.change(series, first=first, regulars=regulars, **what)

    def test_whoever_is_on_keeps_a_shift_that_became_shorter(self, rosa):
        series = evenings()
        tonight = series.shifts.earliest("starts_at")
        Duty.objects.create(shift=tonight, person=rosa, turn=FIRST)
        self.changed(series, minutes=120)
        assert on(tonight) == {FIRST: "Rosa"}

    @pytest.mark.parametrize("how", [{"at": 19}, {"minutes": 300}, {"at": 17}])
    def test_nobody_is_on_at_hours_they_never_said_yes_to(self, rosa, how):
        series = evenings()
        tonight = series.shifts.earliest("starts_at")
        Duty.objects.create(shift=tonight, person=rosa, turn=FIRST)
        self.changed(series, **how)
        assert on(tonight) == {}
        assert Shift.objects.filter(pk=tonight.pk).exists()

    def test_those_usually_on_are_on_at_the_new_hours(self, rosa):
        series = evenings(first=rosa)
        self.changed(series, at=19, first=rosa)
        assert on(series.shifts.earliest("starts_at")) == {FIRST: "Rosa"}

    def test_a_shift_that_has_begun_stays_as_it_is(self, rosa):
        series = evenings(at=11, first=rosa)
        running = series.shifts.earliest("starts_at")
        self.changed(series, at=19)
        assert on(running) == {FIRST: "Rosa"}
        assert Shift.objects.get(pk=running.pk).starts_at == running.starts_at

    def test_days_the_new_rule_does_not_give_are_gone(self, network):
        series = evenings(days=["MO", "TH"])
        self.changed(series, days=["MO", "FR"])
        assert {s.starts_at.astimezone(UTC).weekday() for s in series.shifts.all()} == {0, 4}

    def test_changed_to_what_it_was_nothing_changes(self, rosa):
        series = evenings(first=rosa)
        before = set(Duty.objects.values_list("pk", flat=True))
        self.changed(series, first=rosa)
        assert set(Duty.objects.values_list("pk", flat=True)) == before

    def test_a_date_left_out_is_not_made_again_and_can_be_brought_back(self, network):
        series = evenings()
        tonight = series.shifts.earliest("starts_at")
        shifts.skip(tonight)
        series.refresh_from_db()
        assert shifts.grow(series, today=localdate()) == []
        shifts.bring_back(series, *series.skipped)
        assert series.shifts.filter(on=tonight.on).exists()

    def test_the_end_lets_a_shift_that_has_begun_go_on(self, rosa):
        series = evenings(at=11, first=rosa)
        shifts.end(series)
        assert on(series.shifts.get()) == {FIRST: "Rosa"}
        assert not Regular.objects.exists()
        other = evenings(at=19)
        shifts.end(other)
        assert not ShiftSeries.objects.filter(pk=other.pk).exists()


class TestTheNight:
    def test_the_night_after_nobody_knows_who_was_on_and_the_hours_are_a_number(self, rosa, sam):
        a_shift(first=rosa, second=sam, in_hours=6)
        tomorrow = localdate() + timedelta(days=1)
        load.settle(localdate())
        assert Duty.objects.count() == 2  # still to come
        with at_noon(MONDAY + timedelta(days=1)):
            load.settle(tomorrow)
            load.settle(tomorrow)
        assert not Duty.objects.exists()
        assert not Shift.objects.exists()
        assert (load.load_of(rosa), load.load_of(sam)) == (8, 4)

    def test_a_load_halves_every_monday_for_everybody_at_once(self, rosa, sam):
        load.add(rosa, 9)
        load.add(sam, 1)
        with at_noon(MONDAY + timedelta(days=7)):
            assert load.load_of(rosa) == 4
            load.settle(localdate())
            load.settle(localdate())
            assert (load.load_of(rosa), load.load_of(sam)) == (4, 0)
        with at_noon(MONDAY + timedelta(days=21)):
            assert load.load_of(rosa) == 1

    def test_something_hard_weighs_as_much_as_a_whole_shift(self, rosa):
        load.add(rosa, load.HARD)
        load.add(rosa, load.HARD)
        assert load.load_of(rosa) == 16


def test_the_database_itself_gives_each_place_to_one(rosa, sam):
    shift = a_shift(first=rosa)
    for wrong in ({"person": sam, "turn": FIRST}, {"person": rosa, "turn": SECOND}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.create(shift=shift, **wrong)
    assert duty_of(rosa, shift).turn == FIRST
