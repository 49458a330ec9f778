"""What can be said of a table of votes, and what of it stays the same whoever is left out.

A fact is a word, never a number: a band of fifths. It is said of a group only if five people of the group voted on it.
"""

from collections.abc import Iterator
from itertools import permutations

from peerwork.ground.releases import groups_camps
from peerwork.ground.releases.groups_camps import Camps, Table
from peerwork.ground.releases.groups_words import SPLIT
from peerwork.ground.releases.small_numbers import np

ENOUGH_VOTES = 5
# "Nearly all" of fewer than ten could only be everybody, or all but one.
ENOUGH_FOR_NEARLY_ALL = 10
# One by one up to here. Above, a hundred parts are left out, one part after the other.
ONE_BY_ONE = 200
PARTS = 100
NEVER_SEEN = 9

# ("groups",) → how many · ("share", group) → band · ("says", group, statement, stance) and ("all", statement, stance)
# → True. Whoever says something nearly all together also says it for the most part, so that is a fact too.
type Fact = tuple[str | int, ...]
type Facts = dict[Fact, str | int]


def staying(table: Table) -> Facts:
    """The facts of this table that are also facts of the table without any one of its people.

    Each smaller table is looked at afresh, as if that person had never been there.
    """
    camps = groups_camps.look(table)
    stay = of(table, camps)
    for left_out in _left_out(table):
        rest = np.delete(table, left_out, axis=0)
        anew = of(rest, _same_names(groups_camps.look(rest), np.delete(camps.of, left_out)))
        stay = {fact: said for fact, said in stay.items() if anew.get(fact) == said}
        if ("groups",) not in stay:
            return _of_all(table, stay)
    return stay


def _of_all(table: Table, stay: Facts) -> Facts:
    """One person decides if there are groups. Then none are spoken of, and only all together are looked at."""
    stay = {fact: said for fact, said in stay.items() if fact[0] == "all"}
    for left_out in _left_out(table):
        anew = _stances(np.delete(table, left_out, axis=0), ("all",))
        stay = {fact: said for fact, said in stay.items() if anew.get(fact) == said}
    return stay


def of(table: Table, camps: Camps) -> Facts:
    facts = _stances(table, ("all",))
    facts["groups",] = camps.how_many
    if camps.how_many == 1:
        return facts
    for group in range(camps.how_many):
        inside = table[camps.of == group]
        facts[("share", group)] = share(len(inside), len(table))
        facts |= _stances(inside, ("says", group))
    return facts


def _stances(rows: Table, about: Fact) -> Facts:
    seen = (~np.isnan(rows)).sum(axis=0).tolist()
    agree, disagree = ((rows == vote).sum(axis=0).tolist() for vote in (1, -1))
    votes = zip(agree, disagree, seen, strict=True)
    return {(*about, at, words): True for at, counts in enumerate(votes) for words in stances(*counts)}


def stances(agree: int, disagree: int, seen: int) -> list[str]:
    """Passing is an answer too, so it is one of those that were seen. Nothing where too few saw it."""
    if seen < ENOUGH_VOTES:
        return []
    for votes, what in ((agree, "agree"), (disagree, "disagree")):
        if votes * 5 >= seen * 3:
            nearly = votes * 5 >= seen * 4 and seen >= ENOUGH_FOR_NEARLY_ALL
            return [f"most {what}", *([f"nearly all {what}"] if nearly else [])]
    return [SPLIT]


def share(part: int, whole: int) -> str:
    bands = ("hardly any", "few", "about half", "most", "nearly all")
    return bands[min(part * 5 // whole, 4)]


def _left_out(table: Table) -> Iterator[list[int]]:
    """Whom to leave out, one after the other. Two who answered all the same are the same to leave out."""
    written = np.where(np.isnan(table), NEVER_SEEN, table)
    _rows, first = np.unique(written, axis=0, return_index=True)
    if len(first) <= ONE_BY_ONE:
        yield from ([int(row)] for row in first)
    else:
        yield from (list(range(part, len(table), PARTS)) for part in range(PARTS))


def _same_names(camps: Camps, before: np.ndarray) -> Camps:
    """The groups again, each called as the one before whose people it has."""
    how_many = camps.how_many
    if how_many == 1 or how_many != before.max() + 1:
        return camps
    shared = np.zeros((how_many, how_many), dtype=int)
    np.add.at(shared, (camps.of, before), 1)
    best = max(permutations(range(how_many)), key=lambda names: shared[range(how_many), names].sum())
    return Camps(np.array(best)[camps.of], how_many)
