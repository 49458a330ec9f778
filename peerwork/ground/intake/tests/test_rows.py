"""A calendar kept in a sheet: dates, times, lengths and repeats as people write them."""

from datetime import datetime, time

import pytest

from peerwork.ground.intake import calendar_rows, days, hours, spoken
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.tests.brought import NEW_YORK, SHEETS, between, read, sheet

HEAD = "Date,Start,End,Minutes,Title,Place,Link,About,Repeats,Until,Zone,Status\n"


def row(**cells):
    """One row of a sheet, a plain one but for these cells."""
    usual = {"Date": "2026-11-03", "Start": "18:00", "Minutes": "90", "Title": "Supervision"}
    kept = usual | {name.title(): value for name, value in cells.items()}
    return HEAD + ",".join(f'"{kept.get(name, "")}"' for name in HEAD.strip().split(",")) + "\n"


def entry(**cells):
    (only,) = sheet(row(**cells)).entries
    return only


def why(**cells):
    """Why a row was left out."""
    (problem,) = [problem for problem in sheet(row(**cells)).problems if problem.stops]
    return problem.says.removeprefix("This row was left out: ")


def or_why(read_it, *given, **more):
    try:
        return read_it(*given, **more)
    except LeftOut as problem:
        return problem.why


# Whole sheets

TABLES = {
    "programme-melbourne.csv": {
        "Tuesday supervision": [
            "2026-09-29 18:00 +1000", "2026-10-06 18:00 +1100", "2027-03-30 18:00 +1100", "2027-04-06 18:00 +1000",
        ],
        "Community of practice": ["2026-10-01 18:30 +1000", "2027-04-01 18:30 +1100"],
        "Welcome morning": ["2026-10-03 10:00 +1000"],
        "End of year picnic – bring a plate": [],
    },
    "programme-melbourne.xlsx": {
        "Tuesday supervision": ["2026-09-29 18:00 +1000", "2027-03-30 18:00 +1100"],
        "Welcome morning": ["2026-10-03 10:00 +1000"],
        "Welcome afternoon": ["2026-10-03 14:00 +1000"],
        "Advisory group": ["2026-10-06 18:00 +1100"],
        "Film night": ["2027-04-02 18:00 +1100"],
    },
    "outlook-export.csv": {"Case supervision": [], "Night shift": ["2026-10-03 22:00 +1000"]},
    "rooster-amsterdam.csv": {
        "Intervisie": ["2026-10-01 19:30 +0200", "2027-04-01 19:30 +0200"],
        "Koffie na de nacht": ["2027-03-26 11:00 +0100", "2027-04-02 11:00 +0200"],
        "Nachtdienst": [],
    },
    "schedule-new-york.txt": {"Community of practice": [], "Open door": [], "Naloxone refresher": []},
}  # fmt: skip
LEFT_OUT = {
    "programme-melbourne.csv": [
        (9, "“Wed 3 November 2026” is a Tuesday."),
        (10, "“5 November” has no year."),
        (12, "it has the same title, day and start as row 6."),
    ],
    "programme-melbourne.xlsx": [(10, "it has no end. Give it an end, or say how many minutes it lasts.")],
    "outlook-export.csv": [
        (5, "it has no time of day. Give it a start and an end."),
        (6, "it is marked as private."),
    ],
    "rooster-amsterdam.csv": [],
    "schedule-new-york.txt": [(4, "it has no end. Give it an end, or say how many minutes it lasts.")],
}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_kept_by_hand_is_read_to_the_minute_around_the_change_of_the_clocks(path):
    found = {one.title: around(one) for one in read(path).entries}
    assert found == TABLES[path.name]


def around(one):
    return between(one, "2026-09-27", "2026-10-07") + between(one, "2027-03-25", "2027-04-07")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_row_that_was_left_out_is_named_with_its_reason(path):
    stops = [problem for problem in read(path).problems if problem.stops]
    assert [(one.line, one.says.removeprefix("This row was left out: ")) for one in stops] == LEFT_OUT[
        path.name
    ]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_same_sheet_twice_gives_the_same_reading(path):
    assert read(path) == read(path)


