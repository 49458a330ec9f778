"""Steer: the one page from which peers find everything that is decided by being heard. Only what a person may open."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from peerwork.ground.postbox import rounds as postbox
from peerwork.insight.released import policy as released
from peerwork.people.rules import Someone, is_here
from peerwork.people.tokens import policy as tokens
from peerwork.support.line.after.complaints import hears_complaints
from peerwork.voice.consultation import policy as consultation
from peerwork.voice.findings import policy as findings
from peerwork.voice.themes import policy as themes


class Way(NamedTuple):
    """One line on the page: where it leads, and what it is good for."""

    address: str
    name: str | Promise
    says: str | Promise


type Lines = tuple[tuple[Predicate, str, str | Promise, str | Promise], ...]

SAY: Lines = (
    (
        themes.may_say,
        "themes:say",
        _("Say what it was about"),
        _("Up to three themes, after a contact or a gathering. Without a name."),
    ),
    (
        tokens.may_draw,
        "consultation:list",
        _("Consultations"),
        _("What the network asks its people, and what they said."),
    ),
    (
        tokens.may_draw,
        "tokens:counted",
        _("Did mine count?"),
        _("Anybody can check, and nobody can see whose is whose."),
    ),
)
READ: Lines = (
    (
        findings.reads,
        "findings:list",
        _("You said, we did"),
        _("What was found, what was promised, and what came of it."),
    ),
    (themes.reads_bulletins, "themes:bulletins", _("Bulletins"), _("Each quarter on one page.")),
    (
        is_here,
        "released:readings",
        _("What was released"),
        _("Every number that left, and who signed for it."),
    ),
    (
        released.reads_the_ledger,
        "released:ledger",
        _("What it cost"),
        _("The year's privacy: what was spent of it, and what is left."),
    ),
    (
        themes.reads_the_list,
        "themes:list",
        _("The list of themes"),
        _("What can be said, and how the list has changed."),
    ),
)
TEND: Lines = (
    (
        hears_complaints,
        "after:hear",
        _("Complaints about the line"),
        _("Sealed to whom the sender chose. Each is answered within seven days."),
    ),
    (
        consultation.writes,
        "consultation:start",
        _("Write a consultation"),
        _("Ask fewer questions, and know more."),
    ),
    (
        consultation.is_of_the_circle,
        "consultation:circle",
        _("The peer circle"),
        _("Words in somebody's own hand, said in other words."),
    ),
)


def envelopes_for(person: Someone) -> list[Way]:
    """Of each open round that this person prints for."""
    if not tokens.hands_out_paper(person):
        return []
    there = [
        one
        for one in postbox.open_now(tokens.AUDIENCES)
        if tokens.is_counted(one.pk) and tokens.prints_for(person, one.audience)
    ]
    name, says = (
        _("Envelopes for paper"),
        _("For those who would rather answer on paper. You see how many, and no name."),
    )
    return [
        Way(reverse("tokens:paper", args=[one.pk]), f"{name}: {one.pk.partition('.')[0]}", says)
        for one in there
    ]


def ways(person: Someone) -> list[tuple[str | Promise, list[Way]]]:
    """Under three headings: to say something, to read, and to look after it."""
    parts = ((_("Say something"), SAY), (_("Read"), READ), (_("Look after it"), TEND))
    found = [(title, _open_to(person, lines)) for title, lines in parts]
    found[-1][1].extend(envelopes_for(person))
    return [(title, lines) for title, lines in found if lines]


def _open_to(person: Someone, lines: Lines) -> list[Way]:
    return [Way(reverse(page), name, says) for may, page, name, says in lines if may(person, None)]
