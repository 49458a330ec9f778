"""What happens the night after: hours go into everyone's own sealed log, and the seats are deleted.

One day at a time, in one transaction: either the whole day is settled, or none of it.
"""

from collections import defaultdict
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from peerwork.people.vault import log
from peerwork.support.gatherings.models import Gathering, Host, Seat


def settle_past_days(today: date) -> int:
    """Settle every day before today, on the clock that is active. Safe to repeat. Returns how many days."""
    over = Gathering.objects.filter(is_settled=False, ends_at__date__lt=today).order_by("ends_at")
    days = [(day, list(held)) for day, held in groupby(over, key=lambda g: localdate(g.ends_at))]
    for day, held in days:
        settle_day(day, held)
    return len(days)


@transaction.atomic
def settle_day(day: date, gatherings: list[Gathering]) -> None:
    hours = defaultdict[UUID, list[tuple[str, int]]](list)
    for gathering in gatherings:
        for person in _who_was_there(gathering):
            hours[person].append((str(gathering.get_kind_display()), gathering.minutes))
        _close(gathering)
    log.seal_day(day, hours)


def _who_was_there(gathering: Gathering) -> set[UUID]:
    """Those with a seat, and those who held the room. Nobody, where it was called off."""
    if gathering.is_off:
        return set()
    seated = Seat.objects.filter(gathering=gathering, state=Seat.State.KEPT).values_list("person", flat=True)
    return {*seated, *Host.objects.filter(gathering=gathering).values_list("person", flat=True)}


def _close(gathering: Gathering) -> None:
    if gathering.counted and not gathering.is_off:
        gathering.places_taken = gathering.seats.filter(state=Seat.State.KEPT).count()
    gathering.is_settled = True
    gathering.save(update_fields=["places_taken", "is_settled"])
    gathering.seats.all().delete()
