"""The way on from one call: what whoever answers may offer, and what the other's own device makes a link of.

What goes over, sealed, is a code. It stands for an address that is the same for everybody, so following it says
nothing of any call. Whoever asked decides, on their own screen, whether it is followed. Nothing is handed over for
them, and nothing of the call goes along: the pathway of the pack says so, and so does the test beside this.
"""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.ground.packs import packs


class Way(NamedTuple):
    """`code` is all that is sent. `address` is the house's own, or a telephone number the network gave."""

    code: str
    words: str | Promise
    address: str


class Step(NamedTuple):
    """One step of the pathway, in the pack's words: `when` it may be offered. Any of them may be left out."""

    code: str
    label: str
    when: str


# In the order they are offered: what is near and light comes first.
WAYS: tuple[tuple[str, str, str, str | Promise], ...] = (
    ("step_moment", "line:talk", "", _("Talk to a peer again, any time")),
    ("step_series", "letters:letters", "", _("Write letters with somebody you choose")),
    ("step_group", "gatherings:calendar", "?kind=support", _("Come to a support group")),
    ("reflect", "gatherings:calendar", "?kind=practice", _("Think about the work with others")),
    ("step_intro", "letters:people", "", _("Find a mentor or supervisor by their card")),
    ("training", "gatherings:calendar", "?kind=training", _("Come to a training")),
    ("debrief", "care:hard", "", _("Ask for a debrief, or start a path of your own")),
    ("plan", "care:plan", "", _("Make a plan that only you can open")),
)
OUTSIDE = "outside"


def ways(*, talk_number: str) -> list[Way]:
    """Every way there is in this house. One whose room is not built here is left out."""
    found = [Way(code, words, address + more) for code, name, more, words in WAYS if (address := _at(name))]
    if talk_number:
        number = "".join(letter for letter in talk_number if letter in "+0123456789")
        found.append(Way(OUTSIDE, _("Ring the number of the network"), f"tel:{number}"))
    return found


def pathway() -> list[Step]:
    """From one contact to supervision, and when each next step may be offered."""
    steps = packs.load("support_interventions")["pathway"]
    return [Step(step["code"], step["label"], step["offer_next_when"] or "") for step in steps]


def rules() -> list[str]:
    """What holds for every step, to be read before one is offered."""
    return [rule["text"] for rule in packs.load("support_interventions")["pathway_rules"]]


def _at(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
