"""The bulletin as a PDF of one page, in a few hundredths of a second.

What people wrote goes to the typesetter as data, never as part of its program: nothing in it can become a command.
The file carries no time and no author, and its parts are named for screen readers (PDF/UA-1). Where a sign has no
letter in our fonts, it is printed as an empty box, and the file no longer claims that standard.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from peerwork.voice.themes.queries import Page, Row

SHEET = Path(__file__).parent / "bulletin.typ"
# The largest letters with which it is one page.
SIZES = ("11.5", "10.5", "9.5", "8.5", "7.5")
ONE_PAGE = re.compile(rb"/Type */Page\b")
# Control characters without tab and line ends, halves of letters, what turns a line around, and what is no character.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\ufeff\ufffe\uffff]")


def pdf(page: Page, findings: Iterable[object], *, network: str) -> bytes:
    """One A4 page. `findings` say in a sentence each what became of them."""
    told = json.dumps(_printable(_told(page, findings, network=network)))
    made = b""
    for size in SIZES:
        made = _set({"told": told, "size": size})
        if len(ONE_PAGE.findall(made)) == 1:
            break
    return made


def _set(said: dict[str, str]) -> bytes:
    """As the standard for screen readers has it; where one sign cannot be drawn, without the standard."""
    import typst

    try:
        return bytes(typst.compile(SHEET.read_bytes(), sys_inputs=said, pdf_standards=["ua-1"]) or b"")
    except typst.TypstError:
        return bytes(typst.compile(SHEET.read_bytes(), sys_inputs=said) or b"")


def _printable(told: Any) -> Any:
    """The same, without signs that nobody can see or that turn a line around."""
    if isinstance(told, dict):
        return {key: _printable(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_printable(one) for one in told]
    return UNSEEN.sub("", told) if isinstance(told, str) else told


def _told(page: Page, findings: Iterable[object], *, network: str) -> dict[str, Any]:
    words = page.words
    return {
        "lang": (get_language() or "en").partition("-")[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
        "title": _("What was heard, %(when)s") % {"when": page.when},
        "network": network,
        "draft": "" if page.is_out else _("Peers read it first. Not to be handed on."),
        "first": words.says_first,
        "heard": [line for line in words.heard.splitlines() if line.strip()],
        "too_few": _too_few(page),
        "about": [] if page.too_few else _about(page),
        "heads": _heads(page),
        "most": max([row.line.high for row in page.rows] + [1]),
        "rows": [_row(row) for row in page.largest],
        "others": _others(page),
        "beside": page.beside and _("Beside %(before)s") % {"before": page.beside},
        "changed": [f"{row.line.label}: {row.beside.says}" for row in page.changed if row.beside],
        "rest": _("Of all the others we cannot tell."),
        "cannot": _(
            "We cannot tell whether anything changed. Every difference could be the noise that protects people."
        ),
        "findings_title": _("What became of what was found before"),
        "findings": [str(one) for one in findings],
    }


def _too_few(page: Page) -> str:
    says = _(
        "Too few to say. Not enough was said for a number that hides each person. So no number was made."
    )
    return says if page.too_few else ""


def _others(page: Page) -> str:
    many = len(page.others)
    said = ngettext("%(many)s more stands in the sheet.", "%(many)s more stand in the sheet.", many)
    return said % {"many": many} if many else ""


def _about(page: Page) -> list[str]:
    about, off = {"about": page.answered_about}, {"off": page.half_width}
    return [
        _("Themes were named about %(about)s times.") % about,
        _("Each number may be off by up to %(off)s, so that nobody can be found in it.") % off,
    ]


def _heads(page: Page) -> list[str]:
    return [
        _("Theme"),
        _("As a picture"),
        _("Of all that was said") if page.in_bands else _("About"),
        _("Between"),
    ]


def _row(row: Row) -> dict[str, Any]:
    line = row.line
    between = _("%(low)s and %(high)s") % {"low": line.low, "high": line.high}
    return {
        "label": str(line.label),
        "low": line.low,
        "high": line.high,
        "value": line.value,
        "shows": not line.band,
        "cells": [str(row.says), between],
    }
