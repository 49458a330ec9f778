"""Questions about what was released, asked for a person."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerwork.ground.releases import shown, signing_off
from peerwork.ground.releases.models import Charge, Release, Signature
from peerwork.insight.released import wording
from peerwork.insight.released.policy import reads_drafts
from peerwork.people.rules import Someone

type Releases = QuerySet[Release, Any]
type Signers = dict[Any, dict[Any, str]]


class Said(NamedTuple):
    """One release, without what it says: that is a piece kept by its mark (ground/releases/shown.py)."""

    pk: Any
    period: str
    population: str
    kind: str
    mark: str
    outside_from: date


@dataclass(frozen=True)
class Reading:
    """What was released together: the questions of one round, or the numbers of one quarter."""

    name: str
    said: list[Said]
    signers: dict[Any, str]
    is_out: bool
    cost: int

    @property
    def period(self) -> str:
        return self.said[0].period

    @property
    def about(self) -> str | Promise:
        return wording.POPULATIONS.get(self.said[0].population, self.said[0].population)

    @property
    def names(self) -> list[str]:
        return sorted(self.signers.values())

    @property
    def outside_from(self) -> date:
        return max(each.outside_from for each in self.said)

    @property
    def price(self) -> str:
        return wording.in_whole(self.cost) if self.cost else ""

    @property
    def lacks(self) -> int:
        """How many names are still missing."""
        return max(0, signing_off.ENOUGH - len(self.signers))

    @property
    def is_noisy(self) -> bool:
        return any(each.kind == Release.Kind.NOISY for each in self.said)

    @property
    def is_known(self) -> bool:
        return self.said[0].kind == Release.Kind.KNOWN


def readable(person: Someone, today: date) -> Releases:
    """Drafts for those who read first; for everybody else what is out."""
    return Release.objects.all() if reads_drafts(person) else signing_off.all_out(today)


def readings(person: Someone, today: date) -> list[Reading]:
    """Newest first."""
    return _together(readable(person, today).order_by("-made_on", "period", "question"), today)


def reading(person: Someone, period: str, today: date) -> Reading | None:
    found = readable(person, today).filter(period=period).order_by("population", "question")
    return next(iter(_together(found, today)), None)


def _together(found: Releases, today: date) -> list[Reading]:
    by_period: dict[str, list[Said]] = {}
    for said in itertools.starmap(Said, found.values_list(*Said._fields)):
        by_period.setdefault(said.period, []).append(said)
    costs, names, signers = _costs(by_period), wording.names(by_period), _signers(by_period)
    return [
        _reading(said, signers, today, name=wording.name_of(period, names), cost=costs.get(period, 0))
        for period, said in by_period.items()
    ]


def _reading(said: list[Said], signers: Signers, today: date, *, name: str, cost: int) -> Reading:
    """Only who signed all of it has signed it."""
    each = [signers.get(one.pk, {}) for one in said]
    both = {who: called for who, called in each[0].items() if all(who in marks for marks in each)}
    is_out = all(
        today >= one.outside_from and len(marks) >= signing_off.ENOUGH
        for one, marks in zip(said, each, strict=True)
    )
    return Reading(name, said, both, is_out, cost)


def _signers(periods: Iterable[str]) -> Signers:
    """Who signed each release, and the name they had then."""
    found: Signers = {}
    signed = Signature.objects.filter(release__period__in=list(periods))
    for release, who, called in signed.values_list("release", "by", "name"):
        found.setdefault(release, {})[who] = called
    return found


def _costs(periods: Iterable[str]) -> dict[str, int]:
    costs: dict[str, int] = {}
    for period, cost in Charge.objects.filter(period__in=list(periods)).values_list("period", "cost"):
        costs[period] = costs.get(period, 0) + cost
    return costs


def as_sheets(releases: Iterable[Release]) -> Iterator[list[Any]]:
    """One below the other, with an empty line between."""
    for n, release in enumerate(releases):
        yield from ([[]] if n else [])
        yield from as_sheet(release)


def as_sheet(release: Release) -> Iterator[list[Any]]:
    """One release as rows. Numbers that are noisy stand beside the interval they come with."""
    told = shown.context(release, get_language() or "en")
    yield [told["title"]]
    if known := told["known"]:
        yield [_("Kind"), *known["heads"]]
        yield from ([name, *(cell for _head, cell in cells)] for name, cells in known["rows"])
    elif told["lines"]:
        yield [_("Answer"), _("About"), _("At least"), _("At most")]
        yield from ([line.label, line.value, line.low, line.high] for line in told["lines"])
    elif release.body.get("too_few"):
        yield [_("Too few to say")]
    else:
        yield [_("In words, on the page")]
