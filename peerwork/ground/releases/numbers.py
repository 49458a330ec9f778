"""From answers to what may be said about them. Noise first; whatever is rounded or named comes after it.

Nothing below the line that makes the noise sees a true number. How many tokens were spent is no secret: the board
shows it to everybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerwork.ground.releases import noise
from peerwork.ground.releases.ledger import Uncounted

type Label = str | dict[str, str]
# Whoever left a question out is counted too, in a cell of its own. No option may have this code.
NO_ANSWER = "-"
STEP = 5
# How large a share is called what: up to here, and no more.
BANDS = ((0.1, "hardly_any"), (0.4, "few"), (0.6, "about_half"), (0.9, "most"), (1.0, "nearly_all"))
CANNOT_TELL = "cannot_tell"


class TooManyMarks(Uncounted):
    """More was answered than tokens allow. Something was let in that should not have been; nothing is counted."""


@dataclass(frozen=True)
class Question:
    """One question as it is counted. Everything here was fixed when its round opened.

    cells: every (code, label) there is to choose, asked for or not. marks: how many of them one token may choose.
    slips: the question code on the slips. statement: which of a set of statements this is about.
    into: where an answer is counted that has no cell of its own, like a theme that is counted with its group.
    """

    code: str
    title: Label
    kind: str
    cells: Sequence[tuple[str, Label]]
    marks: int
    slips: str
    statement: str | None = None
    into: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What was fixed before: how many tokens each person had, what may be paid, whether numbers are told as bands.

    spent: how many tokens there are on the board. price: the most this question may cost, in millionths of ε.
    """

    spent: int
    tokens: int
    price: int
    in_bands: bool

    def sensitivity(self, asked: Question) -> int:
        """By how much all cells together change when one person says something else: away here, and there."""
        return 2 * self.tokens * asked.marks


def as_said(asked: Question, answers: Mapping[str, int], terms: Terms) -> dict[str, Any]:
    """What the release says. answers: how often each code is on a slip. Raises TooManyMarks."""
    true = _every_cell(asked, answers, spent=terms.spent)
    seen = noise.noisy(true, cells=list(true), d_in=terms.sensitivity(asked), price=terms.price)
    return _in_words(asked, seen, terms)


def _every_cell(asked: Question, answers: Mapping[str, int], *, spent: int) -> dict[str, int]:
    """The fixed list of cells, those nobody chose among them, and how many marks were left out."""
    cells = {code: 0 for code, _label in asked.cells}
    for answer, times in answers.items():
        code = asked.into.get(answer, answer)
        if code in cells:
            cells[code] += times
    left_out = spent * asked.marks - sum(cells.values())
    if left_out < 0:
        raise TooManyMarks(asked.code)
    return cells | {NO_ANSWER: left_out}


def _in_words(asked: Question, seen: Mapping[str, int], terms: Terms) -> dict[str, Any]:
    """From here on nothing is known but noisy numbers and how many tokens were spent."""
    half = noise.half_width(terms.sensitivity(asked), terms.price)
    cell, step = (_in_bands, 1) if terms.in_bands else (_rounded, STEP)
    labels = {**dict(asked.cells), NO_ANSWER: NO_ANSWER}
    all_marks = terms.spent * asked.marks
    most = dict.fromkeys(seen, terms.spent) | {NO_ANSWER: all_marks}
    given = (all_marks - within(seen[NO_ANSWER], all_marks)) // asked.marks
    return {
        "title": asked.title,
        "kind": asked.kind,
        "shape": "bands" if terms.in_bands else "rounded",
        "cells": [
            {"code": code, "label": labels[code]} | cell(value, half=half, most=most[code])
            for code, value in seen.items()
        ],
        "answered_about": nearest(given, step),
        "half_width": half + step // 2,
        "price": terms.price,
    }


def _in_bands(value: int, *, half: int, most: int) -> dict[str, Any]:
    """For a small network: a share in words, and between which numbers it lies."""
    low, high = within(value - half, most), within(value + half, most)
    shown = within(value, most)
    vague = high - low > most / 2
    return {"value": shown, "low": low, "high": high, "band": CANNOT_TELL if vague else band(shown / most)}


def _rounded(value: int, *, half: int, most: int) -> dict[str, Any]:
    """For a larger one: to the nearest five, and the ends of its interval outwards to the next five."""
    low, high = within(value - half, most), within(value + half, most)
    return {
        "value": nearest(within(value, most)),
        "low": low - low % STEP,
        "high": high + -high % STEP,
        "band": None,
    }


def band(share: float) -> str:
    return next(name for up_to, name in BANDS if share <= up_to)


def nearest(value: int, step: int = STEP) -> int:
    return (value + step // 2) // step * step


def within(value: int, most: int) -> int:
    """No number below none, and none above all there could be. What is said here was noisy before."""
    return max(0, min(value, most))


def one_title(title: Label) -> str:
    """The first language it was written in."""
    return (next(iter(title.values()), "") if isinstance(title, dict) else title)[:200]


type Progress = Callable[[int, int], None]
