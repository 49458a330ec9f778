"""Run: the list of people a coordinator holds. First a look at what each row becomes, then papers to print."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from peerwork.ground.intake import waiting
from peerwork.ground.intake.readings import CannotRead
from peerwork.ground.intake.waiting import Brought
from peerwork.people.rules import Hat, Request, is_coordinator, page
from peerwork.people.welcome import bringing_in
from peerwork.people.welcome.forms import ListForm
from peerwork.people.welcome.pages import shown_once
from peerwork.people.welcome.papers import labelled_slips

HERE = "people"


@page(may=is_coordinator, takes="GET POST")
def choose(request: Request) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        brought = Brought(file.name, file.read(), {})
        try:
            bringing_in.read(brought.name, brought.content)
        except CannotRead as trouble:
            form.add_error("file", str(trouble))
        else:
            key = waiting.leave(settings.OPTIONS.memory, request.session, brought, at=HERE)
            return redirect("welcome:bring_in_look", key=key)
    return render(request, "welcome/bring_in.html", {"form": form})


@page(may=is_coordinator, takes="GET POST")
def look(request: Request, key: str) -> HttpResponse:
    brought = waiting.come_back(settings.OPTIONS.memory, request.session, key, at=HERE)
    if brought is None:
        raise Http404
    reading = bringing_in.read(brought.name, brought.content)
    if request.method == "POST" and reading.entries:
        if not waiting.claim(settings.OPTIONS.memory, key):
            raise Http404
        papers = bringing_in.write_papers(reading.entries)
        waiting.forget(settings.OPTIONS.memory, request.session)
        return shown_once(request, labelled_slips(papers, settings.OPTIONS.own_address))
    rows = [(row, [Hat(role).label for role in row.roles]) for row in reading.entries]
    return render(request, "welcome/bring_in_look.html", {"rows": rows, "problems": reading.problems})
