"""A group at half past six stays at half past six when the clocks change."""

from datetime import date, datetime, timedelta

import pytest

from peerwork.support.gatherings import times

MELBOURNE, AMSTERDAM, NEW_YORK = "Australia/Melbourne", "Europe/Amsterdam", "America/New_York"


def moments(first, rule, zone, *, between, **more):
    plain = {"extra": (), "skipped": ()} | more
    return [
        times.moment(when, zone)
        for when in times.dates(first, rrule=rule, zone=zone, between=between, **plain)
    ]


@pytest.mark.parametrize(
    ("zone", "first", "before", "after"),
    [
        (MELBOURNE, "2026-09-28T18:30", "2026-09-28 08:30", "2026-10-05 07:30"),
        (MELBOURNE, "2027-03-29T18:30", "2027-03-29 07:30", "2027-04-05 08:30"),
        (AMSTERDAM, "2026-10-19T18:30", "2026-10-19 16:30", "2026-10-26 17:30"),
        (NEW_YORK, "2027-03-08T18:30", "2027-03-08 23:30", "2027-03-15 22:30"),
    ],
)
def test_the_wall_clock_stays_and_the_moment_moves(zone, first, before, after):
    day = times.of_wall(first).date()
    found = moments(first, "FREQ=WEEKLY", zone, between=(day, day + timedelta(days=7)))
    assert [f"{when:%Y-%m-%d %H:%M}" for when in found] == [before, after]


def test_a_time_the_clocks_skip_is_read_with_the_offset_before():
    """Melbourne, 4 October 2026: 02:30 does not exist. RFC 5545 3.3.5 says it is 03:30 daylight time."""
    assert times.moment(datetime(2026, 10, 4, 2, 30), MELBOURNE) == times.moment(
        datetime(2026, 10, 4, 3, 30), MELBOURNE
    )


def test_a_time_the_clocks_repeat_is_the_first_of_the_two():
    first = times.moment(datetime(2027, 4, 4, 2, 30), MELBOURNE)
    assert f"{first:%H:%M}" == "15:30"


@pytest.mark.parametrize(
    ("repeats", "first", "dates"),
    [
        ("once", "2026-11-24", ["2026-11-24"]),
        ("weekly", "2026-11-24", ["2026-11-24", "2026-12-01", "2026-12-08"]),
        ("fortnightly", "2026-11-24", ["2026-11-24", "2026-12-08", "2026-12-22"]),
        ("monthly", "2026-11-10", ["2026-11-10", "2026-12-08", "2027-01-12"]),  # second Tuesdays
        ("monthly", "2026-11-30", ["2026-11-30", "2026-12-28", "2027-01-25"]),  # last Mondays
    ],
)
def test_the_plain_ways_to_repeat(repeats, first, dates):
    day = datetime.fromisoformat(first + "T18:30")
    rule = times.rule_for(repeats, first=day, until=None, zone=MELBOURNE)
    found = times.dates(
        times.wall(day),
        rrule=rule,
        zone=MELBOURNE,
        extra=(),
        skipped=(),
        between=(day.date(), date(2027, 2, 10)),
    )
    assert [f"{when:%Y-%m-%d}" for when in found][:3] == dates
    assert times.repeats_of(rule) == repeats


def test_the_last_day_is_in_it():
    day = datetime(2026, 11, 24, 23, 30)
    rule = times.rule_for("weekly", first=day, until=date(2026, 12, 8), zone=MELBOURNE)
    found = times.dates(
        times.wall(day),
        rrule=rule,
        zone=MELBOURNE,
        extra=(),
        skipped=(),
        between=(date(2026, 1, 1), date(2027, 9, 1)),
    )
    assert found[-1] == datetime(2026, 12, 8, 23, 30)


def test_dates_can_be_added_and_left_out_by_hand():
    found = moments(
        "2026-11-24T18:30", "FREQ=WEEKLY;COUNT=3", "UTC", between=(date(2026, 1, 1), date(2027, 1, 1)),
        extra=["2026-12-24T10:00"], skipped=["2026-12-01T18:30"],
    )  # fmt: skip
    assert [f"{when:%d %b %H:%M}" for when in found] == ["24 Nov 18:30", "08 Dec 18:30", "24 Dec 10:00"]


def test_a_rule_of_another_kind_is_called_other():
    assert times.repeats_of("FREQ=MONTHLY;BYMONTHDAY=-1") == "other"
    assert times.repeats_of("FREQ=WEEKLY;BYDAY=MO,WE") == "other"
