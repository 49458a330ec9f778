"""One year beside another: the same question, asked by the same code. Mostly the honest answer is "cannot tell".

Each number was released with an interval. A difference lies between the lowest it can be and the highest, if both
numbers lie in theirs. Only where that leaves out zero is anything said. As shares of those who answered, because a year
in which more people answer is no year in which more people think so.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from peerwork.ground.postbox import rounds
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import NO_ANSWER
from peerwork.ground.releases.shown import in_language

WIDTH, PIECES, HUNDRED = 240, 2048, 100
MORE, LESS, CANNOT_TELL = "more", "less", "cannot_tell"
IN_WORDS: dict[str, Promise] = {MORE: _("more"), LESS: _("fewer"), CANNOT_TELL: _("cannot tell")}


class Change(NamedTuple):
    """One answer: by how many more in every hundred, at least and at most, and where that is drawn."""

    label: str
    low: int
    high: int
    says: str
    start: int
    length: int

    @property
    def in_words(self) -> str | Promise:
        return IN_WORDS[self.says]

    @property
    def least(self) -> int:
        return min(abs(self.low), abs(self.high))

    @property
    def most(self) -> int:
        return max(abs(self.low), abs(self.high))


class Beside(NamedTuple):
    """What two years say beside each other, as a piece of a page, and whether anything can be told from it."""

    piece: SafeString
    differs: bool


@lru_cache(maxsize=PIECES)
def beside(mark: str, mark_before: str, language: str) -> Beside:
    """Of the releases with these marks. Neither ever changes, so it is made once."""
    now, before = (Release.objects.get(mark=one) for one in (mark, mark_before))
    said = context(now, before, language)
    return Beside(render_to_string("consultation/result_beside.html", said), bool(said["differ"]))


def context(now: Release, before: Release, language: str) -> dict[str, Any]:
    changes = changed(now.body, before.body, spent=(_spent(now), _spent(before)), language=language)
    return {
        "title": in_language(now.body.get("title", now.title), language),
        "changes": changes,
        "differ": [change for change in changes if change.says != CANNOT_TELL],
        "width": WIDTH,
        "middle": WIDTH // 2,
    }


def changed(
    now: Mapping[str, Any], before: Mapping[str, Any], *, spent: tuple[int, int], language: str
) -> list[Change]:
    """Every answer that could be given both times. Empty where too few answered in one of the two."""
    if "cells" not in now or "cells" not in before or not all(spent):
        return []
    old = {cell["code"]: cell for cell in before["cells"]}
    both = [cell for cell in now["cells"] if cell["code"] in old and cell["code"] != NO_ANSWER]
    return [_change(cell, old[cell["code"]], spent, language) for cell in both]


def _change(cell: Mapping[str, Any], old: Mapping[str, Any], spent: tuple[int, int], language: str) -> Change:
    lowest = HUNDRED * (cell["low"] / spent[0] - old["high"] / spent[1])
    highest = HUNDRED * (cell["high"] / spent[0] - old["low"] / spent[1])
    low, high = max(-HUNDRED, math.floor(lowest)), min(HUNDRED, math.ceil(highest))
    says = MORE if low > 0 else LESS if high < 0 else CANNOT_TELL
    start, end = (round((end + HUNDRED) / (2 * HUNDRED) * WIDTH) for end in (low, high))
    return Change(in_language(cell["label"], language), low, high, says, start, max(end - start, 2))


@lru_cache(maxsize=PIECES)
def _spent_in(round_id: str) -> int:
    return len(rounds.board(round_id))


def _spent(release: Release) -> int:
    """How many answered, as the board shows to everybody. The round is over, so it stays what it is."""
    return _spent_in(release.period)
