"""Asking for a talk: the page of a peer, and the page of whoever has only its address."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from peerwork.ground.packs import packs
from peerwork.people.rules import Request, anyone, page
from peerwork.support.line import policy
from peerwork.support.line.after.ways_on import ways
from peerwork.support.line.number.at_the_switchboard import said_beside_it
from peerwork.support.line.roster.promises import promise

# Two people may talk aloud from here. No other page of the house lets a script near a microphone.
MAY_HEAR = "geolocation=(), camera=(), microphone=(self), payment=(), usb=()"


@page(may=policy.may_ask)
def talk(request: Request) -> HttpResponse:
    """The way to a peer. Whoever has no network sees the copy their phone kept, and a copy must not promise anything:
    so a device asks each time what is promised, and only without JavaScript it stands in the page."""
    context = {**_before_talking(), "ways": ways(talk_number=_number(request))}
    context["may_choose_whom"] = policy.may_choose_whom(request.person)
    response = render(request, "line/talk.html", context)
    response.headers["X-Keep"] = "talk"
    response.headers["Permissions-Policy"] = MAY_HEAR
    return response


@page(may=anyone)
def asking(request: Request) -> HttpResponse:
    """The same in the nameless zone, for a borrowed phone or a card in a pocket: read, and rung. It knows nobody."""
    return render(request, "line/asking.html", {**_before_talking(), "by_number": said_beside_it()})


def _before_talking() -> dict[str, Any]:
    """What is promised at this moment, and what stays between the two and what may not."""
    pack = packs.load("support_interventions")
    limits = [limit["plain"] for limit in pack["confidentiality_limits"]]
    return {"promise": promise(datetime.now(UTC)), "limits": limits, "language": pack["meta"]["language"]}


def _number(request: Request) -> str:
    return str(request.network.talk_number) if request.network else ""
