"""Times as calendars write them: zones, gaps and folds, repeats and single dates (RFC 5545)."""

import time
from contextlib import suppress
from datetime import date, datetime

import pytest

from peerwork.ground.intake import calendars, entries
from peerwork.ground.intake.readings import CannotRead
from peerwork.ground.intake.tests.brought import (
    AMSTERDAM,
    MELBOURNE,
    NEW_YORK,
    NOON,
    between,
    calendar,
    one,
    problems_of,
    read_lines,
)

WEEKLY = f"{NOON}SUMMARY:Lunch\nRRULE:FREQ=WEEKLY\n"


def at(zone, wall, extra=""):
    return f"SUMMARY:Lunch\nDTSTART;TZID={zone}:{wall}\nDURATION:PT1H\n{extra}"


# Gaps and folds


def test_a_time_the_clock_skips_is_read_with_the_offset_before_the_gap():
    skipped = one(at("Europe/Amsterdam", "20270328T023000"))
    assert between(skipped, "2027-03-28", "2027-03-28") == ["2027-03-28 03:30 +0200"]


def test_a_repeat_falls_into_the_gap_and_comes_out_behind_it_for_one_day_only():
    nightly = one(at("Europe/Amsterdam", "20270327T023000", "RRULE:FREQ=DAILY;COUNT=3"))
    assert between(nightly, "2027-03-27", "2027-03-30") == [
        "2027-03-27 02:30 +0100", "2027-03-28 03:30 +0200", "2027-03-29 02:30 +0200",
    ]  # fmt: skip


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    twice = one(at("Australia/Melbourne", "20270404T023000"))
    assert between(twice, "2027-04-04", "2027-04-04") == ["2027-04-04 02:30 +1100"]


def test_a_moment_in_utc_may_be_the_second_of_the_two():
    second = one("SUMMARY:Late\nDTSTART:20270403T163000Z\nDURATION:PT30M")
    assert second.starts == datetime(2027, 4, 4, 2, 30, fold=1)
    assert second.starts.fold == 1
    assert between(second, "2027-04-04", "2027-04-04") == ["2027-04-04 02:30 +1000"]


def test_a_night_across_the_change_is_as_long_as_it_really_is():
    night = (
        "SUMMARY:Night\nDTSTART;TZID=Australia/Melbourne:{}T220000\nDTEND;TZID=Australia/Melbourne:{}T060000"
    )
    assert one(night.format("20261003", "20261004")).minutes == 7 * 60
    assert one(night.format("20270403", "20270404")).minutes == 9 * 60


# UTC, floating times, zones


def test_a_single_moment_in_utc_is_told_on_the_clock_of_its_calendar():
    event = "SUMMARY:Call\nDTSTART:20261103T180000Z\nDURATION:PT1H"
    assert one(event).zone == "Australia/Melbourne"
    told = one(event, head="X-WR-TIMEZONE:America/New_York")
    assert (told.zone, f"{told.starts:%H:%M}") == ("America/New_York", "13:00")


def test_a_repeat_in_utc_stays_in_utc_so_that_every_moment_stays_right():
    event = "SUMMARY:Call\nDTSTART:20260929T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU"
    call = one(event)
    assert call.zone == "UTC"
    assert between(call, "2026-09-29", "2026-10-06") == ["2026-09-29 08:00 +0000", "2026-10-06 08:00 +0000"]
    assert problems_of(event) == [
        "“Lunch”: It repeats in UTC. On local clocks it moves by an hour twice a year.".replace(
            "Lunch", "Call"
        )
    ]


def test_a_repeat_in_utc_is_told_on_clocks_that_never_change():
    event = "SUMMARY:Call\nDTSTART:20260929T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU"
    brisbane = one(event, head="X-WR-TIMEZONE:Australia/Brisbane")
    assert (brisbane.zone, f"{brisbane.starts:%H:%M}") == ("Australia/Brisbane", "18:00")
    assert problems_of(event, head="X-WR-TIMEZONE:Australia/Brisbane") == []


