"""One event as the house may take it in, wherever it was written down, and the dates it has."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

MOST_DAYS = 3_660
UID_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Moved:
    """One date of a series that stands elsewhere: both times are wall times in the zone of the entry."""

    original: datetime
    starts: datetime
    minutes: int
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event without anybody in it.

    Every datetime is a naive wall time in `zone`, an IANA key; in the hour that comes twice, its `fold` tells
    which of the two it is. `starts` is always the first date. `rrule` is an RRULE value with UNTIL in UTC
    (RFC 5545, 3.3.10), or nothing. `extra` and `skipped` are RDATE and EXDATE; `moved` and `called_off` are
    single dates that were changed or cancelled (RECURRENCE-ID, 3.8.4.4). `cancelled` means all of it.
    `left_behind` says in words what was not taken in. `line` counts from 1.
    """

    line: int
    uid: str
    title: str
    about: str
    place: str
    link: str
    starts: datetime
    zone: str
    minutes: int
    rrule: str = ""
    extra: tuple[datetime, ...] = ()
    skipped: tuple[datetime, ...] = ()
    moved: tuple[Moved, ...] = ()
    called_off: tuple[datetime, ...] = ()
    cancelled: bool = False
    left_behind: tuple[str, ...] = ()


def uid_of(kind: str, *parts: str) -> str:
    """A name that is always the same for the same parts, such as `event-3f5a…`.

    The UID in a file may hold a mail address, the name of a computer or the second it was made: it is hashed.
    """
    return f"{kind}-{sha256('\0'.join(parts).encode()).hexdigest()[:UID_LETTERS]}"


def dates_of(entry: Entry, *, between: tuple[date, date]) -> list[datetime]:
    """The aware starts, in the zone of the entry, from the first of these days to the last, both included.

    A time that the clock skips is read with the offset before the gap, a time that comes twice is the first
    of the two (RFC 5545, 3.3.5 and 3.8.5.3). Raises ValueError for a span of more than ten years.
    """
    first, last = between
    if (last - first).days > MOST_DAYS:
        raise ValueError(between)
    zone = ZoneInfo(entry.zone)
    opens, closes = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    if entry.cancelled:
        return []
    events = recurring_ical_events.of(calendar_of(entry)).between(opens, closes)
    starts = sorted(event.start.astimezone(UTC) for event in events)
    return [start.astimezone(zone) for start in starts if opens <= start < closes]


def calendar_of(entry: Entry) -> Calendar:
    """The entry as a calendar of its own, with nothing but its times."""
    calendar = Calendar()
    calendar.add_component(series_of(entry))
    for moved in entry.moved:
        changed = event_at(entry, moved.starts, moved.minutes)
        changed.add("RECURRENCE-ID", in_zone(moved.original, entry))
        calendar.add_component(changed)
    return calendar


def series_of(entry: Entry) -> Event:
    event = event_at(entry, entry.starts, entry.minutes)
    if entry.rrule:
        event.add("RRULE", vRecur.from_ical(entry.rrule))
    for name, days in (("RDATE", entry.extra), ("EXDATE", entry.skipped + entry.called_off)):
        if days:
            event.add(name, [in_zone(day, entry) for day in days])
    return event


def event_at(entry: Entry, starts: datetime, minutes: int) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTART", in_zone(starts, entry))
    event.add("DURATION", timedelta(minutes=minutes))
    return event


def in_zone(wall: datetime, entry: Entry) -> datetime:
    """A rule needs its own zone to keep its time; a single moment is told in UTC, where no hour comes twice."""
    start = wall.replace(tzinfo=ZoneInfo(entry.zone))
    return start if entry.rrule else start.astimezone(UTC)
