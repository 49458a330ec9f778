"""How much of the line somebody carried lately: one number, for the person alone and for what is offered next.

An hour first on call weighs two, an hour in the second place one. Something hard weighs as much as a whole shift. Each
Monday all of it is halved, so that a hard month does not follow anybody for a year.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.support.line.roster.models import TURNS, Duty, Load, Shift, rested_since

FIRST, SECOND = (value for value, _words in TURNS)
WEIGHS = {FIRST: 2, SECOND: 1}
HARD = 8
# About one shift first on call lately, and about three.
A_PART, A_LOT = HARD, 3 * HARD


def load_of(person) -> int:
    return loads().get(person.pk, 0)


def loads() -> dict[UUID, int]:
    """Everybody's, for the engine and for fair offers. No page shows it."""
    today = localdate()
    return {kept.person_id: _by_now(kept, today) for kept in Load.objects.all()}


def in_words(points: int) -> str:
    """Somebody's own load, for them alone. No figure: it would ask to be compared."""
    if points == 0:
        return _("Lately the line has asked nothing of you.")
    if points < A_PART:
        return _("You carried a little of the line lately.")
    if points < A_LOT:
        return _("You carried your part of the line lately.")
    return _("You carried a lot of the line lately. Others are asked before you.")


@transaction.atomic
def add(person, points: int) -> None:
    kept, _is_new = Load.objects.select_for_update().get_or_create(
        person=person, defaults={"week": _monday(localdate())}
    )
    Load.objects.filter(pk=kept.pk).update(
        points=_by_now(kept, localdate()) + points, week=_monday(localdate())
    )


@transaction.atomic
def settle(today: date) -> None:
    """What was carried becomes a number, and a shift goes with the names in it, once the rest after it is over.

    Safe to repeat.
    """
    _halve(today)
    over = Shift.objects.filter(ends_at__lt=rested_since())
    for duty in Duty.objects.filter(shift__in=over).select_related("shift", "person"):
        add(duty.person, _weight(duty))
    over.delete()


def _halve(today: date) -> None:
    """All of them at once, so that the week beside each says nothing of anybody."""
    for kept in Load.objects.filter(week__lt=_monday(today)):
        Load.objects.filter(pk=kept.pk).update(points=_by_now(kept, today))
    Load.objects.update(week=_monday(today))
    Load.objects.filter(points=0).delete()


def _by_now(kept: Load, today: date) -> int:
    return kept.points >> max(0, (_monday(today) - kept.week).days // 7)


def _weight(duty: Duty) -> int:
    hours = (duty.shift.ends_at - duty.shift.starts_at) / timedelta(hours=1)
    return round(hours * WEIGHS[duty.turn])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
