"""Damaged files: each is refused with a sentence of its own, and no file is ever read by half."""

import re

import pytest

from peerwork.ground.intake import calendars
from peerwork.ground.intake.readings import CannotRead
from peerwork.ground.intake.tests.brought import FILES, MELBOURNE, REAL, SHEETS, outcome, read, read_lines

DAMAGED = FILES / "damaged"

# The file as a whole: nothing was read.
REFUSED = {
    "empty.ics": "This file is empty.",
    "blank-lines.ics": "This file is empty.",
    "login-page.ics": "This is a web page. You may have been signed out when you saved it.",
    "login-page.csv": "This is a web page. You may have been signed out when you saved it.",
    "leaflet.ics": "This is a PDF. Ask for the calendar or the sheet itself.",
    "picture.ics": "This is a picture. Ask for the calendar or the sheet itself.",
    "packed.ics": "This is a packed folder. Unpack it first, then bring the .ics file in it.",
    "cut-in-an-event.ics": "Line 27: The file ends too early, so nothing was read. Export it again.",
    "cut-before-the-end.ics": "Line 1: The file ends too early, so nothing was read. Export it again.",
    "cut-in-a-wide-letter.ics": "This file is damaged. Save or export it again.",
    "nul-bytes.ics": "This file is not text. It may be damaged, or another kind of file.",
    "ends-crossed.ics": "Line 6: The file is damaged here: one part ends inside another. Export it again.",
    "event-in-an-event.ics": "Line 6: The file is damaged here: a part is missing its end. Export it again.",
    "torn-zone.ics": "Line 6: The file is damaged here: this line makes no sense. Export it again.",
    "shopping-list.ics": "Line 1: “shopping-list.ics” is not a calendar. A calendar file starts with BEGIN:VCALENDAR.",
    "answer.ics": "Line 1: “answer.ics” is not a calendar. A calendar file starts with BEGIN:VCALENDAR.",
    "event-alone.ics": "Line 1: “event-alone.ics” is not a calendar. A calendar file starts with BEGIN:VCALENDAR.",
    "after-the-end.ics": "Line 12: Something stands here after the end of the calendar. Export it again.",
    "from-1997.ics": "Line 2: This calendar is in a form from before 1998. Export it as iCalendar.",
    "no-names.csv": "We found no row that names the columns. One row should say: date, title.",
    "no-date.csv": "Line 1: There is no column for “date”. It may be called “date”, “day”, “start date”, “when”."
    " The columns here are “What”, “Where”, “Start”.",
    "date-twice.csv": "Line 1: Two columns have the same name: “Date”, “date”. Keep one.",
    "open-quote.csv": "Line 2: A quotation mark that opens here is never closed.",
    "old.xls": "“old.xls” is in an old form. Save it as XLSX or CSV.",
    "locked.xlsx": "This file is locked with a password. Save it without one.",
    "minutes.docx": "This is a Word document. Save its table as XLSX or CSV.",
    "programme.ods": "This is an OpenDocument file. Save it as XLSX or CSV.",
    "programme.numbers": "This is a file of Numbers. Save it as XLSX or CSV.",
    "programme.xlsb": "This is a binary Excel sheet. Save it as XLSX or CSV.",
    "cut.xlsx": "This file is damaged. Save or export it again.",
    "half-a-sheet.xlsx": "This file is damaged. Save or export it again.",
    "entity.xlsx": "This workbook has parts that could do harm. Save it as CSV instead.",
    "unpacks-too-large.xlsx": "This workbook is too large. Save the one sheet you need as CSV.",
}

# The one event in the file: it was left out, and the line says where.
LEFT_OUT = {
    "no-start.ics": (4, "it has no start."),
    "no-end.ics": (4, "it has no end. Give it one, then export it again."),
    "ends-first.ics": (9, "it ends before it starts."),
    "no-length.ics": (9, "it ends the moment it starts."),
    "a-week-long.ics": (9, "it lasts longer than three days."),
    "odd-length.ics": (9, "we cannot read how long it lasts."),
    "all-day.ics": (8, "it has no time of day. Give it a start and an end, then export it again."),
    "all-day-of-outlook.ics": (8, "it has no time of day. Give it a start and an end, then export it again."),
    "30-february.ics": (8, "its date, 20270230T180000, does not exist."),
    "hour-25.ics": (8, "its time, 20261103T250000, does not exist."),
    "year-1601.ics": (8, "the year 1601 cannot be right."),
    "written-out.ics": (8, "“3 November 2026 6pm” is not a date we can read."),
    "every-second.ics": (10, "it repeats more than once a day."),
    "every-minute-of-a-day.ics": (10, "it repeats more than once a day."),
    "odd-rule.ics": (10, "we do not understand how it repeats."),
    "no-interval.ics": (10, "we do not understand how it repeats."),
    "a-billion-times.ics": (10, "we do not understand how it repeats."),
    "too-often.ics": (10, "it repeats more than 10,000 times."),
    "two-ends.ics": (10, "its repeat has two ends, a number of times and a last day."),
    "never.ics": (10, "its repeat never comes round."),
    "over-before-it-starts.ics": (10, "its repeat ends before it starts."),
    "until-30-february.ics": (10, "its repeat ends on a day that does not exist."),
    "two-rules.ics": (4, "it repeats by more than one rule."),
    "on-mars.ics": (8, "we do not know its time zone, “Mars/Phobos”."),
    "private.ics": (4, "it is marked as private."),
    "torn-line.ics": (11, "this line of it makes no sense."),
    "odd-exdate.ics": (11, "its date, 20261310T180000, does not exist."),
    "from-one-date-on.ics": (16, "it changes from one date on. Split it in two and export it again."),
    "moved-to-nowhere.ics": (12, "it has no start."),
}


