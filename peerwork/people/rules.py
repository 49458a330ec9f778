"""Rules about people themselves, and the one way a page says who may open it.

Rooms build their own rules out of these. A closed door looks like a wall: 404, never 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate, predicate


class Hat(TextChoices):
    """What a person does here. Nobody is only one thing."""

    PEER = "peer", _("Peer worker")
    PEER_ELSEWHERE = "peer_elsewhere", _("Peer in another role")
    SUPPORTER = "supporter", _("Answers the line")
    SUPERVISOR = "supervisor", _("Peer supervisor")
    MENTOR = "mentor", _("Mentor")
    FACILITATOR = "facilitator", _("Facilitator")
    TRAINER = "trainer", _("Trainer")
    COORDINATOR = "coordinator", _("Coordinator")
    MANAGER = "manager", _("Manages staff")
    ADVISER = "adviser", _("Advisory group member")
    CO_CHAIR = "co_chair", _("Co-chair")
    FUNDER = "funder", _("Funder")


class Someone(Protocol):
    """All a rule may ask about a person: who it is, and which hats they wear."""

    pk: Any
    hats: frozenset[str]


def wears(*hats: Hat) -> Predicate:
    """One of these hats is enough."""
    wanted = frozenset(hats)
    return predicate(
        lambda person, _thing=None: not wanted.isdisjoint(person.hats),
        name=" or ".join(f"is_{hat.value}" for hat in hats),
    )


@predicate
def anyone(_person: Someone, _thing: object = None) -> bool:
    return True


@predicate
def nobody(_person: Someone, _thing: object = None) -> bool:
    return False


@predicate
def is_here(person: Someone, _thing: object = None) -> bool:
    return bool(person.hats)


is_peer = wears(Hat.PEER, Hat.PEER_ELSEWHERE)
is_supporter = wears(Hat.SUPPORTER)
is_facilitator = wears(Hat.FACILITATOR)
is_coordinator = wears(Hat.COORDINATOR)
is_funder = wears(Hat.FUNDER)
is_co_chair = wears(Hat.CO_CHAIR)
advises = wears(Hat.ADVISER, Hat.CO_CHAIR)
manages_staff = wears(Hat.MANAGER)
# Peers see what was counted before anybody else does, and so do those who sign for it.
reads_first = (is_peer | is_co_chair) & ~manages_staff
# They have the list of people before them: to them a name that is pointed at tells nothing.
knows_everybody = is_coordinator & ~manages_staff
# A funder who wears no other hat sees what was released, and nothing of the network's life.
is_member = wears(*(hat for hat in Hat if hat is not Hat.FUNDER))


class Request(HttpRequest):
    """What a page is given: a request, who made it, and which network this is (door/sessions.py)."""

    person: Any
    network: Any


def must(rule: Predicate, person: Someone, thing: object = None) -> None:
    """Stop here unless the rule holds. A closed door looks like a wall."""
    if not rule(person, thing):
        raise Http404


type View = Callable[..., HttpResponse]


def page(*, may: Predicate, takes: str = "GET") -> Callable[[View], View]:
    """Who may open this page, and how. Every address needs one; the tests walk the list of addresses.

    `takes` is a list of methods with spaces between; HEAD comes with GET. Somebody who is not signed in
    and may not open it is sent to sign in, wherever the address leads, so that no address tells more.
    """
    methods = frozenset(takes.split()) | ({"HEAD"} if "GET" in takes.split() else set())

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            person: Someone = request.person
            if not may(person, None):
                return _wall(request, person)
            if request.method not in methods:
                return HttpResponseNotAllowed(sorted(methods))
            return view(request, *args, **kwargs)

        opened.may = may  # type: ignore[attr-defined]
        opened.takes = methods  # type: ignore[attr-defined]
        return opened

    return mark


def _wall(request: Request, person: Someone) -> HttpResponse:
    if person.hats:
        raise Http404
    wanted = (
        f"?{urlencode({'next': request.path})}" if request.method == "GET" and request.path != "/" else ""
    )
    return HttpResponseRedirect(reverse("door:sign_in") + wanted)
