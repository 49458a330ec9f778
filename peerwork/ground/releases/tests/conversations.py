"""The two public conversations, the groups that were found in them by others, and how alike two divisions are."""

import csv
from pathlib import Path
from typing import NamedTuple

from peerwork.ground.releases.small_numbers import np

VOTES = Path(__file__).parent / "votes"
SEATTLE, BREXIT = "15-per-hour-seattle", "brexit-consensus"


class Conversation(NamedTuple):
    """`table` and `of_polis` are of the people Polis put in a group; `votes` are of all."""

    votes: list[dict[str, int]]
    statements: list[str]
    table: np.ndarray
    of_polis: np.ndarray


def read(name):
    with (VOTES / f"{name}.participants-votes.csv").open() as file:
        rows = list(csv.DictReader(file))
    statements = [column for column in rows[0] if column.isdigit()]
    grouped = [row for row in rows if row["group-id"]]
    table = np.array([[float(row[each] or "nan") for each in statements] for row in grouped])
    votes = [{each: int(row[each]) for each in statements if row[each]} for row in rows]
    return Conversation(votes, statements, table, np.array([int(row["group-id"]) for row in grouped]))


def as_votes(table):
    """One mapping a person, with the statements numbered."""
    return [{str(at): int(vote) for at, vote in enumerate(row) if vote == vote} for row in table.tolist()]  # noqa: PLR0124


def adjusted_rand(one, other):
    """Hubert & Arabie 1985: 1 the same groups, 0 no more alike than by chance."""
    one, other = (np.unique(of, return_inverse=True)[1] for of in (one, other))
    both = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(both, (one, other), 1)
    pairs = [
        float((counts * (counts - 1) / 2).sum()) for counts in (both, both.sum(axis=1), both.sum(axis=0))
    ]
    by_chance = pairs[1] * pairs[2] / (len(one) * (len(one) - 1) / 2)
    most = (pairs[1] + pairs[2]) / 2
    return 1.0 if most == by_chance else (pairs[0] - by_chance) / (most - by_chance)


def plain_k_means(table, *, groups, starts=20):
    """What a textbook does: the mean for what was not seen, two principal axes, the best of twenty random starts."""
    throw = np.random.default_rng(4)
    seen = ~np.isnan(table)
    mean = np.nansum(table, axis=0) / np.maximum(seen.sum(axis=0), 1)
    points = np.where(seen, table - mean, 0)
    points = points @ np.linalg.svd(points, full_matrices=False)[2][:2].T
    found = [
        _lloyd(points, points[throw.choice(len(points), groups, replace=False)]) for _start in range(starts)
    ]
    return min(found, key=lambda each: each[0])[1]


def _lloyd(points, middles):
    for _step in range(100):
        distance = ((points[:, None] - middles) ** 2).sum(axis=2)
        of = distance.argmin(axis=1)
        middles = np.array(
            [points[of == at].mean(axis=0) if (of == at).any() else middles[at] for at in range(len(middles))]
        )
    return float(distance.min(axis=1).sum()), of
