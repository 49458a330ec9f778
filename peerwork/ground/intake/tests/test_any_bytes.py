"""Whatever bytes somebody brings: a reading, or a refusal in words. Nothing else, and not for long."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from peerwork.ground.intake import calendar_rows, calendars, files
from peerwork.ground.intake.entries import Entry
from peerwork.ground.intake.readings import CannotRead, Problem, Reading
from peerwork.ground.intake.tests.brought import FILES, MELBOURNE, PUBLISHED, REAL, SHEETS

WHOLE = {path.name: path.read_bytes() for path in [*REAL, *PUBLISHED, *SHEETS]}
DAMAGED = {path.name: path.read_bytes() for path in sorted((FILES / "damaged").iterdir())}
CALENDARS = [content for name, content in WHOLE.items() if name.endswith(".ics")]
SLOWEST = 10

bounded = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def survives(name, content):
    """Both readers, in seconds, and twice with the same result."""
    began = time.thread_time()
    for reader in (calendars, calendar_rows):
        first, second = (outcome(reader, name, content) for _again in range(2))
        assert first
        assert first == second
    assert time.thread_time() - began < SLOWEST  # of work: others may be busy here


def outcome(reader, name, content):
    try:
        reading = reader.read(name, content, zone=MELBOURNE)
    except CannotRead as refusal:
        return str(refusal)
    check(reading)
    return reading


def check(reading):
    assert isinstance(reading, Reading)
    assert all(isinstance(problem, Problem) and problem.says for problem in reading.problems)
    for entry in reading.entries:
        assert isinstance(entry, Entry)
        assert 0 < len(entry.title) <= 80
        assert len(entry.about) <= 600
        assert len(entry.place) <= 200
        assert entry.link == "" or entry.link.startswith("https://")
        assert 0 < entry.minutes <= 3 * 24 * 60
        assert all(0 < moved.minutes <= 3 * 24 * 60 for moved in entry.moved)
        assert entry.starts.tzinfo is None


@bounded
@given(some.binary(max_size=400))
def test_any_bytes(content):
    survives("any", content)


@bounded
@given(some.text(max_size=400))
def test_any_text(text):
    survives("any.csv", text.encode("utf-8", "surrogatepass"))


@bounded
@given(some.sampled_from(sorted(WHOLE)), some.data())
def test_a_real_file_with_some_bytes_changed(name, data):
    content = bytearray(WHOLE[name])
    for place in data.draw(some.lists(some.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] = data.draw(some.integers(0, 255))
    survives(name, bytes(content))


@bounded
@given(some.sampled_from(sorted(WHOLE)), some.data())
def test_a_real_file_with_a_piece_cut_out_or_put_twice(name, data):
    content = WHOLE[name]
    first, second = sorted(data.draw(some.tuples(*[some.integers(0, len(content))] * 2)))
    twice = data.draw(some.booleans())
    survives(name, content[:second] + content[first:] if twice else content[:first] + content[second:])


@bounded
@given(
    some.lists(
        some.sampled_from(sorted(set(b"\n".join(CALENDARS).replace(b"\r", b"").split(b"\n")))), max_size=60
    )
)
def test_the_lines_of_real_calendars_in_any_order(lines):
    event = b"\n".join([b"BEGIN:VEVENT", *lines, b"END:VEVENT"])
    survives("mixed.ics", b"\n".join([b"BEGIN:VCALENDAR", event, b"END:VCALENDAR"]))


@bounded
@given(
    some.sampled_from(["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SUMMARY"]),
    some.one_of(
        some.text(some.characters(codec="utf-8"), max_size=60),
        some.from_regex(r"[0-9]{8}(T[0-9]{6}Z?)?(/P?T?[0-9]{1,9}[DHMSW])?", fullmatch=True),
        some.from_regex(r"-?P([0-9]{1,12}[DW])?(T[0-9]{1,12}[HMS])?", fullmatch=True),
        some.from_regex(
            r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)"
            r"(;(BYMONTHDAY|BYSETPOS|BYYEARDAY|BYWEEKNO|INTERVAL|COUNT)=-?[0-9]{1,3}){0,3}",
            fullmatch=True,
        ),
    ),
)  # fmt: skip
def test_any_value_of_a_date_a_length_or_a_rule(name, value):
    lines = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "SUMMARY:Lunch",
        f"{name}:{value}",
        "DTSTART:20261103T180000Z",
    ]
    lines += ["DURATION:PT1H", "RRULE:FREQ=WEEKLY", "END:VEVENT", "END:VCALENDAR"]
    content = "\n".join(lines).encode()
    survives("value.ics", content)


@bounded
@given(some.dictionaries(some.sampled_from(["date", "start", "end", "minutes", "repeats", "until", "zone"]),
                         some.text("0123456789/.-:apm étues wkofrT ", max_size=20)))  # fmt: skip
def test_any_words_in_the_cells_of_a_row(cells):
    names = ["date", "title", *sorted(cells.keys() - {"date"})]
    values = [cells.get("date", "3/11/2026"), "Lunch", *(cells[name] for name in names[2:])]
    survives("cells.csv", f"{';'.join(names)}\n{';'.join(values)}\n".encode())


@pytest.mark.parametrize("name", sorted(WHOLE) + sorted(DAMAGED))
def test_every_file_here_is_survived_by_both_readers(name):
    survives(name, (WHOLE | DAMAGED)[name])


@bounded
@given(some.text(max_size=20), some.binary(max_size=60))
def test_every_file_is_a_calendar_or_a_sheet(name, content):
    assert files.kind_of(name, content) in {"calendar", "sheet"}
