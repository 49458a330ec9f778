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
# The measures about people, each with the largest number seen at one time, which stands for "at least so many".
ABOUT_PEOPLE = {"taken": "taken_most", "came": "came_most", "person_minutes": "came_most"}


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
    hides: bool


@dataclass(frozen=True)
class Summary:
    quarter: str
    rows: list[Row]
    total: Row
    is_closed: bool
    is_over: bool

    @property
    def hides_something(self) -> bool:
        return any(row.hides for row in [*self.rows, self.total])


def of_quarter(quarter: str, *, kinds: Mapping[str, str | Promise], under: str, today) -> Summary:
    """Put the tallies of a quarter on a page. `kinds` gives each kind's code its name."""
    counts = {kind: _counts(kind, tallies.of_quarter(quarter, under=f"{under}.{kind}.")) for kind in kinds}
    counts = {kind: found for kind, found in counts.items() if found.get("planned")}
    hidden = _hidden(counts)
    total = _sum(counts)
    return Summary(
        quarter=quarter,
        rows=[_row(kinds[kind], found, quarter, hides=kind in hidden) for kind, found in counts.items()],
        total=_row(_("All together"), total, quarter, hides=TOTAL in hidden),
        is_closed=tallies.is_closed(quarter),
        is_over=quarters.is_over(quarter, on=today),
    )


TOTAL = "*"
type Counts = dict[str, int]


def _counts(kind: str, found: Mapping[str, int]) -> Counts:
    return {what.rpartition(".")[2]: count for what, count in found.items() if what.split(".")[-2] == kind}


def _sum(counts: Mapping[str, Counts]) -> Counts:
    """Sums, and for the largest number at one time the largest of them."""
    total: Counts = {}
    for found in counts.values():
        for what, count in found.items():
            most = what.endswith("_most")
            total[what] = max(total.get(what, 0), count) if most else total.get(what, 0) + count
    return total


def _hidden(counts: Mapping[str, Counts]) -> set[str]:
    """The kinds whose numbers about people are left out, TOTAL among them where even the sum is too few.

    One kind hides in all its measures at once: how many came can be worked out from the hours.
    """
    out = {kind for kind, found in counts.items() if not _is_safe(found)}
    if not _is_safe(_sum(counts)):
        return {*counts, TOTAL}
    try:
        while (more := out | _company_for(counts, out)) != out:
            out = more
    except known_counts.CannotHide:
        return {*counts, TOTAL}
    return out


def _is_safe(found: Counts) -> bool:
    """Every number about people that would be shown has enough contacts and enough people behind it."""
    return all(
        known_counts.is_safe(found.get(what, 0) if what != "person_minutes" else found.get("came", 0), people=found.get(most, 0))
        for what, most in ABOUT_PEOPLE.items()
        if what in found
    )


def _company_for(counts: Mapping[str, Counts], out: set[str]) -> set[str]:
    """More kinds to hide, so that no total gives a hidden one away, in any of the measures."""
    more = set[str]()
    for what in ABOUT_PEOPLE:
        table = {(kind, what): found[what] for kind, found in counts.items() if what in found}
        unsafe = [cell for cell in table if cell[0] in out]
        if unsafe:
            more |= {kind for kind, _w in known_counts.hidden(table, unsafe, margins=known_counts.Margins(rows=False))}
    return more


def _row(name: str | Promise, found: Counts, quarter: str, *, hides: bool) -> Row:
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
        taken=None if hides else found.get("taken"),
        came=None if hides else found.get("came"),
        hours=None if hides or minutes is None else round(minutes / MINUTES_IN_AN_HOUR, 1),
        hides=hides,
    )
