"""What can happen to a rest from the line: it begins, goes on for days, and ends when they like. Nobody asks why."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from peerwork.support.line.roster import hours
from peerwork.support.line.roster.models import Duty, Rest
from peerwork.support.line.roster.terms import terms

NO_TIME = timedelta(0)


def over_for(person) -> datetime | None:
    """When the rest of somebody who rests will be over."""
    over = until().get(person.pk)
    return over if over and over > now() else None


def rest_today(person) -> None:
    """Until the morning, and to the end of a shift that has begun. From this moment nobody is rung at them."""
    rest_until(person, _last_day(person))


def rest_well(person) -> datetime:
    """As long as well_rested_at says. Returns it, or when a longer rest is over that they had begun."""
    return rest_until(person, _last_day(person, least=_a_whole_rest()))


def well_rested_at(person) -> datetime:
    """The first morning that is as far from now as two shifts of one person are: never a rest of an hour."""
    return hours.morning_after(_last_day(person, least=_a_whole_rest()), hours.zone())


def _last_day(person, *, least: timedelta = NO_TIME) -> date:
    """Of a rest that begins now and lasts so long at least: until a morning, and to the end of a running shift."""
    at = now()
    running = Duty.objects.filter(person=person, shift__starts_at__lte=at, shift__ends_at__gt=at)
    ends = running.values_list("shift__ends_at", flat=True).first()
    over = max(at + least, ends or at)
    # What ends as the morning begins is over by then.
    return hours.day_of(max(at, over - timedelta.resolution), hours.zone())


def _a_whole_rest() -> timedelta:
    return timedelta(hours=terms().rest_hours)


@transaction.atomic
def rest_until(person, last_day: date) -> datetime:
    """Whatever they would have done until then asks for somebody. A rest that is longer stays as it is.

    Returns when it is over.
    """
    kept = Rest.objects.filter(person=person).values_list("off_until", flat=True).first()
    last_day = max(last_day, kept or last_day)
    Rest.objects.update_or_create(person=person, defaults={"off_until": last_day})
    over = hours.morning_after(last_day, hours.zone())
    Duty.objects.filter(person=person, shift__starts_at__lt=over).update(wants_out=True)
    return over


def come_back(person) -> None:
    """Earlier than they said. What they asked others to take over, they still ask for, until they say otherwise."""
    Rest.objects.filter(person=person).delete()


def until() -> dict[UUID, datetime]:
    """Who rests, and the moment each rest is over."""
    resting = list(Rest.objects.all())
    where = hours.zone() if resting else ""
    return {rest.person_id: hours.morning_after(rest.off_until, where) for rest in resting}
