"""What a page of the roster shows to somebody: their shifts, what is open, what they may do about one of them."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from peerwork.support.line.engine.words import Turn
from peerwork.support.line.policy import answers
from peerwork.support.line.roster import cards, gaps, limits, load, queries
from peerwork.support.line.roster.limits import Book, Key, key
from peerwork.support.line.roster.models import TURNS, Duty, Shift
from peerwork.support.line.roster.queries import Row

FEW, MOST_TO_SWAP_WITH = 4, 20
# As far back as the longest rest, which what is open may be too near to.
FOUR_WEEKS, LATELY = timedelta(weeks=4), timedelta(days=2)


class Open(NamedTuple):
    card: cards.Card
    why_not: list[str]


class Place(NamedTuple):
    """One turn of a shift, and what this person may do about it."""

    turn: str
    says: str
    name: str
    is_mine: bool
    wants_out: bool
    rests: bool
    may_take: bool
    why_not: list[str]


class SwapWith(NamedTuple):
    duty: str
    name: str
    when: str


def of(person, at: datetime) -> dict[str, Any]:
    """The page of somebody who answers."""
    known = queries.rows(at - LATELY, at + FOUR_WEEKS)
    me, book = key(person.pk), limits.open_book(limits.spans_in(known))
    near = [row for row in known if at < row.ends and row.starts < at + gaps.TWO_WEEKS]
    mine = [row for row in known if _is_on(me, row)] + queries.own_rows(person, at + FOUR_WEEKS)
    loads = load.loads()
    yours = [row for row in mine if row.starts > at]
    return {
        "on_now": [cards.card(row, me) for row in near if row.starts <= at],
        "yours": [cards.card(row, me) for row in yours[:FEW]],
        "yours_later": [cards.short(row, me) for row in yours[FEW:]],
        "offers": queries.offers_known_to(person),
        "weeks": cards.weeks(near),
        "carried": load.in_words(loads.get(person.pk, 0)),
        **_open_to(me, near, book, loads),
    }


def _open_to(me: Key, rows: list[Row], book: Book, loads: dict[UUID, int]) -> dict[str, list[Open]]:
    """Who asks for cover; what is open and offered to this person first; and what else is open."""
    found = gaps.found_in(rows)
    asked: list[Open] = []
    first: list[Open] = []
    also: list[Open] = []
    for gap, who in zip(found, gaps.offered_first(found, book, loads), strict=True):
        if not _is_on(me, gap.row):
            why = limits.said(gaps.why_not(gap, me, book), book.chosen)
            (asked if gap.asked_by else first if who == me else also).append(Open(cards.gap_card(gap), why))
    return {"asked": asked, "offered": first, "also_open": also}


def of_one(shift: Shift, person, at: datetime) -> dict[str, Any]:
    """The page of one shift."""
    known = queries.rows(at - LATELY, max(at + FOUR_WEEKS, shift.ends_at + gaps.TWO_WEEKS))
    book, row = limits.open_book(limits.spans_in(known)), _row(shift)
    mine = next((duty for duty in shift.on_it if duty.person_id == person.pk), None)  # type: ignore[attr-defined]
    is_now = shift.starts_at <= at
    ahead = [other for other in known if other.starts > at]
    swaps = _swaps(mine, row, ahead, book) if mine and not is_now else []
    return {
        "shift": shift,
        "when": cards.when_of(row),
        "is_now": is_now,
        "turns": [_place(row, turn, person, book, is_now=is_now) for turn in Turn],
        "mine": mine,
        "swaps": swaps[:FEW],
        "swaps_later": swaps[FEW:],
        "offers": [
            one
            for one in queries.offers_known_to(person)
            if shift.pk in {one.mine.shift_id, one.theirs.shift_id}
        ],
    }


def _place(row: Row, turn: Turn, person, book: Book, *, is_now: bool) -> Place:
    me, held = key(person.pk), row.held.get(turn)
    is_mine = held is not None and held.person == me
    is_here = any(one.person == me for one in row.held.values())
    others = {other: one.person for other, one in row.held.items() if other != turn}
    hours = limits.span(row.starts, row.ends)
    why = book.why_not(me, hours, without=[key(row.shift)], is_now=is_now)
    if turn is Turn.SECOND and others.get(Turn.FIRST, me) == me:
        why = (*why, limits.Why.ALONE)
    return Place(
        turn=turn.value,
        says=str(dict(TURNS)[turn.value]),
        name=held.name if held else "",
        is_mine=is_mine,
        wants_out=bool(held and held.wants_out),
        rests=held is not None and book.rests_at(held.person, hours),
        may_take=bool(answers(person)) and not is_mine and not why,
        why_not=limits.said(why, book.chosen) if answers(person) and not is_here else [],
    )


def _swaps(mine: Duty, row: Row, ahead: list[Row], book: Book) -> list[SwapWith]:
    """Shifts of others that both could do: nobody is asked for what the rules would not let them say yes to."""
    found = (
        SwapWith(f"{other.shift}.{turn}", other.held[turn].name, cards.when_of(other))
        for other, turn in queries.swaps_for(mine, ahead)
        if _both_could(key(mine.person_id), row, other, other.held[turn].person, book)
    )
    return list(islice(found, MOST_TO_SWAP_WITH))


def _both_could(me: Key, row: Row, other: Row, them: Key, book: Book) -> bool:
    mine, theirs = limits.span(row.starts, row.ends), limits.span(other.starts, other.ends)
    return not book.why_not(me, theirs, without=[key(row.shift)]) and not book.why_not(
        them, mine, without=[key(other.shift)]
    )


def _row(shift: Shift) -> Row:
    held = {
        duty.turn: queries.Held(duty.person.name, key(duty.person_id), duty.wants_out)
        for duty in shift.on_it  # type: ignore[attr-defined]
    }
    return Row(shift.pk, shift.starts_at, shift.ends_at, held)


def _is_on(me: Key, row: Row) -> bool:
    return any(held.person == me for held in row.held.values())
