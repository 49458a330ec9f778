"""Who might answer, as far as whoever asks may know."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from peerwork.people.workplaces.models import Post
from peerwork.support.line.engine.words import Side
from peerwork.support.line.policy import may_choose_whom
from peerwork.support.line.roster import duty, never, supporters
from peerwork.support.line.roster.recipients import recipients
from peerwork.support.line.switchboard import marks

SOON = timedelta(hours=48)


def avoided_by(person) -> frozenset[UUID]:
    """Whom the line would never bring this person together with, whoever of the two wished so, and they themselves."""
    return frozenset({person.pk, *(UUID(one.removeprefix(marks.PERSON)) for one in never.avoid(person))})


def workplaces_of(person) -> list[str]:
    return sorted(
        f"workplace:{one}" for one in Post.objects.filter(person=person).values_list("workplace", flat=True)
    )


def people_for(person, at: datetime) -> list[dict[str, Any]]:
    """Those who answer in the next two days, for peers who manage nobody. Without those they themselves wish not to
    meet: whoever wishes not to meet them is in it, so that nobody learns of that from a name that is missing."""
    if not may_choose_whom(person):
        return []
    out = _out_for(person)
    there = [who for who in duty.people_between(at, at + SOON) if who not in out]
    sides = supporters.sides(there)
    return [_told(who, name, sides[who]) for who, name in names_of(there)]


def names_of(people: Iterable[Any]) -> list[tuple[UUID, str]]:
    """Of those who answer, in the order of their names."""
    those = supporters.in_the_order_of_names().filter(pk__in=list(people))
    return list(those.values_list("pk", "name"))


def recipients_for(person, at: datetime, back_by: datetime | None) -> list[str]:
    """To whom a number is sealed: nobody they wish not to meet could open it. A key can be known from a card, so
    whoever may not know who is on duty gets none."""
    if back_by is None or not may_choose_whom(person):
        return []
    out = _out_for(person)
    return sorted(one["recipient"] for one in recipients(at, back_by) if UUID(one["person"]) not in out)


def _out_for(person) -> frozenset[UUID]:
    return frozenset({person.pk, *never.of(person).values_list("pk", flat=True)})


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
