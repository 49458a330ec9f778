"""A quarter on one page. It knows kinds of gatherings and numbers; it was never told about people.

Numbers about gatherings (how many, how long, how regular) are shown as they are. Numbers about people
(places taken, how many came, hours) are shown only where nobody can be found in them: known_counts.py.

A kind's numbers about the same people go together, for each follows from another: how many came and how
long it usually takes give the hours. So where one kind is left out, the hours of all together are too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.ground.releases import known_counts
from peerwork.ground.tallies import quarters, tallies

MINUTES_IN_AN_HOUR = 60
DAYS_IN_A_WEEK = 7
TOTAL = "*"


class Measure(NamedTuple):
    """What is said about people, and the largest number seen at one time: so many different people at least.

    `within`: the number beside it that it cannot be larger than.
    """

    name: str
    most: str
    within: str | None = None


TAKEN = Measure("taken", "taken_most", within="offered")
CAME = Measure("came", "came_most")


@dataclass(frozen=True)
class Row:
    """One kind of gathering in one quarter. None: not shown, because somebody could be found in it."""

    name: str | Promise
    planned: int
    held: int
    off: int
    weeks: int
    weeks_in_quarter: int
    average_minutes: int
    offered: int
    counted: int
    taken: int | None
    came: int | None
    hours: float | None
    hides_taken: bool
    hides_came: bool
    hides_hours: bool


@dataclass(frozen=True)
class Summary:
    quarter: str
    rows: list[Row]
    total: Row
    is_closed: bool
    is_over: bool

    @property
    def when(self) -> str:
        return quarters.in_words(self.quarter)

    @property
    def hides_something(self) -> bool:
        return any(row.hides_taken or row.hides_came for row in [*self.rows, self.total])


type Counts = dict[str, int]


def of_quarter(quarter: str, *, kinds: Mapping[str, str | Promise], under: str, today: date) -> Summary:
    """Put the tallies of a quarter on a page. `kinds` gives each kind's code its name."""
    counts = {kind: _counts(kind, tallies.of_quarter(quarter, under=f"{under}.{kind}.")) for kind in kinds}
    rows, total = on_a_page(quarter, counts=counts, kinds=kinds)
    is_over = quarters.is_over(quarter, on=today)
    return Summary(quarter, rows, total, is_closed=tallies.is_closed(quarter), is_over=is_over)


def on_a_page(
    quarter: str, *, counts: Mapping[str, Counts], kinds: Mapping[str, str | Promise]
) -> tuple[list[Row], Row]:
    """A row for each kind that was planned, and all of them together, without what is hidden."""
    counts = {kind: found for kind, found in counts.items() if found.get("planned")}
    taken, came = _hidden(counts, TAKEN), _hidden(counts, CAME)
    rows = [
        _row(kinds[kind], found, quarter, hides=_hides(taken=kind in taken, came=kind in came))
        for kind, found in counts.items()
    ]
    hides = _hides(taken=TOTAL in taken, came=TOTAL in came) | ({"hours"} if came else set())
    return rows, _row(_("All together"), _sum(counts), quarter, hides=hides)


def _hides(*, taken: bool, came: bool) -> set[str]:
    return ({"taken"} if taken else set()) | ({"came", "hours"} if came else set())


def _counts(kind: str, found: Mapping[str, int]) -> Counts:
    return {what.rpartition(".")[2]: count for what, count in found.items() if what.split(".")[-2] == kind}


def _sum(counts: Mapping[str, Counts]) -> Counts:
    """Sums; of the largest numbers at one time the largest; no weeks, for two kinds may share a week."""
    total: Counts = {}
    for found in counts.values():
        for what, count in found.items():
            if what == "weeks":
                continue
            most = what.endswith("_most")
            total[what] = max(total.get(what, 0), count) if most else total.get(what, 0) + count
    return total


def _hidden(counts: Mapping[str, Counts], measure: Measure) -> set[str]:
    """The kinds left out of this measure; TOTAL among them where even the sum is of too few."""
    told = {kind: found for kind, found in counts.items() if measure.name in found}
    if told and not _is_safe(_sum(told), measure):
        return {*counts, TOTAL}
    out = {kind for kind, found in told.items() if not _is_safe(found, measure)}
    try:
        return _with_company(told, out, measure)
    except known_counts.CannotHide:
        return {*counts, TOTAL}


def _is_safe(found: Counts, measure: Measure) -> bool:
    return known_counts.is_safe(found.get(measure.name, 0), people=found.get(measure.most, 0))


def _with_company(told: Mapping[str, Counts], out: set[str], measure: Measure) -> set[str]:
    """As many more kinds as it takes, so that the total gives no hidden one away, nor a sum of too few."""
    table = {(kind, measure.name): found.get(measure.name, 0) for kind, found in told.items()}
    most = {
        (kind, measure.name): found[measure.within] for kind, found in told.items() if measure.within in found
    }
    beside = known_counts.Margins(rows=False, most=most)
    while out:
        cells = known_counts.hidden(table, [(kind, measure.name) for kind in out], margins=beside)
        out = {kind for kind, _measure in cells}
        if _is_safe(_sum({kind: told[kind] for kind in out}), measure):
            break
        out.add(min(told.keys() - out, key=lambda kind: (told[kind][measure.name], kind)))
    return out


def _row(name: str | Promise, found: Counts, quarter: str, *, hides: set[str]) -> Row:
    held, minutes = found.get("held", 0), found.get("person_minutes")
    days = (quarters.last_day(quarter) - quarters.first_day(quarter)).days + 1
    return Row(
        name=name,
        planned=found.get("planned", 0),
        held=held,
        off=found.get("off", 0),
        weeks=found.get("weeks", 0),
        weeks_in_quarter=round(days / DAYS_IN_A_WEEK),
        average_minutes=round(found.get("minutes", 0) / held) if held else 0,
        offered=found.get("offered", 0),
        counted=found.get("counted", 0),
        taken=None if "taken" in hides else found.get("taken"),
        came=None if "came" in hides else found.get("came"),
        hours=None if "hours" in hides or minutes is None else _hours(minutes),
        hides_taken="taken" in hides and "taken" in found,
        hides_came="came" in hides and "came" in found,
        hides_hours="hours" in hides and "came" in found,
    )


def _hours(minutes: int) -> float:
    """To one place behind the point, and none where there is nothing behind it."""
    hours = round(minutes / MINUTES_IN_AN_HOUR, 1)
    return int(hours) if hours.is_integer() else hours
