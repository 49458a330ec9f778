"""Where a provider asks what to do next: no cookie, no session. Its signature is the only authority.

No provider is chosen: a wall. Forged: refused, and nothing was done. Nothing of a request is ever logged.
"""

import json
import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from peerwork.people.rules import Request, anyone, page
from peerwork.support.line.number import by_provider, chosen, jambonz, signatures, twiml
from peerwork.support.line.number.at_the_switchboard import Switchboard
from peerwork.support.line.number.by_provider import Heard

FEW = 4
# Typed in once, at the provider, and so without the moment that every other address carries: a greeting, and the end.
FIXED = frozenset({"", "ended"})
# What each calls what we want to know.
TWILIO = {
    "name": "CallSid",
    "number": "From",
    "keys": "Digits",
    "parent": "ParentCallSid",
    "status": "CallStatus",
}
JAMBONZ = {
    "name": "call_sid",
    "number": "from",
    "keys": "digits",
    "parent": "parent_call_sid",
    "status": "call_status",
}


# Nothing to forge: the zone refuses cookies, and without the signature nothing is done.
@csrf_exempt
@page(may=anyone, takes="POST")
def of_twilio(request: Request, place: str = "") -> HttpResponse:
    settled = chosen.read()
    if not settled.twilio_token:
        raise Http404
    body = request.body  # before the form is read out of it
    try:
        signatures.check_twilio(
            settled.twilio_token,
            request.headers.get("X-Twilio-Signature", ""),
            url=settings.OPTIONS.own_address + request.get_full_path(),
            form=dict(request.POST.lists()),
            body=body,
        )
        if place not in FIXED:
            signatures.check_it_is_of_today(request.GET.get("given", ""))
    except signatures.Forged:
        return _refused()
    heard = _heard(request, request.POST, TWILIO)
    written = _written(twiml, "twilio", place, heard, settled)
    return HttpResponse(written, content_type="text/xml; charset=utf-8")


@csrf_exempt
@page(may=anyone, takes="POST")
def of_jambonz(request: Request, place: str = "") -> HttpResponse:
    settled = chosen.read()
    if not settled.jambonz_secret:
        raise Http404
    try:
        said = request.headers.get("Jambonz-Signature", "")
        signatures.check_jambonz(settled.jambonz_secret, said, body=request.body)
        told = _json(request.body)
    except signatures.Forged:
        return _refused()
    written = _written(jambonz, "jambonz", place, _heard(request, told, JAMBONZ), settled)
    return JsonResponse(written, safe=False)


def _json(body: bytes) -> dict[str, Any]:
    """Raises Forged for what is no object: it is nothing that jambonz sends."""
    try:
        told = json.loads(body)
    except ValueError as error:
        raise signatures.Forged from error
    if not isinstance(told, dict):
        raise signatures.Forged
    return told


def _heard(request: Request, told: Any, names: dict[str, str]) -> Heard:
    looks = request.GET.get("looks", "")
    return Heard(
        **{ours: str(told.get(theirs) or "") for ours, theirs in names.items()},
        looks=int(looks) if looks.isascii() and looks.isdecimal() and len(looks) <= FEW else 0,
    )


def _written(way: Any, provider: str, place: str, heard: Heard, settled: chosen.Chosen) -> Any:
    def at(there: str, looks: int = 0) -> str:
        path = reverse(f"a:{provider}_at", args=[there])
        return (
            f"{settings.OPTIONS.own_address}{path}?{urlencode({'given': int(time.time()), 'looks': looks})}"
        )

    with translation.override(settled.language or translation.get_language()):
        try:
            reply = by_provider.reply(place, heard, Switchboard())
        except KeyError as error:
            raise Http404 from error
    return way.written(reply, at=at, language=settled.language, number=settled.number, looks=heard.looks)


def _refused() -> HttpResponse:
    says = _("This is not signed as our provider signs. Nothing was done.")
    return HttpResponse(says + "\n", status=403, content_type="text/plain; charset=utf-8")
