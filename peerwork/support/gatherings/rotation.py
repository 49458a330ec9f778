"""Whose working week does a gathering's time fit? Worked out from the times alone, never from who came.

Four weeks that people in this work have. Each is when somebody works or has to sleep; the rest is theirs.
A gathering in work time fits a day worker too: it is part of the job.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Busy:
    """A stretch of the day, on these weekdays (Monday is 0). It may run past midnight."""

    days: frozenset[int]
    starts: time
    ends: time

    def meets(self, starts: datetime, ends: datetime) -> bool:
        """Whether any quarter of an hour of the gathering falls into it. Both times on the same wall clock."""
        quarters = range(0, int((ends - starts).total_seconds() // 60), 15)
        return any(self._covers(starts + timedelta(minutes=minute)) for minute in quarters)

    def _covers(self, moment: datetime) -> bool:
        now, today = moment.time(), moment.weekday()
        if self.starts < self.ends:
            return today in self.days and self.starts <= now < self.ends
        return (today in self.days and now >= self.starts) or (
            (today - 1) % 7 in self.days and now < self.ends
        )


@dataclass(frozen=True)
class Week:
    """How one kind of working week goes. `at_work` are the hours in which work-time gatherings count as work."""

    name: str | Promise
    at_work: tuple[Busy, ...]
    asleep: tuple[Busy, ...] = ()

    def has_room_for(self, starts: datetime, ends: datetime, *, in_work_time: bool) -> bool:
        working = not in_work_time and any(busy.meets(starts, ends) for busy in self.at_work)
        return not working and not any(busy.meets(starts, ends) for busy in self.asleep)


WEEKS = (
    Week(
        _("Day workers"), (Busy(WEEKDAYS, time(8, 30), time(17, 30)),), (Busy(EVERY_DAY, time(22), time(7)),)
    ),
    Week(
        _("Evening workers"),
        (Busy(EVERY_DAY, time(14), time(22, 30)),),
        (Busy(EVERY_DAY, time(0), time(8, 30)),),
    ),
    Week(_("Night workers"), (Busy(EVERY_DAY, time(21), time(7)),), (Busy(EVERY_DAY, time(7), time(15)),)),
    Week(
        _("People fetching children from school"),
        (Busy(WEEKDAYS, time(9), time(15)),),
        (
            Busy(WEEKDAYS, time(15), time(20, 30)),
            Busy(WEEKDAYS, time(7), time(9)),
            Busy(EVERY_DAY, time(22), time(6)),
        ),
    ),
)


@dataclass(frozen=True)
class Fit:
    """How many of these gatherings one kind of week had room for."""

    name: str | Promise
    could_come: int
    of: int


def fits(held: Iterable[tuple[datetime, datetime, str, bool]]) -> list[Fit]:
    """For each kind of week: of these (start, end, zone, in work time), how many could they have come to?"""
    on_the_wall = [
        (a.astimezone(ZoneInfo(zone)), b.astimezone(ZoneInfo(zone)), work) for a, b, zone, work in held
    ]
    return [
        Fit(
            week.name,
            sum(week.has_room_for(a, b, in_work_time=work) for a, b, work in on_the_wall),
            len(on_the_wall),
        )
        for week in WEEKS
    ]