def test_every_damaged_file_has_its_sentence():
    assert {path.name for path in DAMAGED.iterdir()} == REFUSED.keys() | LEFT_OUT.keys()
    assert len(REFUSED) + len(LEFT_OUT) >= 20


@pytest.mark.parametrize(("name", "says"), REFUSED.items(), ids=REFUSED)
def test_a_file_damaged_as_a_whole_is_refused_in_words(name, says):
    with pytest.raises(CannotRead) as refusal:
        read(DAMAGED / name)
    assert str(refusal.value) == says
    assert refusal.value.args == (refusal.value.says,)


@pytest.mark.parametrize(("name", "expected"), LEFT_OUT.items(), ids=LEFT_OUT)
def test_an_event_that_cannot_be_kept_is_left_out_by_its_line(name, expected):
    reading = read(DAMAGED / name)
    stops = [problem for problem in reading.problems if problem.stops]
    title = "This event" if name == "private.ics" else "“Supervision”"
    assert reading.entries == ()
    assert [(problem.line, problem.says) for problem in stops] == [
        (expected[0], f"{title} was left out: {expected[1]}")
    ]


def test_one_damaged_event_does_not_take_the_others_with_it():
    good = "SUMMARY:Good\nDTSTART:20261103T180000Z\nDURATION:PT1H"
    reading = read_lines(good, "SUMMARY:Bad\nDTSTART:20261103T180000Z\nDURATION:an hour", good)
    assert [entry.title for entry in reading.entries] == ["Good", "Good"]
    assert [str(problem) for problem in reading.problems] == [
        "Line 13: “Bad” was left out: we cannot read how long it lasts."
    ]


def test_of_two_events_with_one_identity_the_newer_is_read_and_the_other_named():
    lines = "UID:same\nDTSTART:20261103T180000Z\nDURATION:PT1H\n"
    whole = f"BEGIN:VEVENT\n{lines}SUMMARY:Old\nEND:VEVENT\nBEGIN:VEVENT\n{lines}SEQUENCE:2\nSUMMARY:New\nEND:VEVENT"
    reading = calendars.read("two.ics", f"BEGIN:VCALENDAR\n{whole}\nEND:VCALENDAR\n".encode(), zone=MELBOURNE)
    assert [entry.title for entry in reading.entries] == ["New"]
    assert [str(problem) for problem in reading.problems] == [
        "Line 2: “Old” was left out: it has the same identity as the event on line 8."
    ]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_calendar_cut_anywhere_is_never_read_by_half(path):
    """Every line end, and every letter of the last hundred."""
    content = path.read_bytes()
    ends = [found.end() for found in re.finditer(rb"\r?\n", content)]
    for cut in [*ends[:-1], *range(len(content) - 100, len(content.rstrip()))]:
        with pytest.raises(CannotRead):
            calendars.read(path.name, content[:cut], zone=MELBOURNE)


def test_a_short_calendar_cut_after_any_byte_is_never_read_by_half():
    content = (FILES / "real" / "apple-new-york.ics").read_bytes()
    assert calendars.read("whole.ics", content, zone=MELBOURNE).entries
    for cut in range(len(content.rstrip())):
        with pytest.raises(CannotRead):
            calendars.read("cut.ics", content[:cut], zone=MELBOURNE)


def sentences():
    for path in [*sorted(DAMAGED.iterdir()), *REAL, *SHEETS]:
        found = outcome(path)
        yield from [found] if isinstance(found, str) else [problem.says for problem in found.problems]


def test_no_sentence_is_longer_than_twenty_words():
    """Quoted words are the person's own and do not count."""
    for says in sentences():
        for sentence in re.split(r"(?<=[.?])\s", re.sub(r"“[^”]*”,?", "", says)):
            assert len(sentence.split()) <= 20, sentence
