"""Run: a consultation is started, named, written in its languages, looked at, opened. Each change can be undone."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from peerwork.ground.ui.answers import say
from peerwork.people.rules import Request, must, page
from peerwork.voice.consultation import (
    answering,
    consultations,
    knowing,
    lacking,
    languages,
    queries,
    showing,
)
from peerwork.voice.consultation.forms import LanguageForm, NameForm, OpeningForm, StartForm
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.policy import opens, writes
from peerwork.voice.consultation.sections import NoRoom, NotThere


@page(may=writes, takes="GET POST")
def start(request: Request) -> HttpResponse:
    """All that there are, and a new one: empty, or with the questions of another."""
    there = {str(one.pk): one for one in queries.written_by(request.person)}
    form = StartForm(request.POST or None, earlier={key: one.title for key, one in there.items()})
    if form.is_valid():
        like = there.get(form.cleaned_data["like"])
        new = consultations.start(
            title=form.cleaned_data["title"], audience=form.cleaned_data["audience"], like=like
        )
        say(request, _("It is there. Nobody but those who write it sees it yet."))
        return redirect("consultation:written", new.pk)
    return render(request, "consultation/run_start.html", {"form": form, "all": there.values()})


@page(may=writes)
def written(request: Request, consultation_id: Any) -> HttpResponse:
    """All questions on one page, with what will be known of each, and what a kind reader might whisper."""
    thing = get_object_or_404(queries.written_by(request.person), pk=consultation_id)
    known = knowing.expected(thing.form, people=queries.roster(thing.audience))
    lacks = lacking.before_opening(thing.form)
    context = {
        "consultation": thing,
        "is_written": thing.state == Consultation.State.WRITTEN,
        "parts": showing.parts(thing.form, known=known, lacks=lacks),
        "languages": languages.of(thing.form),
        "language_form": LanguageForm(there=thing.form["languages"]),
        "known": known,
        "lacks": [lack.says for lack in lacks if not lack.code],
        "is_ready": not lacks,
        "opens": opens(request.person),
        "kinds": showing.KINDS,
    }
    return render(request, "consultation/run_written.html", context)


@page(may=writes, takes="GET POST")
def name(request: Request, consultation_id: Any) -> HttpResponse:
    thing = _draft(request, consultation_id)
    form = NameForm(request.POST or None, initial={"title": thing.title, "audience": thing.audience})
    if form.is_valid():
        consultations.call(thing, **form.cleaned_data)
        return redirect("consultation:written", thing.pk)
    return render(request, "consultation/run_name.html", {"form": form, "consultation": thing})


@page(may=writes, takes="POST")
def language(request: Request, consultation_id: Any) -> HttpResponse:
    """One language more, or one less with all that was written in it."""
    thing, there = _draft(request, consultation_id), request.POST.get("remove", "")
    form = LanguageForm(request.POST, there=[])
    if there:
        return changed(request, thing, lambda form: languages.remove(form, there), _("That language is out."))
    if not form.is_valid():
        return redirect("consultation:written", thing.pk)
    new = form.cleaned_data["language"]
    return changed(
        request, thing, lambda form: languages.add(form, new), _("Each text has a second side now.")
    )


@page(may=writes, takes="POST")
def undo(request: Request, consultation_id: Any) -> HttpResponse:
    thing, version = _draft(request, consultation_id), request.POST.get("version", "")
    went_back = version.isdecimal() and consultations.undo(thing, version=int(version[:6]))
    say(
        request, _("It is as it was before.") if went_back else _("It was changed meanwhile. Look once more.")
    )
    return redirect("consultation:written", thing.pk)


@page(may=writes)
def preview(request: Request, consultation_id: Any) -> HttpResponse:
    """As people will see it. Nothing that is ticked here goes anywhere."""
    thing = get_object_or_404(queries.written_by(request.person), pk=consultation_id)
    sheet = answering.sheet(thing, wanted=request.GET.get("language", ""))
    return render(request, "consultation/run_preview.html", sheet)


@page(may=writes)
def versions(request: Request, consultation_id: Any) -> HttpResponse:
    """What was changed while it was written."""
    thing = get_object_or_404(queries.written_by(request.person), pk=consultation_id)
    steps = showing.steps([*(old.form for old in queries.old_forms(thing)), thing.form])
    return render(request, "consultation/run_versions.html", {"consultation": thing, "steps": steps})


@page(may=writes, takes="GET POST")
def opening(request: Request, consultation_id: Any) -> HttpResponse:
    """What will be fixed from then on, said once more before it is."""
    thing, today = _draft(request, consultation_id), answering.today(request.network)
    must(opens, request.person)
    people = queries.roster(thing.audience)
    form = OpeningForm(request.POST or None, initial=showing.usual_days(today), today=today)
    lacks = lacking.before_opening(thing.form)
    if form.is_valid() and not lacks and _opened(thing, form, people):
        say(request, _("It is open from the first day on. Everybody who may answer sees it on Today."))
        return redirect("consultation:written", thing.pk)
    context = {"consultation": thing, "form": form, "lacks": dict.fromkeys(lack.says for lack in lacks)}
    context["known"] = knowing.expected(thing.form, people=people)
    return render(request, "consultation/run_opening.html", context)


def _opened(thing: Consultation, form: OpeningForm, people: int) -> bool:
    days = {name: form.cleaned_data[name] for name in ("opens_on", "closes_on")}
    try:
        consultations.open_up(thing, roster=people, **days)
    except consultations.NoRoomThisYear:
        form.add_error(None, _("The year has no room for it. Too much was asked already. Open it later."))
    except consultations.Fixed:
        form.add_error(None, _("Somebody else has opened it just now."))
    return form.is_valid()


@page(may=writes, takes="GET POST")
def removal(request: Request, consultation_id: Any) -> HttpResponse:
    """A draft nobody needs. Two steps, because this cannot be undone."""
    thing = _draft(request, consultation_id)
    if request.method == "POST":
        consultations.throw_away(thing)
        say(request, _("The draft is gone."))
        return redirect("consultation:start")
    return render(request, "consultation/run_removal.html", {"consultation": thing})


def _draft(request: Request, consultation_id: Any) -> Consultation:
    return get_object_or_404(queries.drafts_of(request.person), pk=consultation_id)


def changed(
    request: Request, thing: Consultation, edit: Callable[[Any], Any], says: str, at: str = ""
) -> HttpResponse:
    """Do it, say it, and go back to where it stands on the page."""
    try:
        consultations.change(thing, edit)
        say(request, says)
    except NoRoom:
        say(request, _("There is no room for one more."))
    except (NotThere, consultations.Fixed):
        say(request, _("Somebody changed it meanwhile. Look once more."))
    response = redirect("consultation:written", thing.pk)
    if at:
        response["Location"] += f"#{at}"
    return response
