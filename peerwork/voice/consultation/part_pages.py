"""Run: one part of a consultation, or one question. Everything goes back to the page with all of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from peerwork.people.rules import Request, page
from peerwork.voice.consultation import lacking, queries, questions, sections, showing
from peerwork.voice.consultation.form import Kind
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.piece_forms import QuestionForm, SectionForm
from peerwork.voice.consultation.policy import writes
from peerwork.voice.consultation.run_pages import changed
from peerwork.voice.consultation.sections import NotThere


@page(may=writes, takes="GET POST")
def new_section(request: Request, consultation_id: Any) -> HttpResponse:
    thing = _draft(request, consultation_id)
    form = SectionForm(request.POST or None, form=thing.form)
    if form.is_valid():
        return changed(
            request, thing, lambda there: sections.add(there, **form.what()), _("The part is there.")
        )
    return _page(request, thing, form, _("A new part"))


@page(may=writes, takes="GET POST")
def section(request: Request, consultation_id: Any, code: str) -> HttpResponse:
    thing = _draft(request, consultation_id)
    there = _found(sections.find, thing, code)
    form = SectionForm(request.POST or None, form=thing.form, thing=there)
    if form.is_valid() and not _changed_meanwhile(form):
        return changed(
            request,
            thing,
            lambda all_: sections.change(all_, code, **form.what()),
            _("Kept."),
            f"part-{code}",
        )
    return _page(request, thing, form, _("Change this part"), hints=lacking.hints_for(there["title"]))


@page(may=writes, takes="GET POST")
def new_question(request: Request, consultation_id: Any, code: str, kind: str) -> HttpResponse:
    thing = _draft(request, consultation_id)
    _found(sections.find, thing, code)
    if kind not in Kind.values:
        raise Http404
    form = QuestionForm(request.POST or None, form=thing.form, kind=kind)
    if form.is_valid():
        said = form.what()
        del said["is_new"]
        return changed(
            request, thing, lambda there: questions.add(there, code, kind=kind, **said),
            _("The question is there."), f"part-{code}",
        )  # fmt: skip
    return _page(request, thing, form, Kind(kind).label, kind=kind)


@page(may=writes, takes="GET POST")
def question(request: Request, consultation_id: Any, code: str) -> HttpResponse:
    thing = _draft(request, consultation_id)
    there = _found(questions.find, thing, code)
    asked_before = code in queries.asked_before(thing)
    form = QuestionForm(
        request.POST or None, form=thing.form, thing=there, kind=there["kind"], asked_before=asked_before
    )
    if form.is_valid() and not _changed_meanwhile(form):
        return changed(
            request, thing, lambda all_: questions.change(all_, code, **form.what()), _("Kept."), code
        )
    hints = [hint for text in lacking.texts_of(there) for hint in lacking.hints_for(text)]
    return _page(request, thing, form, _("Change this question"), hints=hints, kind=there["kind"])


@page(may=writes, takes="POST")
def place(request: Request, consultation_id: Any, code: str) -> HttpResponse:
    """Up or down by one: a question, or a part with all that is in it."""
    thing, by = _draft(request, consultation_id), 1 if request.POST.get("place") == "down" else -1
    noun, at = _what_it_is(thing, code)
    return changed(request, thing, lambda there: noun.move(there, code, by=by), _("Moved."), at)


@page(may=writes, takes="POST")
def removal(request: Request, consultation_id: Any, code: str) -> HttpResponse:
    """Taken out. One press brings it back."""
    thing = _draft(request, consultation_id)
    noun, _at = _what_it_is(thing, code)
    says = _("It is out. “Undo the last change” brings it back.")
    return changed(request, thing, lambda there: noun.remove(there, code), says)


def _draft(request: Request, consultation_id: Any) -> Consultation:
    return get_object_or_404(queries.drafts_of(request.person), pk=consultation_id)


def _found(find: Any, thing: Consultation, code: str) -> dict[str, Any]:
    """A part or a question that somebody took out meanwhile is nowhere."""
    try:
        return dict(find(thing.form, code))
    except NotThere as error:
        raise Http404 from error


def _what_it_is(thing: Consultation, code: str) -> tuple[Any, str]:
    if any(there["code"] == code for there in thing.form["sections"]):
        return sections, f"part-{code}"
    _found(questions.find, thing, code)
    return questions, code


def _changed_meanwhile(form: SectionForm | QuestionForm) -> bool:
    """Two people wrote at once. The later one sees it, and keeps what was typed."""
    if not form.changed_meanwhile():
        return False
    form.add_error(None, _("Somebody changed this meanwhile. Save once more to put yours in its place."))
    form.data = {**form.data.dict(), "was": form.mark}  # type: ignore[attr-defined]
    return True


def _page(request: Request, thing: Consultation, form: Any, title: Any, **more: Any) -> HttpResponse:
    context = {"consultation": thing, "form": form, "title": title, "hints": more.get("hints", ())}
    return render(request, "consultation/run_part.html", context | showing.advice(more.get("kind", "")))
