"""Votes as a table: one row a person, one column a statement. The rows are sorted, so nobody's place is their own."""

from collections.abc import Iterable, Mapping, Sequence

from peerwork.ground.releases.small_numbers import np

# Who answered less than this is in no group: too little is known (the same seven as in Polis).
ENOUGH_ANSWERS = 7


def written(votes: Iterable[Mapping[str, int]], statements: Sequence[str]) -> np.ndarray:
    """1 agree, -1 disagree, 0 pass, nan not seen. Whoever answered too little is not in it."""
    rows = [[_vote(person.get(statement)) for statement in statements] for person in votes]
    table = np.array(rows, dtype=float).reshape(len(rows), len(statements))
    enough = min(ENOUGH_ANSWERS, (len(statements) + 1) // 2)
    table = table[(~np.isnan(table)).sum(axis=1) >= max(enough, 1)]
    return table[np.lexsort(table.T[::-1])] if table.size else table


def _vote(said: int | None) -> float:
    return float(said) if said in {-1, 0, 1} else np.nan
