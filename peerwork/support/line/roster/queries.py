"""Questions about the roster. Those who answer and those who plan may ask them; policy.py says who that is."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import now

from peerwork.support.line.engine.words import Turn
from peerwork.support.line.policy import knows_the_roster, plans_the_line
from peerwork.support.line.roster.limits import Broken, Key, Why, as_text, key
from peerwork.support.line.roster.models import Duty, Regular, Shift, ShiftSeries, SwapOffer

AHEAD = timedelta(weeks=8)


def shifts_known_to(person) -> QuerySet[Shift]:
    """Every shift that is not over. Pages start here."""
    if not knows_the_roster(person):
        return Shift.objects.none()
    duties = Prefetch("duties", Duty.objects.select_related("person").order_by("turn"), to_attr="on_it")
    return Shift.objects.filter(ends_at__gt=now()).prefetch_related(duties).order_by("starts_at")


def duty_known_to(person, said: str) -> Duty:
    """The one a form names as `shift.turn`. Raises Broken where it is not there, or not any more."""
    shift, _dot, turn = said.partition(".")
    duties = Duty.objects.filter(turn=turn, shift__ends_at__gt=now()).select_related("person", "shift")
    for duty in duties if knows_the_roster(person) else ():
        if str(duty.shift_id) == shift:
            return duty
    raise Broken(Why.OVER)


def series_planned_by(person) -> QuerySet[ShiftSeries]:
    """Those of which something is to come, or running; and those with a date that could be opened again."""
    goes_on = Q(rrule__gt="") | ~Q(skipped=[]) | Q(shifts__ends_at__gt=now())
    known = ShiftSeries.objects.filter(goes_on).distinct().order_by("first", "pk")
    return known if plans_the_line(person) else known.none()


def offers_known_to(person) -> QuerySet[SwapOffer]:
    """Offers this person made, and offers made to them, of shifts that have not begun."""
    offers = SwapOffer.objects.filter(mine__shift__starts_at__gt=now(), theirs__shift__starts_at__gt=now())
    offers = offers.select_related("mine__shift", "theirs__shift", "mine__person", "theirs__person")
    mine = offers.filter(mine__person=person.pk) | offers.filter(theirs__person=person.pk)
    return mine.order_by("mine__shift__starts_at")


def regulars_of(series: ShiftSeries) -> dict[str, Any]:
    return dict(Regular.objects.filter(series=series).values_list("turn", "person"))


class Held(NamedTuple):
    """Who is on in one turn of a shift. `person` is their number without dashes (limits.key)."""

    name: str
    person: Key
    wants_out: bool


class Row(NamedTuple):
    """One shift, as lists show it."""

    shift: UUID
    starts: datetime
    ends: datetime
    held: dict[str, Held]


def rows(since: datetime, until: datetime) -> list[Row]:
    """Every shift that meets this time, in order, with who is on. Two questions, however many there are."""
    shifts = Shift.objects.filter(starts_at__lt=until, ends_at__gt=since).order_by("starts_at", "pk")
    duties = Duty.objects.filter(shift__starts_at__lt=until, shift__ends_at__gt=since)
    held: dict[str, dict[str, Held]] = {}
    told = duties.values_list(as_text("shift"), "turn", "person__name", as_text("person"), "wants_out")
    for shift, turn, name, person, wants_out in told:
        held.setdefault(shift.replace("-", ""), {})[turn] = Held(name, person.replace("-", ""), wants_out)
    found = shifts.values_list("pk", "starts_at", "ends_at")
    return [Row(pk, starts, ends, held.get(pk.hex, {})) for pk, starts, ends in found]


def own_rows(person, since: datetime) -> list[Row]:
    """This person's shifts that begin then or later, without anybody else's name."""
    duties = Duty.objects.filter(person=person, shift__starts_at__gte=since).order_by("shift__starts_at")
    told = duties.values_list("shift", "shift__starts_at", "shift__ends_at", "turn", "wants_out")
    return [
        Row(shift, starts, ends, {turn: Held(person.name, key(person.pk), wants_out)})
        for shift, starts, ends, turn, wants_out in told
    ]


def swaps_for(mine: Duty, rows_ahead: Iterable[Row]) -> list[tuple[Row, Turn]]:
    """Turns others have, that could be asked for in return."""
    return [
        (row, turn)
        for row in rows_ahead
        for turn in Turn
        if turn in row.held and key(mine.person_id) not in {one.person for one in row.held.values()}
    ]
