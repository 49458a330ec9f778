"""Parts of a consultation: added, changed, moved, taken out. Each gives a new form and leaves the old one alone."""

from copy import deepcopy
from typing import Any

from peerwork.voice.consultation.form import Form, Text, codes, new_code

MOST = 12


class NotThere(Exception):
    """Somebody took it out meanwhile."""


class NoRoom(Exception):
    """There is as much of it as there may be."""


def add(form: Form, *, title: Text, says: Text) -> dict[str, Any]:
    """At the end. Raises NoRoom."""
    new = deepcopy(dict(form))
    if len(new["sections"]) >= MOST:
        raise NoRoom
    section = {"code": new_code(codes(form)), "title": dict(title), "says": dict(says), "questions": []}
    new["sections"].append(section)
    return new


def change(form: Form, code: str, *, title: Text, says: Text) -> dict[str, Any]:
    """Raises NotThere."""
    new = deepcopy(dict(form))
    find(new, code).update(title=dict(title), says=dict(says))
    return new


def move(form: Form, code: str, *, by: int) -> dict[str, Any]:
    """Up is -1, down is 1. At the end of the list it stays. Raises NotThere."""
    new = deepcopy(dict(form))
    shift(new["sections"], find(new, code), by)
    return new


def remove(form: Form, code: str) -> dict[str, Any]:
    """With the questions in it. Raises NotThere."""
    new = deepcopy(dict(form))
    new["sections"].remove(find(new, code))
    return new


def find(form: Form, code: str) -> dict[str, Any]:
    """Raises NotThere."""
    found = next((section for section in form["sections"] if section["code"] == code), None)
    if found is None:
        raise NotThere(code)
    return found


def shift(things: list[Any], thing: Any, by: int) -> None:
    at = things.index(thing)
    things.insert(max(0, at + by), things.pop(at))
