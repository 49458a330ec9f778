"""Questions about who is here. Every one of them asks on behalf of somebody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from peerwork.people.members.models import HandOver, Invitation, Network, Person, Removal, Role, Vouch
from peerwork.people.rules import Hat, is_coordinator
from peerwork.people.workplaces.models import Post, Workplace


def network() -> Network | None:
    return Network.objects.first()


def known_to(person: Person) -> QuerySet[Person]:
    """The people this person may see by name in a list. Coordinators see everybody; others nobody."""
    if not is_coordinator(person):
        return Person.objects.none()
    return Person.objects.order_by("name", "pk").prefetch_related(
        Prefetch("roles", Role.objects.order_by("kind"), to_attr="roles_worn"),
        Prefetch(
            "posts", Post.objects.select_related("workplace").order_by("workplace__name"), to_attr="works_at"
        ),
        Prefetch("removal", Removal.objects.filter(expires_on__gte=localdate()).select_related("by")),
    )


def invitations_waiting() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("workplace", "for_person").order_by("expires_on", "pk")


class Word(NamedTuple):
    """A peer's word, and somebody here it may be about: two people of one name are two of these."""

    vouch: Vouch
    somebody: Person


def words_given(people: Iterable[Person]) -> list[Word]:
    """Peers' words for some of these people. A word for a name nobody has is shown to nobody."""
    here = defaultdict[str, list[Person]](list)
    for somebody in people:
        if not somebody.paused:
            here[somebody.name.casefold()].append(somebody)
    vouches = Vouch.objects.filter(expires_on__gte=localdate()).select_related("by").order_by("name", "pk")
    return [Word(v, one) for v in vouches for one in here[v.name.casefold()] if one.pk != v.by_id]


def offer_to(person: Person) -> HandOver | None:
    """What this person is asked to take over."""
    return offers(localdate()).filter(to=person).select_related("by").order_by("pk").first()


def offers(today: date) -> QuerySet[HandOver]:
    """What is offered by somebody who still has it to give, and has not had its day."""
    coordinators = Role.objects.filter(kind=Hat.COORDINATOR, person__paused=False).values("person")
    return HandOver.objects.filter(by__in=coordinators, expires_on__gte=today)


def who_holds_the_keys() -> list[str]:
    """The names of the coordinators. Everybody may know who can open the door."""
    holders = Role.objects.filter(kind=Hat.COORDINATOR, person__paused=False)
    return sorted(holders.values_list("person__name", flat=True))


def names_and_workplaces() -> list[str]:
    """Every name that would point at somebody in a note: people's and workplaces'."""
    return [*Person.objects.values_list("name", flat=True), *Workplace.objects.values_list("name", flat=True)]


def workplaces() -> QuerySet[Workplace]:
    return Workplace.objects.all()


def to_choose_from(person: Person) -> QuerySet[Person]:
    """Whom this person may put down for something. A coordinator: anybody here. Others: themselves."""
    members = Role.objects.exclude(kind=Hat.FUNDER).values("person")
    here = Person.objects.filter(paused=False, pk__in=members).order_by("name", "pk")
    return here if is_coordinator(person) else here.filter(pk=person.pk)
