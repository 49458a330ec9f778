"""Those who answer the line, and what each says of themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language_info

from peerwork.people.members.models import Person, Role
from peerwork.people.rules import Hat
from peerwork.people.workplaces.models import Post
from peerwork.support.line import policy
from peerwork.support.line.engine.words import Side
from peerwork.support.line.roster.models import Never, Supporter

# As each calls itself. What is not in this list has to be asked for: tell us.
SPOKEN = (
    "en", "ar", "bn", "de", "el", "es", "fa", "fr", "hi", "id", "it", "ja", "km", "ko", "ms", "my", "ne", "pa", "pl",
    "pt", "ru", "sr", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-hans",
)  # fmt: skip


def languages() -> list[tuple[str, str]]:
    """Each by its own name, and by the reader's: not every phone can draw every script."""
    return [(code, _both_names(get_language_info(code))) for code in SPOKEN]


def _both_names(told: dict[str, Any]) -> str:
    own, here = normalize("NFC", told["name_local"]), told["name_translated"]
    return own if own == here else f"{own} ({here})"


def answering() -> QuerySet[Person]:
    """Those for whom `answers` of policy.py holds, and who are not paused."""
    return Person.objects.filter(pk__in=_answering())


def keys() -> frozenset[str]:
    """Their numbers, without dashes."""
    return frozenset(who.hex for who in _answering())


def _answering() -> list[UUID]:
    """The rule itself is asked, of everybody who wears the hat: there are never many."""
    hats = by_person(
        Role.objects.filter(person__roles__kind=Hat.SUPPORTER, person__paused=False).values_list(
            "person", "kind"
        )
    )
    return [
        who
        for who, worn in hats.items()
        if policy.answers(SimpleNamespace(pk=who, hats=frozenset(worn)), None)
    ]


def in_the_order_of_names() -> QuerySet[Person]:
    return answering().order_by("name", "pk")


def of(person) -> Supporter:
    """What they say of themselves; who said nothing says nothing."""
    return Supporter.objects.filter(person=person).first() or Supporter(person=person)


def say(person, **said: Any) -> None:
    Supporter.objects.update_or_create(person=person, defaults=said)


def sides(people: Iterable[Any]) -> dict[UUID, Side]:
    """What each carries, and what each wishes of whoever asks."""
    those = list(people)
    told = {said.person_id: said for said in Supporter.objects.filter(person__in=those)}
    places = by_person(Post.objects.filter(person__in=those).values_list("person", "workplace"))
    nevers = by_person(Never.objects.filter(by__in=those).values_list("by", "whom"))
    return {one: _side(one, told.get(one) or Supporter(), places[one], nevers[one]) for one in those}


def _side(person: UUID, said: Supporter, places: list[Any], nevers: list[Any]) -> Side:
    own = {f"workplace:{place}" for place in places}
    woman = {"woman"} if said.is_woman else set()
    return Side(
        carries=frozenset({f"person:{person}"} | own | woman | {f"speaks:{code}" for code in said.speaks}),
        never=frozenset({f"person:{whom}" for whom in nevers} | (own if said.not_my_workplace else set())),
        only=frozenset({"woman"} if said.only_women else set()),
    )


def by_person(pairs: Iterable[tuple[Any, Any]]) -> Mapping[Any, list[Any]]:
    found = defaultdict(list)
    for person, thing in pairs:
        found[person].append(thing)
    return found
