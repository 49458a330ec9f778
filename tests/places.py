"""Where things stand in raw bytes, and whether that tells the order they came in.

Every answer here is a score: how many standard deviations a rank correlation is away from none. Scores of several
runs add up (`together`), so that a small leak shows in many runs. LIMIT is one chance in a million.
"""

from collections import defaultdict
from statistics import fmean

LIMIT = 5


def ranks(values):
    """Those that are equal share the middle of their ranks."""
    by_value = sorted(range(len(values)), key=values.__getitem__)
    found, start = [0.0] * len(values), 0
    while start < len(values):
        end = start
        while end + 1 < len(values) and values[by_value[end + 1]] == values[by_value[start]]:
            end += 1
        for at in range(start, end + 1):
            found[by_value[at]] = (start + end) / 2
        start = end + 1
    return found


def spearman(places):
    """Between the order they are given in, and where each stands. Nothing varies: 0."""
    one, other = ranks(list(range(len(places)))), ranks(places)
    middle = fmean(one)
    up = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    down = (sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in other)) ** 0.5
    return up / down if down else 0.0


def score(places):
    return spearman(places) * (len(places) - 1) ** 0.5


def in_pages(places, size):
    """The same, but only among those that stand on the same page: a page keeps the order it was filled in."""
    pages = defaultdict(list)
    for place in places:
        pages[place // size].append(place)
    told = [(len(page) - 1, spearman(page)) for page in pages.values() if len(page) > 2]
    return sum(weight * rho for weight, rho in told) / sum(w for w, _rho in told) ** 0.5 if told else 0.0


def found_in(raw, needle):
    """The first and the last place. Raises ValueError where it is not."""
    return raw.index(needle), raw.rindex(needle)


def scores(places, size):
    """The first and the last place of each, in some order: what the places tell of that order."""
    firsts, lasts = zip(*places, strict=True)
    return {
        "first": score(firsts),
        "last": score(lasts),
        "first on its page": in_pages(firsts, size),
        "last on its page": in_pages(lasts, size),
        "how far down a page": score([first % size for first in firsts]),
    }


def together(runs):
    """One score for each question, of many runs."""
    return {name: sum(run[name] for run in runs) / len(runs) ** 0.5 for name in runs[0]}


def told(arrived, raw, size):
    """All that raw bytes tell. `arrived` is (mark, slip) as they came, each as bytes.

    Do slips stand as they came? Do marks? Do slips stand as their marks do: in the bytes, on their pages, or by the
    alphabet? That would lead from a token that is found on a telephone to what it said.
    """
    marks, slips = zip(*arrived, strict=True)
    stands = {needle: found_in(raw, needle) for needle in (*marks, *slips)}
    by_place = sorted((stands[mark][0], slip) for mark, slip in arrived)
    by_page = sorted((place % size, slip) for place, slip in by_place)
    questions = {
        "slips as they came": slips,
        "marks as they came": marks,
        "slips as their marks stand": [slip for _place, slip in by_place],
        "slips as their marks stand on a page": [slip for _place, slip in by_page],
        "slips as their marks are sorted": [slip for _mark, slip in sorted(arrived)],
    }
    return {
        f"{question}, {which}": value
        for question, needles in questions.items()
        for which, value in scores([stands[needle] for needle in needles], size).items()
    }


def leaks(runs):
    """The questions that these runs answer, with their scores."""
    return {name: round(value, 1) for name, value in together(runs).items() if abs(value) > LIMIT}
