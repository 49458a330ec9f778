"""Opinion groups: what all agree on first, then where groups of people see it differently. Nobody stands out.

Only what stays the same whoever is left out is in a picture, in bands, about groups of five or more. Which group is
named first, and the order of everything, follow from what is shown alone. Decision 23 says what this is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerwork.ground.releases import groups_words

FEWEST_PEOPLE = 15
NAMES = "ABCD"
# From the largest on. Last, a group whose share one person would change.
SHARES = (*groups_words.SHARES, "")

type Vote = Mapping[str, int]
# A stance for each statement, by its place. What changes with one person is not in it.
type Stances = dict[int, str]


@dataclass(frozen=True)
class Group:
    """`share` is empty where one person would change it."""

    name: str
    share: str


@dataclass(frozen=True)
class Common:
    """What every group says: `stance` is agree or disagree, `band` that of the group that says it least."""

    statement: str
    stance: str
    band: str


@dataclass(frozen=True)
class Division:
    """How groups see one statement: {"A": "most agree", "B": "most disagree"}."""

    statement: str
    groups: dict[str, str]


@dataclass(frozen=True)
class Picture:
    """`groups` is empty where there are none, and where one person would change how many there are."""

    too_few: bool = False
    groups: list[Group] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        """As plain JSON, for a release. The words in it are codes; groups_words.py says them."""
        if self.too_few:
            return {"too_few": True}
        common = [vars(each).copy() for each in self.common]
        if not self.groups:
            return {"no_groups": True, "common": common}
        groups = [{name: said for name, said in vars(group).items() if said} for group in self.groups]
        divisions = [{"statement": each.statement, "groups": dict(each.groups)} for each in self.divisions]
        return {"groups": groups, "common": common, "divisions": divisions}


def find(votes: Iterable[Vote], statements: Sequence[str]) -> Picture:
    """The picture of these votes: 1 agree, -1 disagree, 0 pass; what somebody did not see is not in theirs."""
    from peerwork.ground.releases import groups_facts, groups_tables

    table = groups_tables.written(votes, statements)
    if len(table) < FEWEST_PEOPLE:
        return Picture(too_few=True)
    return picture(groups_facts.staying(table), statements)


def picture(facts: Mapping[Any, Any], statements: Sequence[str]) -> Picture:
    """Of the facts alone: nothing here sees a vote."""
    everybody = _stances(facts, ("all",), statements)
    told = [
        (SHARES.index(facts.get(("share", group), "")), _stances(facts, ("says", group), statements))
        for group in range(facts.get(("groups",), 1))
    ]
    told.sort(key=lambda group: (group[0], [group[1].get(place, "") for place in range(len(statements))]))
    groups = [Group(name, SHARES[share]) for name, (share, _says) in zip(NAMES, told, strict=False)]
    says = {group.name: says for group, (_share, says) in zip(groups, told, strict=True)}
    divisions = _divisions(says, statements)
    if not divisions or not _can_be_told_apart(list(says.values())):
        return Picture(common=_common([everybody], statements))
    return Picture(groups=groups, common=_common(list(says.values()), statements), divisions=divisions)


def _stances(facts: Mapping[Any, Any], about: tuple[Any, ...], statements: Sequence[str]) -> Stances:
    """The strongest that can be said of each statement."""
    return {
        place: next(stance for stance in groups_words.STANCES if (*about, place, stance) in facts)
        for place in range(len(statements))
        if any((*about, place, stance) in facts for stance in groups_words.STANCES)
    }


def _can_be_told_apart(says: list[Stances]) -> bool:
    return all(one != other for at, one in enumerate(says) for other in says[:at])


def _common(says: list[Stances], statements: Sequence[str]) -> list[Common]:
    """Where every group is on the same side. What nearly all say comes first."""
    found = []
    for place, statement in enumerate(statements):
        stances = [group.get(place, "") for group in says]
        sides = {side(stance) for stance in stances}
        if len(sides) == 1 and (stance := sides.pop()):
            nearly = all(each.startswith("nearly all") for each in stances)
            found.append(Common(statement, stance, "nearly all" if nearly else "most"))
    return sorted(found, key=lambda common: SHARES.index(common.band))


def _divisions(says: Mapping[str, Stances], statements: Sequence[str]) -> list[Division]:
    """Where groups are on different sides. Where one is for it and one against comes first."""
    found = []
    for place, statement in enumerate(statements):
        stances = {name: stances[place] for name, stances in says.items() if place in stances}
        if len({side(stance) for stance in stances.values()}) > 1:
            found.append(Division(statement, stances))
    return sorted(found, key=lambda division: not is_opposed(division))


def side(stance: str) -> str:
    """agree, disagree, or nothing where a group is of several minds."""
    last = stance.rpartition(" ")[2]
    return last if last in {"agree", "disagree"} else ""


def is_opposed(division: Division) -> bool:
    return {"agree", "disagree"} <= {side(stance) for stance in division.groups.values()}
