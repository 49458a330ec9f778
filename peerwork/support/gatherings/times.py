"""When a series takes place: a rule on a wall clock becomes moments in time.

RFC 5545 rules, worked out by recurring-ical-events. The rule lives on the wall clock of its zone, so a
group at half past six stays at half past six when the clocks change. A time the clocks skip is read with
the offset before the change; a time they repeat is the first of the two (RFC 5545 3.3.5).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

WALL = "%Y-%m-%dT%H:%M"
REPEATS = {
    "once": "",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}
MOST_WEEKS_IN_A_MONTH = 4


def wall(when: datetime) -> str:
    """A wall clock time as text, to the minute."""
    return when.strftime(WALL)


def of_wall(text: str) -> datetime:
    """Raises ValueError for anything else."""
    return datetime.strptime(text, WALL)  # noqa: DTZ007 — a wall clock has no offset


def moment(when: datetime, zone: str) -> datetime:
    """The moment a wall clock in that zone shows this time."""
    return when.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def rule_for(repeats: str, *, first: datetime, until: date | None, zone: str) -> str:
    """One of a few plain ways to repeat, as an RRULE. Monthly means the same weekday: second Tuesday."""
    rule = REPEATS[repeats]
    if repeats == "monthly":
        nth = (first.day - 1) // 7 + 1
        rule += f";BYDAY={nth if nth <= MOST_WEEKS_IN_A_MONTH else -1}{first:%a}"[:-1].upper()
    if rule and until:
        rule += f";UNTIL={moment(datetime.combine(until, time(23, 59)), zone):%Y%m%dT%H%M%SZ}"
    return rule


def repeats_of(rrule: str) -> str:
    """Which of the plain ways a rule is, or "other"."""
    kept = ";".join(part for part in rrule.split(";") if not part.startswith("UNTIL="))
    monthly = kept.startswith("FREQ=MONTHLY;BYDAY=") and kept.count(";") == 1 and "," not in kept
    return "monthly" if monthly else {rule: name for name, rule in REPEATS.items()}.get(kept, "other")


def dates(  # noqa: PLR0913 — these six are what a rule is
    first: str,
    *,
    rrule: str,
    zone: str,
    extra: Iterable[str],
    skipped: Iterable[str],
    between: tuple[date, date],
) -> list[datetime]:
    """The wall clock times a rule gives from one day to another (both included), in order, without doubles."""
    event = icalendar.Event()
    event.start = of_wall(first).replace(tzinfo=ZoneInfo(zone))
    event.DURATION = timedelta(minutes=1)
    if rrule:
        event.add("rrule", icalendar.vRecur.from_ical(rrule))
    for name, days in (("rdate", extra), ("exdate", skipped)):
        if moments := [of_wall(day).replace(tzinfo=ZoneInfo(zone)) for day in days]:
            event.add(name, moments)
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(between[0], between[1] + timedelta(days=1))
    return sorted({one.start.replace(tzinfo=None) for one in found})


def until_of(thing: Any) -> date | None:
    """The last day a series' rule names, on its own clock; None where it goes on."""
    ends = icalendar.vRecur.from_ical(thing.rrule).get("UNTIL", []) if thing.rrule else []
    if not ends:
        return None
    last = ends[0]
    return last.astimezone(ZoneInfo(thing.zone)).date() if isinstance(last, datetime) else last
