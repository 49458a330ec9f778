"""What a consultation still lacks before it may open, and what would be kinder to change."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerwork.ground.ui import language, reading
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.form import Form, Kind, Text
from peerwork.voice.consultation.questions import WITH_OPTIONS

FEWEST_OPTIONS = 2
# What one person says must fit into one place in memory, with whatever they write (ground/postbox/staging.py).
ROOM, WIDEST_LETTER = 3_300, 4
HARDEST, LONGEST, ENOUGH_WORDS = 7, 20, 8


@dataclass(frozen=True)
class Lack:
    """`code` says where: a question, a section, or empty for the whole."""

    code: str
    says: str


def before_opening(form: Form) -> list[Lack]:
    """Each stops the opening. An empty list: it may open."""
    found = [*_empty(form), *_not_said(form), *_too_few(form)]
    if largest_answer(form) > ROOM:
        found.append(Lack("", _("There is too much to answer in one go. Take some questions out.")))
    return list(dict.fromkeys(found))


def _empty(form: Form) -> Iterator[Lack]:
    if not forms.questions(form):
        yield Lack("", _("There is no question yet."))
    for section in form["sections"]:
        if not section["questions"]:
            yield Lack(section["code"], _("This part has no question."))


def _not_said(form: Form) -> Iterator[Lack]:
    """Whatever is said in one language is said in all."""
    for code, text in _texts(form):
        if any(text.values()) and not all(text.get(language, "").strip() for language in form["languages"]):
            yield Lack(code, _("Something is not said in every language."))


def _too_few(form: Form) -> Iterator[Lack]:
    for question in forms.questions(form):
        fewest = 1 if question["kind"] == Kind.STATEMENTS else FEWEST_OPTIONS
        if question["kind"] in WITH_OPTIONS and len(question["options"]) < fewest:
            yield Lack(question["code"], _("There is too little to choose from."))


def _texts(form: Form) -> Iterator[tuple[str, Text]]:
    """Every text with the code of what it stands in, once for each thing that lacks a language."""
    for section in form["sections"]:
        yield section["code"], section["title"]
        yield section["code"], section["says"]
    for question in forms.questions(form):
        for text in texts_of(question):
            yield question["code"], text


def texts_of(question: dict) -> list[Text]:
    more = [question[name] for name in ("low", "high") if name in question]
    return [question["text"], *(option["text"] for option in question.get("options", ())), *more]


def largest_answer(form: Form) -> int:
    """How many bytes the answers of one person can take, in letters of any language."""
    return sum(_largest(question) for question in forms.questions(form))


def _largest(question: dict) -> int:
    name, kind = forms.slip_code(question), question["kind"]
    if kind == Kind.WORDS:
        return _bytes(name, "") + forms.LONGEST_ANSWER * WIDEST_LETTER
    if kind == Kind.STATEMENTS:
        votes = {option["code"]: -1 for option in question["options"]}
        return _bytes(name, json.dumps(votes, separators=(",", ":")))
    longest = max(forms.cells(question), key=len, default="")
    return forms.how_many(question) * _bytes(name, longest)


def _bytes(name: str, answer: str) -> int:
    return len(json.dumps([name, answer], separators=(",", ":"))) + 1


def hints_for(text: Text) -> list[str]:
    """What a kind reader might whisper about it. Only English has a guide and a grade here."""
    words = next((said for tongue, said in text.items() if tongue.partition("-")[0] == "en"), "")
    found = [
        _("Instead of “%(word)s”, maybe “%(prefer)s”. %(why)s.")
        % {"word": hint.word, "prefer": hint.prefer, "why": hint.why}
        for hint in language.hints(words)
    ]
    if reading.longest_sentence(words) > LONGEST:
        found.append(_("This sentence is long. Two short ones are easier."))
    elif len(reading.WORD.findall(words)) >= ENOUGH_WORDS and reading.grade(words) > HARDEST:
        found.append(_("This is hard to read when tired. Shorter words would help."))
    return found
