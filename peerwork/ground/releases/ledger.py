"""The ledger: what each number cost of the year's privacy. What is spent is spent, and nobody can spend more.

A line is written in the same transaction as the number it pays for. Each holds the mark of the line before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from peerwork.ground.releases import marks
from peerwork.ground.releases.models import Charge, Release
from peerwork.ground.tallies import quarters

# Millionths of ε, for any four quarters in a row.
CAP = 8_000_000
RUN = 4
# Peers are members as well: what is asked of everybody is paid for by each of them.
EVERYBODY = "members"
NOTHING = "0" * 64


class Uncounted(Exception):
    """It was not counted, and nothing has changed. What follows from it says why."""


class Overspent(Uncounted):
    """It would cost more than is left. The round stays closed and uncounted; the words say so."""


class PaidAlready(Uncounted):
    """Somebody paid for this question once. It is never asked of the same answers again."""


@transaction.atomic
def charge(population: str, period: str, quarter: str, question: str, cost: int) -> Charge:
    """One line more. Raises Overspent, PaidAlready, and ValueError for a cost that is none or no whole number.

    SQLite lets nobody else write from here on (BEGIN IMMEDIATE). Elsewhere two lines cannot have one place.
    """
    if not isinstance(cost, int) or cost < 1:
        raise ValueError(cost)
    if Charge.objects.filter(population=population, period=period, question=question).exists():
        raise PaidAlready(period, question)
    if cost > left(population, quarter):
        raise Overspent(no_room())
    last = Charge.objects.order_by("-place").first()
    place, before = (last.place + 1, last.mark) if last else (1, NOTHING)
    line = Charge(
        place=place, population=population, period=period, quarter=quarter, question=question, cost=cost,
        before=before,
    )  # fmt: skip
    line.mark = marks.of_line(line)
    line.save(force_insert=True)
    return line


def left(population: str, quarter: str) -> int:
    """What may still be spent in this quarter: in every four quarters in a row that it belongs to."""
    years = years_with(quarter)
    near = set().union(*years)
    spent: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines = Charge.objects.filter(quarter__in=near).values_list("population", "quarter")
    for whose, when, cost in lines.annotate(cost_of_all=Sum("cost")):
        spent[whose][when] += cost
    return CAP - max(_spent_by_one(population, year, spent) for year in years)


def years_with(quarter: str) -> list[list[str]]:
    """Every four quarters in a row that this one belongs to."""
    near = [quarter]
    for _step in range(RUN - 1):
        near = [quarters.before(near[0]), *near, quarters.after(near[-1])]
    return [near[first : first + RUN] for first in range(RUN)]


def paid_for(kind: str) -> Counter[str]:
    """What all rounds whose names begin so have cost, by quarter."""
    lines = Charge.objects.filter(period__startswith=kind).order_by().values_list("quarter")
    return Counter(dict(lines.annotate(cost_of_all=Sum("cost"))))


def _spent_by_one(population: str, run: Iterable[str], spent: dict[str, dict[str, int]]) -> int:
    """The most that any one person of the population paid in these quarters."""
    sums = {whose: sum(found.get(quarter, 0) for quarter in run) for whose, found in spent.items()}
    all_paid = sums.pop(EVERYBODY, 0)
    if population == EVERYBODY:
        return all_paid + max(sums.values(), default=0)
    return all_paid + sums.get(population, 0)


def no_room() -> str:
    return _(
        "Counting this would cost more of the year's privacy than is left. It was not counted. "
        "Its answers are deleted after a year."
    )


@dataclass(frozen=True)
class Checked:
    """Whether the ledger is whole, the first line that is not, and the newest mark to compare with others."""

    is_whole: bool
    broken_at: int | None
    newest: str


def check(*, also_what_was_said: bool = True) -> Checked:
    """Walk the chain from its first line. Then lay every line beside what it paid for, which takes longer."""
    before, paid = NOTHING, {}
    for place, line in enumerate(Charge.objects.order_by("place"), start=1):
        if (line.place, line.before, line.mark) != (place, before, marks.of_line(line)):
            return Checked(is_whole=False, broken_at=place, newest=before)
        before = line.mark
        paid[line.population, line.period, line.question] = (line.cost, line.mark)
    fits = not also_what_was_said or _what_was_said() == paid
    return Checked(is_whole=fits, broken_at=None, newest=before)


def _what_was_said() -> dict[tuple[str, str, str], tuple[int, str]] | None:
    """What each noisy release says it cost and which line paid. None: one of them was changed afterwards."""
    told = {}
    for release in Release.objects.all():
        if release.mark != marks.of_release(release):
            return None
        if release.kind == Release.Kind.NOISY:
            whose = release.population, release.period, release.question
            told[whose] = (release.body["price"], release.body["paid"])
    return told
