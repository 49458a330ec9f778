"""Together: what is on, one gathering, a seat, the agenda. Running them is in run_pages.py."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import get_current_timezone_name, now
from django.utils.translation import gettext as _

from peerwork.ground.postbox import hints
from peerwork.ground.ui.answers import say
from peerwork.people.members import queries as members
from peerwork.people.rules import Request, is_member, manages_staff, must, page
from peerwork.support.gatherings import agenda, feeds, notes, often, queries, rotation, seats
from peerwork.support.gatherings.cards import shown, tag_of
from peerwork.support.gatherings.forms import AgendaForm, FeedForm
from peerwork.support.gatherings.models import Hours, Kind
from peerwork.support.gatherings.policy import may_cover, may_enter, may_run, may_see_seats, plans

FEW, MOST = 20, 200
CHANGES = {"mine": seats.take, "free": seats.give_up, "sorry": seats.send_apologies}


@page(may=is_member)
def calendar(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("words", "kind", "hours")}
    most = MOST if request.GET.get("more") else FEW
    found = _found(request.person, asked, most + 1)
    context = {"gatherings": shown(found[:most]), "more": len(found) > most, "asked": asked}
    context |= {"kinds": Kind.choices, "all_hours": Hours.choices}
    return render(request, "gatherings/calendar.html", context)


def _found(person: Any, asked: dict[str, str], most: int) -> list[dict[str, Any]]:
    kind = asked["kind"] if asked["kind"] in Kind.values else ""
    hours = asked["hours"] if asked["hours"] in Hours.values else ""
    if asked["words"]:
        found = queries.found(person, words=asked["words"], kind=kind, hours=hours)
        return list(queries.cards(found, person)[:most])
    return often.listed(person.hats, often.Only(kind, hours), most, person=person.pk, at=now())


@page(may=is_member)
def gathering(request: Request, gathering_id: Any) -> HttpResponse:
    return render(request, "gatherings/gathering.html", _shown(request, gathering_id))


def _shown(request: Request, gathering_id: Any, **more: Any) -> dict[str, Any]:
    person, known = request.person, queries.open_to(request.person)
    thing = get_object_or_404(known, pk=gathering_id)
    (card,) = often.one(person.hats, person=person.pk, gathering=gathering_id)
    tag, tag_looks = tag_of(card)
    return {
        "gathering": thing,
        "card": card,
        "before_me": queries.before_in_line(person, thing) if card["my_state"] == "waiting" else None,
        "tag": tag,
        "tag_looks": tag_looks,
        "agenda": queries.agenda_of(thing) if agenda.is_kept_for(thing) else None,
        "note": queries.note_of(thing) if notes.is_kept_for(thing) else None,
        "fits": rotation.fits(queries.lately_held(person, thing)),
        "public_address": settings.OPTIONS.own_address if thing.is_public else "",
        "is_elsewhere": thing.zone != get_current_timezone_name(),
        "is_over": thing.ends_at <= now(),
        **_for_this_person(person, thing),
    } | more


def _for_this_person(person: Any, thing: Any) -> dict[str, Any]:
    """What this person may do with it, and what only some may see."""
    hosts = queries.hosts_of(thing)
    return {
        "hosts": hosts,
        "seats": queries.seats_at(thing) if may_see_seats(person, thing) else None,
        "agenda_form": AgendaForm() if may_enter(person, thing) else None,
        "may_run": may_run(person, thing),
        "may_plan": plans(person),
        "may_cover": may_cover(person, thing),
        "i_cover": any(host["person"] == person.pk and host["part"] == "covers" for host in hosts),
    }


@page(may=is_member, takes="POST")
def seat(request: Request, gathering_id: Any) -> HttpResponse:
    person = request.person
    thing = get_object_or_404(queries.open_to(person), pk=gathering_id)
    must(may_enter, person, thing)
    try:
        CHANGES.get(request.POST.get("seat", ""), seats.take)(thing, by=person)
    except seats.TooLate:
        say(request, _("It is over or called off, so there are no seats any more."))
    return redirect("gatherings:gathering", gathering_id=gathering_id)


@page(may=is_member, takes="POST")
def agenda_list(request: Request, gathering_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.open_to(request.person), pk=gathering_id)
    must(may_enter, request.person, thing)
    if not agenda.is_kept_for(thing):
        raise Http404
    form = AgendaForm(request.POST)
    found = _hints(request.person, form, "says")
    if not form.is_valid() or found:
        context = _shown(request, gathering_id, agenda_form=form, hints=found)
        return render(request, "gatherings/gathering.html", context)
    agenda.suggest(thing, says=form.cleaned_data["says"])
    say(request, _("It is on the list, without your name."))
    return redirect("gatherings:gathering", gathering_id=gathering_id)


def _hints(person: Any, form: Any, *fields: str) -> list[hints.Hint]:
    """What to point out before saving. Empty once the person said to save it anyway."""
    if not form.is_valid() or form.cleaned_data["anyway"]:
        return []
    # To somebody who manages staff, pointing at a name would say that a person of that name is here.
    names = [] if manages_staff(person) else members.names_and_workplaces()
    return [hint for field in fields for hint in hints.find(form.cleaned_data[field], names=names)]


@page(may=is_member)
def event(request: Request, gathering_id: Any) -> HttpResponse:
    """One date, for the calendar on a phone. Neither the file's name nor its title says what it is."""
    thing = get_object_or_404(queries.open_to(request.person), pk=gathering_id)
    return _calendar_file(feeds.written([thing], request.network))


def _calendar_file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response


@page(may=is_member, takes="GET POST")
def my_feeds(request: Request) -> HttpResponse:
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = feeds.make(request.person, everything=bool(said["everything"]), with_place=said["with_place"])
        here = settings.OPTIONS.own_address
        context = {"secret": made.secret, "own_address": here, "without_scheme": here.partition(":")[2]}
        return render(request, "gatherings/feed_made.html", context)
    return render(request, "gatherings/feeds.html", {"form": form, "feeds": queries.feeds_of(request.person)})


@page(may=is_member, takes="POST")
def my_feed(request: Request, feed_id: Any) -> HttpResponse:
    feeds.take_away(get_object_or_404(queries.feeds_of(request.person), pk=feed_id))
    say(request, _("That address shows nothing any more."))
    return redirect("gatherings:feeds")
