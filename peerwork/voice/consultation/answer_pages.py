"""Answering: what is asked just now, and one questionnaire, the same page for everybody who may answer it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from peerwork.people.rules import Request, is_here, is_member, page
from peerwork.voice.consultation import answering, queries, results


@page(may=is_here)
def consultations(request: Request) -> HttpResponse:
    """What is asked, and what came of it. For a funder: what was released, and no word of anything else."""
    today = answering.today(request.network)
    told = results.told_to(request.person, today)
    context = {
        "asked": queries.open_for(request.person, today),
        "told": told,
        "counting": [one for one in results.not_told_yet(request.person, today) if one not in told],
        "themes": results.themes_in_words(request.person),
        "may_answer": is_member(request.person),
    }
    return render(request, "consultation/list.html", context)


@page(may=is_member)
def answer(request: Request, consultation_id: Any) -> HttpResponse:
    """The questions. Nothing about whoever looks, so that it may be kept on a phone its owner said is theirs."""
    one = get_object_or_404(queries.for_the_audience(request.person), pk=consultation_id)
    if not answering.is_open(one, answering.today(request.network)):
        return render(request, "consultation/answer_over.html", {"consultation": one})
    response = render(request, "consultation/answer.html", answering.sheet(one))
    response.headers["X-Keep"] = "consultation"
    return response
