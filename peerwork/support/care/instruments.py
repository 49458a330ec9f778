"""A set of questions, and how its answers become numbers.

Nothing is scored here: that happens on the device of whoever answers (static/care/check-in-scores.js).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# How the answers of a part become its number.
RULES = ("sum", "mean", "sum_times", "value")


@dataclass(frozen=True)
class Answer:
    value: int
    text: str


@dataclass(frozen=True)
class Question:
    """`reverse`: the answers count the other way round."""

    code: str
    text: str
    answers: tuple[Answer, ...]
    reverse: bool = False

    @property
    def least(self) -> int:
        return min(answer.value for answer in self.answers)

    @property
    def most(self) -> int:
        return max(answer.value for answer in self.answers)


@dataclass(frozen=True)
class Part:
    """What gets one number: some of the questions, and the rule for them. `times` goes with sum_times."""

    code: str
    name: str
    items: tuple[str, ...]
    rule: str
    times: int = 1


@dataclass(frozen=True)
class Instrument:
    """`licence_text` and `permission` are whole, so that whoever answers can read them beside the questions."""

    id: str
    version: int
    name: str
    language: str
    window: str
    questions: tuple[Question, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    owner: str = ""
    source: str = ""
    licence: str = ""
    licence_text: str = ""
    permission: str = ""

    @property
    def key(self) -> str:
        """How a check names what was answered, like `pulse@1`."""
        return f"{self.id}@{self.version}"

    @property
    def file_name(self) -> str:
        return f"{self.id}.v{self.version}.yaml"


def facts(instrument: Instrument) -> dict[str, Any]:
    """What the device needs to score and to draw."""
    return {
        "id": instrument.id,
        "name": instrument.name,
        "language": instrument.language,
        "notes": instrument.notes,
        "byOthers": bool(instrument.owner),
        "items": {each.code: _of_a_question(each) for each in instrument.questions},
        "parts": [_of_a_part(part, instrument) for part in instrument.parts],
    }


def _of_a_question(question: Question) -> Mapping[str, Any]:
    return {
        "least": question.least,
        "most": question.most,
        "reverse": question.reverse,
        "answers": {answer.value: answer.text for answer in question.answers},
    }


def _of_a_part(part: Part, instrument: Instrument) -> Mapping[str, Any]:
    by_code = {question.code: question for question in instrument.questions}
    asked = [by_code[code] for code in part.items]
    times = part.times * (len(asked) if part.rule in {"sum", "sum_times"} else 1)
    return {
        "code": part.code,
        "name": part.name,
        "items": part.items,
        "rule": part.rule,
        "times": part.times,
        "least": asked[0].least * times,
        "most": asked[0].most * times,
    }
