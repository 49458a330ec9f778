"""What happens the night after: hours go into everyone's own sealed log, and the seats are deleted.

One day at a time, in one transaction: either the whole day is settled, or none of it. A day on which
nothing was held is sealed like any other, so that a page in the log does not say that something was.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from peerwork.people.vault import log
from peerwork.support.gatherings.models import Gathering, Host, Seat

ONE_DAY = timedelta(days=1)
# A house that slept longer than this does not fill everybody's log with empty pages.
LONGEST_REST = timedelta(days=92)


def settle_past_days(today: date) -> int:
    """Settle every day before today, on the clock that is active. Safe to repeat. Returns how many days."""
    over = Gathering.objects.filter(is_settled=False, ends_at__date__lt=today).order_by("ends_at")
    held = {day: list(those) for day, those in groupby(over, key=lambda g: localdate(g.ends_at))}
    days = sorted({*held, *_days_to_seal(today, first=min(held, default=today - ONE_DAY))})
    for day in days:
        settle_day(day, held.get(day, []))
    return len(days)


def _days_to_seal(today: date, *, first: date) -> Iterator[date]:
    """Every day from the last one that was sealed up to yesterday. Before any was: from the first with something."""
    newest = log.newest_day()
    day = max(newest + ONE_DAY if newest else first, today - LONGEST_REST)
    while day < today:
        yield day
        day += ONE_DAY


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
