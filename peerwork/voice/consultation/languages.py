"""The languages a consultation is written in. The first one is what others fall back to."""

from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from django.conf.locale import LANG_INFO

from peerwork.voice.consultation.form import Form
from peerwork.voice.consultation.sections import NoRoom

MOST = 4


class Language(NamedTuple):
    """`name` is what its speakers call it, and `dir` the way it runs."""

    code: str
    name: str
    dir: str


@cache
def all_known() -> dict[str, Language]:
    """Every language whose name and direction we know, by name."""
    known = {code: facts for code, facts in LANG_INFO.items() if "name_local" in facts}
    found = [
        Language(code, facts["name_local"], "rtl" if facts["bidi"] else "ltr")
        for code, facts in known.items()
    ]
    return {language.code: language for language in sorted(found, key=lambda one: one.name.casefold())}


def of(form: Form) -> list[Language]:
    return [all_known()[code] for code in form["languages"]]


def add(form: Form, code: str) -> dict[str, Any]:
    """Beside the others. Raises NoRoom, and KeyError for a language nobody knows."""
    new = deepcopy(dict(form))
    if all_known()[code].code not in new["languages"]:
        if len(new["languages"]) >= MOST:
            raise NoRoom
        new["languages"].append(code)
    return new


def remove(form: Form, code: str) -> dict[str, Any]:
    """What was written in it goes too. The last one stays."""
    new = deepcopy(dict(form))
    if code in new["languages"] and len(new["languages"]) > 1:
        new["languages"].remove(code)
        _forget(new["sections"], code)
    return new


def _forget(thing: Any, code: str) -> None:
    for inner in thing if isinstance(thing, list) else thing.values():
        if isinstance(inner, list):
            _forget(inner, code)
        elif isinstance(inner, dict):
            inner.pop(code, None)
            _forget(inner, code)