def test_an_american_sheet_is_read_with_the_month_first():
    dates = [f"{one.starts:%Y-%m-%d %H:%M}" for one in read(SHEETS[-1]).entries]
    assert dates == ["2026-10-28 19:00", "2026-11-02 16:00", "2027-03-13 10:00"]


def test_the_order_of_day_and_month_is_said_once():
    text = HEAD + "3/11/2026,6pm,8pm,,One\n4/11/2026,6pm,8pm,,Two\n"
    assert [str(problem) for problem in sheet(text).problems] == [
        "Line 2: We read “3/11/2026” with the day first."
    ]
    american = sheet(text, zone=NEW_YORK, day_first=False)
    assert [str(problem) for problem in american.problems] == [
        "Line 2: We read “3/11/2026” with the month first."
    ]
    assert [f"{one.starts:%m-%d}" for one in american.entries] == ["03-11", "04-11"]


def test_nothing_is_said_about_dates_that_can_be_read_in_one_way_only():
    assert sheet(HEAD + "13/11/2026,6pm,8pm,,One\n11/11/2026,6pm,8pm,,Two\n").problems == ()


# Dates


@pytest.mark.parametrize(
    "text",
    [
        "3/11/2026", "03-11-2026", "3.11.26", "3 11 2026", "2026-11-03", "2026/11/3", "3 Nov 2026", "3rd November 2026",
        "3 November, 2026", "3 of November 2026", "Tue 3 November 2026", "Tuesday, 3 Nov 2026", "Tues. 3 nov. 2026",
        "November 3, 2026", "Nov 3rd 2026", "03-Nov-26", "3 nov '26", "di 3 november 2026", "  3   Nov  2026 ",
        "46329", 46329.0, 46329.75, datetime(2026, 11, 3, 18, 0),
    ],
)  # fmt: skip
def test_a_date_may_be_written_in_many_ways(text):
    assert f"{days.day_of(text, day_first=True).day}" == "2026-11-03"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Wed 3 November 2026", "“Wed 3 November 2026” is a Tuesday."),
        ("3 November", "“3 November” has no year."),
        ("Nov 3", "“Nov 3” has no year."),
        ("3/11", "“3/11” has no year."),
        ("31/2/2026", "“31/2/2026” is not a day of the calendar."),
        ("11/23/2026", "“11/23/2026” is not a day of the calendar."),
        ("3 Brumaire 2026", "“3 Brumaire 2026” is not a date we can read."),
        ("soon", "“soon” is not a date we can read."),
        ("3 Nov 1812", "the year in “3 Nov 1812” cannot be right."),
        (time(18), "“18:00:00” is not a date we can read."),
        (12.0, "“12.0” is not a date we can read."),
    ],
)
def test_a_date_that_cannot_be_right_says_why(text, reason):
    assert or_why(days.day_of, text, day_first=True) == reason


# Times and lengths


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("6pm", "18:00"), ("6 PM", "18:00"), ("6 p.m.", "18:00"), ("6.30 pm", "18:30"), ("6:30pm", "18:30"),
        ("18:00", "18:00"), ("18.30", "18:30"), ("1830", "18:30"), ("0900", "09:00"), ("18h30", "18:30"),
        ("18u30", "18:30"), ("19.30 uur", "19:30"), ("18", "18:00"), ("18h", "18:00"), ("noon", "12:00"),
        ("Midday", "12:00"), ("midnight", "00:00"), ("12am", "00:00"), ("12:15 pm", "12:15"), ("10:00:00 AM", "10:00"),
        (0.75, "18:00"), (0.0, "00:00"), (18.3, "18:30"), (1830.0, "18:30"), (time(18, 30), "18:30"),
        (datetime(2026, 11, 3, 18, 0), "18:00"),
    ],
)  # fmt: skip
def test_a_time_may_be_written_in_many_ways(text, at):
    assert f"{hours.time_of(text):%H:%M}" == at


