"""Calendars as programs export them, read to the minute on both sides of every change of the clocks."""

import re
from datetime import UTC, date, timedelta

import icalendar
import pytest
import recurring_ical_events

from peerwork.ground.intake import calendars
from peerwork.ground.intake.tests.brought import FILES, PUBLISHED, REAL, between, home_of, read, told

# Melbourne changes on 4 October 2026 and 4 April 2027, Amsterdam on 25 October and 28 March,
# New York on 1 November and 14 March. Each table crosses both.
TABLES = {
    ("google-melbourne", "Tuesday supervision"): {
        ("2026-09-25", "2026-11-12"): [
            "2026-09-29 18:00 +1000", "2026-10-06 18:00 +1100", "2026-10-13 18:00 +1100", "2026-10-20 18:00 +1100",
            "2026-10-27 18:00 +1100", "2026-11-04 18:30 +1100", "2026-11-10 18:00 +1100",
        ],
        ("2026-12-14", "2027-01-06"): ["2026-12-15 18:00 +1100", "2027-01-05 18:00 +1100"],
        ("2027-03-29", "2027-06-30"): [
            "2027-03-30 18:00 +1100", "2027-04-06 18:00 +1000", "2027-04-13 18:00 +1000", "2027-04-20 18:00 +1000",
            "2027-04-27 18:00 +1000",
        ],
    },
    ("google-melbourne", "Advisory group"): {("2026-09-01", "2027-09-01"): ["2026-10-06 19:30 +1100"]},
    ("google-new-york", "Community of practice"): {
        ("2026-10-01", "2026-12-31"): ["2026-10-14 19:00 -0400", "2026-11-11 19:00 -0500", "2026-12-09 19:00 -0500"],
        ("2027-03-01", "2027-04-30"): ["2027-03-10 19:00 -0500", "2027-04-14 19:00 -0400"],
    },
    ("google-new-york", "Morning huddle"): {("2026-10-01", "2027-10-01"): []},
    ("outlook-desktop-melbourne", "Case supervision"): {
        ("2026-09-15", "2026-12-10"): [
            "2026-09-17 10:00 +1000", "2026-10-01 10:00 +1000", "2026-10-15 10:00 +1100", "2026-10-29 10:00 +1100",
            "2026-11-12 10:00 +1100", "2026-11-26 13:30 +1100", "2026-12-10 10:00 +1100",
        ],
        ("2026-12-11", "2027-01-15"): ["2026-12-24 10:00 +1100", "2027-01-07 10:00 +1100"],
        ("2027-03-15", "2027-12-31"): ["2027-03-18 10:00 +1100", "2027-04-01 10:00 +1100"],
    },
    ("outlook-desktop-custom-zone-new-york", "Open door"): {
        ("2026-10-25", "2026-11-10"): ["2026-10-26 16:00 -0400", "2026-11-02 16:00 -0500", "2026-11-09 16:00 -0500"],
        ("2027-03-07", "2027-03-16"): ["2027-03-08 16:00 -0500", "2027-03-15 16:00 -0400"],
    },
    ("microsoft-365-amsterdam", "Intervisie ervaringsdeskundigen"): {
        ("2026-09-01", "2027-12-31"): [
            "2026-09-14 10:00 +0200", "2026-10-12 10:00 +0200", "2026-11-10 14:00 +0100", "2027-01-11 10:00 +0100",
            "2027-02-08 10:00 +0100", "2027-03-08 10:00 +0100", "2027-04-12 10:00 +0200", "2027-05-10 10:00 +0200",
            "2027-06-14 10:00 +0200",
        ],
    },
    ("microsoft-365-amsterdam", "Overleg met Londen"): {("2026-10-01", "2026-10-31"): ["2026-10-21 14:00 +0200"]},
    ("apple-amsterdam", "Koffie na de nacht ☕️"): {
        ("2026-10-20", "2026-11-14"): [
            "2026-10-23 11:00 +0200", "2026-10-30 11:00 +0100", "2026-11-06 13:00 +0100", "2026-11-13 11:00 +0100",
        ],
        ("2026-12-20", "2027-01-02"): ["2027-01-01 11:00 +0100"],
        ("2027-03-15", "2027-04-03"): ["2027-03-19 11:00 +0100", "2027-04-02 11:00 +0200"],
    },
    ("apple-new-york", "End of month lunch"): {
        ("2026-10-01", "2027-12-31"): [
            "2026-10-30 13:00 -0400", "2026-11-30 13:00 -0500", "2026-12-31 13:00 -0500", "2027-01-29 13:00 -0500",
            "2027-02-26 13:00 -0500", "2027-03-31 13:00 -0400", "2027-04-30 13:00 -0400", "2027-05-31 13:00 -0400",
        ],
    },
    ("apple-new-york", "Breathing together"): {("2026-11-01", "2026-11-30"): ["2026-11-11 09:00 -0500"]},
    ("nextcloud-amsterdam", "Adviesgroep"): {
        ("2026-10-01", "2026-12-01"): ["2026-10-01 19:30 +0200", "2026-11-05 19:30 +0100"],
        ("2027-03-01", "2027-04-30"): ["2027-03-04 19:30 +0100", "2027-04-01 19:30 +0200"],
    },
    ("nextcloud-amsterdam", "Nachtdienst"): {
        ("2026-10-01", "2027-12-31"): ["2026-10-24 23:30 +0200", "2026-11-07 23:30 +0100", "2027-03-27 23:30 +0100"],
    },
    ("thunderbird-new-york", "Naloxone refresher"): {
        ("2026-10-30", "2026-12-06"): [
            "2026-10-31 10:00 -0400", "2026-11-07 10:00 -0500", "2026-11-14 10:00 -0500", "2026-11-21 10:00 -0500",
            "2026-12-05 10:00 -0500",
        ],
        ("2027-03-12", "2027-12-31"): ["2027-03-13 10:00 -0500", "2027-03-20 10:00 -0400", "2027-03-27 10:00 -0400"],
    },
    ("thunderbird-2008-amsterdam", "Spreekuur"): {
        ("2026-10-20", "2026-10-30"): ["2026-10-21 14:00 +0200", "2026-10-28 14:00 +0100"],
        ("2027-03-22", "2027-04-01"): ["2027-03-24 14:00 +0100", "2027-03-31 14:00 +0200"],
    },
    ("etar-london", "event with alarms android"): {("2024-10-01", "2024-10-31"): ["2024-10-05 13:00 +0100"]},
    ("exchange-cdo-berlin", "Sprint 25 Daily Standup"): {
        ("2015-07-15", "2015-08-01"): [
            "2015-07-15 10:00 +0200", "2015-07-16 10:00 +0200", "2015-07-17 10:00 +0200", "2015-07-20 10:00 +0200",
            "2015-07-21 10:00 +0200", "2015-07-22 10:00 +0200",
        ],
    },
    ("exchange-new-york", "Anonymous Test Event for TZID"): {("2024-10-01", "2024-10-31"): ["2024-10-28 17:00 -0400"]},
    ("google-zurich", "Daily Sync"): {
        ("2016-10-28", "2016-10-31"): ["2016-10-28 14:00 +0200", "2016-10-31 14:00 +0100"],
    },
    ("period-vancouver", "Test RDATE"): {
        ("2023-10-15", "2024-02-01"): [
            "2023-10-18 12:00 -0700", "2023-11-15 12:00 -0800", "2023-12-13 12:00 -0800", "2024-01-17 12:00 -0800",
        ],
    },
}  # fmt: skip
CASES = [
    pytest.param(name, title, span, dates, id=f"{name}, {title}, from {span[0]}")
    for (name, title), spans in TABLES.items()
    for span, dates in spans.items()
]


