"""Paper for whoever has no device, or wants none. People ask for it themselves; the desk sees how many."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from peerwork.people.rules import Request, page
from peerwork.people.tokens import envelopes, queries
from peerwork.people.tokens.policy import hands_out_paper, prints_for


@page(may=hands_out_paper)
def paper(request: Request, round_id: str) -> HttpResponse:
    """How many wait for paper, and how many envelopes were printed. Never who."""
    the_round = _open(request, round_id)
    waiting, printed = envelopes.how_many_wait(round_id), envelopes.how_many_printed(the_round)
    return render(request, "tokens/paper.html", {"round": the_round, "waiting": waiting, "printed": printed})


@never_cache
@page(may=hands_out_paper, takes="GET POST")
def sheet(request: Request, round_id: str) -> HttpResponse:
    """POST makes the envelopes and shows them, this once; with `again`, in place of those that nobody used."""
    the_round = _open(request, round_id)
    if request.method != "POST":
        return redirect("tokens:paper", round_id)
    make = envelopes.print_again if request.POST.get("again") else envelopes.print_all
    piles = [envelopes.as_printed(round_id, codes) for codes in make(the_round)]
    if not piles:
        return redirect("tokens:paper", round_id)
    context = {"round": the_round, "envelopes": piles, "own_address": settings.OPTIONS.own_address}
    return render(request, "tokens/envelopes.html", context)


def _open(request: Request, round_id: str) -> Any:
    the_round = queries.open_round(round_id)
    if the_round is None or not prints_for(request.person, the_round.audience):
        raise Http404
    return the_round
