"""A quarter on one page. It knows kinds of gatherings and numbers; it was never told about people.

Numbers about gatherings (how many, how long, how regular) are shown as they are. Numbers about people
(places taken, how many came, hours) are shown only where nobody can be found in them: known_counts.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.ground.releases import known_counts
from peerwork.ground.tallies import quarters, tallies

MINUTES_IN_AN_HOUR = 60
DAYS_IN_A_WEEK = 7
# What is said about people, and the largest number seen at one time: so many different people at least.
# The hours follow from how many came, so they are shown together or not at all.
TAKEN = (("taken",), "taken_most")
CAME = (("came", "person_minutes"), "came_most")


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


def of_quarter(quarter: str, *, kinds: Mapping[str, str | Promise], under: str, today) -> Summary:
    """Put the tallies of a quarter on a page. `kinds` gives each kind's code its name."""
    counts = {kind: _counts(kind, tallies.of_quarter(quarter, under=f"{under}.{kind}.")) for kind in kinds}
    counts = {kind: found for kind, found in counts.items() if found.get("planned")}
    hidden = [_hidden(counts, *TAKEN), _hidden(counts, *CAME)]
    rows = [
        _row(kinds[kind], found, quarter, *(kind in out for out in hidden)) for kind, found in counts.items()
    ]
    total = _row(_("All together"), _sum(counts), quarter, *(TOTAL in out for out in hidden))
    is_over = quarters.is_over(quarter, on=today)
    return Summary(quarter, rows, total, is_closed=tallies.is_closed(quarter), is_over=is_over)


TOTAL = "*"
type Counts = dict[str, int]


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


def _hidden(counts: Mapping[str, Counts], measures: tuple[str, ...], most: str) -> set[str]:
    """The kinds left out of these measures; TOTAL among them where even the sum is of too few."""
    told = {kind: found for kind, found in counts.items() if measures[0] in found}
    if told and not _is_safe(_sum(told), measures[0], most):
        return {*counts, TOTAL}
    out = {kind for kind, found in told.items() if not _is_safe(found, measures[0], most)}
    try:
        while (more := _with_company(told, out, measures)) != out:
            out = more
    except known_counts.CannotHide:
        return {*counts, TOTAL}
    return out


def _is_safe(found: Counts, measure: str, most: str) -> bool:
    return known_counts.is_safe(found.get(measure, 0), people=found.get(most, 0))


def _with_company(told: Mapping[str, Counts], out: set[str], measures: tuple[str, ...]) -> set[str]:
    """As many more kinds as it takes, so that no measure's total gives a hidden one away."""
    for what in measures:
        table = {(kind, what): found.get(what, 0) for kind, found in told.items()}
        unsafe = [(kind, what) for kind in out]
        out = {
            kind for kind, _w in known_counts.hidden(table, unsafe, margins=known_counts.Margins(rows=False))
        }
    return out


def _row(name: str | Promise, found: Counts, quarter: str, hides_taken: bool, hides_came: bool) -> Row:  # noqa: FBT001
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
        taken=None if hides_taken else found.get("taken"),
        came=None if hides_came else found.get("came"),
        hours=None if hides_came or minutes is None else round(minutes / MINUTES_IN_AN_HOUR, 1),
        hides_taken=hides_taken and "taken" in found,
        hides_came=hides_came and "came" in found,
    )
