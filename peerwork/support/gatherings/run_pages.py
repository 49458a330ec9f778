"""Run: planning gatherings, changing one date, counting heads, the note afterwards."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerwork.ground.postbox.hints import Hint
from peerwork.ground.ui.answers import say
from peerwork.ground.ui.words import one_stop, when
from peerwork.people.members import queries as members
from peerwork.people.rules import Request, is_coordinator, is_member, must, page
from peerwork.support.gatherings import agenda, counts, dates, notes, queries, rotation, series, times
from peerwork.support.gatherings.cards import shown
from peerwork.support.gatherings.forms import CountForm, DateForm, NoteForm, SeriesForm, wall_of
from peerwork.support.gatherings.models import Kind
from peerwork.support.gatherings.pages import _hints
from peerwork.support.gatherings.policy import brings_in, hears_of_debriefs, may_cover, may_see_seats, plans


@page(may=plans)
def run(request: Request) -> HttpResponse:
    person = request.person
    to_come = queries.run_by(person).filter(ends_at__gt=now())
    context = {
        "gatherings": shown(queries.cards(to_come, person)[:12]),
        "to_count": queries.to_count(person),
        "coordinates": is_coordinator(person),
        "brings_in": brings_in(person),
        "debriefs": hears_of_debriefs(person),
        "rotations": [(label, rotation.fits(held)) for label, held in _held_by_kind(person) if held],
    }
    return render(request, "gatherings/run.html", context)


def _held_by_kind(person: Any) -> list[tuple[Any, list]]:
    return [(label, queries.lately_held_of_kind(person, kind)) for kind, label in Kind.choices]


@page(may=plans, takes="GET POST")
def plan(request: Request) -> HttpResponse:
    people = members.to_choose_from(request.person)
    form = SeriesForm(request.POST or None, initial=_usual(request), person=request.person, people=people)
    if form.is_valid():
        hosts = form.cleaned_data["hosts"]
        first = queries.next_of(series.plan(first=form.first, rrule=form.rrule, hosts=hosts, **form.what()))
        begins = {"when": when(first.starts_at)}
        say(request, one_stop(_("It is in the calendar. The first date is %(when)s.") % begins))
        return redirect("gatherings:gathering", gathering_id=first.pk)
    return render(request, "gatherings/plan.html", {"form": form})


def _usual(request: Request) -> dict[str, Any]:
    """What most gatherings are."""
    what = {"way": "in_person", "hours": "after", "company": "peers_alone", "kind": "support"}
    return what | {"zone": request.network.time_zone, "hosts": [request.person.pk]}


@page(may=plans, takes="GET POST")
def change_series(request: Request, series_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.series_run_by(request.person), pk=series_id)
    people = members.to_choose_from(request.person)
    form = SeriesForm(
        request.POST or None, initial=_as_it_is(thing), person=request.person, people=people, rule=thing.rrule
    )
    if form.is_valid():
        series.change(
            thing, first=form.first, rrule=form.rrule, hosts=form.cleaned_data["hosts"], **form.what()
        )
        say(request, _("From now on it is like this. What was held stays as it was."))
        return redirect("gatherings:run")
    return render(request, "gatherings/plan.html", {"form": form, "series": thing})


def _as_it_is(thing: Any) -> dict[str, Any]:
    first = times.of_wall(thing.first)
    repeats = times.repeats_of(thing.rrule)
    more = {"day": first.date(), "starts": first.time(), "repeats": repeats, "counted": thing.counted}
    return (
        series.what_it_is(thing)
        | more
        | {"hosts": queries.facilitators_of(thing), "until": times.until_of(thing)}
    )


@page(may=plans, takes="GET POST")
def end_series(request: Request, series_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.series_run_by(request.person), pk=series_id)
    if request.method == "POST":
        series.end(thing)
        say(request, _("Nothing more of it from now on. Dates with seats are shown as called off."))
        return redirect("gatherings:run")
    return render(request, "gatherings/end.html", {"series": thing})


@page(may=is_member, takes="GET POST")
def date(request: Request, gathering_id: Any) -> HttpResponse:
    """This date only: another time, another place, more room."""
    thing = get_object_or_404(queries.run_by(request.person), pk=gathering_id)
    starts = wall_of(thing.starts_at, thing.zone)
    first = series.what_it_is(thing) | {"day": starts.date(), "starts": starts.time()}
    form = DateForm(request.POST or None, initial=first, zone=thing.zone)
    if form.is_valid():
        dates.change(thing, starts=form.first, **form.what())
        say(request, _("Changed, for this date only. Those with a seat see it on their first page."))
        return redirect("gatherings:gathering", gathering_id=gathering_id)
    return render(request, "gatherings/date.html", {"form": form, "gathering": thing})


@page(may=is_member, takes="POST")
def off(request: Request, gathering_id: Any) -> HttpResponse:
    """Call a date off, or bring it back: the same button undoes it."""
    thing = get_object_or_404(queries.run_by(request.person).filter(ends_at__gt=now()), pk=gathering_id)
    change = dates.bring_back if request.POST.get("off") == "no" else dates.call_off
    change(thing)
    say(
        request,
        _("It is on again.") if change is dates.bring_back else _("Called off. You can bring it back."),
    )
    return redirect("gatherings:gathering", gathering_id=gathering_id)


@page(may=is_member, takes="POST")
def cover(request: Request, gathering_id: Any) -> HttpResponse:
    """Hold the room this once, for somebody who cannot."""
    to_come = queries.open_to(request.person).filter(ends_at__gt=now())
    thing = get_object_or_404(to_come, pk=gathering_id)
    must(may_cover, request.person, thing)
    change = dates.stop_covering if request.POST.get("cover") == "no" else dates.cover
    change(thing, by=request.person)
    return redirect("gatherings:gathering", gathering_id=gathering_id)


@page(may=is_member, takes="GET POST")
def count(request: Request, gathering_id: Any) -> HttpResponse:
    """After the gathering: how many, how long, and three questions."""
    held = queries.run_by(request.person).filter(ends_at__lte=now(), is_off=False)
    thing = get_object_or_404(held, pk=gathering_id)
    must(may_see_seats, request.person, thing)
    heads, note = _forms(request, thing)
    both = (heads.is_valid() or not thing.counted) and note.is_valid()
    found = _asked_about(request, thing, heads, note) if both else []
    if both and not found:
        return _counted(request, thing, heads, note)
    context = {"gathering": thing, "form": heads, "note": note, "hints": found}
    return render(request, "gatherings/count.html", context | {"has_note": notes.is_kept_for(thing)})


ANSWERS = ("new", "surprising", "to_share")


def _forms(request: Request, thing: Any) -> tuple[CountForm, NoteForm]:
    kept = queries.note_of(thing)
    answers = {name: getattr(kept, name, "") for name in ANSWERS}
    heads = CountForm(request.POST or None, initial={"minutes": thing.minutes, "heads": thing.heads})
    return heads, NoteForm(request.POST or None, initial=answers)


def _asked_about(request: Request, thing: Any, heads: CountForm, note: NoteForm) -> list[Hint]:
    """What somebody may want to see once more before it is saved. Nothing, once they said it is right."""
    if note.cleaned_data["anyway"]:
        return []
    odd = heads.hints(thing) if thing.counted else []
    return odd + (_hints(request.person, note, *ANSWERS) if notes.is_kept_for(thing) else [])


def _counted(request: Request, thing: Any, heads: CountForm, note: NoteForm) -> HttpResponse:
    try:
        if thing.counted:
            counts.count(thing, **heads.cleaned_data)
        if notes.is_kept_for(thing):
            answers = note.cleaned_data
            notes.write(
                thing, new=answers["new"], surprising=answers["surprising"], to_share=answers["to_share"]
            )
        say(request, _("Thank you. It is a number now, not a list."))
    except counts.AlreadyTallied:
        say(request, _("The quarter has its numbers already. Nothing changed."))
    return redirect("gatherings:gathering", gathering_id=thing.pk)


@page(may=is_member, takes="POST")
def agenda_item(request: Request, gathering_id: Any, item_id: Any) -> HttpResponse:
    """Whoever holds the room may take something off the list."""
    thing = get_object_or_404(queries.run_by(request.person), pk=gathering_id)
    items = {item.pk: item for item in queries.agenda_of(thing)}
    if item_id not in items:
        raise Http404
    agenda.take_off(items[item_id])
    return redirect("gatherings:gathering", gathering_id=gathering_id)
