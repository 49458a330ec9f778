"""The line of the made-up network: evenings with two on call, and a Sunday that still wants a second."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from peerwork.people.members.models import Person
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import hours, shifts, supporters
from peerwork.support.line.roster.models import Duty, Shift, ShiftSeries

SAYS: dict[str, dict[str, Any]] = {
    "Rosa": {"is_woman": True, "speaks": ["en", "es"]},
    "Bel": {"is_woman": True, "speaks": ["en", "vi"], "not_my_workplace": True},
    "Sam": {"speaks": ["en"]},
}


def make(planned: Iterable[Mapping[str, Any]], people: Mapping[str, Person]) -> None:
    today, zone = timezone.localdate(), timezone.get_current_timezone_name()
    for one in planned:
        days = [one["weekday"][:2].upper()]
        clock = datetime.strptime(one["at"], "%H:%M").time()  # noqa: DTZ007 — a wall clock
        shifts.plan(
            first=datetime.combine(hours.first_of(today, days), clock),
            rrule=hours.rule_for(days, every=1, until=None),
            minutes=one["minutes"],
            zone=zone,
            regulars={turn.value: people.get(one.get(turn.value, "")) for turn in Turn},
            today=today,
        )
    for name, said in SAYS.items():
        supporters.say(people[name], **said)


@transaction.atomic
def put_on_duty(*names: str, for_hours: float = 2) -> Shift:
    """From this moment these people are on, the first named first on call, and nobody else is. For stories."""
    starts = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
    ends = starts + timedelta(hours=for_hours)
    Duty.objects.filter(shift__starts_at__lt=ends, shift__ends_at__gt=starts).delete()
    local = timezone.localtime(starts).replace(tzinfo=None)
    series = shifts.plan(
        first=local + timedelta(days=30), rrule="", minutes=60, zone=hours.zone(), today=local.date()
    )
    shift = Shift.objects.create(series=series, on=f"{local:%Y-%m-%dT%H:%M}", starts_at=starts, ends_at=ends)
    series.shifts.exclude(pk=shift.pk).delete()
    put_on(shift, *names)
    return shift


def put_on(shift: Shift, *names: str) -> None:
    """The first named is first on call."""
    for turn, name in zip(Turn, names, strict=False):
        Duty.objects.create(shift=shift, turn=turn.value, person=Person.objects.get(name=name))


def clear() -> None:
    """Not one shift is planned. For stories."""
    ShiftSeries.objects.all().delete()
