"""A consultation as those who write it see it: every text with its language, what will be known, what is lacking."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation import lacking, languages
from peerwork.voice.consultation.form import Form, Kind, Text
from peerwork.voice.consultation.knowing import Known, verdict
from peerwork.voice.consultation.lacking import Lack
from peerwork.voice.consultation.languages import Language

USUAL_LENGTH = timedelta(days=20)
# What each kind is good for, said where one is chosen.
ADVICE = {
    Kind.CHOOSE: _("For facts and wishes. Put the answers people would give, and one for “something else”."),
    Kind.SCALE: _("For how much or how often. Say what 1 means and what 5 means."),
    Kind.RANK: _("For what comes first. Each picks three. It costs three times as much as choosing one."),
    Kind.STATEMENTS: _(
        "For what people think. Each sentence says one thing somebody could disagree with. Each costs as a question."
    ),
    Kind.WORDS: _(
        "For what you did not think of. A few peers say it in other words before anybody else reads it."
    ),
}
KINDS = [(kind, kind.label, ADVICE[kind]) for kind in Kind]


class Said(NamedTuple):
    language: Language
    words: str


class Line(NamedTuple):
    """An answer or a sentence, in each language. `number` where it is the end of a scale."""

    number: str
    said: list[Said]


@dataclass(frozen=True)
class Shown:
    """A question on the page of those who write. `width`: by how much its numbers may be off, if it has any."""

    code: str
    kind: str
    said: list[Said]
    lines: list[Line]
    most: int
    hints: list[str]
    lacks: list[str]
    width: int | None
    says: str


@dataclass(frozen=True)
class Part:
    code: str
    title: list[Said]
    says: list[Said]
    questions: list[Shown]
    hints: list[str]
    lacks: list[str]


def parts(form: Form, *, known: Known, lacks: Iterable[Lack]) -> list[Part]:
    by_code = defaultdict[str, list[str]](list)
    for lack in lacks:
        by_code[lack.code].append(lack.says)
    tongues = languages.of(form)

    def said(text: Text) -> list[Said]:
        return [Said(tongue, text[tongue.code]) for tongue in tongues if text.get(tongue.code)]

    def shown(question: dict[str, Any]) -> Shown:
        code, width = question["code"], known.widths.get(question["code"])
        return Shown(
            code=code,
            kind=str(Kind(question["kind"]).label),
            said=said(question["text"]),
            lines=[Line(number, said(text)) for number, text in _lines(question)],
            most=forms.how_many(question) if question["kind"] == Kind.CHOOSE else 1,
            hints=[hint for text in lacking.texts_of(question) for hint in lacking.hints_for(text)],
            lacks=by_code[code],
            width=width,
            says=verdict(width, known.people) if width is not None else "",
        )

    return [
        Part(
            code=section["code"],
            title=said(section["title"]),
            says=said(section["says"]),
            questions=[shown(question) for question in section["questions"]],
            hints=lacking.hints_for(section["title"]) + lacking.hints_for(section["says"]),
            lacks=by_code[section["code"]],
        )
        for section in form["sections"]
    ]


def _lines(question: dict[str, Any]) -> list[tuple[str, Text]]:
    if question["kind"] == Kind.SCALE:
        return [("1", question["low"]), ("5", question["high"])]
    return [("", option["text"]) for option in question.get("options", ())]


class Step(NamedTuple):
    """From one version to the next: the texts that came, and those that went."""

    version: int
    came: list[str]
    went: list[str]


def steps(versions: Sequence[Form]) -> list[Step]:
    """The newest first. A move alone leaves both lists empty."""
    told = [_all_words(form) for form in versions]
    pairs = pairwise(told)
    found = [
        Step(number, [words for words in after if words not in before], [w for w in before if w not in after])
        for number, (before, after) in enumerate(pairs, start=2)
    ]
    return found[::-1]


def _all_words(form: Form) -> list[str]:
    texts: list[Text] = []
    for section in form["sections"]:
        texts += [section["title"], section["says"]]
        texts += [text for question in section["questions"] for text in lacking.texts_of(question)]
    return [words for text in texts for words in text.values()]


def advice(kind: str) -> dict[str, Any]:
    return {"advice": ADVICE[Kind(kind)]} if kind else {}


def usual_days(today: date) -> dict[str, date]:
    """From today on, for three weeks."""
    return {"opens_on": today, "closes_on": today + USUAL_LENGTH}