def test_a_repeat_in_utc_that_falls_on_another_day_there_stays_in_utc():
    event = "SUMMARY:Call\nDTSTART:20260929T220000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU"
    assert one(event, head="X-WR-TIMEZONE:Australia/Brisbane").zone == "UTC"


def test_times_without_a_zone_are_read_where_the_reader_lives_and_said_once():
    floating = "SUMMARY:Lunch\nDTSTART:20261103T120000\nDURATION:PT1H"
    reading = read_lines(floating, floating, zone=AMSTERDAM)
    assert {entry.zone for entry in reading.entries} == {"Europe/Amsterdam"}
    assert [str(problem) for problem in reading.problems] == [
        "Line 6: Some times in this file have no time zone. They were read as times in Europe/Amsterdam."
    ]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/mozilla.org/20050126_1/America/New_York", "America/New_York"),
        ("AUS Eastern Standard Time", "Australia/Melbourne"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "America/New_York"),
        ("Tasmania Standard Time", "Australia/Melbourne"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "Australia/Melbourne"),
    ],
)
def test_zone_names_of_every_program_mean_a_zone(name, zone):
    assert one(at(name, "20261103T120000")).zone == zone


@pytest.mark.parametrize("name", ["Mars/Phobos", "../../etc/passwd", "CUSTOM_tzid", "Factory", "Eastern"])
def test_a_zone_nobody_knows_leaves_the_event_out_and_is_named(name):
    assert problems_of(at(name, "20261103T120000")) == [
        f"“Lunch” was left out: we do not know its time zone, “{name}”."
    ]


def clock(name, *changes):
    """A VTIMEZONE from (kind, from, to, start, rule)."""
    parts = (
        f"BEGIN:{kind}\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\nDTSTART:{start}\n{rule}\nEND:{kind}\n"
        for kind, before, after, start, rule in changes
    )
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{''.join(parts)}END:VTIMEZONE"


