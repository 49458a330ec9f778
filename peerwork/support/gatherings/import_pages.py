"""Run: bringing in a calendar. First a look at what each row becomes, then all of it or nothing."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from peerwork.ground.intake import waiting
from peerwork.ground.intake.entries import Entry
from peerwork.ground.intake.readings import CannotRead, Reading
from peerwork.ground.intake.waiting import Brought
from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.support.gatherings import bringing_in
from peerwork.support.gatherings.bringing_in import Fate
from peerwork.support.gatherings.forms import FileForm
from peerwork.support.gatherings.models import Kind
from peerwork.support.gatherings.policy import brings_in

HERE = "calendar"


@page(may=brings_in, takes="GET POST")
def choose(request: Request) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        brought = Brought(file.name, file.read(), {"company": form.cleaned_data["company"]})
        try:
            bringing_in.look(_read(request, brought).entries, today=localdate())
        except CannotRead as trouble:
            form.add_error("file", str(trouble))
        else:
            key = waiting.leave(settings.OPTIONS.memory, request.session, brought, at=HERE)
            return redirect("gatherings:bring_in_look", key=key)
    example = [localdate() + timedelta(days=days) for days in (7, 18)]
    return render(request, "gatherings/bring_in.html", {"form": form, "example": example})


@page(may=brings_in, takes="GET POST")
def look(request: Request, key: str) -> HttpResponse:
    brought = waiting.come_back(settings.OPTIONS.memory, request.session, key, at=HERE)
    if brought is None:
        raise Http404
    try:
        reading = _read(request, brought)
        if request.method == "POST":
            return _take_in(request, reading, brought.said["company"])
        rows = bringing_in.look(reading.entries, today=localdate())
    except CannotRead as trouble:  # it could be read when it was brought, but much can happen in half an hour
        say(request, str(trouble))
        return redirect("gatherings:bring_in")
    some = any(row.fate in {Fate.NEW, Fate.CHANGED} for row in rows)
    context = {"rows": rows, "problems": reading.problems, "some": some, "kinds": Kind.choices}
    return render(request, "gatherings/bring_in_look.html", context)


def _take_in(request: Request, reading: Reading[Entry], company: Any) -> HttpResponse:
    rows = bringing_in.bring_in(
        reading.entries,
        company=company,
        hosts=[request.person],
        today=localdate(),
        kinds=_kinds_said(request, reading),
    )
    waiting.forget(settings.OPTIONS.memory, request.session)
    new = sum(row.fate in {Fate.NEW, Fate.CHANGED} for row in rows)
    say(
        request,
        ngettext("%(n)d thing is in the calendar.", "%(n)d things are in the calendar.", new) % {"n": new},
    )
    return redirect("gatherings:run")


def _kinds_said(request: Request, reading: Reading[Entry]) -> dict[int, Kind]:
    """What was chosen beside each line. A kind that is none of ours is not heard."""
    said = {entry.line: request.POST.get(bringing_in.kind_field(entry)) for entry in reading.entries}
    return {line: Kind(kind) for line, kind in said.items() if kind in Kind.values}


def _read(request: Request, brought: Brought) -> Reading[Entry]:
    return bringing_in.read(brought.name, brought.content, zone=ZoneInfo(request.network.time_zone))
