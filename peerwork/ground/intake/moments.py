"""Dates, times and lengths as calendar files write them (RFC 5545, 3.3.4 to 3.3.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import vDuration

from peerwork.ground.intake import rules
from peerwork.ground.intake.lines import Line
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.zones import Zones

FIRST_YEAR = 1970
SHAPE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time and its IANA zone, or None for a time that floats (RFC 5545, 3.3.5, form 1)."""

    wall: datetime
    zone: str | None

    def wall_in(self, zone: str) -> datetime:
        """What the clock shows there at this moment. A floating time is the same everywhere."""
        if self.zone in {None, zone}:
            return self.wall
        return self.instant(zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def instant(self, zone: str) -> datetime:
        """The moment in UTC. A floating time is read in `zone`."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone or zone)).astimezone(UTC)


def moment_of(line: Line, zones: Zones) -> Moment | date:
    """The only date or time of a property. Raises LeftOut."""
    return read(line.value, line, zones)


def moments_of(line: Line, zones: Zones) -> Iterator[tuple[Moment | date, timedelta | None]]:
    """Every date or time of an RDATE or EXDATE, with its own length where it is a PERIOD. Raises LeftOut."""
    for value in filter(None, line.value.split(",")):
        start, _slash, end = value.partition("/")
        moment = read(start, line, zones)
        yield moment, period(moment, end, line, zones) if end else None


def read(text: str, line: Line, zones: Zones) -> Moment | date:
    found = SHAPE.fullmatch(text.strip())
    if not found:
        raise LeftOut(_("“%(text)s” is not a date we can read.") % {"text": text.strip()[:30]}, line.number)
    day = day_of(found, line)
    if found[4] is None:
        return day
    return Moment(time_on(day, found, line), zone_of(line, found, zones))


def day_of(found: re.Match[str], line: Line) -> date:
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise LeftOut(_("its date, %(text)s, does not exist.") % {"text": found[0]}, line.number) from None
    if not FIRST_YEAR <= day.year <= rules.LAST_YEAR:
        raise LeftOut(_("the year %(year)d cannot be right.") % {"year": day.year}, line.number)
    return day


def time_on(day: date, found: re.Match[str], line: Line) -> datetime:
    """A leap second, 60, is read as the second before it (RFC 5545, 3.3.12)."""
    try:
        second = min(int(found[6] or 0), 59) if found[6] == "60" else int(found[6] or 0)
        return datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), second)  # noqa: DTZ001
    except ValueError:
        raise LeftOut(_("its time, %(text)s, does not exist.") % {"text": found[0]}, line.number) from None


def zone_of(line: Line, found: re.Match[str], zones: Zones) -> str | None:
    if found[7]:
        return "UTC"
    name = line.parameters.get("TZID", "").strip()
    return zones.called(name, year=int(found[1]), line=line.number) if name else None


def length_of(line: Line) -> timedelta:
    """A DURATION. Raises LeftOut."""
    return duration(line.value, line)


def duration(text: str, line: Line) -> timedelta:
    try:
        length: timedelta = vDuration.from_ical(text.strip())
    except (ValueError, OverflowError, TypeError):
        raise LeftOut(_("we cannot read how long it lasts."), line.number) from None
    return length


def period(start: Moment | date, end: str, line: Line, zones: Zones) -> timedelta | None:
    """How long one date of an RDATE lasts (PERIOD, RFC 5545, 3.3.9)."""
    if "P" in end.upper():
        return duration(end, line)
    over = read(end, line, zones)
    if isinstance(start, Moment) and isinstance(over, Moment):
        return over.instant(zones.home) - start.instant(zones.home)
    return None
