from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from peerwork.ground.ui.answers import say
from peerwork.people.members import invitations, network, persons, queries
from peerwork.people.rules import Request, is_coordinator, page
from peerwork.people.welcome.forms import HandOverForm, InviteForm, NetworkForm, PersonForm, WorkplaceForm
from peerwork.people.welcome.papers import Slip, slips
from peerwork.people.workplaces import workplaces


@page(may=is_coordinator)
def people(request: Request) -> HttpResponse:
    known = queries.known_to(request.person)
    context = {
        "people": known,
        "invitations": queries.invitations_waiting(),
        "words_given": queries.words_given(known),
    }
    return render(request, "welcome/people.html", context)


@page(may=is_coordinator, takes="GET POST")
def invite(request: Request) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        written = [
            invitations.write(roles=said["roles"], workplace=said["workplace"], days=said["days"])
            for _paper in range(said["how_many"])
        ]
        return shown_once(request, slips(written, settings.OPTIONS.own_address))
    return render(request, "welcome/invite.html", {"form": form})


@page(may=is_coordinator, takes="POST")
def invite_again(request: Request, vouch_id) -> HttpResponse:
    """A second paper, on another's word. Where two people have that name, the form says which of them."""
    given = queries.words_given(queries.known_to(request.person))
    which = request.POST.get("person")
    meant = [word for word in given if word.vouch.pk == vouch_id and which in {None, str(word.somebody.pk)}]
    if len(meant) != 1:
        raise Http404
    try:
        paper = invitations.write_again(meant[0].vouch, somebody=meant[0].somebody, by=request.person)
    except invitations.TheirOwnWord:
        say(request, _("You gave your word for them yourself. Another coordinator has to print the paper."))
        return redirect("welcome:people")
    return shown_once(request, slips([paper], settings.OPTIONS.own_address))


@never_cache
def shown_once(request: Request, papers: list[Slip]) -> HttpResponse:
    """The words are on this page and nowhere else."""
    return render(request, "welcome/papers.html", {"slips": papers})


@page(may=is_coordinator, takes="POST")
def invitation(request: Request, invitation_id) -> HttpResponse:
    """Tear up a paper that nobody has used."""
    invitations.tear_up(get_object_or_404(queries.invitations_waiting(), pk=invitation_id))
    say(request, _("That paper opens nothing any more."))
    return redirect("welcome:people")


@page(may=is_coordinator, takes="GET POST")
def person(request: Request, person_id) -> HttpResponse:
    somebody: Any = get_object_or_404(queries.known_to(request.person), pk=person_id)
    first = {
        "roles": [r.kind for r in somebody.roles_worn],
        "workplaces": [p.workplace_id for p in somebody.works_at],
    }
    form = PersonForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            persons.wear(somebody, set(form.cleaned_data["roles"]))
        except persons.LastCoordinator:
            form.add_error("roles", _("They are the only coordinator. Invite another first, or hand over."))
        else:
            persons.work_at(somebody, form.cleaned_data["workplaces"])
            say(request, _("Saved."))
            return redirect("welcome:people")
    return render(request, "welcome/person.html", {"somebody": somebody, "form": form})


@page(may=is_coordinator, takes="POST")
def pause(request: Request, person_id) -> HttpResponse:
    """Two answers, so that two coordinators who press Pause at once both pause."""
    somebody = get_object_or_404(queries.known_to(request.person), pk=person_id)
    try:
        persons.let_back_in(somebody) if request.POST.get("answer") == "back" else persons.pause(somebody)
    except persons.LastCoordinator:
        say(request, _("The only coordinator cannot be paused. Nobody could open the door."))
    return redirect("welcome:person", person_id=person_id)


@page(may=is_coordinator, takes="POST")
def removal(request: Request, person_id) -> HttpResponse:
    """Three answers to one question: ask for it, agree as the second coordinator, or take it back."""
    somebody = get_object_or_404(queries.known_to(request.person), pk=person_id)
    asked, answer = getattr(somebody, "removal", None), request.POST.get("answer")
    try:
        if answer == "no":
            persons.take_back_removal(asked) if asked else None
        elif answer == "yes":
            persons.agree_removal(asked, by=request.person)
            say(request, _("They are gone from here, with everything beside their name."))
            return redirect("welcome:people")
        else:
            persons.ask_removal(somebody, by=request.person)
    except persons.NobodyAsks:
        say(request, _("That request was taken back, or is past its day. Nobody was removed."))
    except persons.NeedsAnotherWord:
        say(request, _("You asked for this. Another coordinator has to agree."))
    except persons.LastCoordinator:
        say(request, _("The only coordinator cannot be removed. Hand over first."))
    return redirect("welcome:person", person_id=person_id)


@page(may=is_coordinator, takes="GET POST")
def workplace_list(request: Request) -> HttpResponse:
    form = WorkplaceForm(request.POST or None)
    if form.is_valid():
        workplaces.put_on_the_list(form.cleaned_data["name"])
        return redirect("welcome:workplaces")
    return render(request, "welcome/workplaces.html", {"form": form, "workplaces": queries.workplaces()})


@page(may=is_coordinator, takes="POST")
def workplace(request: Request, workplace_id) -> HttpResponse:
    workplaces.take_off_the_list(get_object_or_404(queries.workplaces(), pk=workplace_id))
    say(request, _("It is off the list. The people who work there are still here."))
    return redirect("welcome:workplaces")


@page(may=is_coordinator, takes="GET POST")
def network_page(request: Request) -> HttpResponse:
    names = ("name", "public_name", "meeting_word", "talk_number")
    form = NetworkForm(request.POST or None, initial={name: getattr(request.network, name) for name in names})
    if form.is_valid():
        network.change(request.network, **form.cleaned_data)
        say(request, _("Saved."))
        return redirect("welcome:network")
    return render(request, "welcome/network.html", {"form": form})


@page(may=is_coordinator, takes="GET POST")
def hand_over(request: Request) -> HttpResponse:
    others = queries.known_to(request.person).exclude(pk=request.person.pk).filter(paused=False)
    form = HandOverForm(request.POST or None, people=others)
    if form.is_valid():
        persons.offer_hand_over(by=request.person, to=form.cleaned_data["to"])
        say(request, _("They will be asked on their first page. You stay coordinator until they say yes."))
        return redirect("welcome:people")
    return render(request, "welcome/hand_over.html", {"form": form})
