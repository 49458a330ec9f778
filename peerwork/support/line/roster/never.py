"""Whom somebody never wants to meet on the line. It holds both ways, no reason is kept, and the other is never told."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from peerwork.people.members.models import Person
from peerwork.people.workplaces.models import Post
from peerwork.support.line.roster.models import Never, Supporter


def of(person) -> QuerySet[Person]:
    """Whom this person wishes never to meet. Nobody else can ask this."""
    return Person.objects.filter(pk__in=Never.objects.filter(by=person).values("whom"))


@transaction.atomic
def choose(by, whom: Iterable[Any], *, out_of: Iterable[Any]) -> None:
    """Of those who were shown, these and no others. Wishes about anybody else stay."""
    Never.objects.filter(by=by, whom__in=list(out_of)).delete()
    wishes = [Never(by=by, whom=one) for one in whom if one.pk != by.pk]
    Never.objects.bulk_create(wishes, ignore_conflicts=True)


@transaction.atomic
def wish(by, name: str) -> None:
    """Everybody of that name. The same is said where there is nobody, so that no name is found out."""
    Never.objects.bulk_create(
        [Never(by=by, whom=one) for one in _named(name) if one.pk != by.pk], ignore_conflicts=True
    )


def take_back(by, name: str) -> None:
    Never.objects.filter(by=by, whom__in=_named(name)).delete()


def avoid(person) -> list[str]:
    """Marks for the device of whoever asks. It cannot be told from them whose wish each of them was."""
    mine = Never.objects.filter(by=person).values_list("whom", flat=True)
    theirs = Never.objects.filter(whom=person).values_list("by", flat=True)
    return sorted(f"person:{one}" for one in {*mine, *theirs, *_not_my_workplace(person)})


def _not_my_workplace(person) -> QuerySet[Any, Any]:
    """Those who would rather not talk with anybody from where this person works too."""
    places = Post.objects.filter(person=person).values("workplace")
    colleagues = Post.objects.filter(workplace__in=places).exclude(person=person).values("person")
    wishing = Supporter.objects.filter(not_my_workplace=True, person__in=colleagues)
    return wishing.values_list("person", flat=True)


def _named(name: str) -> list[Person]:
    wanted = " ".join(name.split()).casefold()
    return [one for one in Person.objects.all() if wanted and one.name.casefold() == wanted]
