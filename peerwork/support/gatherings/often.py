"""What Today and the calendar ask on every visit. Written in queries.py; here only kept ready (ground/often)."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from peerwork.ground.often.questions import asked_often
from peerwork.support.gatherings import queries

type Cards = QuerySet[Any, dict[str, Any]]


class Asker(NamedTuple):
    """Somebody with these hats. Which of them they wear shapes the question; who they are does not."""

    hats: frozenset[str]
    pk: UUID


class Only(NamedTuple):
    """One kind of gathering, one sort of hours; empty means any."""

    kind: str = ""
    hours: str = ""


@asked_often
def expected(hats: frozenset[str], most: int, *, person: UUID, at: datetime) -> Cards:
    asker = Asker(hats, person)
    return queries.cards(queries.where_expected(asker, at=at), asker)[:most]


@asked_often
def not_expected(hats: frozenset[str], most: int, *, person: UUID, at: datetime) -> Cards:
    asker = Asker(hats, person)
    return queries.cards(queries.where_not_expected(asker, at=at), asker)[:most]


@asked_often
def listed(hats: frozenset[str], only: Only, most: int, *, person: UUID, at: datetime) -> Cards:
    asker = Asker(hats, person)
    return queries.cards(queries.found(asker, kind=only.kind, hours=only.hours, at=at), asker)[:most]


@asked_often
def one(hats: frozenset[str], *, person: UUID, gathering: UUID) -> Cards:
    asker = Asker(hats, person)
    return queries.cards(queries.open_to(asker).filter(pk=gathering), asker)
