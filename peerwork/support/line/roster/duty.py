"""Who can be rung, and when. The roster alone says so: paused people, and people who rest, are not in it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from peerwork.support.line.engine.words import OnDuty, Turn
from peerwork.support.line.roster import load, rest, supporters
from peerwork.support.line.roster.models import Duty

FAR = timedelta(days=60)
# Longer than anybody is on duty without a break.
LONGEST = timedelta(hours=48)


class Stretch(NamedTuple):
    """Somebody can be rung from here to there."""

    person: UUID
    starts: datetime
    ends: datetime
    turn: Turn


def stretches(since: datetime, until: datetime) -> list[Stretch]:
    """Every duty that meets this time, in order. A rest cuts off what lies in it."""
    rests = rest.until()
    rows = Duty.objects.filter(
        shift__starts_at__lt=until, shift__ends_at__gt=since, person__in=supporters.answering()
    )
    told = rows.order_by("shift__starts_at").values_list(
        "person", "shift__starts_at", "shift__ends_at", "turn"
    )
    cut = [
        Stretch(who, max(starts, rests.get(who, starts)), ends, Turn(turn))
        for who, starts, ends, turn in told
    ]
    return sorted((one for one in cut if one.starts < one.ends), key=lambda one: one.starts)


def on_duty(at: datetime, clock: float) -> tuple[OnDuty, ...]:
    """Everybody who can be rung at this moment, and until when on that clock. Where nobody is first, the second is."""
    here = _here(at, stretches(at, at + LONGEST))
    sides, loads = supporters.sides(here), load.loads()
    is_any_first = any(one.turn is Turn.FIRST for one in here.values())
    return tuple(
        OnDuty(
            person=str(who),
            side=sides[who],
            until=clock + (one.ends - at).total_seconds(),
            turn=one.turn if is_any_first else Turn.FIRST,
            load=loads.get(who, 0),
        )
        for who, one in here.items()
    )


def _here(at: datetime, found: Iterable[Stretch]) -> dict[UUID, Stretch]:
    """Who is on at this moment, with duties that follow on one another joined."""
    here: dict[UUID, Stretch] = {}
    for one in found:
        before = here.get(one.person)
        if before is None and one.starts <= at < one.ends:
            here[one.person] = one
        elif before is not None and one.starts <= before.ends:
            here[one.person] = before._replace(ends=max(before.ends, one.ends))
    return here


def people_between(at: datetime, until: datetime) -> Mapping[UUID, Any]:
    """Who is on duty at any time between, each once, in the order they come."""
    return {one.person: one for one in reversed(stretches(at, until))}
