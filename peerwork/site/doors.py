"""Who may do what here, for the page any member can open. Nothing on it is written by hand but the words.

Each line asks the rule itself, with a stand-in who wears one hat, so the page cannot say anything else
than what the doors do.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from peerwork.people import rules as people
from peerwork.people.rules import Hat
from peerwork.support.care import policy as care
from peerwork.support.care.debriefs import plans_for_peers
from peerwork.support.gatherings import policy
from peerwork.support.gatherings.models import Company, Gathering, Kind
from peerwork.support.line import policy as line
from peerwork.support.line.after.complaints import hears_complaints


@dataclass(frozen=True)
class StandIn:
    """Somebody who wears exactly these hats."""

    hats: frozenset[str]
    pk: Any = None


@dataclass(frozen=True)
class Door:
    """One thing a person may do, the rule behind it, and what it is done to."""

    says: str | Promise
    rule: Predicate
    thing: Any = None
    also: str | Promise = ""


@dataclass(frozen=True)
class Line:
    """One door as the page shows it: whom it opens to, and whom it does not."""

    says: str | Promise
    also: str | Promise
    opens_to: list[str | Promise]
    stays_shut_to: list[str | Promise]


def _gathering(company: Company, kind: Kind = Kind.SUPPORT) -> Gathering:
    return Gathering(company=company, kind=kind)


# One column each. The last is Morgan's: a peer who also manages staff.
HATS = [
    *((hat.label, frozenset({hat.value})) for hat in Hat),
    (_("Peer who manages staff"), frozenset({Hat.PEER, Hat.MANAGER})),
]

DOORS = (
    Door(_("See what is on, and look for something"), people.is_member),
    Door(_("Know of a gathering for peers alone"), policy.may_know, _gathering(Company.PEERS_ALONE)),
    Door(_("Keep a seat at a gathering for peers alone"), policy.may_enter, _gathering(Company.PEERS_ALONE)),
    Door(_("Keep a seat where managers are welcome"), policy.may_enter, _gathering(Company.MANAGERS_WELCOME)),
    Door(_("Keep a seat at a gathering for managers"), policy.may_enter, _gathering(Company.MANAGERS_ONLY)),
    Door(
        _("Keep a seat at an advisory meeting"),
        policy.may_enter,
        _gathering(Company.MANAGERS_WELCOME, Kind.ADVISORY),
    ),
    Door(_("Plan a gathering"), policy.plans),
    Door(
        _("See who keeps a seat"),
        policy.may_see_seats,
        _gathering(Company.MANAGERS_WELCOME),
        also=_("Only whoever holds the room, for that gathering, until the night after."),
    ),
    Door(_("See the quarter's numbers"), people.is_coordinator),
    Door(_("Invite, pause, and see the list of people"), people.is_coordinator),
    Door(_("Remove somebody"), people.is_coordinator, also=_("Only with a second coordinator's word.")),
    Door(_("Vouch for somebody who is locked out"), people.is_peer),
    Door(
        _("Be told by a worker that they have a plan"),
        care.is_told,
        also=_("One sentence, one time, at the same workplace."),
    ),
    Door(_("Ask to talk to a peer"), line.may_ask, also=_("Nobody learns who asked.")),
    Door(_("Answer those who ask"), line.answers),
    Door(
        _("See who is on duty for the line"),
        line.knows_the_roster,
        also=_("Never who was. It is deleted when they have had their rest."),
    ),
    Door(_("Plan the hours of the line"), line.plans_the_line),
    Door(_("Read complaints about the line"), hears_complaints, also=_("Whom of them, the sender chooses.")),
    Door(_("See that a debrief was asked for"), plans_for_peers, also=_("Not by whom. Nobody can.")),
    Door(_("Open your plan, your log, or anything sealed to you"), people.nobody, also=_("Nobody but you.")),
)


def table() -> list[Line]:
    return [Line(door.says, door.also, _whom(door, opens=True), _whom(door, opens=False)) for door in DOORS]


def _whom(door: Door, *, opens: bool) -> list[str | Promise]:
    return [name for name, hats in HATS if bool(door.rule(StandIn(hats), door.thing)) is opens]
