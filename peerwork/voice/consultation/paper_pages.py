"""Paper: the questions to print, with room for a pen, and a page where papers from the box are typed in.

Somebody without a phone, or with one they do not trust, answers with a pen. They fear that their hand is known, or
that whoever collects the papers sees whose is whose. So a paper has no mark of its own: a code out of an envelope like
all others, good once, is all it has. Who types may be any of those it is for, one paper after another.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from peerwork.people.rules import Request, is_member, page
from peerwork.voice.consultation import answering


@page(may=is_member)
def questionnaire(request: Request, consultation_id: Any) -> HttpResponse:
    """To print, in one of its languages, with the words of the house in the same. Every copy is the same."""
    one = get_object_or_404(answering.on_paper_for(request.person), pk=consultation_id)
    language = answering.first_language(one.form, request.GET.get("in") or get_language() or "")
    with answering.spoken_in(language):
        return render(request, "consultation/paper_print.html", answering.sheet(one, wanted=language))


@page(may=is_member)
def type_in(request: Request, consultation_id: Any) -> HttpResponse:
    """One paper after another. What is typed leaves the page without a cookie, with the paper's own code."""
    one = get_object_or_404(answering.on_paper_for(request.person), pk=consultation_id)
    if not answering.is_open(one, answering.today(request.network)):
        return render(request, "consultation/answer_over.html", {"consultation": one})
    return render(request, "consultation/paper.html", answering.sheet(one))
