"""Dates as people write them in a sheet: 3/11/2026, Tue 3 November 2026, 2026-11-03, a number of Excel."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext as _

from peerwork.ground.intake import rules
from peerwork.ground.intake.readings import LeftOut

FIRST_YEAR = 1970
SERIALS = range(25_569, 69_763)
"""How Excel counts the days from 1970 to 2090."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari", "february feb februari febr", "march mar maart mrt", "april apr",
            "may mei", "june jun juni", "july jul juli", "august aug augustus", "september sep sept",
            "october oct oktober okt", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon mo maandag ma", "tuesday tue tues tu dinsdag di", "wednesday wed weds we woensdag wo",
            "thursday thu thur thurs th donderdag do", "friday fri fr vrijdag vr",
            "saturday sat sa zaterdag za", "sunday sun su zondag zo",
        )
    )
    for name in names.split()
}  # fmt: skip

YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
NO_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})", re.ASCII)
DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|e)?(?: of)?[- ]([a-z]+)\.?(?:[- ,]+'?(\d{4}|\d{2}))?", re.ASCII
)
MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+'?(\d{4}|\d{2}))?", re.ASCII)
WEEKDAY = re.compile(r"([a-z]+)\.?,?\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and whether it would be another one if the month came first (or last)."""

    day: date
    is_ambiguous: bool = False


def day_of(cell: object, *, day_first: bool) -> Day:
    """A cell as a day. Raises LeftOut for what is no date, lacks a year, or names the wrong weekday."""
    if isinstance(cell, datetime):
        return Day(checked(cell.date(), f"{cell:%Y-%m-%d}"))
    if isinstance(cell, date):
        return Day(checked(cell, f"{cell:%Y-%m-%d}"))
    if is_serial(cell):
        return Day(from_serial(float(str(cell))))
    if not isinstance(cell, str):
        raise no_date(str(cell))
    return written(" ".join(cell.split()), day_first=day_first)


def is_serial(cell: object) -> bool:
    """A day as Excel counts it, from a cell whose form was lost."""
    return bool(re.fullmatch(r"\d{5}(\.\d+)?", str(cell), re.ASCII)) and int(float(str(cell))) in SERIALS


def from_serial(number: float) -> date:
    from openpyxl.utils.datetime import from_excel

    found = from_excel(int(number))
    return found.date() if isinstance(found, datetime) else date.fromisoformat(f"{found}")


def written(text: str, *, day_first: bool) -> Day:
    weekday, rest = without_weekday(text.casefold())
    found = numbers_in(rest, text, day_first=day_first)
    day = checked(day_from(*found.parts, text), text)
    if weekday is not None and day.weekday() != weekday:
        says = _("“%(text)s” is a %(weekday)s.")
        raise LeftOut(says % {"text": text[:40], "weekday": WEEKDAY_NAMES[day.weekday()]})
    return Day(day, found.is_ambiguous)


def without_weekday(text: str) -> tuple[int | None, str]:
    """“Tue, 3 November” as 1 and “3 November”. Monday is 0."""
    found = WEEKDAY.fullmatch(text)
    if found and found[1] in WEEKDAYS:
        return WEEKDAYS[found[1]], found[2]
    return None, text


@dataclass(frozen=True, slots=True)
class Numbers:
    parts: tuple[int, int, int]
    is_ambiguous: bool = False


def numbers_in(text: str, original: str, *, day_first: bool) -> Numbers:
    """Year, month and day. Raises LeftOut."""
    if found := YEAR_FIRST.fullmatch(text):
        return Numbers((int(found[1]), int(found[2]), int(found[3])))
    if found := NUMBERS.fullmatch(text):
        return in_order(int(found[1]), int(found[2]), full_year(found[3]), day_first=day_first)
    if found := DAY_MONTH.fullmatch(text):
        return Numbers((named_year(found[3], original), month_named(found[2], original), int(found[1])))
    if found := MONTH_DAY.fullmatch(text):
        return Numbers((named_year(found[3], original), month_named(found[1], original), int(found[2])))
    if NO_YEAR.fullmatch(text):
        named_year(None, original)
    raise no_date(original)


def in_order(one: int, other: int, year: int, *, day_first: bool) -> Numbers:
    day, month = (one, other) if day_first else (other, one)
    return Numbers((year, month, day), is_ambiguous=one <= 12 and other <= 12 and one != other)  # noqa: PLR2004


def full_year(text: str) -> int:
    return int(text) if len(text) == len("2026") else 2000 + int(text)


def named_year(text: str | None, original: str) -> int:
    if text is None:
        raise LeftOut(_("“%(text)s” has no year.") % {"text": original[:40]})
    return full_year(text)


def month_named(name: str, original: str) -> int:
    if name not in MONTHS:
        raise no_date(original)
    return MONTHS[name]


def no_date(text: str) -> LeftOut:
    return LeftOut(_("“%(text)s” is not a date we can read.") % {"text": text[:40]})


def day_from(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise LeftOut(_("“%(text)s” is not a day of the calendar.") % {"text": text[:40]}) from None


def checked(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= rules.LAST_YEAR:
        raise LeftOut(_("the year in “%(text)s” cannot be right.") % {"text": text[:40]})
    return day
