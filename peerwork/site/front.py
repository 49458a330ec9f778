"""What every page shows around itself: the places a person may go, and the way out."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.answers import said
from peerwork.people.door.sessions import FIRST_REST, NOBODY
from peerwork.people.rules import Someone, is_here, is_member, is_peer
from peerwork.support.gatherings.policy import runs_something
from peerwork.support.line import policy as line


class Place(NamedTuple):
    """One entry of the way round. `roots` are the beginnings of the addresses that belong to it."""

    name: str | Promise
    icon: str
    address: str
    roots: tuple[str, ...]
    here: bool = False


PLACES = (
    (is_here, "site:home", "sun", _("Today")),
    (line.may_ask, "line:talk", "message-circle", _("Talk")),
    (is_member & ~line.may_ask, "letters:letters", "message-circle", _("Talk")),
    (is_member, "gatherings:calendar", "users", _("Together")),
    (is_here, "site:steer", "compass", _("Steer")),
    (is_here, "members:mine", "user", _("Mine")),
    (runs_something, "gatherings:run", "clipboard-list", _("Run")),
)


# Where a place is more than the page it leads to.
ROOTS = {
    "line:talk": ("/talk/", "/line/"),
    "letters:letters": ("/talk/", "/line/"),
    "site:steer": ("/steer/", "/themes/", "/consultations/", "/said/", "/released/", "/counted/"),
}


def places_for(person: Someone, path: str) -> list[Place]:
    """Today, Talk, Together, Steer, Mine, Run: only those this person may open."""
    allowed = [
        Place(name, icon, reverse(page), ROOTS.get(page, (reverse(page),)))
        for may, page, icon, name in PLACES
        if may(person, None)
    ]
    return [place._replace(here=any(_is_at(root, path) for root in place.roots)) for place in allowed]


def every_page(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", NOBODY)
    session = getattr(request, "session", None)
    rest = session.get("rest", FIRST_REST) if session is not None and person.hats else FIRST_REST
    return {
        "network": getattr(request, "network", None),
        "person": person,
        "is_peer": is_peer(person),
        "answers_the_line": line.answers(person),
        "plans_the_line": line.plans_the_line(person),
        "places": places_for(person, request.path) if person.hats else [],
        "said": said(request) if session is not None else "",
        "rest": rest,
        "rest_seconds": rest * 60,
        "exit": settings.OPTIONS.exit or reverse("door:clock"),
        "tongue": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def _is_at(root: str, path: str) -> bool:
    return path == root if root == "/" else path.startswith(root)