# A last day without a time: here the rule ends when that day does, for the other reader when it begins.
LAST_DAY = re.compile(rb"(UNTIL=\d{8})(?=[\r;])")


def named(name):
    return next(path for path in REAL + PUBLISHED if path.stem == name)


@pytest.mark.parametrize(("name", "title", "span", "dates"), CASES)
def test_every_date_keeps_its_local_time_when_the_clocks_change(name, title, span, dates):
    (entry,) = [entry for entry in read(named(name)).entries if entry.title == title]
    assert between(entry, *span) == dates


@pytest.mark.filterwarnings("ignore:Timezone")
@pytest.mark.parametrize("path", REAL + PUBLISHED, ids=lambda path: path.stem)
def test_a_second_reader_of_the_same_file_sees_the_same_moments(path):
    """recurring-ical-events reads the file itself; we read it, and expand only what we kept."""
    known = {entry.line for entry in read(path).entries}
    raw = icalendar.Calendar.from_ical(LAST_DAY.sub(rb"\1T235959Z", path.read_bytes()))
    assert known
    for year in range(2023, 2029):
        span = (date(year, 1, 1), date(year, 12, 31))
        ours = sorted(told(at) for entry in read(path).entries for at in moments(entry, span))
        assert ours == sorted(told(at) for at in seen_by_the_other(raw, span, home_of(path)))


def moments(entry, span):
    return [start.astimezone(UTC) for start in calendars.dates_of(entry, between=span)]


def seen_by_the_other(raw, span, home):
    """Without what we leave out on purpose: private events, whole days, called-off dates, events without end."""
    for event in recurring_ical_events.of(raw, skip_bad_series=True).between(
        span[0], span[1] + timedelta(days=1)
    ):
        left_out = event.get("CLASS") == "PRIVATE" or event.get("STATUS") == "CANCELLED"
        if hasattr(event.start, "hour") and not left_out and event.start.date() >= span[0]:
            start = event.start if event.start.tzinfo else event.start.replace(tzinfo=home)
            yield start.astimezone(UTC)


