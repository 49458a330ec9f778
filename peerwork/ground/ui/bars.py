"""A picture of a few numbers, as plain SVG with a title and a pattern, beside the same numbers in a table."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise

LINE, GAP, LABEL, WIDTH, ROOM_FOR_NUMBER = 26, 8, 158, 336, 40


class Bar(NamedTuple):
    """One bar, ready to draw. `value` is None where the number is not shown."""

    name: str | Promise
    value: int | float | None
    y: int
    length: int
    end: int


class Picture(NamedTuple):
    bars: list[Bar]
    height: int
    label: int = LABEL
    width: int = WIDTH


def picture(rows: Sequence[tuple[str | Promise, int | float | None]]) -> Picture:
    """Bars from the names and numbers; the longest fills the room there is."""
    most = max((value for _name, value in rows if value), default=1)
    room = WIDTH - LABEL - ROOM_FOR_NUMBER
    lengths = [round(room * (value or 0) / most) for _name, value in rows]
    bars = [
        Bar(name, value, at * (LINE + GAP), length, LABEL + length + GAP)
        for at, ((name, value), length) in enumerate(zip(rows, lengths, strict=True))
    ]
    return Picture(bars, len(rows) * (LINE + GAP))
