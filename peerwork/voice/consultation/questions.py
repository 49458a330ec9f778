"""Questions of a consultation: added, changed, moved, taken out. Each gives a new form and leaves the old one alone."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation import sections
from peerwork.voice.consultation.form import Form, Kind, codes, new_code
from peerwork.voice.consultation.sections import NoRoom, NotThere

MOST = 60
MOST_OPTIONS, MOST_STATEMENTS = 12, 20
# What one may choose from.
WITH_OPTIONS = frozenset({Kind.CHOOSE, Kind.RANK, Kind.STATEMENTS})


def add(form: Form, section: str, *, kind: str, **says: Any) -> dict[str, Any]:
    """At the end of that part. Raises NotThere, and NoRoom."""
    new = deepcopy(dict(form))
    if len(forms.questions(form)) >= MOST:
        raise NoRoom
    question = {"code": new_code(codes(form)), "kind": kind}
    sections.find(new, section)["questions"].append(question | _plain(form, kind, says))
    return new


def change(form: Form, code: str, *, is_new: bool = False, **says: Any) -> dict[str, Any]:
    """Other words for the same question. `is_new`: it asks something else now, so it gets a code of its own.

    Raises NotThere.
    """
    new = deepcopy(dict(form))
    question = find(new, code)
    question.update(_plain(form, question["kind"], says))
    if is_new:
        question["code"] = new_code(codes(form))
    return new


def move(form: Form, code: str, *, by: int) -> dict[str, Any]:
    """Up or down by one. Past the end of its part it goes into the next one. Raises NotThere."""
    new = deepcopy(dict(form))
    question, at = find(new, code), _section_of(new, code)
    there, to = new["sections"][at]["questions"], at + by
    if 0 <= there.index(question) + by < len(there):
        sections.shift(there, question, by)
    elif 0 <= to < len(new["sections"]):
        there.remove(question)
        new["sections"][to]["questions"].insert(
            0 if by > 0 else len(new["sections"][to]["questions"]), question
        )
    return new


def remove(form: Form, code: str) -> dict[str, Any]:
    """Raises NotThere."""
    new = deepcopy(dict(form))
    new["sections"][_section_of(new, code)]["questions"].remove(find(new, code))
    return new


def find(form: Form, code: str) -> dict[str, Any]:
    """Raises NotThere."""
    found = next((question for question in forms.questions(form) if question["code"] == code), None)
    if found is None:
        raise NotThere(code)
    return found


def room_for_options(kind: str) -> int:
    return MOST_STATEMENTS if kind == Kind.STATEMENTS else MOST_OPTIONS


def _section_of(form: Form, code: str) -> int:
    for at, section in enumerate(form["sections"]):
        if any(question["code"] == code for question in section["questions"]):
            return at
    raise NotThere(code)


def _plain(form: Form, kind: str, says: Mapping[str, Any]) -> dict[str, Any]:
    """What a question of this kind keeps, and nothing else. An option without a code gets one."""
    kept: dict[str, Any] = {"text": dict(says["text"])}
    if kind in WITH_OPTIONS:
        taken = codes(form)
        options = says["options"][: room_for_options(kind)]
        kept["options"] = [{"code": o["code"] or _drawn(taken), "text": dict(o["text"])} for o in options]
    if kind == Kind.CHOOSE:
        kept["most"] = int(says["most"])
    if kind == Kind.SCALE:
        kept |= {"low": dict(says["low"]), "high": dict(says["high"])}
    return kept


def _drawn(taken: set[str]) -> str:
    code = new_code(taken)
    taken.add(code)
    return code
