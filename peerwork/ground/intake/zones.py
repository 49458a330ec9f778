"""Time zones as files name them, and the IANA zone each one means."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from peerwork.ground.intake import clocks
from peerwork.ground.intake.blocks import Block
from peerwork.ground.intake.readings import CannotRead, LeftOut

MOST_ZONES = 500
NO_PLACE = {"Factory", "localtime"}
UTC_NAMES = {
    "utc", "gmt", "z", "zulu", "etc/utc", "etc/gmt", "etc/zulu", "tzone://microsoft/utc",
    "coordinated universal time", "(utc) coordinated universal time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones one calendar knows.

    `here` is the IANA zone of whoever reads, `own` the calendar's own or None (X-WR-TIMEZONE),
    `written` the VTIMEZONE blocks by TZID (RFC 5545, 3.6.5).
    """

    here: str
    own: str | None = None
    written: dict[str, Block] = field(default_factory=dict)
    found: dict[tuple[str, int], str | None] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """Where a time in UTC is shown. A calendar kept in UTC says nothing about a place."""
        return self.own if self.own and self.own != "UTC" else self.here

    def called(self, name: str, *, year: int, line: int | None = None) -> str:
        """The IANA zone a TZID means in that year and the two after it. Raises LeftOut."""
        if len(self.found) > MOST_ZONES:
            raise CannotRead(_("This file names too many time zones."), line)
        if (name, year) not in self.found:
            self.found[name, year] = self.by_name(name, year) or self.by_clock(name, year)
        zone = self.found[name, year]
        if zone is None:
            raise LeftOut(_("we do not know its time zone, “%(zone)s”.") % {"zone": name[:60]}, line)
        return zone

    def by_name(self, name: str, year: int) -> str | None:
        """A Windows name covers many places. Where it keeps the time of here, it means here."""
        named = called(name)
        if named and named.is_wide and alike(self.here, named.zone, year):
            return self.here
        return named.zone if named else None

    def by_clock(self, name: str, year: int) -> str | None:
        clock = self.written.get(name)
        return clocks.zone_like(clock, self.candidates(name), year) if clock else None

    def candidates(self, name: str) -> list[str]:
        """Zones to compare a written clock with, the likeliest first."""
        clock = self.written[name]
        hints = (called(clock.value("X-LIC-LOCATION")), called(city_in(name)))
        named = [hint.zone for hint in hints if hint]
        return [self.here, *([self.own] if self.own else []), *named, *well_known()]


@dataclass(frozen=True, slots=True)
class Named:
    """The IANA zone a name means. `is_wide` when the name covers many zones, as Windows names do."""

    zone: str
    is_wide: bool


def zones_of(calendar: Block, *, here: str) -> Zones:
    own = called(calendar.value("X-WR-TIMEZONE"))
    written = {clock.value("TZID"): clock for clock in calendar.parts("VTIMEZONE")}
    return Zones(here, own.zone if own else None, {name.replace('"', ""): written[name] for name in written})


@lru_cache(maxsize=1000)
def called(name: str) -> Named | None:
    """The zone a name means by itself: an IANA name, one behind a prefix, or a Windows name."""
    if name.strip().lower() in UTC_NAMES:
        return Named("UTC", is_wide=False)
    found = iana_name(name)
    if found:
        return Named(found, is_wide=False)
    wide = windows_names().get(standard_name(name))
    return Named(wide, is_wide=True) if wide else None


def iana_name(name: str) -> str | None:
    """Also behind a prefix, as in `/mozilla.org/20050126_1/Europe/Amsterdam`."""
    parts = name.strip().strip("/").split("/")
    tails = ("/".join(parts[-count:]).casefold() for count in (len(parts), 3, 2))
    return next((iana_names()[tail] for tail in tails if tail in iana_names()), None)


@cache
def iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones() - NO_PLACE)}


@cache
def windows_names() -> dict[str, str]:
    return {name.casefold(): iana_name(zone) or zone for name, zone in WINDOWS_TO_OLSON.items()}


def standard_name(name: str) -> str:
    """“(UTC-05:00) Eastern Time (US & Canada)” is the Eastern Standard Time of Windows."""
    plain = re.sub(r"\([^()]*\)", "", name).strip().casefold()
    return re.sub(r"( standard| daylight)? time$", " standard time", plain)


def city_in(name: str) -> str:
    """The zone of the first city known in a list such as “(UTC+10:00) Canberra, Melbourne, Sydney”."""
    words = re.sub(r"\([^()]*\)", "", name[:200]).casefold().split(",")
    return next((cities()[word.strip()] for word in words if word.strip() in cities()), "")


@cache
def cities() -> dict[str, str]:
    places = (name for name in iana_names().values() if "/" in name and not name.startswith("Etc/"))
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in places}


@cache
def well_known() -> tuple[str, ...]:
    """A zone for every clock that Windows knows, in the order of its names, then one for every whole hour."""
    hours = (f"Etc/GMT{hour:+d}" for hour in range(-14, 13))
    return (*dict.fromkeys(windows_names().values()), *hours)


@lru_cache(maxsize=1000)
def alike(one: str, other: str, year: int) -> bool:
    """Do two zones show the same time on every day of that year and the next?"""
    days = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=count) for count in range(731))
    return all(offset(one, day) == offset(other, day) for day in days)


def offset(zone: str, moment: datetime) -> timedelta | None:
    return moment.astimezone(clocks.place(zone)).utcoffset()


@lru_cache(maxsize=1000)
def keeps_one_time(zone: str, year: int) -> bool:
    """Does this zone leave its clocks alone?"""
    return any(alike(zone, f"Etc/GMT{hour:+d}", year) for hour in range(-14, 13)) or zone == "UTC"
