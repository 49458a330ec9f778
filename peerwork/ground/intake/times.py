"""The times of one series: when it starts, how it comes round, and its dates that differ from the rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from peerwork.ground.intake import lengths, moments, repeats
from peerwork.ground.intake.moments import Moment
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.series import Part, Series, start_of
from peerwork.ground.intake.zones import keeps_one_time

MOST_DATES = 2_000


@dataclass(frozen=True, slots=True)
class Times:
    """One series with its start and the zone in which all its wall times are told."""

    series: Series
    start: Moment
    zone: str

    @property
    def starts(self) -> datetime:
        return self.start.wall_in(self.zone)

    @property
    def minutes(self) -> int:
        return lengths.minutes_of(self.series.whole, self.start)

    def wall(self, moment: Moment | date) -> datetime:
        """A day without a time means the usual time on that day; a floating time is told as the start is."""
        if isinstance(moment, Moment):
            return Moment(moment.wall, moment.zone or self.start.zone).wall_in(self.zone)
        return datetime.combine(moment, self.starts.time())

    def listed(self, name: str) -> dict[datetime, timedelta | None]:
        """Every date of the RDATE or EXDATE lines, with its own length if it has one. Raises LeftOut."""
        part = self.series.whole
        found: dict[datetime, timedelta | None] = {}
        for line in part.block.all(name):
            found |= {self.wall(day): length for day, length in moments.moments_of(line, part.zones)}
        if len(found) > MOST_DATES:
            raise LeftOut(_("it names more than 2,000 single dates."), part.block.line)
        return found

    def original(self, part: Part) -> datetime:
        """The date of the series that a part changes (RECURRENCE-ID, RFC 5545, 3.8.4.4). Raises LeftOut."""
        line = part.block.all("RECURRENCE-ID")[0]
        if line.parameters.get("RANGE"):
            raise LeftOut(_("it changes from one date on. Split it in two and export it again."), line.number)
        return self.wall(moments.moment_of(line, part.zones))

    def changed(self) -> dict[datetime, Part]:
        """The dates that were changed one by one, each with its latest change."""
        parts = sorted(self.series.dates, key=lambda part: part.sequence)
        return {self.original(part): part for part in parts}

    def rule(self, *, notes: list[str], patience: Patience) -> str:
        """The RRULE in its usual order, or nothing. Raises LeftOut."""
        line = self.series.whole.block.first("RRULE")
        if line is None or self.series.whole.is_one_date:
            return ""
        spent = {"starts": self.starts, "zone": self.zone, "line": line.number, "patience": patience}
        repeat = repeats.repeat_of(line.value, **spent)  # type: ignore[arg-type]
        if repeat.first != self.starts:
            notes.append(_("It starts on a day of its own, before its first repeat."))
        return repeat.rule


def times_of(series: Series, notes: list[str]) -> Times:
    """Raises LeftOut when it has no start that can be read."""
    start = start_of(series.whole)
    zone = zone_of(series, start)
    if zone == "UTC" != series.whole.zones.home:
        notes.append(_("It repeats in UTC. On local clocks it moves by an hour twice a year."))
    return Times(series, start, zone)


def zone_of(series: Series, start: Moment) -> str:
    """The start's own zone; the calendar's for a time in UTC, if every date stays the right moment there."""
    home = series.whole.zones.home
    if start.zone is None:
        return series.whole.zones.here
    if start.zone != "UTC" or (series.whole.block.first("RRULE") and not moves_along(start, home)):
        return start.zone
    return home


def moves_along(start: Moment, home: str) -> bool:
    """Can a rule in UTC be told on the clocks of `home`? Not if they change, or show another day."""
    return keeps_one_time(home, start.wall.year) and start.wall_in(home).date() == start.wall.date()


def own_lengths(listed: dict[datetime, timedelta | None], line: int) -> Iterator[tuple[datetime, int]]:
    """The single dates that last as long as they say themselves, in minutes. Raises LeftOut."""
    told = ((day, length) for day, length in listed.items() if length is not None)
    return ((day, lengths.minutes_in(length, line)) for day, length in told)
