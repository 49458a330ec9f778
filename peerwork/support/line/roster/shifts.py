"""What can happen to shifts: they are planned, grow ahead, change from now on, are left out once, and end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Left
from django.utils.timezone import localdate, now

from peerwork.support.gatherings.times import of_wall, wall
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import hours, limits
from peerwork.support.line.roster.limits import key
from peerwork.support.line.roster.models import Duty, Regular, Shift, ShiftSeries

WEEKS_AHEAD, A_DAY = 8, timedelta(days=1)
DATE = len("2026-11-23")

type Regulars = Mapping[str, Any]


@transaction.atomic
def plan(  # noqa: PLR0913 — what a series is
    *,
    first: datetime,
    rrule: str,
    minutes: int,
    zone: str,
    regulars: Regulars | None = None,
    today: date | None = None,
) -> ShiftSeries:
    """Open the line at these hours, once or by a rule. `first` is a wall clock time in `zone`."""
    series = ShiftSeries.objects.create(first=wall(first), rrule=rrule, minutes=minutes, zone=zone)
    _set_regulars(series, regulars or {})
    grow(series, today=today or localdate())
    return series


@transaction.atomic
def grow(series: ShiftSeries, *, today: date) -> list[Shift]:
    """Make the shifts of the next eight weeks that are not there yet, with those on them who usually are."""
    there = set(series.shifts.values_list("on", flat=True))
    missing = [on for on in _open_dates(series, today) if wall(on) not in there]
    made = Shift.objects.bulk_create(
        [shift for shift in (_made(series, on) for on in missing) if shift.ends_at > now()]
    )
    _put_regulars_on(series, made)
    return made


def grow_all(today: date) -> int:
    """Every series lets go of what lies behind it, and gets its next shifts. Safe to repeat."""
    with transaction.atomic():
        for series in ShiftSeries.objects.select_for_update():
            _let_go_of_the_past(series, today)
    return sum(len(grow(series, today=today)) for series in ShiftSeries.objects.exclude(rrule=""))


@transaction.atomic
def change(  # noqa: PLR0913 — what a series is
    series: ShiftSeries,
    *,
    first: datetime,
    rrule: str,
    minutes: int,
    zone: str,
    regulars: Regulars,
    today: date | None = None,
) -> None:
    """From now on it is like this. A shift that has begun stays as it is, and a date left out stays left out.

    Whoever is on keeps a shift that became shorter. Nobody is on at hours they never said yes to: a shift that now runs
    at other hours is open again, unless they are usually on.
    """
    _hold_still(series)
    series.first, series.rrule, series.minutes, series.zone = wall(first), rrule, minutes, zone
    series.skipped = [on for on in series.skipped if _gives(series, on)]
    series.save()
    _set_regulars(series, regulars)
    moved = _follow_the_rule(series, today or localdate())
    grow(series, today=today or localdate())
    _put_regulars_on(series, moved)


@transaction.atomic
def skip(shift: Shift) -> list[str]:
    """Closed on this date only. Returns the names of those who were on, and are off."""
    series = ShiftSeries.objects.select_for_update().get(pk=shift.series_id)
    series.skipped = sorted({*series.skipped, shift.on[:DATE]})
    series.save(update_fields=["skipped"])
    were_on = list(shift.duties.order_by("turn").values_list("person__name", flat=True))
    shift.delete()
    return were_on


@transaction.atomic
def bring_back(series: ShiftSeries, on: str) -> None:
    """Open on that date after all, with those on who usually are. `on`: 2026-12-25."""
    _hold_still(series)
    series.skipped = [other for other in series.skipped if other != on]
    series.save(update_fields=["skipped"])
    grow(series, today=localdate())


@transaction.atomic
def end(series: ShiftSeries) -> None:
    """Nothing more of it from now on. A shift that has begun goes on to its end."""
    series.rrule, series.skipped = "", []
    series.save(update_fields=["rrule", "skipped"])
    Regular.objects.filter(series=series).delete()
    series.shifts.filter(starts_at__gt=now()).delete()
    if not series.shifts.exists():
        series.delete()


def _hold_still(series: ShiftSeries) -> None:
    """As it is now: a date that somebody closed a moment ago is closed."""
    series.refresh_from_db(from_queryset=ShiftSeries.objects.select_for_update())


def _let_go_of_the_past(series: ShiftSeries, today: date) -> None:
    """Of dates left out, those that are over; and of a rule that gives no more dates."""
    skipped = [on for on in series.skipped if on >= (today - A_DAY).isoformat()]
    rrule = series.rrule if _dates(series, today) else ""
    ShiftSeries.objects.filter(pk=series.pk).update(skipped=skipped, rrule=rrule)


def _open_dates(series: ShiftSeries, today: date) -> list[datetime]:
    return [on for on in _dates(series, today) if f"{on.date()}" not in series.skipped]


def _gives(series: ShiftSeries, on: str) -> bool:
    """Whether there is a shift on that date by its rule."""
    day = date.fromisoformat(on)
    return bool(hours.dates(series.first, rrule=series.rrule, between=(day, day)))


def _dates(series: ShiftSeries, today: date) -> list[datetime]:
    """Eight weeks, or up to the first date where that is further away. Yesterday's may still be running."""
    first = of_wall(series.first).date()
    until = max(today + timedelta(weeks=WEEKS_AHEAD), first)
    return hours.dates(series.first, rrule=series.rrule, between=(today - A_DAY, until))


