"""Run: the hours of the line, eight weeks ahead, and where nobody is. Hours and gaps; no number is anybody's."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, page
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.policy import plans_the_line
from peerwork.support.line.roster import cards, duties, gaps, hours, queries, shifts, terms
from peerwork.support.line.roster.forms import PlanForm, PutOnForm, TermsForm, as_it_is
from peerwork.support.line.roster_pages import changed, shown


@page(may=plans_the_line)
def ahead(request: Request) -> HttpResponse:
    at = now()
    rows = queries.rows(at, at + queries.AHEAD)
    near = [row for row in rows if row.starts < at + gaps.TWO_WEEKS]
    context = {
        "weeks": cards.weeks(rows),
        "gaps": [cards.gap_card(gap) for gap in gaps.found_in(near)],
        "series": [(one, cards.series_words(one)) for one in queries.series_planned_by(request.person)],
    }
    return render(request, "line/run.html", context)


@page(may=plans_the_line, takes="GET POST")
def plan(request: Request) -> HttpResponse:
    zone = request.network.time_zone
    form = PlanForm(request.POST or None, initial={"zone": zone, "day": hours.today_in(zone)})
    if form.is_valid():
        shifts.plan(**form.what())
        say(request, _("The line is open at these hours. Places without anybody stand at the top."))
        return redirect("roster:run")
    return render(request, "line/run_plan.html", {"form": form})


@page(may=plans_the_line, takes="GET POST")
def series(request: Request, line_series_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.series_planned_by(request.person), pk=line_series_id)
    form = PlanForm(request.POST or None, initial=as_it_is(thing, queries.regulars_of(thing)))
    if form.is_valid():
        shifts.change(thing, **form.what())
        say(request, _("From now on it is like this. A shift at other hours is open again."))
        return redirect("roster:run")
    context = {"form": form, "series": thing, "skipped": cards.dates_words(thing.skipped)}
    return render(request, "line/run_plan.html", context)


@page(may=plans_the_line, takes="GET POST")
def end(request: Request, line_series_id: Any) -> HttpResponse:
    thing = get_object_or_404(queries.series_planned_by(request.person), pk=line_series_id)
    if request.method == "POST":
        shifts.end(thing)
        say(request, _("Nothing more of it from now on. A shift that has begun goes on to its end."))
        return redirect("roster:run")
    return render(request, "line/run_end.html", {"series": thing, "says": cards.series_words(thing)})


@page(may=plans_the_line, takes="POST")
def date_again(request: Request, line_series_id: Any) -> HttpResponse:
    """A date that was left out is open after all."""
    thing = get_object_or_404(queries.series_planned_by(request.person), pk=line_series_id)
    shifts.bring_back(thing, request.POST.get("on", ""))
    say(request, _("It is open on that date after all. Look who is on."))
    return redirect("roster:series", line_series_id=line_series_id)


@page(may=plans_the_line, takes="POST")
def people(request: Request, shift_id: Any) -> HttpResponse:
    """Somebody said yes, and is put on by whoever plans."""
    context = shown(request, shift_id, form := PutOnForm(request.POST))
    if not form.is_valid():
        return render(request, "line/roster_shift.html", context)
    person, turn = form.cleaned_data["person"], Turn(form.cleaned_data["turn"])
    return changed(request, [shift_id], lambda: _put_on(context["shift"], turn, person), back=shift_id)


def _put_on(thing: Any, turn: Turn, person: Any) -> str:
    before = duties.held_by(thing, turn)
    duties.take(thing, turn, by=person)
    if before not in {"", person.name}:
        said = {"name": person.name, "before": before}
        return _("%(name)s is on instead of %(before)s. Tell %(before)s, if they do not know.") % said
    return _("%(name)s is on. They see it on their page.") % {"name": person.name}


@page(may=plans_the_line, takes="GET POST")
def off(request: Request, shift_id: Any) -> HttpResponse:
    """Closed on this date only. Asked first: whoever took it out of turn does not come back with the date."""
    thing = get_object_or_404(queries.shifts_known_to(request.person), pk=shift_id)
    if request.method == "POST":
        say(request, _closed(thing))
        return redirect("roster:series", line_series_id=thing.series_id)
    names = [held.person.name for held in thing.on_it]  # type: ignore[attr-defined]
    return render(request, "line/run_off.html", {"shift": thing, "names": names})


def _closed(thing: Any) -> str:
    says = [_("The line is closed then. You can open that date again here.")]
    if names := shifts.skip(thing):
        says.append(_("Tell those who were on: %(names)s.") % {"names": ", ".join(names)})
    return " ".join(says)


@page(may=plans_the_line, takes="GET POST")
def chosen(request: Request) -> HttpResponse:
    """What is promised to whoever asks, and what protects those who answer."""
    form = TermsForm(request.POST or None, instance=terms.terms())
    if form.is_valid():
        terms.change(**form.cleaned_data)
        say(request, _("Saved. What was promised before stands as it was said."))
        return redirect("roster:terms")
    return render(request, "line/run_terms.html", {"form": form})
