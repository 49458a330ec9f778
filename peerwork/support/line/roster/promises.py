"""What is promised to whoever asks. It follows from the roster alone, and is never promised falsely.

now    somebody is on duty, and for ten more minutes
back   somebody who can open a number is on duty for a quarter of an hour at least, before the time that is said
none   nobody is: then the number is said, and from when somebody answers again
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from peerwork.ground.ui.words import when
from peerwork.support.line.roster import duty, hours
from peerwork.support.line.roster.models import Terms
from peerwork.support.line.roster.recipients import those_with_a_key
from peerwork.support.line.roster.terms import terms

LONG_ENOUGH_TO_START, LONG_ENOUGH_TO_RING = timedelta(minutes=10), timedelta(minutes=15)
SATURDAY = 5


class Promise(NamedTuple):
    """`back_by` is None where no duty would keep it: of "none", and of "now" with nobody who could ring back.

    `opens` is when somebody comes on the next time; None while somebody is there, or as far as nobody is planned.
    """

    kind: Literal["now", "back", "none"]
    back_by: datetime | None
    opens: datetime | None

    @property
    def says(self) -> str:
        """What is promised, in words, on the clock and in the language that are active."""
        if self.kind == "now":
            return _("A person is here now.")
        if self.kind == "back":
            return _("Leave a number, and by %(when)s we ring you back.") % {"when": self.back_by_says}
        return _("Nobody is on now, and we cannot say when we would ring back.")

    @property
    def says_without_a_number(self) -> str:
        """The same where none can be left: from there, nobody is rung back."""
        return self.says if self.kind == "now" else _("Nobody is on now.")

    @property
    def back_by_says(self) -> str:
        """Tuesday 24 November, 6 p.m."""
        return when(self.back_by) if self.back_by else ""

    @property
    def opens_says(self) -> str:
        return _("From %(when)s somebody is on again.") % {"when": when(self.opens)} if self.opens else ""


def promise(at: datetime) -> Promise:
    chosen = terms()
    found = duty.stretches(at, at + timedelta(hours=chosen.weekend_hours))
    covered = _joined((one.starts, one.ends) for one in found)
    can_open = those_with_a_key(one.person for one in found)
    back_by = _back_by(at, chosen, _joined((one.starts, one.ends) for one in found if one.person in can_open))
    if covered and covered[0][0] <= at and covered[0][1] - at >= LONG_ENOUGH_TO_START:
        return Promise("now", back_by, None)
    return Promise("back" if back_by else "none", back_by, _opens(at))


def _opens(at: datetime) -> datetime | None:
    """When somebody comes on who is there for long enough to begin."""
    ahead = _joined((one.starts, one.ends) for one in duty.stretches(at, at + duty.FAR))
    return next(
        (starts for starts, ends in ahead if starts > at and ends - starts >= LONG_ENOUGH_TO_START), None
    )


def _back_by(at: datetime, chosen: Terms, covered: Iterable[tuple[datetime, datetime]]) -> datetime | None:
    """In a day; over a weekend in two; at a full hour. Nothing is said that no duty before it would keep."""
    far = at + timedelta(hours=chosen.back_hours)
    if _meets_a_weekend(at, far):
        far = at + timedelta(hours=chosen.weekend_hours)
    far = far.astimezone(ZoneInfo(hours.zone())).replace(minute=0, second=0, microsecond=0)
    kept = any(min(ends, far) - max(starts, at) >= LONG_ENOUGH_TO_RING for starts, ends in covered)
    return far if kept else None


def _meets_a_weekend(at: datetime, until: datetime) -> bool:
    there = ZoneInfo(hours.zone())
    first, last = at.astimezone(there).date(), until.astimezone(there).date()
    return any((first + timedelta(days=n)).weekday() >= SATURDAY for n in range((last - first).days + 1))


def _joined(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Times that touch are one: somebody is there throughout, though not one person."""
    joined: list[tuple[datetime, datetime]] = []
    for starts, ends in sorted(times):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    return joined
