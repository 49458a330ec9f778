"""The front door: Today, the pages about the house itself, and what makes it an app."""

import hashlib
import json
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerwork.ground.retention import holdings
from peerwork.ground.retention.declarations import KINDS_IN_WORDS
from peerwork.ground.ui.bars import picture
from peerwork.people.door.sessions import NOBODY, NotKept, SessionStore
from peerwork.people.members import often as members
from peerwork.people.members.queries import who_holds_the_keys
from peerwork.people.rules import Request, anyone, is_here, is_member, manages_staff, page
from peerwork.site import doors, steering
from peerwork.site.tongues import speak_their_language
from peerwork.support.care import debriefs
from peerwork.support.care.debriefs import plans_for_peers
from peerwork.support.care.policy import is_told
from peerwork.support.care.queries import words_to
from peerwork.support.gatherings import often
from peerwork.support.gatherings.cards import shown
from peerwork.support.gatherings.forms import PlaceForm
from peerwork.voice.consultation import often as consultation
from peerwork.voice.themes.policy import may_say


@page(may=anyone)
def home(request: Request) -> HttpResponse:
    """Today, for whoever is here. For everybody else a door that says nothing about what is behind it."""
    person = request.person
    if request.network is None:
        return render(request, "site/not_yet.html", status=503)
    if not person.hats:
        return render(request, "site/door.html")
    response = render(request, "site/today.html", _today(person))
    response.headers["X-Keep"] = (
        "today"  # the service worker may keep it, on a phone its owner said is theirs
    )
    return response


def _today(person: Any) -> dict[str, Any]:
    may_meet, asked = is_member(person), {"person": person.pk, "at": now()}
    return {
        "mine": shown(often.expected(person.hats, 4, **asked)) if may_meet else [],
        "soon": shown(often.not_expected(person.hats, 6, **asked)) if may_meet else [],
        "offer": members.offer_to(person.pk),
        "may_meet": may_meet,
        "words": is_told(person) and words_to(person).exists(),
        "asked": consultation.open_for(person, localdate()),
        "may_say": may_say(person),
        "debriefs": plans_for_peers(person) and debriefs.waiting().exists(),
    }


@page(may=is_here)
def who_may(request: Request) -> HttpResponse:
    """Who may do what, asked of the same rules that open the doors."""
    context = {"doors": doors.table(), "coordinators": who_holds_the_keys()}
    return render(request, "site/who_may.html", context)


@page(may=is_here)
def steer(request: Request) -> HttpResponse:
    return render(request, "site/steer.html", {"ways": steering.ways(request.person)})


@page(may=is_here)
def held(request: Request) -> HttpResponse:
    """If this server were seized today. Without numbers for those who manage staff: a number can tell
    that something exists which is not there for them."""
    numbers = is_member(request.person) and not manages_staff(request.person)
    seized = holdings.seized() if numbers else None
    tables = seized.holdings if seized else holdings.declared()
    return render(request, "site/held.html", {"kinds": KINDS_IN_WORDS, "tables": tables, "seized": seized})


@page(may=is_here)
def patterns(request: Request) -> HttpResponse:
    """Every piece the pages are made of, on one page."""
    form = PlaceForm({"minutes": "none"})
    return render(
        request,
        "site/patterns.html",
        {"form": form, "picture": picture([(_("One"), 12), (_("Two"), 30), (_("Three"), None)])},
    )


@page(may=anyone)
def manifest(request: Request) -> HttpResponse:
    name = request.network.public_name if request.network else ""
    icon = {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}
    said = {
        "name": name,
        "short_name": name,
        "start_url": "/",
        "display": "standalone",
        "background_color": "#faf6ef",
        "theme_color": "#1d5c63",
        "icons": [icon],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@page(may=anyone)
def service_worker(request: Request) -> HttpResponse:
    """The service worker stands at the root, so that it may look after the root."""
    files = (
        "ui/house.css",
        "vendor/atkinson.woff2",
        "ui/leave.js",
        "ui/offline.js",
        "ui/icon.svg",
        "care/now.css",
        "care/now.js",
    )
    kept = json.dumps(["/offline/", *(static(name) for name in files)])
    every_file = getattr(staticfiles_storage, "manifest_hash", "")
    context = {"kept": kept, "version": hashlib.sha256(f"{kept} {every_file}".encode()).hexdigest()[:12]}
    response = render(request, "site/sw.js", context, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@page(may=anyone)
def offline(request: Request) -> HttpResponse:
    return render(request, "site/offline.html")


def form_too_old(request: Any, reason: str = "") -> HttpResponse:
    """A form that waited too long, or came from elsewhere. Nothing was done with it."""
    return render(
        request,
        "site/trouble.html",
        {"says": _("This page waited too long. Go back, and send it again.")},
        status=403,
    )


def not_found(request: Any, exception: Exception | None = None) -> HttpResponse:
    says = _("There is nothing here. It may be over, or it was never here.")
    return render(request, "site/trouble.html", {"says": says}, status=404)


def broke(request: Any) -> HttpResponse:
    """Something of ours broke. Made without the database, which may be what broke."""
    words = {
        "first": _("Something of ours broke"),
        "then": _("What you saved before is kept. Go back and try once more."),
    }
    return HttpResponse(render_to_string("site/broke.html", words), status=500)


def bad(request: Any, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, NotKept):
        return _not_kept(request)
    says = _("That could not be read. Nothing was changed.")
    return render(request, "site/trouble.html", {"says": says}, status=400)


def _not_kept(request: Any) -> HttpResponse:
    """There was no room to remember who this is, so the page is a stranger's, and says so."""

    def told(request: Any) -> HttpResponse:
        says = _("This server has no room to remember you just now. Please sign in again in five minutes.")
        return render(request, "site/trouble.html", {"says": says}, status=503)

    request.session, request.person = SessionStore(), NOBODY
    return speak_their_language(told)(request)
