"""What can happen to a series: it is planned, grows new dates, changes from now on, and ends."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from peerwork.support.gatherings import seats, times
from peerwork.support.gatherings.models import WHAT_IT_IS, Gathering, Host, Series

WEEKS_AHEAD = 26


@transaction.atomic
def plan(
    *, first: datetime, rrule: str = "", hosts: Iterable = (), today: date | None = None, **what: Any
) -> Series:
    """Put something in the calendar, once or by a rule. `first` is a wall clock time in `zone`."""
    series = Series.objects.create(first=times.wall(first), rrule=rrule, **what)
    grow(series, today=today or localdate(), hosts=list(hosts))
    return series


@transaction.atomic
def grow(series: Series, *, today: date, hosts: list | None = None) -> list[Gathering]:
    """Make the gatherings of the next half year that are not there yet. Past dates are never made."""
    there = set(series.gatherings.values_list("on", flat=True))
    missing = [
        when for when in dates_of(series, between=_ahead(series, today)) if times.wall(when) not in there
    ]
    made = Gathering.objects.bulk_create([_made(series, when) for when in missing])
    _give_hosts(made, hosts if hosts is not None else _hosts_so_far(series))
    return made


def grow_all(today: date) -> int:
    """Every series that repeats gets its next dates. Safe to repeat."""
    return sum(len(grow(series, today=today)) for series in Series.objects.exclude(rrule=""))


@transaction.atomic
def change(
    series: Series,
    *,
    first: datetime,
    rrule: str,
    hosts: Iterable | None = None,
    today: date | None = None,
    **what: Any,
) -> None:
    """From now on it is like this. What was held, and dates changed by themselves, stay as they are.

    A date the new rule does not give is called off where somebody keeps a seat, so that they can see it;
    otherwise it goes. Without `hosts`, whoever facilitates goes on.
    """
    today = today or localdate()
    hosts = _hosts_so_far(series) if hosts is None else list(hosts)
    if (series.first, series.rrule, series.zone) != (times.wall(first), rrule, what["zone"]):
        # Dates added or left out by hand make sense only while the rule itself stays.
        series.extra, series.skipped = [], []
    for name, says in {"first": times.wall(first), "rrule": rrule, **what}.items():
        setattr(series, name, says)
    series.save()
    _follow_the_rule(series, today)
    grow(series, today=today)
    _set_hosts(series, hosts)
    seats.let_go_of_those_kept_out(series.gatherings.filter(ends_at__gt=now()))


@transaction.atomic
def end(series: Series) -> None:
    """Nothing more of it from now on."""
    series.rrule = ""
    series.save(update_fields=["rrule"])
    for gathering in _to_come(series):
        _let_go(gathering)


def dates_of(series: Series, *, between: tuple[date, date]) -> list[datetime]:
    return times.dates(
        series.first,
        rrule=series.rrule,
        zone=series.zone,
        extra=series.extra,
        skipped=series.skipped,
        between=between,
    )


def what_it_is(thing: Any) -> dict[str, Any]:
    """The words a series and its gatherings share."""
    return {name: getattr(thing, name) for name in WHAT_IT_IS}


def _made(series: Series, when: datetime) -> Gathering:
    starts = times.moment(when, series.zone)
    ends = starts + timedelta(minutes=series.minutes)
    return Gathering(series=series, on=times.wall(when), starts_at=starts, ends_at=ends, **what_it_is(series))


def _follow_the_rule(series: Series, today: date) -> None:
    """Bring each date to come in line with the rule: same day, new time; or a day that is no longer in it."""
    wanted = {when.date(): when for when in dates_of(series, between=_ahead(series, today))}
    for gathering in _to_come(series):
        when = wanted.get(times.of_wall(gathering.on).date())
        if when is None:
            _let_go(gathering)
        elif not gathering.is_own:
            made = _made(series, when)
            for name in ("on", "starts_at", "ends_at", *WHAT_IT_IS):
                setattr(gathering, name, getattr(made, name))
            gathering.save()


def _ahead(series: Series, today: date) -> tuple[date, date]:
    """Half a year, or up to the first date where that is further away: a series always has a date."""
    return today, max(today + timedelta(weeks=WEEKS_AHEAD), times.of_wall(series.first).date())


def _to_come(series: Series) -> list[Gathering]:
    return list(series.gatherings.filter(starts_at__gt=now()).order_by("starts_at"))


def _let_go(gathering: Gathering) -> None:
    if gathering.seats.exists():
        gathering.is_off = True
        gathering.save(update_fields=["is_off"])
    else:
        gathering.delete()


def _hosts_so_far(series: Series) -> list:
    """Whoever facilitated the latest date that still has hosts, goes on."""
    latest = (
        Host.objects.filter(gathering__series=series, part=Host.Part.FACILITATES)
        .order_by("-gathering__on")
        .first()
    )
    if latest is None:
        return []
    return [
        h.person for h in latest.gathering.hosts.filter(part=Host.Part.FACILITATES).select_related("person")
    ]


def _set_hosts(series: Series, people: list) -> None:
    to_come = [gathering for gathering in _to_come(series) if not gathering.is_own]
    Host.objects.filter(gathering__in=to_come, part=Host.Part.FACILITATES).delete()
    _give_hosts(to_come, people)


def _give_hosts(gatherings: list[Gathering], people: list) -> None:
    Host.objects.bulk_create(
        [Host(gathering=gathering, person=person) for gathering in gatherings for person in people],
        ignore_conflicts=True,
    )
