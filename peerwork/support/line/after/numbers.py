"""The line in numbers: by week, of everybody together. Coordinators and those who answer see the same page.

A week with fewer than five calls shows none of its numbers. Every four weeks the small ones among them are shown as
one, where there are several and enough together. Four weeks stay the same four for ever, and a week that was shown
alone stays alone. So nobody finds a small one by subtracting, today's page from last week's neither.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peerwork.ground.packs import packs
from peerwork.support.line.after.counts import calls_in, week_of
from peerwork.support.line.after.models import WeekCount

ENOUGH = 5
A_BLOCK = 4
BLOCKS = 3
A_WEEK = timedelta(days=7)
MEASURES = {
    "talked": ("wait.under_1", "wait.1_3", "wait.3_10", "wait.over_10"),
    "waited": ("wait.3_10", "wait.over_10"),
    "back": ("back.in_time",),
    "nobody": ("end.expired", "end.no_way_back"),
    "kept": ("promise.kept",),
    "broken": ("promise.broken",),
}
type Counts = Mapping[str, int]


@dataclass(frozen=True)
class Row:
    """One week, or several small ones together. `asked` is None where they are fewer than five: then all are."""

    weeks: tuple[date, ...]
    asked: int | None = None
    talked: int | None = None
    waited: int | None = None
    back: int | None = None
    nobody: int | None = None
    kept: int | None = None
    broken: int | None = None

    @property
    def name(self) -> str:
        """`3 Aug`, or `3 Aug – 17 Aug` for the small ones between: the Mondays."""
        ends = dict.fromkeys((self.weeks[0], self.weeks[-1])) if self.weeks else {}
        return " – ".join(date_format(week, "j M") for week in ends)


@dataclass(frozen=True)
class Numbers:
    """The rows, oldest first, and what is shown of them together."""

    rows: list[Row]
    total: Row

    @property
    def hides_something(self) -> bool:
        return any(row.asked is None for row in self.rows)

    @property
    def share(self) -> int | None:
        """Of a hundred calls that we gave our word for, how many we kept it to. None: too few to say."""
        promised = (self.total.kept or 0) + (self.total.broken or 0)
        return round(100 * (self.total.kept or 0) / promised) if promised >= ENOUGH else None


def lately(today: date) -> Numbers:
    """Twelve weeks that are over, or a few more. One question."""
    weeks = _weeks(today)
    counts: dict[date, Counter[str]] = {week: Counter() for week in weeks}
    for week, what, count in WeekCount.objects.filter(week__in=weeks).values_list("week", "what", "count"):
        counts[week][what] += count
    rows = [row for _block, some in groupby(weeks, _block_of) for row in _rows(list(some), counts, today)]
    shown = [week for row in rows if row.asked is not None for week in row.weeks]
    return Numbers(rows, _row(shown, counts))


def target() -> int:
    """Of a hundred calls, to how many the network wants to keep its word."""
    return round(100 * float(packs.load("support_line")["promise_defaults"]["target_share"]))


def how_well(numbers: Numbers) -> str:
    """The promise in one sentence."""
    said = {"share": numbers.share, "target": target()}
    if numbers.share is None:
        return _("Too few calls to say how often we kept our word.")
    if numbers.share >= target():
        return _("We kept our word %(share)s times out of 100. We wanted to reach %(target)s.") % said
    return (
        _("We kept our word %(share)s times out of 100. That is less than the %(target)s we want to reach.")
        % said
    )


def _weeks(today: date) -> list[date]:
    """Whole blocks, and what is over of the one that runs."""
    last = week_of(today) - A_WEEK
    first = last
    while _block_of(first) > _block_of(last) - BLOCKS or _block_of(first - A_WEEK) == _block_of(first):
        first -= A_WEEK
    return [first + at * A_WEEK for at in range((last - first).days // 7 + 1)]


def _block_of(week: date) -> int:
    return week.toordinal() // 7 // A_BLOCK


def _rows(weeks: list[date], counts: Mapping[date, Counts], today: date) -> list[Row]:
    """Each week of a block that can stand alone; of the small ones all together, once the block is over."""
    small = [week for week in weeks if calls_in(counts[week]) < ENOUGH]
    rows = [_row([week], counts) for week in weeks if week not in small]
    is_over = _block_of(week_of(today)) > _block_of(weeks[0])
    together = sum(calls_in(counts[week]) for week in small)
    if is_over and together >= ENOUGH:
        rows.append(_row(small, counts))
    else:
        rows += [Row((week,)) for week in small]
    return sorted(rows, key=lambda row: row.weeks)


def _row(weeks: list[date], counts: Mapping[date, Counts]) -> Row:
    total: Counter[str] = Counter()
    for week in weeks:
        total.update(counts[week])
    measures = {name: sum(total[what] for what in of) for name, of in MEASURES.items()}
    return Row(tuple(weeks), asked=calls_in(total), **measures)
