"""What came of a consultation: every number with its interval, beside the year before where that says anything."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from peerwork.people.rules import Request, is_here, page
from peerwork.voice.consultation import answering
from peerwork.voice.consultation import results as told


@page(may=is_here)
def results(request: Request, consultation_id: Any) -> HttpResponse:
    """What this person may read of it by now. Where there is nothing yet, why."""
    today = answering.today(request.network)
    context = told.page_of(consultation_id, request.person, today)
    if context is None:
        raise Http404
    return render(request, "consultation/result.html", context)
