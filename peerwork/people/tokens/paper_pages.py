"""Paper for whoever has no device, or wants none: who is on paper, and the envelopes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.people.tokens import drawing, envelopes, queries
from peerwork.people.tokens.forms import PaperForm
from peerwork.people.tokens.policy import hands_out_paper

SHEET = (
    "envelopes"  # in the session, which is in memory: until they are printed, and for this coordinator alone
)


@page(may=hands_out_paper, takes="GET POST")
def paper(request: Request, round_id: str) -> HttpResponse:
    """Who is on paper in this round. A name may be taken off again until the envelopes are printed."""
    the_round = _open(round_id)
    form = PaperForm(request.POST or None, people=queries.could_have_paper(request.person, the_round))
    if off := request.POST.get("off"):
        _take_off(round_id, off)
        return redirect("tokens:paper", round_id)
    if form.is_valid():
        _put_on_paper(request, round_id, form.cleaned_data["people"])
        return redirect("tokens:paper", round_id)
    people = envelopes.asked_for(round_id)
    context = {"round": the_round, "form": form, "on_paper": people, "sheet": round_id in _sheets(request)}
    context["waiting"] = sum(not one.is_printed for one in people)
    return render(request, "tokens/paper.html", context)


@never_cache
@page(may=hands_out_paper, takes="GET POST")
def sheet(request: Request, round_id: str) -> HttpResponse:
    """The envelopes to print. POST makes them; with `printed`, the codes are forgotten here as well."""
    the_round, kept = _open(round_id), _sheets(request)
    if request.method == "POST":
        fresh = [] if request.POST.get("printed") else kept.get(round_id, []) + envelopes.print_all(the_round)
        others = {other: codes for other, codes in kept.items() if other != round_id}
        request.session[SHEET] = others | ({round_id: fresh} if fresh else {})
        return redirect("tokens:envelopes" if fresh else "tokens:paper", round_id)
    if round_id not in kept:
        return redirect("tokens:paper", round_id)
    piles = [envelopes.as_printed(round_id, codes) for codes in kept[round_id]]
    context = {"round": the_round, "envelopes": piles, "own_address": settings.OPTIONS.own_address}
    return render(request, "tokens/envelopes.html", context)


def _open(round_id: str) -> Any:
    the_round = queries.open_round(round_id)
    if the_round is None:
        raise Http404
    return the_round


def _sheets(request: Request) -> dict[str, list[list[str]]]:
    return request.session.get(SHEET, {})


def _take_off(round_id: str, person_id: str) -> None:
    for somebody, _is_printed in envelopes.asked_for(round_id):
        if str(somebody.pk) == person_id:
            drawing.not_on_paper(somebody, round_id)


def _put_on_paper(request: Request, round_id: str, people: list) -> None:
    """One after the other, so that one who has drawn is in nobody else's way."""
    have_drawn = []
    for somebody in people:
        try:
            drawing.on_paper(somebody, round_id)
        except (drawing.HasDrawn, drawing.NotTheirs):
            have_drawn.append(somebody.name)
    if have_drawn:
        names = ", ".join(have_drawn)
        say(
            request,
            _("Their own device has its tokens already, so they get no paper: %(names)s.") % {"names": names},
        )