@pytest.mark.parametrize(
    "text", ["6", "6 o'clock", "25:00", "13pm", "0 am", "18:75", "evening", "", 6.0, 99.0, 1e300, -1.0]
)
def test_a_time_that_could_be_two_or_none_is_asked_about(text):
    assert "is not a time we can read. Write it as 18:30 or 6:30 pm." in or_why(hours.time_of, text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("6-8pm", "18:00 20:00"), ("6–8 pm", "18:00 20:00"), ("6pm-8", "18:00 20:00"), ("6pm to 8:30pm", "18:00 20:30"),
        ("11-1pm", "11:00 13:00"), ("10pm–1am", "22:00 01:00"), ("18:00 - 20:00", "18:00 20:00"),
        ("9.30am until noon", "09:30 12:00"), ("19:30 tot 21:00", "19:30 21:00"), ("8-10am", "08:00 10:00"),
    ],
)  # fmt: skip
def test_a_start_may_bring_its_end_along(text, span):
    assert " ".join(f"{end:%H:%M}" for end in hours.span_of(text)) == span


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("90 min", 90), ("1h30", 90), ("1:30", 90), ("1.5 h", 90), ("1,5 uur", 90), ("2 hours", 120),
        ("1 hour and 15 minutes", 75), (90.0, 90), (0.0625, 90), (time(1, 30), 90),
    ],
)  # fmt: skip
def test_a_length_may_be_written_in_many_ways(text, minutes):
    assert hours.minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "all evening", "0", 0.0, "-5"])
