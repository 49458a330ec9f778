"""What can happen to a count: heads are counted, and they go into the quarter's numbers once.

A head count, not a list. The tallies know kinds and quarters; they know no person and no date.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now

from peerwork.ground.tallies import tallies
from peerwork.support.gatherings.models import Gathering

DAYS_TO_COUNT = 14
UNDER = "gatherings"


class AlreadyTallied(Exception):
    """The numbers are in. They can no longer change."""


@transaction.atomic
def count(gathering: Gathering, *, heads: int, minutes: int, employers: int | None = None) -> None:
    """How many came and how long it took. Raises AlreadyTallied once the quarter has it."""
    fresh = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if fresh.is_tallied or not fresh.counted:
        raise AlreadyTallied
    fresh.heads, fresh.minutes, fresh.employers = heads, minutes, employers
    # It is over, however long it took: a slip of the finger must not open it again.
    fresh.ends_at = min(fresh.starts_at + timedelta(minutes=minutes), now())
    fresh.save(update_fields=["heads", "minutes", "employers", "ends_at"])


@transaction.atomic
def tally_what_is_due(today: date) -> int:
    """Put every settled gathering into the numbers: at once when counted, after two weeks when not."""
    due = Gathering.objects.select_for_update().filter(is_settled=True, is_tallied=False)
    long_ago = today - timedelta(days=DAYS_TO_COUNT)
    due = due.filter(
        Q(counted=False) | Q(is_off=True) | Q(heads__isnull=False) | Q(ends_at__date__lt=long_ago)
    )
    for gathering in due:
        tally(gathering)
    return len(due)


def tally(gathering: Gathering) -> None:
    day = localdate(gathering.starts_at)
    name = f"{UNDER}.{gathering.kind}"
    tallies.add(f"{name}.planned", on=day)
    if gathering.is_off:
        tallies.add(f"{name}.off", on=day)
    else:
        _tally_held(gathering, name, day)
    gathering.is_tallied = True
    gathering.save(update_fields=["is_tallied"])


def _tally_held(gathering: Gathering, name: str, day: date) -> None:
    tallies.add(f"{name}.held", on=day)
    tallies.add(f"{name}.minutes", gathering.minutes, on=day)
    if _is_first_of_its_week(gathering, day):
        tallies.add(f"{name}.weeks", on=day)
    if gathering.capacity and gathering.places_taken is not None:
        tallies.add(f"{name}.offered", gathering.capacity, on=day)
        tallies.add(f"{name}.taken", gathering.places_taken, on=day)
        tallies.add_most(f"{name}.taken_most", gathering.places_taken, on=day)
    if gathering.heads is not None:
        tallies.add(f"{name}.counted", on=day)
        tallies.add(f"{name}.came", gathering.heads, on=day)
        tallies.add_most(f"{name}.came_most", gathering.heads, on=day)
        tallies.add(f"{name}.person_minutes", gathering.heads * gathering.minutes, on=day)


def _is_first_of_its_week(gathering: Gathering, day: date) -> bool:
    """Of those of its kind already in the numbers, is it the first in its week?"""
    monday = day - timedelta(days=day.weekday())
    week = (monday, monday + timedelta(days=6))
    same = Gathering.objects.filter(
        kind=gathering.kind, is_tallied=True, is_off=False, starts_at__date__range=week
    )
    return not same.exclude(pk=gathering.pk).exists()
