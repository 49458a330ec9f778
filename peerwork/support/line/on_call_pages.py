"""Being on call: one page, on every device somebody chose, that rings."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csp import csp_override

from peerwork.ground.packs import packs
from peerwork.people.rules import Request, page
from peerwork.support.line import policy
from peerwork.support.line.after.ways_on import ways
from peerwork.support.line.number import chosen
from peerwork.support.line.pages import MAY_HEAR

# Words that somebody left on the telephone are opened on this page, and heard from it. No other page plays anything.
MAY_PLAY: dict[str, Any] = settings.SECURE_CSP | {"media-src": ["blob:"]}


@csp_override(MAY_PLAY)
@page(may=policy.answers)
def on_call(request: Request) -> HttpResponse:
    """A frame without calls, the same for everybody and at every hour. What rings, the device asks for."""
    pack = packs.load("support_line")
    context = {
        "urgent": [step["text"] for step in pack["urgent_steps"]],
        "protects": [rule["text"] for rule in pack["roster"]["protect"]],
        "language": pack["meta"]["language"],
        "has_number": chosen.has_one(),
        "ways": ways(talk_number=str(request.network.talk_number)),
    }
    response = render(request, "line/on_call.html", context)
    response.headers["Permissions-Policy"] = MAY_HEAR
    return response
