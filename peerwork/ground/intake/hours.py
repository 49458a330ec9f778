"""Times of day and lengths as people write them in a sheet: 6pm, 18.30, noon, 6 to 8pm, 90 min, 1h30."""

import re
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from peerwork.ground.intake.readings import LeftOut

NAMED = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "12 noon": time(12),
    "12 midnight": time(0),
}
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?:\s?[:.hu]\s?|(?=\d\d\b))(?P<minute>\d\d)(?::\d\d)?)?"
    r"(?P<bare>\s?(?:uur|hrs?|[hu]))?\s?(?P<half>[ap]\.?\s?m?\.?)?",
    re.ASCII,
)
BETWEEN = re.compile(r"\s*(?:[-\u2013\u2014]|\bto\b|\btill?\b|\buntil\b|\btot\b)\s*")
LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d{1,2})?)\s?(?:h|hrs?|hours?|u|uur))?\s?(?:and\s)?"
    r"(?:(?P<minutes>\d{1,4})\s?(?:m|mins?|minutes?|minuten|')?)?",
    re.ASCII,
)
HOURS_MINUTES = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
DAY_MINUTES = 24 * 60
MORNING_ENDS = 12


def span_of(cell: object) -> tuple[time, time | None]:
    """A start, and an end where the same cell gives one, as in “6 to 8pm”. Raises LeftOut."""
    if not isinstance(cell, str):
        return time_of(cell), None
    pieces = BETWEEN.split(cell.strip().casefold())
    if len(pieces) == 1:
        return time_of(cell), None
    if len(pieces) != 2:  # noqa: PLR2004
        raise no_time(cell)
    return both_of(*pieces)


def both_of(first: str, second: str) -> tuple[time, time]:
    """In “6 to 8pm” and “6pm to 8” both are in the evening; in “11 to 1pm” only the second."""
    if half_of(second) and not half_of(first):
        return start_before(first, second), time_of(second)
    if half_of(first) and not half_of(second) and is_later(second + half_of(first), than=first):
        return time_of(first), time_of(second + half_of(first))
    return time_of(first), time_of(second)


def half_of(text: str) -> str:
    """The am or pm at the end, or nothing."""
    found = re.search(r"[ap]\.?\s?m?\.?$", text)
    return found[0] if found else ""


def start_before(first: str, second: str) -> time:
    if re.search(r"[a-z]", first):
        return time_of(first)
    half = half_of(second) if is_later(second, than=first + half_of(second)) else "am"
    return time_of(first + half)


def is_later(second: str, *, than: str) -> bool:
    try:
        return time_of(second) > time_of(than)
    except LeftOut:
        return False


def time_of(cell: object) -> time:
    """Raises LeftOut for what is no time of day, or could be two (“6” without am, pm or minutes)."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float):
        return from_number(cell)
    text = " ".join(str(cell).casefold().split())
    return NAMED[text] if text in NAMED else on_the_clock(CLOCK.fullmatch(text), str(cell))


def from_number(number: float) -> time:
    """A part of a day as Excel counts it (0.75), or a time it took for a number (18.3, 1830)."""
    if 0 <= number < 1:
        minutes = round(number * DAY_MINUTES) % DAY_MINUTES
        return time(minutes // 60, minutes % 60)
    text = f"{number:.2f}".removesuffix(".00")
    return on_the_clock(CLOCK.fullmatch(text), text)


def on_the_clock(found: re.Match[str] | None, text: str) -> time:
    if not found:
        raise no_time(text)
    hour, half = int(found["hour"]), (found["half"] or "")[:1]
    if hour <= MORNING_ENDS and not (found["minute"] or found["bare"] or half):
        raise no_time(text)
    if half and not 1 <= hour <= MORNING_ENDS:
        raise no_time(text)
    if half:
        hour = hour % MORNING_ENDS + (MORNING_ENDS if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or 0))
    except ValueError:
        raise no_time(text) from None


def no_time(cell: object) -> LeftOut:
    says = _("“%(text)s” is not a time we can read. Write it as 18:30 or 6:30 pm.")
    return LeftOut(says % {"text": str(cell)[:40]})


def minutes_of(cell: object) -> int:
    """How long something lasts. A bare number counts minutes. Raises LeftOut."""
    minutes = minutes_in(cell)
    if not minutes:
        raise LeftOut(_("we cannot read how long it lasts: “%(text)s”.") % {"text": str(cell)[:40]})
    return minutes


def minutes_in(cell: object) -> int:
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, float):
        return round(cell * DAY_MINUTES if cell < 1 else cell)
    text = " ".join(str(cell).casefold().split())
    if found := HOURS_MINUTES.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if found := LENGTH.fullmatch(text):
        hours = float((found["hours"] or "0").replace(",", "."))
        return round(hours * 60) + int(found["minutes"] or 0)
    return 0


def minutes_between(start: time, end: time) -> int:
    """An end before the start is after midnight, if that makes no more than eight hours. Raises LeftOut."""
    length = datetime.combine(datetime.min, end) - datetime.combine(datetime.min, start)  # noqa: DTZ901
    if length <= timedelta(0):
        length += timedelta(days=1)
    if end <= start and length > timedelta(hours=8):
        raise LeftOut(_("it ends before it starts."))
    return int(length.total_seconds()) // 60
