"""My plan, as the server knows it: the questions, and ways to begin. Never an answer.

Who uses it: somebody before their first day, in ten minutes or in ten sittings. Then the same person on the
bus after a night that went wrong, on a small cracked phone. The plan names what sets them off, what they use,
friends who died, and bosses. They fear a boss who reads it, a coordinator who means well, a court that asks
for it, a partner who picks up the phone, and a page that shows whether there is a plan at all.

So everybody's page is the same. The answers are sealed on the device and lie on the shelf among blank pages
(people/vault): doc "plan", one section for each part, and nothing of it here.
"""

from dataclasses import dataclass
from functools import cache

from peerwork.ground.packs import packs
from peerwork.support.care.options import LENGTHS

# What somebody's boss has to agree to, or is done with the team, happens at work. So does a shift.
AT_WORK = frozenset({"team", "org"})


@dataclass(frozen=True)
class Part:
    """One part of a plan. `offers` are the moments whose options it shows; `choices` are (code, words)."""

    code: str
    label: str
    prompt: str
    starters: tuple[str, ...]
    offers: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Option:
    """One of the library. `length` is the shortest of LENGTHS it fits into, `company` "alone" or "others".

    `where` is "work", "away", or both. `moments`, `fits` and `energy` are codes of the pack; `costs` is words.
    """

    code: str
    label: str
    length: int
    energy: str
    company: str
    where: str
    moments: str
    fits: str
    costs: str


@dataclass(frozen=True)
class Shelf:
    """The options of one area, as they stand beside each other."""

    label: str
    options: tuple[Option, ...]


@cache
def parts() -> tuple[Part, ...]:
    return tuple(_part(said) for said in packs.load("self_care_options")["plan_template"])


@cache
def library() -> tuple[Shelf, ...]:
    pack = packs.load("self_care_options")
    return tuple(
        Shelf(area["label"], tuple(_option(said, pack["costs"]) for said in area["options"]))
        for area in pack["categories"]
    )


def lives() -> list[tuple[str, str]]:
    """The lives an option may fit: (code, words)."""
    return list(packs.load("self_care_options")["lives"].items())


def _part(said: packs.Pack) -> Part:
    choices = tuple(said.get("choices", {}).items())
    return Part(
        said["code"], said["label"], said["prompt"], said["starters"], said.get("offers", ()), choices
    )


def _option(said: packs.Pack, costs: packs.Pack) -> Option:
    return Option(
        code=said["code"],
        label=said["label"],
        length=next((length for length in LENGTHS if said["effort"] <= length), LENGTHS[-1]),
        energy=said["energy"],
        company="alone" if said["with"] == "self" else "others",
        where=_where(said),
        moments=" ".join(said["when"]),
        fits=" ".join(said.get("fits", ())),
        costs=costs[said["cost"]],
    )


def _where(said: packs.Pack) -> str:
    at_work = said["with"] in AT_WORK or "during" in said["when"]
    away = said["with"] not in AT_WORK and set(said["when"]) != {"during"}
    return " ".join(place for place, is_there in (("work", at_work), ("away", away)) if is_there)
