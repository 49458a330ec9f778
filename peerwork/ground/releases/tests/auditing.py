"""How much does a release tell about one person? Not by reading the code: by asking it a few thousand times.

Two tables that differ in one person go through the door, many times each. An event that one table makes likelier than
the other, by more than e^ε, shows that the claimed ε is not kept. The bound is Clopper and Pearson's (1934), shared out
over all events (Bonferroni), so that it is above the truth once in a million audits.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from peerwork.ground.releases.numbers import NO_ANSWER, Question, Terms

ONCE_IN = 1_000_000
FINEST = 2.0**53

type Body = Mapping[str, Any]
type Path = Callable[[Question, Counter[str], Terms], Body]
type Event = Callable[[Body], bool]


class Pair(NamedTuple):
    """Two networks that differ in what one person said, and how they are counted."""

    asked: Question
    terms: Terms
    one: Counter[str]
    other: Counter[str]

    @property
    def claimed(self) -> float:
        return self.terms.price / 1_000_000


def a_pair(one, other, *, price, spent=None, tokens=1, marks=1, in_bands=True) -> Pair:
    codes = sorted({*one, *other, "a", "b", "c"} - {NO_ANSWER})
    asked = Question("q", "Which?", "choose", [(code, code.upper()) for code in codes], marks, "q")
    most = spent or max(sum(one.values()), sum(other.values()))
    return Pair(asked, Terms(most, tokens, price, in_bands), Counter(one), Counter(other))


def audited(path: Path, pair: Pair, *, runs: int) -> float:
    """A lower bound of the ε that the path really spends on this pair. 0 where it tells nothing."""
    said = {
        which: [path(pair.asked, table, pair.terms) for _run in range(runs)] for which, table in _both(pair)
    }
    events = _events(pair, said)
    sure = 1 - 1 / ONCE_IN / len(events) / 4
    bounds = [0.0]
    for event in events:
        often = {which: sum(map(event, bodies)) for which, bodies in said.items()}
        bounds += [
            _bound(often["one"], often["other"], runs, sure),
            _bound(often["other"], often["one"], runs, sure),
        ]
    return max(bounds)


def _both(pair: Pair):
    return (("one", pair.one), ("other", pair.other))


def _bound(likelier: int, rarer: int, runs: int, sure: float) -> float:
    """log of (at least so likely) over (at most so likely)."""
    low, high = at_least(likelier, runs, sure), at_most(rarer, runs, sure)
    return math.log(low / high) if low > high else 0.0


def _events(pair: Pair, said: Mapping[str, list[Body]]) -> list[Event]:
    """What somebody who knows everybody else's answer would look at. Some are as general as they can be."""
    moved = {code: pair.other[code] - pair.one[code] for code in pair.one | pair.other}
    moved = {code: by for code, by in moved.items() if by}
    highest = sum(abs(by) for by in moved.values()) / 2
    events: list[Event] = [
        lambda body: "too_few" in body,
        lambda body: any(cell["value"] is None for cell in _cells(body).values()),
        lambda body: any(_value(body, code) * FINEST % 1 for code in moved),
        *(lambda body, code=code: code not in _cells(body) for code in moved),
        *(lambda body, first=bodies[0]: body == first for bodies in said.values()),
        *(
            lambda body, table=table: all(_value(body, c) == table[c] for c in moved)
            for _which, table in _both(pair)
        ),
    ]
    for reads in ((_value,), (_middle,), (_value, _middle)):
        most = highest * len(reads)
        events += [
            lambda body, reads=reads, most=most: (
                sum(_lean(body, read, pair, moved) for read in reads) >= most
            ),
            lambda body, reads=reads, most=most: (
                sum(_lean(body, read, pair, moved) for read in reads) <= -most
            ),
        ]
    return events


def _lean(body: Body, read: Callable[[Body, str], float], pair: Pair, moved: Mapping[str, int]) -> float:
    """How much it looks like the other table and not like the one. For Laplace noise this is all there is to know."""
    lean = 0.0
    for code, by in moved.items():
        low, high = sorted((pair.one[code], pair.other[code]))
        lean += math.copysign(1, by) * (min(max(read(body, code), low), high) - (low + high) / 2)
    return lean


def _cells(body: Body) -> dict[str, Any]:
    return {cell["code"]: cell for cell in body.get("cells", ())}


def _value(body: Body, code: str) -> float:
    found = _cells(body).get(code, {}).get("value")
    return -1.0 if found is None else found


def _middle(body: Body, code: str) -> float:
    """What the interval was drawn around."""
    cell = _cells(body).get(code)
    return -1.0 if cell is None else cell["high"] - body["half_width"]


@cache
def _logs(runs: int) -> Any:
    """log C(runs, k) for each k."""
    up_to = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, runs + 1)))])
    return up_to[-1] - up_to - up_to[::-1]


def _at_least_k(times: int, runs: int, chance: float) -> float:
    """P(a binomial is at least so large)."""
    k = np.arange(times, runs + 1)
    return float(np.exp(_logs(runs)[times:] + k * math.log(chance) + (runs - k) * math.log1p(-chance)).sum())


@cache
def at_least(times: int, runs: int, sure: float) -> float:
    """Clopper and Pearson: the chance of something seen so often is no smaller than this."""
    if times == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _step in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_least_k(times, runs, middle) < 1 - sure else (low, middle)
    return low


def at_most(times: int, runs: int, sure: float) -> float:
    return 1 - at_least(runs - times, runs, sure)
