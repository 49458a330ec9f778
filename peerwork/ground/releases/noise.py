"""Noise, so that no one answer shows: exact discrete Laplace, made by OpenDP and by nothing else here.

The cost of a number stands in millionths of ε, a whole number, rounded up. What comes out is a whole number too:
noise made of fractions has gaps, and the gaps tell what was there (Mironov 2012).
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

WHOLE = 1_000_000
CONFIDENCE = 0.95


def noisy(counts: Mapping[str, int], *, cells: Sequence[str], d_in: int, price: int) -> dict[str, int]:
    """Each cell with noise of its own, an empty one too. Costs no more than the price.

    d_in: by how much all cells together change when one person answers otherwise. Raises ValueError for no price.
    """
    measure = _laplace(d_in, price)
    return dict(zip(cells, measure([counts.get(cell, 0) for cell in cells]), strict=True))


def half_width(d_in: int, price: int, confidence: float = CONFIDENCE) -> int:
    """The true number lies at most so far from the noisy one, 19 times of 20."""
    scale = d_in * WHOLE / price
    ratio = math.exp(-1 / scale)
    return max(0, math.ceil(-scale * math.log((1 - confidence) * (1 + ratio) / 2)) - 1)


def cost_of(measure: Any, d_in: int) -> int:
    """Millionths of ε, rounded up, without losing anything on the way."""
    return math.ceil(Fraction(measure.map(d_in)) * WHOLE)


@cache
def _laplace(d_in: int, price: int) -> Any:
    """Barely more noise than the price asks for, never less."""
    import opendp.prelude as dp

    if price < 1 or d_in < 1:
        raise ValueError(price, d_in)
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    scale = d_in * WHOLE / price
    while cost_of(measure := dp.m.make_laplace(*space, scale=scale), d_in) > price:
        scale = math.nextafter(scale, math.inf)
    return measure