@pytest.mark.parametrize(
    ("changes", "zone"),
    [
        (
            [
                ("STANDARD", "-0400", "-0500", "16011101T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
                ("DAYLIGHT", "-0500", "-0400", "16010308T020000", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
            ],
            "America/New_York",
        ),
        (
            [
                ("STANDARD", "+0200", "+0100", "19501029T020000", "RRULE:FREQ=YEARLY;BYHOUR=3;BYDAY=-1SU;BYMONTH=10"),
                ("DAYLIGHT", "+0100", "+0200", "19500326T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
            ],
            None,
        ),
        ([("STANDARD", "+0530", "+0530", "19700101T000000", "")], "Asia/Calcutta"),
        ([("STANDARD", "+1000", "+1000", "19700101T000000", "")], "Australia/Brisbane"),
        ([("STANDARD", "-0100", "-0100", "19700101T000000", "RDATE:19710101T000000")], "Atlantic/Cape_Verde"),
        ([("STANDARD", "+0137", "+0137", "19700101T000000", "")], None),
        ([("STANDARD", "+1000", "+1000", "no time at all", "")], None),
        ([("STANDARD", "+1000", "+1000", "19700101T000000", "RRULE:FREQ=SECONDLY")], None),
        ([], None),
    ],
)  # fmt: skip
def test_a_clock_written_in_the_file_is_known_by_the_time_it_shows(changes, zone):
    reading = read_lines(at("Home made", "20261103T120000"), head=clock("Home made", *changes))
    assert [entry.zone for entry in reading.entries] == ([zone] if zone else [])


def test_the_readers_own_zone_comes_first_among_those_with_the_same_time():
    own = clock(
        "Ours",
        ("STANDARD", "+0200", "+0100", "19701025T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        ("DAYLIGHT", "+0100", "+0200", "19700329T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    )
    assert one(at("Ours", "20261103T120000"), head=own, zone=AMSTERDAM).zone == "Europe/Amsterdam"


# Repeats


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("freq=weekly;interval=1;byday=tu;wkst=mo", "FREQ=WEEKLY;BYDAY=TU"),
        ("BYDAY=TU;WKST=SU;FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU"),
        ("FREQ=WEEKLY;BYHOUR=12;BYMINUTE=0;BYSECOND=0", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;UNTIL=20261231", "FREQ=WEEKLY;UNTIL=20261231T225959Z"),
        ("FREQ=WEEKLY;UNTIL=20261231T120000", "FREQ=WEEKLY;UNTIL=20261231T110000Z"),
        ("FREQ=WEEKLY;UNTIL=20261231T120000Z", "FREQ=WEEKLY;UNTIL=20261231T120000Z"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=3", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=3"),
        ("FREQ=YEARLY;BYWEEKNO=45;BYDAY=TU;", "FREQ=YEARLY;BYWEEKNO=45;BYDAY=TU"),
    ],
)
def test_a_rule_is_kept_in_one_way_of_writing(written, kept):
    assert one(f"{NOON}SUMMARY:Lunch\nRRULE:{written}").rrule == kept


@pytest.mark.parametrize(
    "rule",
    [
        "", "WEEKLY", "FREQ=WEEKLY;BYDAY=1TU", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYSETPOS=1", "FREQ=WEEKLY;INTERVAL=100000000000",
        "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=-1", "FREQ=DAILY;BYYEARDAY=1", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;X-OWN=1", "FREQ=WEEKLY;UNTIL=tomorrow", "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)  # fmt: skip
def test_what_is_no_rule_leaves_the_event_out(rule):
    assert problems_of(f"{NOON}SUMMARY:Lunch\nRRULE:{rule}") == [
        "“Lunch” was left out: we do not understand how it repeats."
    ]


def test_a_start_beside_its_own_rule_is_kept_as_the_first_date_and_said():
    event = f"{NOON}SUMMARY:Lunch\nRRULE:FREQ=WEEKLY;BYDAY=TH"
    assert between(one(event), "2026-11-01", "2026-11-12") == [
        "2026-11-03 12:00 +0100", "2026-11-05 12:00 +0100", "2026-11-12 12:00 +0100",
    ]  # fmt: skip
    assert problems_of(event) == ["“Lunch”: It starts on a day of its own, before its first repeat."]


def test_the_29th_of_february_comes_round():
    leap = one(at("Europe/Amsterdam", "20280229T120000", "RRULE:FREQ=YEARLY"))
    assert leap.rrule == "FREQ=YEARLY"
    assert between(leap, "2029-01-01", "2033-01-01") == ["2032-02-29 12:00 +0100"]


# Single dates


def test_single_dates_may_be_written_in_any_zone_or_as_a_day():
    event = f"{WEEKLY}EXDATE:20261110T110000Z\nEXDATE;VALUE=DATE:20261117\nEXDATE:20261124T120000\nEXDATE:"
    assert between(one(event), "2026-11-03", "2026-12-01") == [
        "2026-11-03 12:00 +0100",
        "2026-12-01 12:00 +0100",
    ]


def test_extra_dates_are_added_and_may_last_as_long_as_they_say():
    entry = one(f"{WEEKLY}RDATE;VALUE=PERIOD:20261105T110000Z/PT3H,20261106T110000Z/20261106T120000Z")
    assert [f"{day:%m-%d %H:%M}" for day in entry.extra] == ["11-05 12:00", "11-06 12:00"]
    assert [(f"{moved.starts:%m-%d}", moved.minutes) for moved in entry.moved] == [("11-05", 180)]
    assert between(entry, "2026-11-03", "2026-11-10") == [
        "2026-11-03 12:00 +0100", "2026-11-05 12:00 +0100", "2026-11-06 12:00 +0100", "2026-11-10 12:00 +0100",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("20261105T110000Z/20261105T100000Z", "it ends before it starts."),
        ("20261105T110000Z/PT0S", "it ends the moment it starts."),
        ("20261105T110000Z/P9D", "it lasts longer than three days."),
    ],
)
def test_an_extra_date_that_cannot_last_so_long_leaves_its_event_out(period, reason):
    assert problems_of(f"{WEEKLY}RDATE;VALUE=PERIOD:{period}") == [f"“Lunch” was left out: {reason}"]


def series(*changes):
    """A weekly lunch and its changed dates, all with one UID."""
    return calendar(WEEKLY, *changes).replace(b"UID:1", b"UID:0").replace(b"UID:2", b"UID:0")


def entry_in(content):
    (entry,) = calendars.read("series.ics", content, zone=MELBOURNE).entries
    return entry


def test_a_moved_date_told_in_another_zone_is_the_same_moment():
    entry = entry_in(series("RECURRENCE-ID:20261110T110000Z\nDTSTART;TZID=America/New_York:20261110T080000"))
    (moved,) = entry.moved
    assert (moved.title, moved.minutes) == ("Lunch", 60)
    assert between(entry, "2026-11-09", "2026-11-11") == ["2026-11-10 14:00 +0100"]


def test_of_two_changes_of_one_date_the_later_counts():
    change = (
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261110T120000\nDTSTART;TZID=Europe/Amsterdam:20261110T{}0000\n"
    )
    entry = entry_in(series(change.format(15) + "SEQUENCE:2", change.format(14) + "SEQUENCE:1"))
    assert between(entry, "2026-11-09", "2026-11-11") == ["2026-11-10 15:00 +0100"]


def test_a_date_may_be_called_off_by_its_day_alone():
    entry = entry_in(series("RECURRENCE-ID;VALUE=DATE:20261110\nSTATUS:CANCELLED"))
    assert between(entry, "2026-11-03", "2026-11-17") == ["2026-11-03 12:00 +0100", "2026-11-17 12:00 +0100"]


def test_a_date_without_its_series_is_read_by_itself():
    event = f"{NOON}SUMMARY:Lunch\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261103T110000"
    assert between(one(event), "2026-11-01", "2026-11-30") == ["2026-11-03 12:00 +0100"]
    assert problems_of(event) == [
        "“Lunch”: It is one date of a series that is not in this file. It was read by itself."
    ]


def test_a_message_that_calls_off_calls_off_everything_in_it():
    assert one(WEEKLY, head="METHOD:CANCEL").cancelled
    assert one(f"{WEEKLY}STATUS:CANCELLED").cancelled
    assert between(one(WEEKLY, head="METHOD:CANCEL"), "2026-11-01", "2026-11-30") == []


# Always the same, and never for long


def test_the_same_bytes_give_the_same_reading():
    content = series("RECURRENCE-ID:20261110T110000Z\nDTSTART:20261110T130000Z")
    assert calendars.read("a.ics", content, zone=NEW_YORK) == calendars.read("a.ics", content, zone=NEW_YORK)


def test_a_reading_keeps_the_order_of_the_file():
    lines = [entry.line for entry in read_lines(*[WEEKLY] * 20).entries]
    assert lines == sorted(lines)


def test_dates_are_asked_for_ten_years_at_most():
    with pytest.raises(ValueError, match="2026"):
        entries.dates_of(one(WEEKLY), between=(date(2026, 1, 1), date(2040, 1, 1)))


@pytest.mark.parametrize(
    "content",
    [
        calendar(*[f"{NOON}SUMMARY:Lunch\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"] * 150),
        calendar(WEEKLY + "EXDATE:" + ",".join(["20261110T110000Z"] * 20_000)),
        calendar(*[at(f"Odd {number}", "20261103T120000") for number in range(501)]),
        calendar(NOON + "SUMMARY:Lunch\nDESCRIPTION:" + "<p><a href=https://x.org <script" * 10_000),
        calendar(NOON + "SUMMARY:Lunch\nDESCRIPTION:" + "a.b@c." * 50_000),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 100_000,
        b"BEGIN:VCALENDAR\r\n" + b"A:\r\n" * 260_000,
        calendar(*["SUMMARY:Lunch"] * 5_001),
        b"BEGIN:VCALENDAR\r\n" + b"A" * 5 * 1024 * 1024,
    ],
    ids=["never", "many dates", "many zones", "html", "mail", "deep", "long", "many events", "large"],
)
def test_a_file_made_to_take_for_ever_takes_seconds(content):
    began = time.thread_time()
    with suppress(CannotRead):
        calendars.read("slow.ics", content, zone=MELBOURNE)
    assert time.thread_time() - began < 10  # of work: others may be busy here
