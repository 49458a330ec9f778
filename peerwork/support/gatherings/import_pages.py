"""Run: bringing in a calendar. First a look at what each row becomes, then all of it or nothing."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from peerwork.ground.intake import waiting
from peerwork.ground.intake.readings import CannotRead
from peerwork.ground.intake.waiting import Brought
from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, is_coordinator, page
from peerwork.support.gatherings import bringing_in
from peerwork.support.gatherings.bringing_in import Fate
from peerwork.support.gatherings.forms import FileForm

HERE = "calendar"


@page(may=is_coordinator, takes="GET POST")
def choose(request: Request) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None, person=request.person)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            bringing_in.read(file.name, file.read(), zone=_zone(request))
        except CannotRead as trouble:
            form.add_error("file", str(trouble))
        else:
            file.seek(0)
            brought = Brought(file.name, file.read(), {"company": form.cleaned_data["company"]})
            key = waiting.leave(settings.OPTIONS.memory, request.session, brought, at=HERE)
            return redirect("gatherings:bring_in_look", key=key)
    return render(request, "gatherings/bring_in.html", {"form": form})


@page(may=is_coordinator, takes="GET POST")
def look(request: Request, key: str) -> HttpResponse:
    brought = waiting.come_back(settings.OPTIONS.memory, request.session, key, at=HERE)
    if brought is None:
        raise Http404
    reading = bringing_in.read(brought.name, brought.content, zone=_zone(request))
    if request.method == "POST":
        return _take_in(request, reading, brought.said["company"])
    rows = bringing_in.look(reading.entries, today=localdate())
    context = {
        "rows": rows,
        "problems": reading.problems,
        "some": any(r.fate in {Fate.NEW, Fate.CHANGED} for r in rows),
    }
    return render(request, "gatherings/bring_in_look.html", context)


def _take_in(request: Request, reading: Any, company: Any) -> HttpResponse:
    rows = bringing_in.bring_in(reading.entries, company=company, hosts=[request.person], today=localdate())
    waiting.forget(settings.OPTIONS.memory, request.session)
    new = sum(row.fate in {Fate.NEW, Fate.CHANGED} for row in rows)
    say(
        request,
        ngettext("%(n)d thing is in the calendar.", "%(n)d things are in the calendar.", new) % {"n": new},
    )
    return redirect("gatherings:run")


def _zone(request: Request) -> ZoneInfo:
    return ZoneInfo(request.network.time_zone)
