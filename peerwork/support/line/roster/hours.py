"""The hours of the line: a rule on a wall clock becomes moments in time.

A shift from ten at night to two ends at two on the wall, also in the night the clocks change: then it lasts an hour
more or less, and the shift after it begins where it ends. Nobody is left alone by a clock, and nobody is on twice.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.timezone import localdate

from peerwork.people.members import queries as members
from peerwork.support.gatherings.times import moment, of_wall

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# A day of the line begins at five: whoever rests for the rest of a night rests until the morning.
MORNING = time(5)
# Every rule here gives a date within two weeks, or gives no more.
TWO_WEEKS = timedelta(days=14)


def zone() -> str:
    """The clock of the network; without one, the world's."""
    network = members.network()
    return network.time_zone if network else "UTC"


def today_in(where: str) -> date:
    """The date a clock there shows."""
    return localdate(timezone=ZoneInfo(where))


def today(network: Any) -> date:
    """On the network's clock, whoever asks: a month of tokens, or the days of a complaint, end for all at once."""
    return today_in(network.time_zone if network else "UTC")


def day_of(at: datetime, where: str) -> date:
    """Which day of the line it is there."""
    local = at.astimezone(ZoneInfo(where)).replace(tzinfo=None)
    return local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)


def morning_after(day: date, where: str) -> datetime:
    """When that day of the line is over."""
    return moment(datetime.combine(day + timedelta(days=1), MORNING), where)


def rule_for(days: Iterable[str], *, every: int, until: date | None) -> str:
    """On these weekdays, every week or every second one. No day at all: only once."""
    chosen = [day for day in WEEKDAYS if day in set(days)]
    if not chosen:
        return ""
    rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(chosen)}"
    return rule + (f";UNTIL={until:%Y%m%d}T235900" if until else "")


def said_in(rrule: str) -> dict[str, object]:
    """What somebody ticked to make this rule."""
    said = dict(part.split("=", 1) for part in rrule.split(";") if part)
    until = said.get("UNTIL")
    return {
        "days": said["BYDAY"].split(",") if "BYDAY" in said else [],
        "every": said.get("INTERVAL", "1"),
        "until": date.fromisoformat(until[:8]) if until else None,
    }


def first_of(day: date, days: Iterable[str]) -> date:
    """The first of these weekdays on or after that day."""
    wanted = {WEEKDAYS.index(day) for day in days}
    return next((d for d in (day + timedelta(n) for n in range(7)) if d.weekday() in wanted), day)


@lru_cache(maxsize=64)
def dates(first: str, *, rrule: str, between: tuple[date, date]) -> list[datetime]:
    """The wall clock times a rule gives from one day to another, both included."""
    begins = of_wall(first)
    since, until = (
        datetime.combine(day, clock) for day, clock in zip(between, (time.min, time.max), strict=True)
    )
    if not rrule:
        return [begins] if since <= begins <= until else []
    return rrulestr(rrule, dtstart=begins).between(since, until, inc=True)


def next_date(first: str, *, rrule: str, since: date) -> date:
    """The next date a rule gives, from that day on; where it gives no more, that day."""
    far = max(since, of_wall(first).date()) + TWO_WEEKS
    found = dates(first, rrule=rrule, between=(since, far))
    return found[0].date() if found else since


def moments(starts: datetime, minutes: int, where: str) -> tuple[datetime, datetime]:
    """When it starts and when it ends. In the one hour that a wall clock skips, its length is what counts."""
    begins = moment(starts, where)
    ends = moment(starts + timedelta(minutes=minutes), where)
    return begins, ends if ends > begins else begins + timedelta(minutes=minutes)
