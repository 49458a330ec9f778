"""The peer circle: words in somebody's own hand, said in other words and agreed on, before anybody else reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.postbox import hints
from peerwork.ground.ui.answers import say
from peerwork.people.members import queries as members
from peerwork.people.rules import Request, knows_everybody, page
from peerwork.voice.consultation import circle, over, queries
from peerwork.voice.consultation.forms import WordingForm
from peerwork.voice.consultation.models import Wording
from peerwork.voice.consultation.over import Over
from peerwork.voice.consultation.policy import is_of_the_circle


@page(may=is_of_the_circle)
def waiting(request: Request) -> HttpResponse:
    """How much waits for the circle, in each consultation and each quarter of themes that is over."""
    person = request.person
    context = {
        "consultations": [
            (one, len(circle.waiting(one.round)), len(_to_agree(person, one)))
            for one in over.for_the_circle(person)
        ]
    }
    return render(request, "consultation/run_circle.html", context)


@page(may=is_of_the_circle)
def words(request: Request, consultation_id: Any) -> HttpResponse:
    """What was written, in another order each time, and what is to be agreed on."""
    thing = _over(request, consultation_id)
    context = {
        "consultation": thing,
        "words": [(slip, said) for slip, _question, said in circle.waiting(thing.round)],
        "to_agree": _to_agree(request.person, thing),
        "agreed": queries.agreed_wordings(thing.round).count(),
    }
    return render(request, "consultation/run_words.html", context)


@page(may=is_of_the_circle, takes="GET POST")
def slip(request: Request, consultation_id: Any, slip_id: Any) -> HttpResponse:
    """One piece of writing, and the place to say it otherwise. Then it is deleted."""
    thing = _over(request, consultation_id)
    question, in_their_hand = _found(thing, slip_id)
    form = WordingForm(request.POST or None)
    found = _hints(form, request.person) if form.is_valid() else []
    if form.is_valid() and not found:
        otherwise = form.cleaned_data["in_other_words"]
        with nowhere_if_done():
            circle.say_otherwise(thing.round, slip_id, otherwise, by=request.person)
        say(request, _("Thank you. What was written is deleted. Two others read your words now."))
        return redirect("consultation:words", thing.pk)
    context = {
        "consultation": thing,
        "slip": slip_id,
        "in_their_hand": in_their_hand,
        "form": form,
        "hints": found,
    }
    context["question"] = over.question_text(thing, question)
    return render(request, "consultation/run_slip.html", context)


@page(may=is_of_the_circle, takes="POST")
def slip_left_out(request: Request, consultation_id: Any, slip_id: Any) -> HttpResponse:
    thing = _over(request, consultation_id)
    _found(thing, slip_id)
    with nowhere_if_done():
        circle.leave_out(thing.round, slip_id)
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
    found = _hints(form, request.person) if form.is_valid() else []
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


def _found(thing: Over, slip_id: Any) -> tuple[str, str]:
    """One of the words that wait. What somebody was faster with is nowhere."""
    for key, question, said in circle.waiting(thing.round):
        if key == slip_id:
            return question, said
    raise Http404


def _over(request: Request, number: Any) -> Over:
    found = over.find(request.person, number)
    if found is None:
        raise Http404
    return found


def _wording(request: Request, wording_id: Any) -> tuple[Wording, Over]:
    """What is not agreed yet, of what this person may work on."""
    rounds = {one.round: one for one in over.for_the_circle(request.person)}
    found = get_object_or_404(queries.not_agreed(rounds), pk=wording_id)
    return found, rounds[found.round]


def _to_agree(person: Any, thing: Over) -> list[Wording]:
    there = queries.not_agreed([thing.round])
    return [one for one in there if circle.is_waiting_for(person, one)]


def _hints(form: WordingForm, person: Any) -> list[hints.Hint]:
    """What could point at somebody. Nothing, once they said that it is right.

    A name is known here only to whoever sees the list of people anyway: to others it would say who is here.
    """
    if form.cleaned_data["anyway"]:
        return []
    names = members.names_and_workplaces() if knows_everybody(person) else ()
    return hints.find(form.cleaned_data["in_other_words"], names=names)
