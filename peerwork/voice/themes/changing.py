"""What peers can do to the list: add, say in other words, retire, split, merge. All of it in a proposal.

A proposal is one version more, not yet in force. Every change says why, and no change says who. In force it counts from
the next quarter on, so that no round changes while people answer in it.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from peerwork.ground.tallies import quarters
from peerwork.voice.themes import frame as frames
from peerwork.voice.themes.models import Frame

MOST_THEMES = 80
LETTERS = 8


class CannotChange(Exception):
    """There is no such theme, or the list is full. Nothing was changed."""


def add(group: str, *, label: str, plain: str, sensitivity: str, why: str) -> None:
    _change(lambda draft: _into(draft, group, _theme(draft, group, label, plain, sensitivity)), why)


def add_group(label: str, *, why: str) -> None:
    def change(draft: Frame) -> None:
        draft.themes.append({"code": _new_code(label, draft, within=""), "label": label, "themes": []})

    _change(change, why)


def say_otherwise(code: str, *, label: str, plain: str, why: str) -> None:
    """Other words for the same thing. Whoever means something else adds a theme, and retires this one."""
    _change(
        lambda draft: _find(draft, code).update(label=label, **({"plain": plain} if "." in code else {})), why
    )


def retire(code: str, *, why: str) -> None:
    _change(lambda draft: _take_out(draft, code) and None, why)


def split(code: str, *, into: Sequence[tuple[str, str]], why: str) -> None:
    """One theme becomes several. Together they can be read beside what it was."""

    def change(draft: Frame) -> None:
        old = _take_out(draft, code)
        group = code.partition(".")[0]
        for label, plain in into:
            _into(draft, group, _theme(draft, group, label, plain, old["sensitivity"]) | {"from": [code]})

    _change(change, why)


def merge(codes: Sequence[str], *, label: str, plain: str, why: str) -> None:
    """Several become one, in the group of the first, as careful as the most careful of them."""

    def change(draft: Frame) -> None:
        old = [_take_out(draft, code) for code in codes]
        careful = max((one["sensitivity"] for one in old), key=frames.SENSITIVITIES.index)
        group = codes[0].partition(".")[0]
        _into(draft, group, _theme(draft, group, label, plain, careful) | {"from": list(codes)})

    _change(change, why)


def let_words_in(*, on: bool, why: str) -> None:
    def change(draft: Frame) -> None:
        draft.words_on = on

    _change(change, why)


@transaction.atomic
def put_in_force(*, today: date) -> Frame:
    """From the first day of the next quarter. Raises CannotChange where nothing was proposed, or nothing is left."""
    draft = frames.proposed()
    if draft is None or not any(True for _theme in frames.themes(draft)):
        raise CannotChange
    draft.from_quarter = quarters.after(quarters.of(today))
    draft.save()
    return draft


def drop() -> None:
    """Everything proposed is gone. What is in force stays."""
    Frame.objects.filter(from_quarter="").delete()


@transaction.atomic
def _change(how: Callable[[Frame], Any], why: str) -> None:
    """One change, in the proposal that is there or in a new one made like the newest version. Raises CannotChange."""
    draft = frames.proposed() or _copy_of_the_newest()
    how(draft)
    if sum(1 for _theme in frames.themes(draft)) > MOST_THEMES:
        raise CannotChange(_("The list is full. Retire or merge something first."))
    draft.why = "\n".join(filter(None, [draft.why, why.strip()]))
    draft.save()


def _copy_of_the_newest() -> Frame:
    """What a theme came from is told in the version in which it came, and not again in every later one."""
    newest = frames.in_force().first()
    if newest is None:
        raise CannotChange(_("There is no list yet. The first one is made in the night."))
    themes = deepcopy(newest.themes)
    for group in themes:
        for theme in group["themes"]:
            theme.pop("from", None)
    return Frame(version=newest.version + 1, themes=themes, words_on=newest.words_on, from_quarter="")


def _theme(draft: Frame, group: str, label: str, plain: str, sensitivity: str) -> dict[str, Any]:
    code = _new_code(label, draft, within=group)
    return {"code": code, "label": label, "plain": plain, "sensitivity": sensitivity}


def _into(draft: Frame, code: str, theme: dict[str, Any]) -> None:
    _find(draft, code)["themes"].append(theme)


def _find(draft: Frame, code: str) -> dict[str, Any]:
    """A group or a theme by its code. Raises CannotChange."""
    for group in draft.themes:
        for one in (group, *group["themes"]):
            if one["code"] == code:
                return cast("dict[str, Any]", one)
    raise CannotChange(_("That is not on the list any more."))


def _take_out(draft: Frame, code: str) -> dict[str, Any]:
    theme = _find(draft, code)
    group = _find(draft, code.partition(".")[0])
    if theme is group:
        raise CannotChange(_("A group stays, so that old numbers can be read."))
    group["themes"].remove(theme)
    return theme


def _new_code(label: str, draft: Frame, *, within: str) -> str:
    """Short letters out of its name, with a number where another had them before. For ever."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    letters = re.sub(r"[^a-z]", "", plain)[: LETTERS if within else 3] or "x"
    begin = f"{within}." if within else ""
    used = frames.codes_ever() | {theme.code for theme in frames.themes(draft)}
    used |= {group["code"] for group in draft.themes}
    return next(code for n in range(1, 1000) if (code := f"{begin}{letters}{n if n > 1 else ''}") not in used)
