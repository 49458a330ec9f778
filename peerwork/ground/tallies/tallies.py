"""What can happen to a tally: it goes up. No verb here takes a person, so none can be kept."""

from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest

from peerwork.ground.tallies import quarters
from peerwork.ground.tallies.models import Closing, Tally


class NotOver(Exception):
    """A quarter can be closed only when its last day has passed."""


def add(what: str, how_many: int = 1, *, on: date) -> None:
    """Count that this happened in the quarter of that day, and forget the rest."""
    Tally.objects.update_or_create(
        what=what,
        quarter=open_quarter(on),
        defaults={"count": F("count") + how_many},
        create_defaults={"count": how_many},
    )


def add_most(what: str, how_many: int, *, on: date) -> None:
    """Keep the largest number seen at one time in the quarter."""
    Tally.objects.update_or_create(
        what=what,
        quarter=open_quarter(on),
        defaults={"count": Greatest(F("count"), how_many)},
        create_defaults={"count": how_many},
    )


def close(quarter: str, *, today: date) -> None:
    """From now on these numbers stay as they are."""
    if not quarters.is_over(quarter, on=today):
        raise NotOver(quarter)
    Closing.objects.get_or_create(quarter=quarter)


def is_closed(quarter: str) -> bool:
    return Closing.objects.filter(quarter=quarter).exists()


def open_quarter(day: date) -> str:
    """The quarter of that day, or the next one still open: a late count never changes a closed quarter."""
    quarter = quarters.of(day)
    closed = set(Closing.objects.filter(quarter__gte=quarter).values_list("quarter", flat=True))
    while quarter in closed:
        quarter = quarters.after(quarter)
    return quarter


def of_quarter(quarter: str, *, under: str) -> dict[str, int]:
    """Every tally of a quarter whose name starts with `under`."""
    kept = Tally.objects.filter(quarter=quarter, what__startswith=under)
    return dict(kept.values_list("what", "count"))


def quarters_with_tallies() -> list[str]:
    return list(Tally.objects.values_list("quarter", flat=True).distinct())
