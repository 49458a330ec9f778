"""What is planned is opened again and saved, closed for a date, and forgotten when it is over.

Jude saves a series with nothing changed, and fears to have changed something. Rosa keeps Christmas free, and fears to
be on without knowing. Sam works nights, and fears that his rest ends because a date does.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from conftest import MELBOURNE
from peerwork.ground.retention.forgetting import forget
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import duties, hours, limits, load, queries, shifts, terms
from peerwork.support.line.roster.limits import Broken, Why
from peerwork.support.line.roster.models import Duty, Shift, ShiftSeries
from peerwork.support.line.roster.tests.nights import FIRST, MONDAY, SECOND, a_shift, at_noon, on

CHRISTMAS = "2026-12-25"


def planned(day, *, days, every=1, until=None, first=None, at=18, zone=MELBOURNE):
    return shifts.plan(
        first=datetime.combine(hours.first_of(day, days), datetime.min.time()).replace(hour=at),
        rrule=hours.rule_for(days, every=every, until=until),
        minutes=240,
        zone=zone,
        regulars={FIRST: first},
        today=localdate(),
    )


def said_in(page):
    """What a browser would send back if nothing was touched."""
    ticked = re.findall(r'<input type="(?:checkbox|radio)" name="(\w+)" value="([^"]*)"[^>]* checked', page)
    typed = re.findall(r'<input type="(?:date|time)" name="(\w+)"(?: value="([^"]*)")?', page)
    chosen = [
        (name, value)
        for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL)
        for value in re.findall(r'value="([^"]*)" selected', options)
    ]
    said = {}
    for name, value in ticked + typed + chosen:
        said.setdefault(name, []).append(value)
    return said


def saved_as_it_is(client, series, **changed):
    address = f"/run/line/series/{series.pk}/"
    said = said_in(client.get(address).content.decode()) | changed
    page = client.post(address, said, follow=True).content.decode()
    assert "From now on it is like this." in page
    series.refresh_from_db()


def dates_of(series):
    return [on[:10] for on in series.shifts.order_by("on").values_list("on", flat=True)]


class TestSavedWithNothingChanged:
    def test_christmas_stays_closed_and_rosa_is_not_on_it(self, sign_in, jude, rosa):
        with at_noon(datetime(2026, 11, 9, 1, tzinfo=UTC)):
            series = planned(date(2026, 11, 9), days=["FR"], first=rosa)
        shifts.grow_all(localdate())
        shifts.skip(series.shifts.get(on__startswith=CHRISTMAS))
        before = dates_of(series)
        saved_as_it_is(sign_in(jude), series)
        assert series.skipped == [CHRISTMAS]
        assert dates_of(series) == before
        shifts.grow_all(localdate() + timedelta(days=1))
        assert CHRISTMAS not in dates_of(series)

    @pytest.mark.parametrize("days_later", range(14))
    def test_every_second_tuesday_stays_the_same_tuesdays_with_those_on_them(
        self, sign_in, jude, rosa, days_later
    ):
        with at_noon(datetime(2026, 11, 17, 1, tzinfo=UTC)):
            series = planned(date(2026, 11, 17), days=["TU"], every=2, first=rosa)
        with at_noon(MONDAY + timedelta(days=days_later)):
            shifts.grow_all(localdate())
            before = set(Duty.objects.filter(shift__starts_at__gt=MONDAY).values_list("shift__on", "pk"))
            saved_as_it_is(sign_in(jude), series)
            assert (
                set(Duty.objects.filter(shift__starts_at__gt=MONDAY).values_list("shift__on", "pk")) == before
            )
        assert "2026-12-01T18:00" in {when for when, _duty in before}

    def test_where_it_is_another_day_than_for_jude_nothing_moves_either(self, sign_in, jude, rosa):
        series = planned(date(2026, 11, 22), days=["SU", "MO"], at=20, zone="America/Los_Angeles", first=rosa)
        before = dates_of(series)
        assert before[0] == "2026-11-22"  # Monday noon in Melbourne is Sunday evening there
        saved_as_it_is(sign_in(jude), series)
        assert dates_of(series) == before


class TestChanged:
    def test_at_other_hours_christmas_is_as_closed_as_before(self, sign_in, jude):
        series = planned(localdate(), days=["FR"])
        shifts.skip(series.shifts.get(on__startswith=CHRISTMAS))
        saved_as_it_is(sign_in(jude), series, starts="19:00", ends="21:00")
        assert series.skipped == [CHRISTMAS]
        assert CHRISTMAS not in dates_of(series)

    def test_what_kim_closed_while_jude_had_the_page_open_stays_closed(self, network):
        series = planned(localdate(), days=["FR"])
        on_judes_page = ShiftSeries.objects.get()
        shifts.skip(series.shifts.get(on__startswith=CHRISTMAS))
        shifts.bring_back(on_judes_page, "2026-12-18")
        assert ShiftSeries.objects.get().skipped == [CHRISTMAS]

    def test_a_date_the_rule_does_not_give_any_more_is_not_told_as_closed(self, sign_in, jude):
        series = planned(localdate(), days=["FR"])
        shifts.skip(series.shifts.get(on__startswith=CHRISTMAS))
        saved_as_it_is(sign_in(jude), series, days=["TH"])
        assert series.skipped == []

    def test_jude_can_still_move_it_to_the_other_week(self, sign_in, jude):
        series = planned(localdate(), days=["TU"], every=2)
        saved_as_it_is(sign_in(jude), series, day="2026-12-01")
        assert dates_of(series)[:2] == ["2026-12-01", "2026-12-15"]


class TestForgetting:
    def test_a_series_that_begins_in_twelve_weeks_outlives_the_closing_of_its_first_date(self, network):
        series = planned(localdate() + timedelta(weeks=12), days=["MO"])
        shifts.skip(series.shifts.get())
        shifts.grow_all(localdate())
        forget(localdate())
        assert ShiftSeries.objects.filter(pk=series.pk).exists()

    def test_a_date_alone_can_be_opened_again_until_it_is_past(self, network):
        series = planned(localdate() + timedelta(days=3), days=[])
        shifts.skip(series.shifts.get())
        forget(localdate())
        series = ShiftSeries.objects.get()
        shifts.bring_back(series, *series.skipped)
        assert dates_of(series) == ["2026-11-26"]
        shifts.skip(series.shifts.get())
        with at_noon(MONDAY + timedelta(days=5)):
            shifts.grow_all(localdate())
            forget(localdate())
        assert not ShiftSeries.objects.exists()

    def test_when_its_last_date_is_over_a_series_is_gone(self, network):
        planned(localdate(), days=["MO"], until=localdate() + timedelta(days=7))
        for days, is_there in ((7, True), (12, False)):
            with at_noon(MONDAY + timedelta(days=days)):
                load.settle(localdate())
                shifts.grow_all(localdate())
                forget(localdate())
                assert ShiftSeries.objects.exists() is is_there

    def test_what_was_ended_is_not_shown_while_somebody_rests_from_it(self, jude, sam):
        series = planned(localdate(), days=["MO"], at=11, first=sam)
        assert list(queries.series_planned_by(jude)) == [series]
        shifts.end(series)
        assert list(queries.series_planned_by(jude)) == [series]  # it runs until three
        with at_noon(MONDAY + timedelta(hours=4)):
            load.settle(localdate())
            forget(localdate())
            assert Duty.objects.filter(person=sam).exists()
            assert not queries.series_planned_by(jude).exists()

    def test_ended_with_a_date_closed_nothing_of_it_stays(self, network):
        series = planned(localdate(), days=["MO"], at=11)
        shifts.skip(series.shifts.latest("starts_at"))
        series.refresh_from_db()
        shifts.end(series)
        with at_noon(MONDAY + timedelta(days=1)):
            load.settle(localdate())
            forget(localdate())
        assert not ShiftSeries.objects.exists()


class TestRest:
    def test_midnight_does_not_end_it(self, sam):
        """On until eleven; at three somebody is wanted. That is refused before midnight, and at seven past."""
        a_shift(first=sam, in_hours=9, hours=2)
        other = a_shift(in_hours=15)
        for hour in (11.5, 12.2, 14):
            with at_noon(MONDAY + timedelta(hours=hour)):
                load.settle(localdate())
                forget(localdate())
                with pytest.raises(Broken) as told:
                    duties.take(other, Turn.FIRST, by=sam)
                assert told.value.why == (Why.REST,)

    def test_once_it_is_over_nobody_knows_who_was_on(self, sam):
        a_shift(first=sam, in_hours=9, hours=2)
        with at_noon(MONDAY + timedelta(hours=23, minutes=1)):
            forget(localdate())
            assert not Duty.objects.exists()
            assert not Shift.objects.exists()

    def test_it_is_as_long_as_the_network_chose(self, sam):
        terms.change(rest_hours=24)
        a_shift(first=sam, in_hours=9, hours=2)
        for hours_later, is_there in ((34, True), (36, False)):
            with at_noon(MONDAY + timedelta(hours=hours_later)):
                load.settle(localdate())
                assert Duty.objects.exists() is is_there
        assert load.load_of(sam) == 4


class TestTheNightTheClocksGoBack:
    """On 4 April 2027 at three it is two again in Melbourne."""

    SATURDAY = datetime(2027, 4, 3, 1, tzinfo=UTC)

    def test_four_hours_last_five_and_somebody_may_take_them(self, rosa, sam):
        with at_noon(self.SATURDAY):
            series = planned(localdate(), days=["SU"], at=0, first=rosa)
            night = series.shifts.earliest("starts_at")
            assert night.ends_at - night.starts_at == timedelta(hours=5)
            assert on(night) == {FIRST: "Rosa"}
            duties.take(night, Turn.SECOND, by=sam)
        assert on(night) == {FIRST: "Rosa", SECOND: "Sam"}

    def test_two_that_touch_are_one_as_ever(self, rosa):
        chosen = terms.terms()
        evening, night = limits.Span(0, 2 * limits.HOUR), limits.Span(2 * limits.HOUR, 7 * limits.HOUR)
        assert limits.broken(night, [], chosen) == ()
        assert Why.LONG in limits.broken(night, [evening], chosen)
