"""Questions about a quarter."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from peerwork.ground.tallies import quarters, tallies
from peerwork.insight.returns import summary as summaries
from peerwork.support.gatherings.counts import UNDER
from peerwork.support.gatherings.models import Kind


def summary(quarter: str, *, today: date) -> summaries.Summary:
    return summaries.of_quarter(quarter, kinds=dict(Kind.choices), under=UNDER, today=today)


def quarters_so_far(*, today: date) -> list[tuple[str, str, bool]]:
    """The quarters with numbers, and this one, newest first: (quarter, in words, is it closed)."""
    known = {*tallies.quarters_with_tallies(), quarters.of(today)}
    return [
        (quarter, quarters.in_words(quarter), tallies.is_closed(quarter))
        for quarter in sorted(known, reverse=True)
    ]


def as_sheet(summary: summaries.Summary) -> Iterator[list[Any]]:
    yield [
        _("Kind"), _("Planned"), _("Held"), _("Called off"), _("Weeks with a gathering"), _("Average minutes"),
        _("Places offered"), _("Places taken"), _("Came"), _("Hours together"),
    ]  # fmt: skip
    for row in [*summary.rows, summary.total]:
        people = [
            _shown(row.taken, hides=row.hides_taken),
            _shown(row.came, hides=row.hides_came),
            _shown(row.hours, hides=row.hides_hours),
        ]
        yield [
            row.name,
            row.planned,
            row.held,
            row.off,
            row.weeks or "",
            row.average_minutes,
            row.offered or "",
            *people,
        ]


def _shown(value: float | None, *, hides: bool) -> Any:
    if value is not None:
        return value
    return _("too few to say") if hides else _("not counted")