def test_ten_files_of_six_programs_are_read():
    programs = {line for path in REAL for line in path.read_text().splitlines() if line.startswith("PRODID")}
    assert len(REAL) >= 10
    assert len(programs) >= 6


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("google-melbourne", ["A mail address was taken out.", "it has no time of day"]),
        (
            "google-new-york",
            ["The name of a guest was taken out.", "This event was left out: it is marked as private"],
        ),
        ("outlook-desktop-melbourne", ["it is marked as private", "it has no time of day"]),
        ("apple-new-york", ["They were read as times in America/New_York."]),
        ("nextcloud-amsterdam", ["A mail address was taken out.", "Tasks, journals and free times"]),
        ("apple-amsterdam", []),
        ("microsoft-365-amsterdam", []),
        ("outlook-desktop-custom-zone-new-york", []),
        ("thunderbird-new-york", []),
        ("thunderbird-2008-amsterdam", []),
    ],
)
def test_what_was_left_out_or_changed_is_said_and_nothing_else(name, says):
    problems = read(named(name)).problems
    assert len(problems) == len(says)
    assert all(part in problem.says for part, problem in zip(says, problems, strict=True))


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("outlook-desktop-melbourne", {"Australia/Melbourne"}),
        ("outlook-desktop-custom-zone-new-york", {"America/New_York"}),
        ("microsoft-365-amsterdam", {"Europe/Amsterdam"}),
        ("thunderbird-2008-amsterdam", {"Europe/Amsterdam"}),
    ],
)
def test_a_zone_with_an_odd_name_is_the_readers_own_where_it_keeps_the_same_time(name, zones):
    assert {entry.zone for entry in read(named(name)).entries} == zones


def test_a_google_event_is_read_whole():
    entry = read(named("google-melbourne")).entries[0]
    assert entry.about == "Bring what is on your mind.\nQuestions to\n\nCheck-in\nOne thing each"
    assert entry.place == "Kerbside, 12 Smith St, Collingwood VIC 3066"
    assert entry.link == "https://meet.google.com/kxw-hbne-rqp"
    assert (entry.line, entry.minutes, entry.rrule) == (27, 90, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270430T135959Z")
    assert [(moved.title, moved.place, moved.minutes) for moved in entry.moved] == [
        ("Supervision (after Cup Day)", "Kerbside, upstairs", 60)
    ]
    assert entry.left_behind == ("2 guests", "1 organiser", "2 alarms")


def test_links_are_taken_out_of_their_wrappers():
    assert read(named("google-melbourne")).entries[1].about == "Minutes: https://kerbside.example.org/minutes"
    assert "<https://kerbside.example.org/guide>" in read(named("outlook-desktop-melbourne")).entries[0].about


def test_what_teams_writes_under_an_invitation_is_left_away_and_its_link_kept():
    entry = read(named("microsoft-365-amsterdam")).entries[0]
    assert entry.about == "Vaste intervisie."
    assert entry.link.startswith("https://teams.microsoft.com/l/meetup-join/19%3ameeting_")


def test_a_place_that_is_only_a_link_is_the_link():
    entry = read(named("nextcloud-amsterdam")).entries[0]
    assert (entry.place, entry.link) == ("", "https://wolk.example.nl/call/x7k2m9qp")


def test_a_cancelled_date_and_a_cancelled_event_are_told_apart():
    (coffee,) = read(named("apple-amsterdam")).entries
    huddle = read(named("google-new-york")).entries[1]
    assert [f"{day:%Y-%m-%d}" for day in coffee.called_off] == ["2027-03-26"]
    assert (coffee.cancelled, huddle.cancelled) == (False, True)


@pytest.mark.parametrize("path", REAL + PUBLISHED, ids=lambda path: path.stem)
def test_line_ends_and_letters_may_be_any_kind_and_change_nothing(path):
    text, zone = path.read_bytes().decode(), home_of(path)
    plain = calendars.read(path.name, text.encode(), zone=zone)
    for other in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert calendars.read(path.name, text.encode(other), zone=zone) == plain
    assert calendars.read(path.name, text.replace("\r\n", "\n").encode(), zone=zone) == plain


def test_a_file_from_before_unicode_is_read_too():
    old = (
        (FILES / "real" / "google-melbourne.ics")
        .read_bytes()
        .replace(b"Tuesday supervision", b"Caf\xe9 \x96 Tuesday")
    )
    assert calendars.read("old.ics", old, zone=home_of(REAL[0])).entries[0].title == "Café – Tuesday"
