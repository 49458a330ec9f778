from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.retention import holdings
from peerwork.ground.ui.answers import say
from peerwork.people.members import held as holding
from peerwork.people.members import persons, queries
from peerwork.people.members.forms import NameForm, SettingsForm, SureForm, VouchForm
from peerwork.people.rules import Request, is_here, is_peer, page


@page(may=is_here)
def mine(request: Request) -> HttpResponse:
    offer = queries.offer_to(request.person)
    return render(request, "members/mine.html", {"offer": offer, "may_vouch": is_peer(request.person)})


@page(may=is_here)
def welcome_in(request: Request) -> HttpResponse:
    """The first page after joining: what is here, who can see what, and where to go."""
    return render(request, "members/welcome_in.html", {"coordinators": queries.who_holds_the_keys()})


@page(may=is_here, takes="GET POST")
def name(request: Request) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.person.name})
    if form.is_valid():
        persons.rename(request.person, name=form.cleaned_data["name"])
        say(request, _("From now on you are %(name)s here.") % {"name": form.cleaned_data["name"]})
        return redirect("members:mine")
    return render(request, "members/name.html", {"form": form})


@page(may=is_here, takes="GET POST")
def settings(request: Request) -> HttpResponse:
    person = request.person
    form = SettingsForm(
        request.POST or None, initial={"language": person.language, "time_zone": person.time_zone}
    )
    if form.is_valid():
        persons.settle_in(person, **form.cleaned_data)
        say(request, _("Saved."))
        return redirect("members:mine")
    return render(request, "members/settings.html", {"form": form})


@page(may=is_here)
def held(request: Request) -> HttpResponse:
    return render(request, "members/held.html", {"tables": list(holding.about(request.person.pk))})


@page(may=is_here)
def held_file(request: Request) -> HttpResponse:
    """Everything held about this person, to take away. The file's name says nothing."""
    tables = [
        {
            "what": str(table.says),
            "until": str(table.until),
            "rows": [{str(k): v for k, v in row} for row in table.rows],
        }
        for table in holdings.about(request.person.pk)
    ]
    response = JsonResponse(tables, safe=False, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="notes.json"'
    return response


@page(may=is_here, takes="GET POST")
def leave(request: Request) -> HttpResponse:
    form = SureForm(request.POST or None)
    if form.is_valid():
        try:
            persons.leave(request.person)
        except persons.LastCoordinator:
            form.add_error(
                None, _("You are the only coordinator. Hand over first, so that the door still opens.")
            )
        else:
            request.session.flush()
            # Said on this very page: what the browser lets go of below would take a sentence kept for later with it.
            gone = render(request, "members/gone.html", {"person": None, "places": []})
            gone.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
            return gone
    return render(request, "members/leave.html", {"form": form})


@page(may=is_peer, takes="GET POST")
def vouch(request: Request) -> HttpResponse:
    form = VouchForm(request.POST or None)
    if form.is_valid():
        persons.vouch(form.cleaned_data["name"], by=request.person)
        say(request, _("If somebody here has that name, a coordinator can now print them a new paper."))
        return redirect("members:mine")
    return render(request, "members/vouch.html", {"form": form})


@page(may=is_here, takes="GET POST")
def hand_over(request: Request) -> HttpResponse:
    """The answer of somebody who was asked to take over."""
    offer = queries.offer_to(request.person)
    if offer is None:
        raise Http404
    if request.method == "POST":
        answer = persons.take_over if request.POST.get("answer") == "yes" else persons.decline
        answer(offer)
        say(request, _("Thank you for your answer."))
        return redirect("site:home")
    return render(request, "members/hand_over.html", {"offer": offer})
