"""Drawing, as a device does it, and the page on which anybody sees whether theirs counted."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.postbox.signing import NotSignable
from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, is_here, page
from peerwork.people.tokens import drawing, queries
from peerwork.people.tokens.policy import may_draw


@page(may=is_here)
def my_rounds(request: Request) -> HttpResponse:
    """The open rounds in which this device draws: {rounds: [id, …]}. The same whether it has drawn or not."""
    return JsonResponse({"rounds": [one.pk for one in drawing.rounds_of(request.person)]})


@page(may=may_draw, takes="GET POST")
def my_draw(request: Request, round_id: str) -> HttpResponse:
    """Takes {blinded: [base64url, …]}, as many as the round has tokens. Answers {signatures, first}.

    `first`: whether they are under what was sent now; otherwise under what this person's device sent before.
    404: no round of theirs. 409: they asked for paper. 400: no batch of hidden tokens. GET: what was drawn.
    """
    try:
        drawing.theirs(request.person, round_id)
        if request.method != "POST":
            return _signatures(drawing.drawn_before(request.person, round_id))
        drawn = drawing.draw(request.person, round_id, _batch(request.body))
    except drawing.NotTheirs as error:
        raise Http404 from error
    except drawing.OnPaper:
        return HttpResponse(status=409)
    except NotSignable:
        return HttpResponse(status=400)
    return _signatures(drawn.signatures, first=drawn.is_the_first)


@page(may=may_draw, takes="GET POST")
def counted(request: Request) -> HttpResponse:
    """Did mine count? The numbers of each round; with an open vault the browser adds what only it knows.

    POST: `paper` (a round) asks for an envelope there, `device` takes that back until it is printed.
    """
    if request.method == "POST":
        _paper_or_device(request)
        return redirect("tokens:counted")
    mine = queries.rounds_of(request.person)
    return render(
        request, "tokens/counted.html", {"rounds": mine, "own_address": settings.OPTIONS.own_address}
    )


def _paper_or_device(request: Request) -> None:
    if back := request.POST.get("device"):
        drawing.not_on_paper(request.person, back)
        return
    if "paper" not in request.POST:
        return
    try:
        drawing.on_paper(request.person, request.POST["paper"])
    except drawing.HasDrawn:
        say(request, _("Whoever's device has drawn gets no paper."))
    except drawing.NotTheirs as error:
        raise Http404 from error


def _batch(body: bytes) -> list[bytes]:
    try:
        return [urlsafe_b64decode(f"{one}==") for one in json.loads(body)["blinded"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotSignable from error


def _signatures(signatures: list[bytes], **more: bool) -> HttpResponse:
    return JsonResponse(
        {"signatures": [urlsafe_b64encode(one).decode().rstrip("=") for one in signatures]} | more
    )
