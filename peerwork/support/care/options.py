"""What somebody could do right now, out of the pack of self-care options. Chosen on the device: nothing is asked of us.

Who opens this: somebody between two shifts, or after a death, with five minutes and no words. They fear that
a click is written down somewhere. So the page holds every option, and the three answers never leave it.
"""

from dataclasses import dataclass
from functools import cache

from peerwork.ground.packs import packs

# How long somebody has, in minutes. An option goes with the shortest time it fits into.
LENGTHS = (5, 20, 60)
# Plans for before a shift are no help in the middle of one; neither is what a boss has to allow first.
NOW = frozenset({"during", "after", "day_off", "loss"})
NEEDS_NOBODYS_LEAVE = frozenset({"self", "peer", "team"})


@dataclass(frozen=True)
class Option:
    """`length` is one of LENGTHS; `energy` is "little" or "some"; `company` is "alone" or "others"."""

    code: str
    label: str
    length: int
    energy: str
    company: str


@cache
def for_now() -> tuple[Option, ...]:
    pack = packs.load("self_care_options")
    options = (option for category in pack["categories"] for option in category["options"])
    return tuple(_option(said) for said in options if _is_for_now(said))


def language() -> str:
    """The language the options are written in."""
    return str(packs.load("self_care_options")["meta"]["language"])


def _is_for_now(said: packs.Pack) -> bool:
    at_once = not NOW.isdisjoint(said["when"]) and said["with"] in NEEDS_NOBODYS_LEAVE
    return at_once and said["cost"] != "paid" and said["effort"] <= LENGTHS[-1]


def _option(said: packs.Pack) -> Option:
    length = next(length for length in LENGTHS if said["effort"] <= length)
    company = "alone" if said["with"] == "self" else "others"
    return Option(said["code"], said["label"], length, said["energy"], company)
