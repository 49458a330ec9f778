"""A clock as a file writes it (VTIMEZONE, RFC 5545, 3.6.5), and the known zone that shows the same time."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from peerwork.ground.intake import rules
from peerwork.ground.intake.blocks import Block

OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?:\d\d)?")
TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?")
YEARLY = {"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "INTERVAL", "WKST", "UNTIL", "COUNT"}
TIME_OF_DAY = {"BYHOUR", "BYMINUTE", "BYSECOND"}
YEARS = 3
MOST_PARTS, MOST_RULES = 300, 60


class Change(NamedTuple):
    """At a moment in UTC the clock goes from one distance to UTC to another."""

    at: datetime
    before: timedelta
    after: timedelta


def zone_like(clock: Block, candidates: list[str], year: int) -> str | None:
    """The first candidate that shows the time of this clock from the start of `year`, for three years."""
    try:
        moments = expected(changes(clock, year), year)
    except (ValueError, OverflowError):
        return None
    return next((zone for zone in candidates if shows(zone, moments)), None)


def shows(zone: str, moments: dict[datetime, timedelta]) -> bool:
    return all(moment.astimezone(place(zone)).utcoffset() == offset for moment, offset in moments.items())


@lru_cache(maxsize=700)
def place(zone: str) -> ZoneInfo:
    """Python itself remembers only eight zones, and reads the others from the disk every time."""
    return ZoneInfo(zone)


def expected(changes: list[Change], year: int) -> dict[datetime, timedelta]:
    """How far the clock is from UTC in every winter and summer, and around each change."""
    middles = [datetime(year + count, month, 1, tzinfo=UTC) for count in range(YEARS) for month in (1, 7)]
    turns = [change.at for change in changes if year <= change.at.year < year + YEARS]
    moments = [*middles, *turns, *(turn - timedelta(seconds=1) for turn in turns)]
    return {moment: offset_at(moment, changes) for moment in moments}


def offset_at(moment: datetime, changes: list[Change]) -> timedelta:
    past = [change for change in changes if change.at <= moment]
    return past[-1].after if past else changes[0].before


def changes(clock: Block, year: int) -> list[Change]:
    """Every change written down, and those that the rules bring about near that year, in order."""
    parts = clock.parts("STANDARD", "DAYLIGHT")
    rules_written = sum(len(part.all("RRULE")) for part in parts)
    if not 0 < len(parts) <= MOST_PARTS or rules_written > MOST_RULES:
        raise ValueError(len(parts))
    return sorted({change for part in parts for change in changes_of(part, year)})


def changes_of(part: Block, year: int) -> Iterator[Change]:
    before, after = offset_in(part, "TZOFFSETFROM"), offset_in(part, "TZOFFSETTO")
    for wall in onsets(part, year):
        yield Change((wall - before).replace(tzinfo=UTC), before, after)


def onsets(part: Block, year: int) -> Iterator[datetime]:
    start = time_in(part.value("DTSTART"))
    yield start
    for line in part.all("RDATE"):
        yield from (time_in(value) for value in line.value.split(","))
    rule = part.first("RRULE")
    if rule:
        yield from yearly(rules.parts(rule.value), start, range(max(start.year, year - 1), year + YEARS))


def yearly(rule: dict[str, str], start: datetime, years: range) -> Iterator[datetime]:
    """The day of each year on which a yearly rule changes the clock."""
    rule = {name: value for name, value in rule.items() if name not in TIME_OF_DAY}
    if (
        not {"BYMONTH"} <= rule.keys() <= YEARLY
        or rule["FREQ"] != "YEARLY"
        or rule.get("INTERVAL", "1") != "1"
    ):
        raise ValueError(rule)
    last, count = rule.pop("UNTIL", "9999"), int(rule.pop("COUNT", "9999"))
    for year in range(years.start, min(years.stop, start.year + count)):
        days = (start.replace(year=year, month=day.month, day=day.day) for day in days_of(year, rule))
        yield from (day for day in days if f"{day:%Y%m%d}" <= last[:8].ljust(8, "9"))


def days_of(year: int, rule: dict[str, str]) -> Iterator[date]:
    """The days of one month that fit BYDAY and BYMONTHDAY."""
    month = int(rule["BYMONTH"])
    for number in range(1, monthrange(year, month)[1] + 1):
        day = date(year, month, number)
        if fits(day, rule):
            yield day


def fits(day: date, rule: dict[str, str]) -> bool:
    """“-1SU” is the last Sunday: counted from the end of the month."""
    last = monthrange(day.year, day.month)[1]
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    names = {weekday, f"{(day.day + 6) // 7}{weekday}", f"-{(last - day.day) // 7 + 1}{weekday}"}
    numbers = {f"{day.day}", f"{day.day - last - 1}"}
    return fits_one(names, rule.get("BYDAY")) and fits_one(numbers, rule.get("BYMONTHDAY"))


def fits_one(names: set[str], wanted: str | None) -> bool:
    return wanted is None or any(one.lstrip("+") in names for one in wanted.split(","))


def offset_in(part: Block, name: str) -> timedelta:
    found = OFFSET.fullmatch(part.value(name))
    if not found:
        raise ValueError(name)
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return distance if found[1] == "+" else -distance


def time_in(text: str) -> datetime:
    """A date and time without a zone. Raises ValueError."""
    found = TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return datetime(*(int(number) for number in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
