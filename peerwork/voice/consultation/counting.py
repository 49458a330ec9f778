"""What is counted of a consultation that is over, and that it is counted."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from peerwork.ground.releases import counting
from peerwork.ground.releases.counting import Question
from peerwork.ground.releases.numbers import Progress
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation import consultations
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.form import Form, Kind
from peerwork.voice.consultation.models import Consultation

STANCES = {"1": _("Agree"), "0": _("Not sure"), "-1": _("Disagree")}
State = Consultation.State


def count_what_is_closed(today: date, progress: Progress | None = None) -> None:
    """Each once. What there is no room for in the year stays as it is, and its page says why. Safe to repeat.

    A machine may die between the count and the word for it: what was counted then is called so the next night.
    """
    for consultation in Consultation.objects.filter(state=State.CLOSED).order_by("closes_on", "pk"):
        try:
            _count(consultation, today, progress)
        except counting.Uncounted:
            if not consultations.is_counted(consultation):
                continue
        Consultation.objects.filter(pk=consultation.pk).update(state=State.COUNTED)


def _count(consultation: Consultation, today: date, progress: Progress | None) -> None:
    counting.count(
        consultations.round_of(consultation),
        population=consultation.audience,
        quarter=quarters.of(consultation.closes_on or today),
        questions=asked_of(consultation.form),
        today=today,
        progress=progress,
    )


def asked_of(form: Form) -> list[Question]:
    """Every number that is made of it, and for each set of statements which opinions go together."""
    return [counted for question in forms.questions(form) for counted in _counted(form, question)]


def counted_parts(form: Form) -> list[Question]:
    """Those that are paid for: what is known is shared out among them."""
    return [question for question in asked_of(form) if question.kind != counting.OPINIONS]


def code_of(question: str, statement: str) -> str:
    """What one statement of a set is called where numbers are."""
    return f"{question}.{statement}"


def _counted(form: Form, question: dict[str, Any]) -> Iterator[Question]:
    code, kind, title = question["code"], question["kind"], question["text"]
    if kind == Kind.STATEMENTS:
        yield from _statements(form, question)
    elif kind != Kind.WORDS:
        yield Question(code, title, kind, _cells(form, question), forms.how_many(question), code)


def _statements(form: Form, question: dict[str, Any]) -> Iterator[Question]:
    code, said = question["code"], [(one["code"], one["text"]) for one in question["options"]]
    stances = [(vote, _in_each(form, words)) for vote, words in STANCES.items()]
    for statement, text in said:
        yield Question(code_of(code, statement), text, "statement", stances, 1, code, statement)
    yield Question(code, question["text"], counting.OPINIONS, said, 1, code)


def _cells(form: Form, question: dict[str, Any]) -> list[tuple[str, Any]]:
    if question["kind"] != Kind.SCALE:
        return [(option["code"], option["text"]) for option in question["options"]]
    ends = {"1": question["low"], "5": question["high"]}
    return [(step, _step(form, step, ends.get(step, {}))) for step in forms.SCALE]


def _step(form: Form, step: str, end: forms.Text) -> dict[str, str]:
    """1 · never, 2, 3, 4, 5 · always, in each language."""
    return {
        language: f"{step} · {forms.text(end, language)}" if end else step for language in form["languages"]
    }


def _in_each(form: Form, words: Promise) -> dict[str, str]:
    """Words of the house in each language of the form that the house speaks, else in its own."""
    return {language: _in(language, words) for language in form["languages"]}


def _in(language: str, words: Promise) -> str:
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return str(words)
