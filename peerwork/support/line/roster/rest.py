"""What can happen to a rest from the line: it begins, goes on for days, and ends when they like. Nobody asks why."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from peerwork.support.line.roster import hours
from peerwork.support.line.roster.models import Duty, Rest


def rests(person, on: date) -> bool:
    return Rest.objects.filter(person=person, off_until__gte=on).exists()


def last_day_of(person) -> date | None:
    """The last day of a rest that is not over."""
    kept = Rest.objects.filter(person=person).values_list("off_until", flat=True).first()
    return kept if kept and kept >= hours.day_of(now(), hours.zone()) else None


def rest_today(person, at: datetime | None = None) -> None:
    """Until the morning, and to the end of a shift that has begun. From this moment nobody is rung at them."""
    at, where = at or now(), hours.zone()
    running = Duty.objects.filter(person=person, shift__starts_at__lte=at, shift__ends_at__gt=at)
    ends = running.values_list("shift__ends_at", flat=True).first()
    rest_until(person, hours.day_of(max(at, ends or at), where))


@transaction.atomic
def rest_until(person, last_day: date) -> None:
    """Whatever they would have done until then asks for somebody. A rest that is longer stays as it is."""
    kept = Rest.objects.filter(person=person).values_list("off_until", flat=True).first()
    last_day = max(last_day, kept or last_day)
    Rest.objects.update_or_create(person=person, defaults={"off_until": last_day})
    over = hours.morning_after(last_day, hours.zone())
    Duty.objects.filter(person=person, shift__starts_at__lt=over).update(wants_out=True)


def come_back(person) -> None:
    """Earlier than they said. What they asked others to take over, they still ask for, until they say otherwise."""
    Rest.objects.filter(person=person).delete()


def until() -> dict[UUID, datetime]:
    """Who rests, and the moment each rest is over."""
    resting = list(Rest.objects.all())
    where = hours.zone() if resting else ""
    return {rest.person_id: hours.morning_after(rest.off_until, where) for rest in resting}
