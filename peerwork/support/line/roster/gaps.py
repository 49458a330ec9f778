"""Places nobody has in the next two weeks, and to whom each is offered first.

Whoever carried least lately, and has least ahead, is asked first, as far as rest and hours allow. Nobody sees whose
turn it would be otherwise, and anybody may take what is open.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import limits, load, queries
from peerwork.support.line.roster.limits import HOUR, Book, Key, Span, Why
from peerwork.support.line.roster.queries import Row

TWO_WEEKS = timedelta(days=14)


class Gap(NamedTuple):
    """A place that is open, or whose owner asks for cover."""

    row: Row
    turn: Turn

    @property
    def asked_by(self) -> str:
        held = self.row.held.get(self.turn)
        return held.name if held else ""

    @property
    def span(self) -> Span:
        return limits.span(self.row.starts, self.row.ends)

    @property
    def weighs(self) -> int:
        return (self.span.ends - self.span.starts) * load.WEIGHS[self.turn] // HOUR


def ahead(at: datetime) -> list[Gap]:
    """In order: whatever is open in the next two weeks, and not over."""
    return found_in(queries.rows(at, at + TWO_WEEKS))


def found_in(rows: Iterable[Row]) -> list[Gap]:
    return [
        Gap(row, turn) for row in rows for turn in Turn if turn not in row.held or row.held[turn].wants_out
    ]


def has_nobody(gap: Gap) -> bool:
    return not gap.asked_by


def offered_first(gaps: Iterable[Gap], book: Book, loads: Mapping[UUID, int]) -> list[Key | None]:
    """For each of these gaps, in their order: who is asked first. None where the rules leave nobody."""
    carried = _carried(book, loads)
    spans = {who: list(book.spans.get(who, ())) for who in book.people}
    planned = book._replace(spans=spans)
    asked: list[Key | None] = []
    for gap in gaps:
        able = [who for who in book.people if not why_not(gap, who, planned)]
        first = min(able, key=lambda who: (carried[who], _lot(gap, who)), default=None)
        if first is not None:
            carried[first] += gap.weighs
            spans[first].append((limits.key(gap.row.shift), gap.span))
        asked.append(first)
    return asked


def why_not(gap: Gap, who: Key, book: Book) -> tuple[Why, ...]:
    found = book.why_not(who, gap.span)
    is_alone = gap.turn is Turn.SECOND and Turn.FIRST not in gap.row.held
    return (*found, Why.ALONE) if is_alone else found


def _carried(book: Book, loads: Mapping[UUID, int]) -> Counter[Key]:
    """Lately, and what they have taken on already."""
    carried = Counter({limits.key(who): points for who, points in loads.items()})
    for who, spans in book.spans.items():
        carried[who] += sum(
            (one.ends - one.starts) * load.WEIGHS[load.FIRST] // HOUR for _shift, one in spans
        )
    return carried


def _lot(gap: Gap, who: Key) -> bytes:
    """Among equals, chance decides: another for each shift, and the same whenever somebody looks."""
    return sha256(gap.row.shift.bytes + who.encode()).digest()
