"""The questions of a consultation, as one piece of JSON, and what may be answered to them.

    {"languages": ["en", "ar"],
     "sections": [{"code", "title": {"en": …}, "says": {"en": …}, "questions": [
         {"code", "kind", "text": {"en": …}, "options": [{"code", "text"}], "most": 1, "low": {}, "high": {}}]}]}

A code means the same for ever: with it, one year is laid beside another. So a code is drawn by lot, and never given
to something else. What is said to agree or disagree with stands among the options.
"""

import json
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

type Piece = tuple[str, str]
type Form = Mapping[str, Any]
type Text = Mapping[str, str]


class Kind(TextChoices):
    CHOOSE = "choose", _("Choose from a list")
    SCALE = "scale", _("A scale from 1 to 5")
    RANK = "rank", _("The three that matter most")
    STATEMENTS = "statements", _("Say whether you agree")
    WORDS = "words", _("A few words of one’s own")


OWN_WORDS = ":words"
LONGEST_ANSWER = 200
SCALE = ("1", "2", "3", "4", "5")
RANKED = 3
AGREE, PASS, DISAGREE = 1, 0, -1
CODE = re.compile(r"[a-z][a-z0-9_]{0,11}")
# No vowels, so that no code is ever a word, and nothing that is mistaken for something else.
LETTERS, SIGNS = "bcdfghjkmnpqrstvwxz", "bcdfghjkmnpqrstvwxz23456789"
# What no keyboard writes into a line: it could break a table, or be a sign.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
EMPTY: Form = {"languages": ["en"], "sections": []}


class NotGood(Exception):
    """These answers are none to this form. `question` is the code of the question, or empty."""

    def __init__(self, question: str, says: str) -> None:
        super().__init__(says)
        self.question = question


def text(form_text: Text, language: str) -> str:
    """What it says in this language, or else in the first it was written in."""
    return form_text.get(language) or next(filter(None, form_text.values()), "")


def questions(form: Form) -> list[dict[str, Any]]:
    """All of them, in the order they are asked."""
    return [question for section in form["sections"] for question in section["questions"]]


def languages(form: Form) -> list[str]:
    return list(form["languages"])


def new_code(taken: Iterable[str] = ()) -> str:
    """A code that was never used, as far as chance goes: one in half a million."""
    there = set(taken)
    while True:
        code = secrets.choice(LETTERS) + "".join(secrets.choice(SIGNS) for _sign in range(3))
        if code not in there:
            return code


def codes(form: Form) -> set[str]:
    """Every code of sections, questions and options."""
    sections = form["sections"]
    options = (option for question in questions(form) for option in question.get("options", ()))
    return {thing["code"] for thing in (*sections, *questions(form), *options)}


def check_pieces(form: Form, pieces: Sequence[Piece]) -> None:
    """Whether these may be somebody's answers. Anything may be left out, but not everything.

    Raises NotGood. It looks at the shape alone, and at nothing about whoever sent them.
    """
    asked = {slip_code(question): question for question in questions(form)}
    given: dict[str, list[str]] = defaultdict(list)
    for name, answer in pieces:
        if name not in asked:
            raise NotGood("", "That is not asked here.")
        given[name].append(answer)
    if not given:
        raise NotGood("", "Nothing was answered.")
    for name, answers in given.items():
        _check(asked[name], answers)


def slip_code(question: Mapping[str, Any]) -> str:
    """What its slips are called: words in somebody's own hand have a name that lets them be forgotten."""
    return question["code"] + (OWN_WORDS if question["kind"] == Kind.WORDS else "")


def votes_of(answer: str, question: Mapping[str, Any]) -> dict[str, int]:
    """What somebody said to the statements: {"s1": 1, "s2": -1}. Raises NotGood.

    Written as a browser writes it, in the order of the form. Spaces, or an order of one's own, could be a sign.
    """
    votes = _read(question, answer)
    known = [option["code"] for option in question["options"]]
    in_order = {code: votes[code] for code in known if code in votes}
    values_are_good = all(type(vote) is int and vote in {AGREE, PASS, DISAGREE} for vote in votes.values())
    if not votes or not values_are_good or json.dumps(in_order, separators=(",", ":")) != answer:
        raise NotGood(question["code"], "These are no answers to the statements.")
    return in_order


def _read(question: Mapping[str, Any], answer: str) -> dict[str, Any]:
    try:
        votes = json.loads(answer)
    except (ValueError, RecursionError):
        votes = None
    if not isinstance(votes, dict):
        raise NotGood(question["code"], "These are no answers to the statements.")
    return votes


def _check(question: Mapping[str, Any], answers: Sequence[str]) -> None:
    code, kind = question["code"], question["kind"]
    if len(answers) > how_many(question) or max(Counter(answers).values()) > 1:
        raise NotGood(code, "That is more than can be answered here.")
    for answer in answers:
        if kind == Kind.STATEMENTS:
            votes_of(answer, question)
        elif kind == Kind.WORDS:
            _check_words(code, answer)
        elif answer not in cells(question):
            raise NotGood(code, "That cannot be chosen here.")


def _check_words(code: str, answer: str) -> None:
    if not answer.strip() or len(answer) > LONGEST_ANSWER or CONTROL.search(answer):
        raise NotGood(code, "A few words, on one line, and at most two hundred letters.")


def how_many(question: Mapping[str, Any]) -> int:
    """How many pieces one person may give to it."""
    if question["kind"] == Kind.RANK:
        return RANKED
    return int(question.get("most", 1)) if question["kind"] == Kind.CHOOSE else 1


def cells(question: Mapping[str, Any]) -> list[str]:
    """What can be counted: the same list whatever was answered."""
    if question["kind"] == Kind.SCALE:
        return list(SCALE)
    return [option["code"] for option in question.get("options", ())]
