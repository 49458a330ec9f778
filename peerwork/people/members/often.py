"""What every page asks about who is here. Kept ready (ground/often)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, StringAgg, Value
from django.utils.timezone import localdate

from peerwork.ground.often.questions import asked_often
from peerwork.people.members.models import Network, Person
from peerwork.people.members.queries import offers

NETWORK = [field.attname for field in Network._meta.concrete_fields]
OFFER = ["by__name"]
PERSON = [field.attname for field in Person._meta.concrete_fields]

type Rows = QuerySet[Any, dict[str, Any]]


def the_network() -> Network | None:
    """The network this server is for, or None before it is set up."""
    for row in _network():
        return Network.from_db("default", NETWORK, [row[name] for name in NETWORK])
    return None


def somebody(key: UUID) -> Person | None:
    """A person with their hats on, at the cost of one question."""
    for row in _person(person=key):
        found = Person.from_db("default", PERSON, [row[name] for name in PERSON])
        found.hats = frozenset((row["hats_worn"] or "").split())
        return found
    return None


def offer_to(key: UUID) -> dict[str, Any] | None:
    """Who asks this person to take over: {by_name}. None where nobody does."""
    return next(iter(_offer(localdate(), to=key)), None)


@asked_often
def _network() -> Rows:
    return Network.objects.values(*NETWORK)


@asked_often
def _person(*, person: UUID) -> Rows:
    worn = StringAgg("roles__kind", delimiter=Value(" "))
    return Person.objects.filter(pk=person).annotate(hats_worn=worn).values(*PERSON, "hats_worn")


@asked_often
def _offer(today: date, *, to: UUID) -> Rows:
    return offers(today).filter(to=to).values(*OFFER)
