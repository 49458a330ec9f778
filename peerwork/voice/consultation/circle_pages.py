"""The peer circle: words in somebody's own hand, said in other words and agreed on, before anybody else reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerwork.ground.postbox import hints
from peerwork.ground.ui.answers import say
from peerwork.people.members import queries as members
from peerwork.people.rules import Request, page
from peerwork.voice.consultation import circle, consultations, queries
from peerwork.voice.consultation.forms import WordingForm
from peerwork.voice.consultation.models import Wording
from peerwork.voice.consultation.policy import is_of_the_circle


@page(may=is_of_the_circle)
def waiting(request: Request) -> HttpResponse:
    """How much waits for the circle, in each consultation that is over."""
    person = request.person
    context = {
        "consultations": [
            (one, len(circle.waiting(one)), len(_to_agree(person, one)))
            for one in queries.over_for_the_circle(person)
        ]
    }
    return render(request, "consultation/run_circle.html", context)


@page(may=is_of_the_circle)
def words(request: Request, consultation_id: Any) -> HttpResponse:
    """What was written, in another order each time, and what is to be agreed on."""
    thing = get_object_or_404(queries.over_for_the_circle(request.person), pk=consultation_id)
    context = {
        "consultation": thing,
        "words": [(slip, said) for slip, _question, said in circle.waiting(thing)],
        "to_agree": _to_agree(request.person, thing),
        "agreed": queries.agreed_wordings(consultations.round_of(thing)).count(),
    }
    return render(request, "consultation/run_words.html", context)


@page(may=is_of_the_circle, takes="GET POST")
def slip(request: Request, consultation_id: Any, slip_id: Any) -> HttpResponse:
    """One piece of writing, and the place to say it otherwise. Then it is deleted."""
    thing = get_object_or_404(queries.over_for_the_circle(request.person), pk=consultation_id)
    question, in_their_hand = _found(thing, slip_id)
    form = WordingForm(request.POST or None)
    found = _hints(form) if form.is_valid() else []
    if form.is_valid() and not found:
        otherwise = form.cleaned_data["in_other_words"]
        with nowhere_if_done():
            circle.say_otherwise(thing, slip_id, otherwise, by=request.person)
        say(request, _("Thank you. What was written is deleted. Two others read your words now."))
        return redirect("consultation:words", thing.pk)
    context = {
        "consultation": thing,
        "slip": slip_id,
        "in_their_hand": in_their_hand,
        "form": form,
        "hints": found,
    }
    context["question"] = queries.question_text(thing, question, get_language() or "")
    return render(request, "consultation/run_slip.html", context)


@page(may=is_of_the_circle, takes="POST")
def slip_left_out(request: Request, consultation_id: Any, slip_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.over_for_the_circle(request.person), pk=consultation_id)
    _found(thing, slip_id)
    with nowhere_if_done():
        circle.leave_out(thing, slip_id)
    say(request, _("It is deleted, and nobody else reads it."))
    return redirect("consultation:words", thing.pk)


@page(may=is_of_the_circle, takes="POST")
def agreement(request: Request, wording_id: Any) -> HttpResponse:
    """It gives nobody away, says one of two."""
    wording, thing = _wording(request, wording_id)
    with nowhere_if_done():
        did = circle.agree(wording, by=request.person)
    say(request, _("Thank you.") if did else _("Yours is there already. It takes two others."))
    return redirect("consultation:words", thing.pk)


@page(may=is_of_the_circle, takes="GET POST")
def wording(request: Request, wording_id: Any) -> HttpResponse:
    """It could give somebody away: in yet other words, or not at all."""
    there, thing = _wording(request, wording_id)
    if request.POST.get("strike") == "yes":
        circle.strike_out(there)
        say(request, _("It is deleted, and nobody else reads it."))
        return redirect("consultation:words", thing.pk)
    form = WordingForm(request.POST or None, initial={"in_other_words": there.in_other_words})
    found = _hints(form) if form.is_valid() else []
    if form.is_valid() and not found:
        with nowhere_if_done():
            circle.say_again(there, form.cleaned_data["in_other_words"], by=request.person)
        say(request, _("Thank you. Two others read your words now."))
        return redirect("consultation:words", thing.pk)
    context = {"consultation": thing, "wording": there, "form": form, "hints": found}
    return render(request, "consultation/run_wording.html", context)


@contextmanager
def nowhere_if_done() -> Iterator[None]:
    """What somebody was faster with, between two lines of this page, is nowhere either."""
    try:
        yield
    except circle.SaidAlready as error:
        raise Http404 from error


def _found(thing: Any, slip_id: Any) -> tuple[str, str]:
    """One of the words that wait. What somebody was faster with is nowhere."""
    for key, question, said in circle.waiting(thing):
        if key == slip_id:
            return question, said
    raise Http404


def _wording(request: Request, wording_id: Any) -> tuple[Wording, Any]:
    """What is not agreed yet, of a consultation this person may work on."""
    rounds = {consultations.round_of(one): one for one in queries.over_for_the_circle(request.person)}
    found = get_object_or_404(queries.not_agreed(rounds), pk=wording_id)
    return found, rounds[found.round]


def _to_agree(person: Any, thing: Any) -> list[Wording]:
    there = queries.not_agreed([consultations.round_of(thing)])
    return [one for one in there if circle.is_waiting_for(person, one)]


def _hints(form: WordingForm) -> list[hints.Hint]:
    """What could point at somebody. Nothing, once they said that it is right."""
    if form.cleaned_data["anyway"]:
        return []
    return hints.find(form.cleaned_data["in_other_words"], names=members.names_and_workplaces())
