"""A release as a piece of a page: a picture of each interval, with its numbers beside it, in plain words.

What a release says never changes, so each piece is made once for each language and kept by its mark.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peerwork.ground.releases.known import TOO_FEW
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import NO_ANSWER, Label

WIDTH, PIECES = 240, 4096
BANDS_IN_WORDS = {
    "hardly_any": _("hardly any"),
    "few": _("some"),
    "about_half": _("about half"),
    "most": _("most"),
    "nearly_all": _("nearly all"),
    "cannot_tell": _("cannot tell"),
}


class Line(NamedTuple):
    """One cell: its words, its numbers, and where its interval is drawn."""

    label: str | Promise
    value: int
    low: int
    high: int
    band: str | Promise
    start: int
    length: int
    at: int


def piece(mark: str) -> SafeString:
    """What the release with this mark says, in the language that is active. Raises Release.DoesNotExist."""
    return _piece(mark, get_language() or "en")


@lru_cache(maxsize=PIECES)
def _piece(mark: str, language: str) -> SafeString:
    release = Release.objects.get(mark=mark)
    return render_to_string("releases/said.html", context(release, language))


def context(release: Release, language: str) -> dict[str, Any]:
    body = release.body
    lines = as_lines(body, language) if "cells" in body else []
    known = as_table(body, language) if "columns" in body else None
    title = in_language(body.get("title", release.title), language)
    return {"release": release, "body": body, "lines": lines, "known": known, "title": title, "width": WIDTH}


def as_lines(body: dict[str, Any], language: str) -> list[Line]:
    """Every cell on one scale: from nobody to the highest end of an interval there is."""
    most = max([cell["high"] for cell in body["cells"]] + [1])
    return [_line(cell, most, language) for cell in body["cells"]]


def _line(cell: dict[str, Any], most: int, language: str) -> Line:
    start, end = (round(WIDTH * cell[side] / most) for side in ("low", "high"))
    is_left_out = cell["code"] == NO_ANSWER
    return Line(
        label=_("No answer to this") if is_left_out else in_language(cell["label"], language),
        value=cell["value"],
        low=cell["low"],
        high=cell["high"],
        band=BANDS_IN_WORDS.get(cell["band"], ""),
        start=start,
        length=max(end - start, 2),
        at=round(WIDTH * cell["value"] / most),
    )


def as_table(body: dict[str, Any], language: str) -> dict[str, Any]:
    """A known table: its heads, and rows of (head, words) with the last of all together."""
    heads = [in_language(column["label"], language) for column in body["columns"]]
    rows = [
        (in_language(row["label"], language), list(zip(heads, map(_in_a_cell, row["cells"]), strict=True)))
        for row in body["rows"]
    ]
    return {"heads": heads, "rows": rows}


def _in_a_cell(cell: Any) -> Any:
    return {TOO_FEW: _("too few to say"), None: "–"}.get(cell, cell)


def in_language(label: Label, language: str) -> str:
    """In the reader's language, or the first it was written in."""
    if isinstance(label, str):
        return label
    return label.get(language) or next(iter(label.values()), "")
