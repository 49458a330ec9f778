"""One quarter beside the one before: more, fewer, or, mostly, "cannot tell".

Both numbers carry noise, so their difference carries both. It is called a difference only where its interval leaves
out zero, in 19 of 20 quarters in which nothing changed. Where a theme was split or merged, what belongs together on
both sides is put together first. Nothing here sees a true number.
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.voice.themes.frame import Theme

type Body = Mapping[str, Any]

# How far a number with noise may lie from the true one, 19 times of 20, in units of that noise's scale.
ONE_IN_TWENTY = 0.05
ALONE = math.log(1 / ONE_IN_TWENTY)

MORE, FEWER, CANNOT_TELL, NOT_ASKED = _("more"), _("fewer"), _("cannot tell"), _("was not asked then")


class Difference(NamedTuple):
    """What became of one cell, or of some that belong together. `low` and `high` are the ends of the interval."""

    codes: tuple[str, ...]
    says: str | Promise
    low: int = 0
    high: int = 0

    @property
    def is_known(self) -> bool:
        return self.says in {MORE, FEWER}


def compare(now: Body, before: Body, *, themes: Sequence[Theme] = ()) -> dict[str, Difference]:
    """For each cell of this quarter, what it is beside the last one. Empty where one of them had too few to say.

    now, before: bodies of two releases. themes: those of this quarter, where they tell what they came from.
    """
    if "cells" not in now or "cells" not in before:
        return {}
    here, there = _values(now), _values(before)
    found: dict[str, Difference] = {}
    for mine, theirs in _together(here, there, themes):
        difference = _difference(mine, theirs, here, there, slack=_slack(now, before))
        found |= dict.fromkeys(mine, difference)
    return found


def _values(body: Body) -> dict[str, int]:
    return {cell["code"]: cell["value"] for cell in body["cells"]}


def _slack(*bodies: Body) -> tuple[float, int]:
    """The scale of the noise, and how much rounding may have added to each number."""
    rounding = max(5 // 2 if body["shape"] == "rounded" else 0 for body in bodies)
    # One more, because a half width in whole numbers may be a little short.
    return max((body["half_width"] + 1 - rounding) / ALONE for body in bodies), rounding


def _together(
    here: Mapping[str, int], there: Mapping[str, int], themes: Sequence[Theme]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Cells that stand for the same: one and itself, or all that a split or a merge ties together."""
    sets: list[tuple[set[str], set[str]]] = []
    came_from = {theme.code: set(theme.came_from) for theme in themes}
    for code in here:
        mine, theirs = {code}, ({code} | came_from.get(code, set())) & set(there)
        for other in [one for one in sets if one[1] & theirs]:
            sets.remove(other)
            mine, theirs = mine | other[0], theirs | other[1]
        sets.append((mine, theirs))
    return [(tuple(sorted(mine)), tuple(sorted(theirs))) for mine, theirs in sets]


def _difference(
    mine: tuple[str, ...], theirs: tuple[str, ...], here: Mapping[str, int], there: Mapping[str, int], *,
    slack: tuple[float, int],
) -> Difference:  # fmt: skip
    if not theirs:
        return Difference(mine, NOT_ASKED)
    scale, rounding = slack
    many = len(mine) + len(theirs)
    change = sum(here[code] for code in mine) - sum(there[code] for code in theirs)
    half = math.ceil(scale * half_width_of(many)) + rounding * many
    low, high = change - half, change + half
    says = MORE if low > 0 else FEWER if high < 0 else CANNOT_TELL
    return Difference(mine, says, low, high)


@cache
def half_width_of(many: int) -> float:
    """How far a sum of so many noises of scale 1 strays, 19 times of 20. Found by halving."""
    low, high = 0.0, 20.0 * many
    while high - low > 1e-9:  # noqa: PLR2004 — as near as a number with a point can be, and more than enough
        middle = (low + high) / 2
        low, high = (middle, high) if _beyond(middle, many) > ONE_IN_TWENTY else (low, middle)
    return high


def _beyond(far: float, many: int) -> float:
    """How likely such a sum lies further than `far` on either side (Kotz, Kozubowski, Podgórski 2001, 2.3)."""
    total = 0.0
    for j in range(many):
        weight = math.comb(many - 1 + j, j) / 2 ** (many + j)
        total += weight * sum(far**i / math.factorial(i) for i in range(many - j))
    return 2 * math.exp(-far) * total
