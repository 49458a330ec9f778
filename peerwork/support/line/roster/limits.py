"""What somebody may take on: rest between two shifts, so many hours in two weeks, nobody on duty twice at a time.

The network chose the numbers (terms.py). What lies further back than one rest is not known any more, and not counted.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from peerwork.support.line.roster import rest, supporters
from peerwork.support.line.roster.models import Duty, Shift, Terms
from peerwork.support.line.roster.terms import terms

HOUR = 3600
TWO_WEEKS = 14 * 24 * HOUR


class Why(StrEnum):
    """Why somebody cannot take something on."""

    TWICE = "twice"
    RESTS = "rests"
    REST = "rest"
    LONG = "long"
    HOURS = "hours"
    ALONE = "alone"
    OVER = "over"
    NOT_ANSWERING = "not_answering"


# In an emergency somebody else is worse off than whoever stays on too long. Nobody is in two places, even then.
WAIVED_NOW = frozenset({Why.REST, Why.LONG, Why.HOURS})


class Broken(Exception):
    """It would break a rule of the roster. Nothing changed."""

    def __init__(self, *why: Why) -> None:
        super().__init__(*why)
        self.why = why

    @property
    def says(self) -> str:
        return " ".join(said(self.why, terms()))


# A person's number without dashes. Long lists are compared by it: to make every number of a roster whole takes longer
# than all the rest of a page.
type Key = str


def key(person: UUID) -> Key:
    return person.hex


def as_text(name: str) -> Cast:
    return Cast(name, CharField())


class Span(NamedTuple):
    """From one second to another."""

    starts: int
    ends: int


def said(why: Iterable[Why], chosen: Terms) -> list[str]:
    """In words that fit whoever it is about."""
    words = {
        Why.TWICE: _("Nobody is on duty twice at a time."),
        Why.RESTS: _("That is in a time of rest from the line."),
        Why.REST: _("There are %(n)s hours of rest between two shifts.") % {"n": chosen.rest_hours},
        Why.LONG: _("Nobody is on for more than %(n)s hours without a break.") % {"n": chosen.longest_shift},
        Why.HOURS: _("Nobody is on for more than %(n)s hours in two weeks.") % {"n": chosen.most_hours},
        Why.ALONE: _("Nobody is second on call alone: the first place is still open."),
        Why.OVER: _("That shift is over."),
        Why.NOT_ANSWERING: _("They do not answer the line any more."),
    }
    return [words[one] for one in why]


class Book(NamedTuple):
    """Everything a rule asks about, read once."""

    chosen: Terms
    people: Collection[Key]
    spans: Mapping[Key, list[tuple[Key, Span]]]
    rests: Mapping[Key, int]

    def why_not(
        self, person: Key, span: Span, *, without: Collection[Key] = (), is_now: bool = False
    ) -> tuple[Why, ...]:
        """What stands against it. `without`: shifts this person would give away for it."""
        if person not in self.people:
            return (Why.NOT_ANSWERING,)
        own = self.spans.get(person, ())
        others = [other for shift, other in own if shift not in without]
        found = broken(span, others, self.chosen)
        if Why.HOURS in found and _fullest([*others, span]) <= _fullest([other for _shift, other in own]):
            found = tuple(why for why in found if why is not Why.HOURS)  # a swap that makes it no more
        if self.rests_at(person, span):
            found = (Why.RESTS, *found)
        return tuple(why for why in found if not (is_now and why in WAIVED_NOW))

    def rests_at(self, person: Key, span: Span) -> bool:
        return self.rests.get(person, 0) > span.starts


type Spans = Mapping[Key, list[tuple[Key, Span]]]


def open_book(spans: Spans | None = None) -> Book:
    """`spans`: where a page has read the roster already."""
    rests = {key(who): int(over.timestamp()) for who, over in rest.until().items()}
    return Book(terms(), supporters.keys(), _spans() if spans is None else spans, rests)


def spans_in(rows: Iterable[Any]) -> Spans:
    """Out of what queries.rows found."""
    return supporters.by_person(
        (held.person, (key(row.shift), span(row.starts, row.ends)))
        for row in rows
        for held in row.held.values()
    )


def _spans() -> Spans:
    told = Shift.objects.values_list("pk", "starts_at", "ends_at")
    whole = {key(pk): span(starts, ends) for pk, starts, ends in told}
    duties = Duty.objects.values_list(as_text("person"), as_text("shift"))
    pairs = ((who.replace("-", ""), shift.replace("-", "")) for who, shift in duties)
    return supporters.by_person((who, (shift, whole[shift])) for who, shift in pairs)


def span(starts: datetime, ends: datetime) -> Span:
    return Span(int(starts.timestamp()), int(ends.timestamp()))


def span_of(shift: Shift) -> Span:
    return span(shift.starts_at, shift.ends_at)


def broken(new: Span, others: Iterable[Span], chosen: Terms) -> tuple[Why, ...]:
    """Which rules a new span breaks, beside those somebody has.

    One shift alone is never too long: the network planned it, on the wall. In the night the clocks go back it lasts an
    hour more, and somebody has to be able to take it.
    """
    near = sorted(other for other in others if abs(other.starts - new.starts) < TWO_WEEKS)
    if any(new.starts < other.ends and other.starts < new.ends for other in near):
        return (Why.TWICE,)
    whole, gap = _without_a_break(new, near)
    checks = (
        (Why.LONG, whole != new and whole.ends - whole.starts > chosen.longest_shift * HOUR),
        (Why.REST, gap < chosen.rest_hours * HOUR),
        (Why.HOURS, _most_in_two_weeks(new, near) > chosen.most_hours * HOUR),
    )
    return tuple(why for why, is_broken in checks if is_broken)


def _without_a_break(new: Span, near: list[Span]) -> tuple[Span, int]:
    """The whole stretch it would belong to, and the seconds to the nearest other one. `near` is in order."""
    starts, ends, apart = new.starts, new.ends, TWO_WEEKS
    for other in reversed(near):
        if other.ends == starts:
            starts = other.starts
        elif other.ends < starts:
            apart = min(apart, starts - other.ends)
    for other in near:
        if other.starts == ends:
            ends = other.ends
        elif other.starts > ends:
            apart = min(apart, other.starts - ends)
    return Span(starts, ends), apart


def _fullest(spans: list[Span]) -> int:
    """Seconds on duty in the fullest two weeks there are."""
    return max(
        (_most_in_two_weeks(one, [other for other in spans if other != one]) for one in spans), default=0
    )


def _most_in_two_weeks(new: Span, near: list[Span]) -> int:
    """Seconds on duty in the fullest two weeks that hold the new one. Each shift counts whole where it begins."""
    windows = [new.starts, *(other.starts for other in near if other.starts < new.starts)]
    own = new.ends - new.starts
    return own + max(
        sum(one.ends - one.starts for one in near if start <= one.starts < start + TWO_WEEKS)
        for start in windows
    )
