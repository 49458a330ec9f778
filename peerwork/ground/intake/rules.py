"""Rules by which dates come round, taken apart and put together (RECUR, RFC 5545, 3.3.10)."""

import re
from calendar import isleap
from collections.abc import Callable
from datetime import date, datetime

from dateutil.rrule import rrulestr

ORDER = (
    "FREQ", "INTERVAL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY",
    "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "WKST", "COUNT", "UNTIL",
)  # fmt: skip
LAST_YEAR = 2090
"""Years up to here have a twin at the end of the calendar. After 2100, no leap year, they do not."""

WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def whole(least: int, most: int, *, signed: bool = False) -> Callable[[str], bool]:
    """A check that a text is a whole number between these two, or that far before the end when `signed`."""

    def fits(text: str) -> bool:
        found = re.fullmatch(r"([+-]?)(\d{1,5})", text, re.ASCII)
        return found is not None and (signed or found[1] != "-") and least <= int(found[2]) <= most

    return fits


def is_weekday(text: str) -> bool:
    found = WEEKDAY.fullmatch(text)
    return found is not None and (found[1] is None or 1 <= abs(int(found[1])) <= 53)  # noqa: PLR2004


ONE_OF_EACH: dict[str, Callable[[str], bool]] = {
    "FREQ": re.compile("SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY").fullmatch,  # type: ignore[dict-item]
    "INTERVAL": whole(1, 1000),
    "COUNT": whole(1, 99_999),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU").fullmatch,  # type: ignore[dict-item]
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?", re.ASCII).fullmatch,  # type: ignore[dict-item]
}
LISTS: dict[str, Callable[[str], bool]] = {
    "BYMONTH": whole(1, 12),
    "BYWEEKNO": whole(1, 53, signed=True),
    "BYYEARDAY": whole(1, 366, signed=True),
    "BYMONTHDAY": whole(1, 31, signed=True),
    "BYDAY": is_weekday,
    "BYHOUR": whole(0, 23),
    "BYMINUTE": whole(0, 59),
    "BYSECOND": whole(0, 60),
    "BYSETPOS": whole(1, 366, signed=True),
}


def parts(text: str) -> dict[str, str]:
    """`FREQ=WEEKLY;BYDAY=TU` as a dictionary, in capitals. Raises ValueError for anything that is no rule."""
    pairs = [pair.partition("=") for pair in text.upper().replace(" ", "").strip(";").split(";")]
    rule = {name: value for name, _, value in pairs}
    if len(rule) != len(pairs) or "FREQ" not in rule or not all(map(is_part, rule, rule.values())):
        raise ValueError(text)
    return rule


def is_part(name: str, value: str) -> bool:
    if name in ONE_OF_EACH:
        return bool(ONE_OF_EACH[name](value))
    return name in LISTS and all(map(LISTS[name], value.split(",")))


def joined(rule: dict[str, str]) -> str:
    """The rule as text, always in the same order."""
    return ";".join(f"{name}={rule[name]}" for name in ORDER if name in rule)


def first_date(rule: str, start: datetime) -> datetime | None:
    """The first date of a rule without UNTIL, from `start` on, or None if none comes within 28 years.

    Asked in a twin year at the end of the calendar: a rule that never comes round stops there soon,
    instead of searching for 8,000 years. Raises ValueError if the rule is nonsense.
    """
    late = start.replace(year=twin(start.year))
    found = next(iter(rrulestr(rule, dtstart=late)), None)
    return start + (found - late) if found else None


def twin(year: int) -> int:
    """A year before 9972 with the same days as this one, followed by years like those that follow it."""
    return next(late for late in range(9944, 9972) if calendar_of(late) == calendar_of(year))


def calendar_of(year: int) -> tuple[int, int, bool]:
    return year % 4, date(year, 1, 1).weekday(), isleap(year)