def _made(series: ShiftSeries, on: datetime) -> Shift:
    starts, ends = hours.moments(on, series.minutes, series.zone)
    return Shift(series=series, on=wall(on), starts_at=starts, ends_at=ends)


def _follow_the_rule(series: ShiftSeries, today: date) -> list[Shift]:
    """Bring each shift to come in line: same day, new hours; or gone. Returns those whose hours moved."""
    wanted = {on.date(): on for on in _open_dates(series, today)}
    moved, gone, emptied = [], [], []
    for shift in series.shifts.filter(starts_at__gt=now()):
        on = wanted.get(of_wall(shift.on).date())
        made = _made(series, on) if on else None
        if made is None or made.starts_at <= now():
            gone.append(shift.pk)
        elif (made.on, made.starts_at, made.ends_at) != (shift.on, shift.starts_at, shift.ends_at):
            if made.starts_at < shift.starts_at or made.ends_at > shift.ends_at:
                emptied.append(shift.pk)
            made.pk = shift.pk
            moved.append((shift, made))
    Shift.objects.filter(pk__in=gone).delete()
    Duty.objects.filter(shift__in=emptied).delete()
    _move(moved)
    return [made for _shift, made in moved]


def _move(moved: Iterable[tuple[Shift, Shift]]) -> None:
    """All that move by the same hours move at once: those before a change of the clocks, and those after it."""
    together = defaultdict(list)
    for old, new in moved:
        together[new.starts_at - old.starts_at, new.ends_at - old.ends_at, new.on[DATE:]].append(old.pk)
    for (starts, ends, clock), keys in together.items():
        Shift.objects.filter(pk__in=keys).update(
            on=Concat(Left("on", DATE), Value(clock)),
            starts_at=F("starts_at") + starts,
            ends_at=F("ends_at") + ends,
        )


def _set_regulars(series: ShiftSeries, regulars: Regulars) -> None:
    Regular.objects.filter(series=series).delete()
    Regular.objects.bulk_create(
        [Regular(series=series, turn=turn, person=person) for turn, person in regulars.items() if person]
    )


def _put_regulars_on(series: ShiftSeries, shifts: list[Shift]) -> None:
    """As far as rest and hours allow. What they do not allow stays open, for everybody to see."""
    usual = list(Regular.objects.filter(series=series).order_by("turn"))
    if not usual or not shifts:
        return
    book = limits.open_book()
    spans = {who: list(book.spans.get(who, ())) for who in book.people}
    planned, made = book._replace(spans=spans), []
    taken = set(Duty.objects.filter(shift__in=shifts).values_list("shift", "turn"))
    for shift in sorted(shifts, key=lambda one: one.starts_at):
        span = limits.span_of(shift)
        for one in usual:
            is_alone = one.turn == Turn.SECOND and (shift.pk, Turn.FIRST) not in taken
            if (
                (shift.pk, one.turn) not in taken
                and not is_alone
                and not planned.why_not(key(one.person_id), span)
            ):
                taken.add((shift.pk, one.turn))
                spans[key(one.person_id)].append((key(shift.pk), span))
                made.append(Duty(shift=shift, person_id=one.person_id, turn=one.turn))
    Duty.objects.bulk_create(made)
