"""Questions about the ledger: what the year's privacy was spent on, what is left, and what there is no room for."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.utils.functional import Promise

from peerwork.ground.releases import counting, ledger
from peerwork.ground.releases.models import Charge
from peerwork.ground.tallies import quarters
from peerwork.insight.released import wording
from peerwork.insight.released.wording import POPULATIONS, in_whole


def lines(since: str = "") -> list[dict[str, Any]]:
    """The ledger as it can be read, newest first: from a quarter on, or all of it."""
    found = Charge.objects.filter(quarter__gte=since).order_by("-place")
    names, when = wording.names(line.period for line in found), cache(quarters.in_words)
    return [
        {
            "place": line.place,
            "name": wording.name_of(line.period, names),
            "question": line.question,
            "about": POPULATIONS.get(line.population, line.population),
            "quarter": when(line.quarter),
            "cost": in_whole(line.cost, places=6),
            "mark": line.mark,
        }
        for line in found
    ]


def a_year_ago(today: date) -> str:
    """The first of the four quarters that the year's privacy is counted over."""
    quarter = quarters.of(today)
    for _step in range(ledger.RUN - 1):
        quarter = quarters.before(quarter)
    return quarter


class Left(NamedTuple):
    """What a population has left of the year's privacy, in words and of the whole."""

    about: str | Promise
    says: str
    millionths: int


def left(today: date) -> list[Left]:
    quarter = quarters.of(today)
    found = [(POPULATIONS[whose], ledger.left(whose, quarter)) for whose in ("peers", "members")]
    return [Left(about, in_whole(millionths), millionths) for about, millionths in found]


def waiting() -> list[tuple[str, str]]:
    """What is over and was not counted, and why."""
    found = counting.waiting()
    names = wording.names(period for period, _why in found)
    return [(wording.name_of(period, names), why) for period, why in found]
