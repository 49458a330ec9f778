"""A questionnaire as pages show it: every text in every language it was written in, one of them shown first.

Who opens this: somebody tired, on an old phone, who wonders whether an answer can come back to them. They fear that
a half-finished answer is seen by whoever picks the phone up next, and that skipping a question is noticed. So any
question can be skipped without a word; what was typed stays sealed in the tab; and the page is the same for everybody.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

from peerwork.people.members.models import Person
from peerwork.voice.consultation import consultations, queries
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.models import Consultation

# What this house itself says inside a questionnaire, in whichever language that is read.
HOUSE_WORDS: dict[str, Promise] = {
    "agree": _("Agree"),
    "unsure": _("Not sure"),
    "disagree": _("Disagree"),
    "skip": _("Skip this one"),
}


class Said(NamedTuple):
    """One text in one language. `spoken` is the language it is really in, where a translation is missing."""

    language: str
    spoken: str
    direction: str
    words: str
    shown: bool


class Option(NamedTuple):
    code: str
    text: list[Said]


class Asked(NamedTuple):
    """One question. `most` is how many may be picked: 1 makes it one of a few."""

    code: str
    kind: str
    most: int
    text: list[Said]
    options: list[Option]
    low: list[Said]
    high: list[Said]


class Part(NamedTuple):
    """One section: what a phone shows at a time."""

    number: int
    title: list[Said]
    says: list[Said]
    questions: list[Asked]


class Language(NamedTuple):
    code: str
    name: str
    direction: str
    shown: bool


def today(network: Any) -> date:
    """On the network's clock, whoever asks: a round ends for everybody at once."""
    return localdate(timezone=ZoneInfo(network.time_zone))


def is_open(consultation: Consultation, day: date) -> bool:
    first, last = consultation.opens_on, consultation.closes_on
    is_open = consultation.state == Consultation.State.OPEN
    return is_open and first is not None and last is not None and first <= day <= last


def on_paper_for(person: Person) -> QuerySet[Consultation]:
    """What this person may print and type in: what they may answer, and, for whoever helps to run it, all of them."""
    everything = queries.written_by(person).exclude(state=Consultation.State.WRITTEN)
    return (queries.for_the_audience(person) | everything).distinct()


def sheet(consultation: Consultation, *, wanted: str = "") -> dict[str, Any]:
    """All that a page with the questions on it needs. `wanted` is a language; without it, the reader's own."""
    form = consultation.form
    first = first_language(form, wanted or get_language() or "")
    return {
        "consultation": consultation,
        "round": consultations.round_of(consultation),
        "parts": parts(form, first=first),
        "house": house_words(form, first=first),
        "languages": languages(form, first=first),
        "first": first,
    }


def parts(form: forms.Form, *, first: str) -> list[Part]:
    """The sections, with every text in every language. `first` is the language shown until another is chosen."""

    def said(text: Mapping[str, str] | None) -> list[Said]:
        return every_language(form, text or {}, first=first)

    def asked(question: Mapping[str, Any]) -> Asked:
        options = [Option(one["code"], said(one["text"])) for one in question.get("options", ())]
        ends = said(question.get("low")), said(question.get("high"))
        most = forms.how_many(question)
        return Asked(question["code"], question["kind"], most, said(question["text"]), options, *ends)

    return [
        Part(number, said(one.get("title")), said(one.get("says")), [asked(q) for q in one["questions"]])
        for number, one in enumerate(form["sections"], 1)
        if one["questions"]
    ]


def every_language(form: forms.Form, text: Mapping[str, str], *, first: str) -> list[Said]:
    """Empty where nothing was written in any language."""
    if not any(text.values()):
        return []
    spoken = [(code, code if text.get(code) else _written_in(text)) for code in forms.languages(form)]
    return [
        Said(code, tongue, _direction(tongue), forms.text(text, code), code == first)
        for code, tongue in spoken
    ]


def house_words(form: forms.Form, *, first: str) -> dict[str, list[Said]]:
    """Agree, Not sure, Disagree, Skip: in every language of the form that this house speaks, else in English."""
    return {
        name: every_language(form, {code: _in(code, words) for code in forms.languages(form)}, first=first)
        for name, words in HOUSE_WORDS.items()
    }


def spoken_in(language: str) -> override:
    """The words of the house in this language, where the house speaks it; else as they were."""
    return override(language if language in dict(settings.LANGUAGES) else get_language())


def _in(language: str, words: Promise) -> str:
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return str(words)


def languages(form: forms.Form, *, first: str) -> list[Language]:
    return [Language(code, _name(code), _direction(code), code == first) for code in forms.languages(form)]


def first_language(form: forms.Form, wanted: str) -> str:
    """The reader's own, where it was written in it; else the first it was written in."""
    written = forms.languages(form)
    return wanted if wanted in written else written[0]


def _written_in(text: Mapping[str, str]) -> str:
    return next(code for code, words in text.items() if words)


def _name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _direction(code: str) -> str:
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"
