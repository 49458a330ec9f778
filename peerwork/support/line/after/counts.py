"""What waits in memory is written down: how often, by the week. Nobody's call, and no hour, can be read off it.

A number that goes up by one between two backups would say on which day somebody rang, and the roster who answered.
So what was counted waits in memory until ten calls are in it, or the week is over. Where the server is asked to stop,
fewer go on waiting there: a machine that loses its memory then loses a few counts, and nobody's secret.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from peerwork.ground.tallies import tallies
from peerwork.support.line.after.models import WeekCount
from peerwork.support.line.switchboard import counts as in_memory

ENOUGH = 10
UNDER = "line"
WAY, PROMISE = "way.", "promise."
# What a quarter knows of the line: how often it was asked, answered and kept its word. Never how long, or by which way.
IN_THE_QUARTER = frozenset({"end.talked", "promise.kept", "promise.broken"})


def write_down_what_is_enough(at: datetime) -> bool:
    """Each hour, and before the server rests. `at` is on the network's clock. Safe to repeat."""
    if calls_in(in_memory.waiting()) < ENOUGH:
        return False
    _empty_the_memory(on=at.date())
    return True


def write_down_the_week(at: datetime) -> bool:
    """Each hour. In the first hour of a Monday all that waits is of the week that is over, and goes into it."""
    an_hour_ago = (at - timedelta(hours=1)).date()
    if week_of(an_hour_ago) == week_of(at.date()):
        return write_down_what_is_enough(at)
    _empty_the_memory(on=an_hour_ago)
    return True


@transaction.atomic
def write_down(counted: Mapping[str, int], *, on: date) -> None:
    """All together or nothing. The week and the quarter learn a number each; neither has a field for anybody."""
    for what, how_many in sorted(counted.items()):
        _add(week_of(on), what, how_many)
        if what in IN_THE_QUARTER:
            tallies.add(f"{UNDER}.{what}", how_many, on=on)
    if calls := calls_in(counted):
        tallies.add(f"{UNDER}.asked", calls, on=on)


def calls_in(counted: Mapping[str, int]) -> int:
    """Every call came one way."""
    return sum(how_many for what, how_many in counted.items() if what.startswith(WAY))


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())


def _empty_the_memory(*, on: date) -> None:
    """Taken first, so that nothing is counted twice. What cannot be written down waits again."""
    counted = in_memory.take_all()
    try:
        write_down(counted, on=on)
    except BaseException:
        in_memory.give_back(counted)
        raise


def _add(week: date, what: str, how_many: int) -> None:
    WeekCount.objects.update_or_create(
        week=week,
        what=what,
        defaults={"count": F("count") + how_many},
        create_defaults={"count": how_many},
    )
