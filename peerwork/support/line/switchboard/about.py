"""Who might answer, as far as whoever asks may know, and how long it may take."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from peerwork.people.workplaces.models import Post
from peerwork.support.line.engine import queue
from peerwork.support.line.engine.words import Board, Call, Side, State, Way
from peerwork.support.line.policy import may_choose_whom
from peerwork.support.line.roster import duty, never, supporters
from peerwork.support.line.roster.recipients import recipients
from peerwork.support.line.switchboard import board, marks
from peerwork.support.line.switchboard.calls import USUAL_MINUTES

SOON = timedelta(hours=48)


def avoided_by(person) -> frozenset[UUID]:
    """Whom the line would never bring this person together with, whoever of the two wished so. For the server alone."""
    return frozenset(UUID(one.removeprefix(marks.PERSON)) for one in never.avoid(person))


def workplaces_of(person) -> list[str]:
    return sorted(
        f"workplace:{one}" for one in Post.objects.filter(person=person).values_list("workplace", flat=True)
    )


def people_for(person, at: datetime, *, out: frozenset[UUID]) -> list[dict[str, Any]]:
    """Those who answer in the next two days, for peers who manage nobody. Whom they avoid is not in it, and neither
    are they themselves."""
    if not may_choose_whom(person):
        return []
    there = [who for who in duty.people_between(at, at + SOON) if who not in {*out, person.pk}]
    sides = supporters.sides(there)
    return [_told(who, name, sides[who]) for who, name in names_of(there)]


def names_of(people: Iterable[Any]) -> list[tuple[UUID, str]]:
    """Of those who answer, in the order of their names."""
    those = supporters.in_the_order_of_names().filter(pk__in=list(people))
    return list(those.values_list("pk", "name"))


def recipients_for(person, at: datetime, back_by: datetime | None, *, out: frozenset[UUID]) -> list[str]:
    """To whom a number is sealed: nobody they avoid could open it. A key can be known from a card, so whoever may not
    know who is on duty gets none."""
    if back_by is None or not may_choose_whom(person):
        return []
    return sorted(one["recipient"] for one in recipients(at, back_by) if UUID(one["person"]) not in out)


def waiting() -> dict[str, int | None]:
    """How many wait now, and about how long whoever comes next would."""
    with board.desk() as desk:
        last = Call("", Side(), Way.CHAT, desk.at, desk.at)
        there = Board({**desk.board.calls, last.id: last})
        ahead = sum(one.state is State.ASKED for one in desk.board.calls.values())
        return {
            "ahead": ahead,
            "minutes": queue.minutes(there, last.id, desk.duty, USUAL_MINUTES, at=desk.at),
        }


def _told(who: UUID, name: str, side: Side) -> dict[str, Any]:
    def those(what: str) -> list[str]:
        return sorted(mark.removeprefix(what) for mark in side.carries if mark.startswith(what))

    return {
        "mark": marks.sealed(who),
        "name": name,
        "woman": "woman" in side.carries,
        "speaks": those("speaks:"),
        "workplaces": those("workplace:"),
    }
