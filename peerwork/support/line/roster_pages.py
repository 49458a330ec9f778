"""The line, for those who answer it: my shifts, what is open, a swap, cover, rest, and what I say of myself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.policy import answers, knows_the_roster, may_choose_whom, plans_the_line
from peerwork.support.line.roster import (
    duties,
    never,
    queries,
    sheet,
    supporters,
    swaps,
    undoing,
)
from peerwork.support.line.roster import (
    rest as rests,
)
from peerwork.support.line.roster.forms import MeForm, NameForm, NeverForm, PutOnForm, RestForm
from peerwork.support.line.roster.limits import Broken

UNDO = "undo"
A_WEEK = timedelta(days=7)


@page(may=answers)
def mine(request: Request) -> HttpResponse:
    person = request.person
    more = {"rests_until": rests.over_for(person), "plans": plans_the_line(person)}
    return render(request, "line/roster.html", sheet.of(person, now()) | more | _undo(request))


@page(may=knows_the_roster)
def shift(request: Request, shift_id: Any) -> HttpResponse:
    return render(request, "line/roster_shift.html", shown(request, shift_id) | _undo(request))


def shown(request: Request, shift_id: Any, put_on: PutOnForm | None = None) -> dict[str, Any]:
    thing = get_object_or_404(queries.shifts_known_to(request.person), pk=shift_id)
    plans = plans_the_line(request.person)
    context = sheet.of_one(thing, request.person, now())
    context["person_answers"] = answers(request.person)
    return context | {"plans": plans, "put_on": put_on or (PutOnForm() if plans else None)}


@page(may=answers, takes="POST")
def duty(request: Request, shift_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.shifts_known_to(request.person), pk=shift_id)
    do = {"take": _take, "cover": _cover, "keep": _keep}.get(request.POST.get("duty", ""))
    if do is None or request.POST.get("turn") not in list(Turn):
        say(request, _("Nothing changed."))
        return redirect("roster:shift", shift_id=shift_id)
    return changed(
        request, [thing.pk], lambda: do(request.person, thing, Turn(request.POST["turn"])), back=shift_id
    )


def changed(request: Request, shifts: list[Any], do: Callable[[], str], *, back: Any) -> HttpResponse:
    """What was done is said, and can be undone from the next page. What a rule stands against is said, and not done."""
    try:
        says, ticket = undoing.moved(shifts, do, by=request.person)
        say(request, says)
        if ticket:  # a second tap on the same button changes nothing, and takes no undo away
            request.session[UNDO] = ticket
    except Broken as broken:
        say(request, _("Nothing changed. %(why)s") % {"why": broken.says})
    return redirect("roster:shift", shift_id=back)


def _take(person: Any, thing: Any, turn: Turn) -> str:
    before = duties.held_by(thing, turn)
    duties.take(thing, turn, by=person)
    if before not in {"", person.name}:
        return _("You are on instead of %(name)s. Tell them, if they do not know.") % {"name": before}
    return _("You are on. Thank you.")


def _cover(person: Any, thing: Any, turn: Turn) -> str:
    duties.ask_for_cover(_my_duty(person, thing))
    return _("Others see that you ask for cover. You are on until somebody takes it.")


def _keep(person: Any, thing: Any, turn: Turn) -> str:
    duties.keep(_my_duty(person, thing))
    return _("You do it after all. Nobody is asked any more.")


def _my_duty(person: Any, thing: Any) -> Any:
    """Or the wall."""
    found = next((held for held in thing.on_it if held.person_id == person.pk), None)
    if found is None:
        raise Http404
    return found


@page(may=answers, takes="POST")
def swap(request: Request, shift_id: Any) -> HttpResponse:
    """Ask somebody to swap. It is an offer until they say yes."""
    known = queries.shifts_known_to(request.person)
    my_duty = _my_duty(request.person, get_object_or_404(known, pk=shift_id))
    try:
        theirs = queries.duty_known_to(request.person, request.POST.get("for", ""))
        swaps.offer(my_duty, theirs=theirs)
        say(
            request,
            _("%(name)s is asked. Until they say yes, nothing changes.") % {"name": theirs.person.name},
        )
    except Broken as broken:
        say(request, _("Nothing changed. %(why)s") % {"why": broken.says})
    return redirect("roster:shift", shift_id=shift_id)


@page(may=answers, takes="POST")
def answer(request: Request, offer_id: Any) -> HttpResponse:
    """Yes; or it is let go, by either of the two."""
    offered = get_object_or_404(queries.offers_known_to(request.person), pk=offer_id)
    if request.POST.get("swap") == "yes" and offered.theirs.person_id == request.person.pk:
        shifts = [offered.theirs.shift_id, offered.mine.shift_id]
        return changed(request, shifts, lambda: _swapped(offered), back=offered.mine.shift_id)
    swaps.let_go(offered)
    say(request, _("The offer is gone. Nothing changed."))
    return redirect("roster:mine")


def _swapped(offered: Any) -> str:
    name = offered.mine.person.name
    swaps.accept(offered)
    return _("Swapped with %(name)s. They see it on their page.") % {"name": name}


@page(may=knows_the_roster, takes="POST")
def undo(request: Request) -> HttpResponse:
    try:
        request.session[UNDO] = undoing.undo(request.POST.get("undo", ""), by=request.person)
        say(request, _("It is as it was before."))
    except undoing.TooLate:
        say(request, _("Too late to undo: ten minutes are over, or somebody changed it since."))
    except Broken as broken:
        say(request, _("Nothing changed. %(why)s") % {"why": broken.says})
    return redirect("roster:mine" if answers(request.person) else "roster:run")


def _undo(request: Request) -> dict[str, str]:
    """Once, on the page after the move."""
    return {"undo": request.session.pop(UNDO, "") if UNDO in request.session else ""}


@page(may=answers, takes="GET POST")
def my_rest(request: Request) -> HttpResponse:
    """Off from this moment, for as long as I say."""
    if request.POST.get("rest") == "over":
        rests.come_back(request.person)
        say(request, _("Welcome back. You can be rung again when you are on."))
        return redirect("roster:mine")
    form = RestForm(request.POST or None)
    if form.is_valid():
        _begin_rest(request.person, **form.cleaned_data)
        say(request, _("You are off from this moment. Others see which shifts need somebody."))
        return redirect("roster:mine")
    return render(request, "line/roster_rest.html", {"form": form})


def _begin_rest(person: Any, *, rest: str, last_day: Any) -> None:
    if rest == "today":
        rests.rest_today(person)
    else:
        rests.rest_until(person, last_day if rest == "until" else localdate() + A_WEEK)


@page(may=answers, takes="GET POST")
def me(request: Request) -> HttpResponse:
    """What I say of myself. All of it is my own choice."""
    form = MeForm(request.POST or None, instance=supporters.of(request.person))
    if form.is_valid():
        supporters.say(request.person, **form.cleaned_data)
        say(request, _("Saved. It counts from the next call."))
        return redirect("roster:me")
    return render(request, "line/roster_me.html", {"form": form})


@page(may=may_choose_whom, takes="GET POST")
def never_meet(request: Request) -> HttpResponse:
    """Whom I never want to meet on the line: of those who answer, by their names here."""
    person = request.person
    form = NeverForm(request.POST or None, person=person, initial={"whom": never.of(person)})
    if form.is_valid():
        never.choose(person, form.cleaned_data["whom"], out_of=supporters.answering())
        say(request, _("Saved. Nobody is told."))
        return redirect("roster:never")
    context = {"form": form, "by_name": NameForm() if answers(person) else None}
    return render(request, "line/roster_never.html", context)


@page(may=answers, takes="POST")
def never_by_name(request: Request) -> HttpResponse:
    """Whoever answers may be rung by anybody. So they may name anybody, and are not told whether there is one."""
    form = NameForm(request.POST)
    if not form.is_valid():
        other = NeverForm(person=request.person, initial={"whom": never.of(request.person)})
        return render(request, "line/roster_never.html", {"form": other, "by_name": form})
    change = never.take_back if request.POST.get("never") == "no" else never.wish
    change(request.person, form.cleaned_data["name"])
    say(request, _("If there is somebody of that name, it is as you wish."))
    return redirect("roster:never")
