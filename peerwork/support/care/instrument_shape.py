"""The shape of a file with a tool in it: which keys there are, and what may stand in each."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerwork.ground.packs import written
from peerwork.support.care.instruments import RULES

type Said = Mapping[str, Any]

MOST_QUESTIONS, MOST_ANSWERS, MOST_WORDS = 100, 11, 600
LARGEST_VALUE, MOST_TIMES, LARGEST_VERSION = 1000, 100, 9999
# A name of a licence, or where to find it, is not the licence.
FEWEST_WORDS_OF_A_LICENCE = 8
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[a-z0-9_]{1,30}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class _Key:
    holds: Callable[[Any], bool]
    says: str
    needed: bool = True


def _is_words(value: Any, most: int = MOST_WORDS) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= most


def _is_number(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_licence(value: Any) -> bool:
    return _is_words(value, written.MOST_BYTES) and len(value.split()) >= FEWEST_WORDS_OF_A_LICENCE


def _is_list(value: Any, most: int, least: int = 1) -> bool:
    return isinstance(value, list) and least <= len(value) <= most


def _is_all_words(value: Any) -> bool:
    return _is_list(value, 20) and all(map(_is_words, value))


def _matches(shape: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(shape.fullmatch(value))


WORDS = _Key(_is_words, f"Words, at most {MOST_WORDS} letters.")
MAYBE_WORDS = _Key(_is_words, WORDS.says, needed=False)
A_CODE = _Key(_matches(CODE), "A code of small letters, figures and _, in quotation marks if it is a number.")
META = {
    "id": _Key(_matches(NAME), "A name of small letters, figures and _. It starts with a letter."),
    "version": _Key(lambda value: _is_number(value, 1, LARGEST_VERSION), "A whole number from 1."),
    "name": WORDS,
    "language": _Key(_matches(LANGUAGE), "The tag of a language, such as en or pt-BR."),
    "owner": WORDS,
    "source": WORDS,
    "licence": WORDS,
    "licence_text": _Key(_is_licence, "The whole text of the licence: not its name, not its address."),
    "permission": _Key(_is_licence, "What the owner wrote to you, word for word.", needed=False),
}
TOP = {
    "meta": _Key(lambda value: isinstance(value, dict), "What the tool is, and whose."),
    "window": MAYBE_WORDS,
    "answers": _Key(
        lambda value: bool(value) and isinstance(value, list | dict), "The answers there are to choose from."
    ),
    "items": _Key(
        lambda value: _is_list(value, MOST_QUESTIONS), f"A list of 1 to {MOST_QUESTIONS} questions."
    ),
    "subscales": _Key(
        lambda value: _is_list(value, MOST_QUESTIONS), "A list of the parts that get a number."
    ),
    "notes": _Key(_is_all_words, "A list of sentences to show beside a result.", needed=False),
}
ANSWER = {
    "value": _Key(
        lambda value: _is_number(value, 0, LARGEST_VALUE), f"A whole number from 0 to {LARGEST_VALUE}."
    ),
    "text": WORDS,
}
ITEM = {
    "code": A_CODE,
    "text": WORDS,
    "reverse": _Key(lambda value: isinstance(value, bool), "true or false.", needed=False),
    "answers": _Key(_matches(CODE), "The code of one of the sets of answers.", needed=False),
}
SUBSCALE = {
    "code": A_CODE,
    "name": WORDS,
    "items": _Key(
        lambda value: _is_list(value, MOST_QUESTIONS) and all(isinstance(code, str) for code in value),
        "A list of the codes of its questions, each in quotation marks if it is a number.",
    ),
    "score": _Key(lambda value: value in RULES, f"One of {', '.join(RULES)}."),
    "times": _Key(
        lambda value: _is_number(value, 2, MOST_TIMES),
        f"A whole number from 2 to {MOST_TIMES}.",
        needed=False,
    ),
}


def wrong(said: Said) -> Iterator[str]:
    problems = list(_keys("", said, TOP))
    yield from problems
    if problems:
        return
    yield from _keys("meta.", said["meta"], META)
    yield from _list("items", said["items"], ITEM)
    yield from _list("subscales", said["subscales"], SUBSCALE)
    for place, answers in answer_sets(said["answers"]).items():
        where = f"answers.{place}" if place else "answers"
        if _is_list(answers, MOST_ANSWERS, least=2):
            yield from _list(where, answers, ANSWER)
        else:
            yield f"{where}: a list of 2 to {MOST_ANSWERS} answers, each with a value and a text."


def answer_sets(answers: Any) -> Mapping[str, Any]:
    """The sets of answers by their codes. Where there is one for all questions, it has none."""
    return answers if isinstance(answers, dict) else {"": answers}


def _list(place: str, things: list[Any], keys: Mapping[str, _Key]) -> Iterator[str]:
    for number, thing in enumerate(things, start=1):
        yield from _keys(f"{place}.{number}.", thing, keys)


def _keys(place: str, thing: Any, keys: Mapping[str, _Key]) -> Iterator[str]:
    if not isinstance(thing, dict):
        yield f"{place.rstrip('.')}: there should be keys here: {', '.join(keys)}."
        return
    for name, key in keys.items():
        if name not in thing:
            yield from ([f"{place}{name}: it is missing. {key.says}"] if key.needed else ())
        elif not key.holds(thing[name]):
            yield f"{place}{name}: {key.says}"
    yield from (
        f"{place}{name}: nothing reads this. Check how it is spelled." for name in thing if name not in keys
    )