def test_a_length_nobody_can_read_is_said(text):
    assert or_why(hours.minutes_of, text).startswith("we cannot read how long it lasts")


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        ({"start": "6-8pm", "minutes": ""}, 120),
        ({"date": "Tue 3 Nov 2026, 6–8 pm", "start": "", "minutes": ""}, 120),
        ({"date": "2026-11-03 18:00", "start": ""}, 90),
        ({"date": "Tuesday 3 November 2026 at 6pm", "start": ""}, None),
        ({"end": "8pm", "minutes": "5"}, 120),
        ({"start": "10pm", "end": "1am"}, 180),
    ],
)
def test_start_and_end_are_found_wherever_they_stand(cells, minutes):
    found = sheet(row(**cells)).entries
    assert [one.minutes for one in found] == ([minutes] if minutes else [])


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"start": ""}, "it has no start. Give it one."),
        ({"minutes": ""}, "it has no end. Give it an end, or say how many minutes it lasts."),
        ({"end": "5pm"}, "it ends before it starts."),
        ({"end": "18:00"}, "it ends before it starts."),
        ({"zone": "Mars/Phobos"}, "we do not know its time zone, “Mars/Phobos”."),
        ({"repeats": "now and then"}, "we do not know the repeat “now and then”. Try “weekly” or “first Tuesday”."),
        ({"repeats": "Thursdays"}, "its day, 2026-11-03, is not a day on which it repeats."),
        ({"repeats": "second Tuesday"}, "its day, 2026-11-03, is not a day on which it repeats."),
        ({"repeats": "weekly", "until": "3 Nov 2025"}, "its repeat ends before it starts."),
        ({"repeats": "weekly until Easter"}, "“Easter” is not a date we can read."),
        ({"repeats": "weekly, 6 times until 1 Dec 2026"},
         "its repeat has two ends, a number of times and a last day."),
        ({"date": "Wed 3 Nov 2026, 6 pm", "start": ""}, "“Wed 3 Nov 2026” is a Tuesday."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_says_why(cells, reason):
    assert why(**cells) == reason


# Repeats


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", ""), ("once", ""), ("one-off", ""), ("No", ""),
        ("weekly", "FREQ=WEEKLY"), ("Every week", "FREQ=WEEKLY"), ("each week", "FREQ=WEEKLY"),
        ("wekelijks", "FREQ=WEEKLY"), ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("om de week", "FREQ=WEEKLY;INTERVAL=2"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2"), ("every second week", "FREQ=WEEKLY;INTERVAL=2"),
        ("Fortnightly", "FREQ=WEEKLY;INTERVAL=2"), ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Tuesdays", "FREQ=WEEKLY;BYDAY=TU"), ("every Tue & Thu", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Mon-Fri", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("daily", "FREQ=DAILY"), ("every 10 days", "FREQ=DAILY;INTERVAL=10"),
        ("monthly", "FREQ=MONTHLY"), ("every third month", "FREQ=MONTHLY;INTERVAL=3"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("first Tuesday", "FREQ=MONTHLY;BYDAY=1TU"), ("2nd Thu of the month", "FREQ=MONTHLY;BYDAY=2TH"),
        ("last Friday of each month", "FREQ=MONTHLY;BYDAY=-1FR"), ("1st and 3rd Wed", "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("eerste donderdag van de maand", "FREQ=MONTHLY;BYDAY=1TH"), ("every first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("yearly", "FREQ=YEARLY"), ("every year", "FREQ=YEARLY"),
        ("weekly x6", "FREQ=WEEKLY;COUNT=6"), ("weekly, 6 times", "FREQ=WEEKLY;COUNT=6"),
        ("Tuesdays x 4", "FREQ=WEEKLY;BYDAY=TU;COUNT=4"), ("weekly for 6 weeks", "FREQ=WEEKLY;COUNT=6"),
    ],
)  # fmt: skip
def test_a_repeat_is_understood_as_people_say_it(text, rule):
    assert spoken.rule_of(text) == rule


@pytest.mark.parametrize("text", ["bi-weekly", "Bimonthly", "every second Tuesday", "each 2nd Wed"])
def test_a_repeat_that_can_mean_two_things_is_asked_about(text):
    assert or_why(spoken.rule_of, text) == (
        f"“{text}” can mean two things. Write “every 2 weeks” or “second Tuesday of the month”."
    )


@pytest.mark.parametrize(
    "text",
    [
        "sometimes",
        "every 0 weeks",
        "weekly x0",
        "fortnightly for 6 weeks",
        "first",
        "every month end",
        "Tue sometimes",
    ],
)
def test_a_repeat_nobody_knows_is_said(text):
    assert or_why(spoken.rule_of, text).startswith(f"we do not know the repeat “{text}”.")


def test_a_repeat_lasts_until_the_end_of_its_last_day():
    assert entry(repeats="weekly until 15 Dec 2026").rrule == "FREQ=WEEKLY;UNTIL=20261215T125959Z"
    assert entry(repeats="weekly", until="15/12/2026").rrule == "FREQ=WEEKLY;UNTIL=20261215T125959Z"


# The rest of a row


def test_a_row_has_its_own_zone_if_it_names_one():
    assert entry(zone="America/New_York").zone == "America/New_York"
    assert entry(zone="AUS Eastern Standard Time").zone == "Australia/Melbourne"
    assert entry().zone == "Australia/Melbourne"


@pytest.mark.parametrize(
    ("cells", "link", "place"),
    [
        ({"link": "https://zoom.us/j/1"}, "https://zoom.us/j/1", ""),
        ({"link": "zoom.us/j/1", "place": "Front room"}, "https://zoom.us/j/1", "Front room"),
        ({"place": "https://zoom.us/j/1"}, "https://zoom.us/j/1", ""),
        ({"about": "Join: https://meet.jit.si/kerbside."}, "https://meet.jit.si/kerbside", ""),
        ({"about": "Read https://kerbside.example.org first"}, "", ""),
        ({"link": "ask Kim"}, "", ""),
        ({"link": "javascript:alert(1)//x"}, "", ""),
    ],
)
def test_the_link_of_a_row_is_a_safe_one(cells, link, place):
    found = entry(**cells)
    assert (found.link, found.place) == (link, place)


def test_a_row_may_be_called_off():
    assert entry(status="Cancelled").cancelled
    assert not entry(status="to be confirmed").cancelled


def test_the_same_gathering_is_the_same_however_its_row_is_written():
    assert entry().uid == entry(title=" SUPERVISION!", start="6pm", date="3 Nov 2026", place="Elsewhere").uid
    assert entry().uid.startswith("row-")
    assert entry().uid != entry(start="6:30pm").uid


def test_a_long_title_is_cut_and_that_is_said():
    reading = sheet(row(title="Long " * 30))
    assert len(reading.entries[0].title) <= 80
    assert [str(problem) for problem in reading.problems] == [
        "Line 2: Its text was longer than 80 letters and was cut."
    ]


def test_every_name_of_a_column_means_one_column_only():
    names = [name for names in calendar_rows.COLUMNS.values() for name in names]
    assert len(names) == len(set(names))
