"""How long an event lasts, in whole minutes (DTEND and DURATION, RFC 5545, 3.6.1)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from peerwork.ground.intake import moments
from peerwork.ground.intake.moments import Moment
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.series import Part

LONGEST = timedelta(days=3)


def minutes_of(part: Part, start: Moment) -> int:
    """Raises LeftOut when it has no end, ends before it starts, or lasts longer than three days."""
    end, length = part.block.first("DTEND"), part.block.first("DURATION")
    if end:
        return minutes_in(until(end_of(part, start), start), end.number)
    if length:
        return minutes_in(moments.length_of(length), length.number)
    raise LeftOut(_("it has no end. Give it one, then export it again."), part.block.line)


def end_of(part: Part, start: Moment) -> Moment:
    line = part.block.all("DTEND")[0]
    end = moments.moment_of(line, part.zones)
    if not isinstance(end, Moment):
        raise LeftOut(_("its end has no time of day."), line.number)
    return Moment(end.wall, end.zone or start.zone)


def until(end: Moment, start: Moment) -> timedelta:
    """The exact length, also when the clock changes in between (RFC 5545, 3.8.5.3)."""
    zone = start.zone or "UTC"
    return end.instant(zone) - start.instant(zone)


def minutes_in(length: timedelta, line: int) -> int:
    if length > LONGEST:
        raise LeftOut(_("it lasts longer than three days."), line)
    if length < timedelta(0):
        raise LeftOut(_("it ends before it starts."), line)
    minutes = round(length.total_seconds() / 60)
    if not minutes:
        raise LeftOut(_("it ends the moment it starts."), line)
    return minutes
