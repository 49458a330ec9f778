"""How well it went. The best way is chosen on half of the lives and scored on the other half, both ways round."""

import math
from collections import Counter
from typing import NamedTuple

ALLOWED = 1.2
SURE = 3.09  # standard deviations: luck goes so far one time in a thousand


class Tally(NamedTuple):
    """`spread` is how much chance alone would make the wins vary."""

    wins: float
    spread: float


class Tried(NamedTuple):
    """One seizure of one life: how every way fared. Whoever has nothing to go by guesses."""

    life: int
    people: int
    slips: int
    together: int  # what one person said is found together or not at all: the squares of how many each said
    ways: dict  # way -> Tally

    def of(self, way):
        return self.ways.get(way) or Tally(self.slips / self.people, 0.0)


class Figures(NamedTuple):
    people: int
    slips: int
    wins: float
    spread: float
    way: str

    @property
    def factor(self):
        return self.wins * self.people / self.slips if self.slips else 0.0

    @property
    def most(self):
        """The factor that luck allows somebody who does as well as we promise at worst."""
        guess = self.slips / self.people
        return (ALLOWED * guess + SURE * math.sqrt(ALLOWED * self.spread) + 0.5) / guess if guess else 0.0


def tried(life, truth, people, slips, answers):
    """`answers` are (way, {slip: people}), from attacks; only `slips` count. What is the same is counted once."""
    counted, ways = {}, {}
    for way, named in answers:
        if id(named) not in counted:  # kept beside it, or another could be given the same number
            counted[id(named)] = named, tally({slip: named.get(slip, ()) for slip in slips}, truth, people)
        ways[way] = counted[id(named)][1]
    said = Counter(truth[slip] for slip in slips)
    return Tried(life, people, len(slips), sum(many**2 for many in said.values()), ways)


def tally(named, truth, people):
    """A slip with five names on it counts a fifth, if one of them is right."""
    wins = spread = 0.0
    for slip, those in named.items():
        many = len(those) or people
        wins += 1 / many if not those or truth[slip] in those else 0
        spread += (1 / many - 1 / people) / people
    return Tally(wins, spread)


def best(tries):
    """The figures of the best way, chosen on one half of the lives and scored on the other, both ways round."""
    halves = [[one for one in tries if one.life % 2 == half] for half in (0, 1)]
    wins, spread, slips, ways = 0.0, 0.0, 0, []
    for mine, other in (halves, halves[::-1]):
        (chosen,) = choose(mine)
        for one in other:
            won = one.of(chosen)
            wins, slips = wins + won.wins, slips + one.slips
            spread += won.spread * one.together / one.slips
        ways.append(chosen)
    return Figures(tries[0].people, slips, wins, spread, " / ".join(dict.fromkeys(ways)))


def choose(tries, many=1):
    """The ways that are furthest above guessing, measured by what chance alone would do."""
    every = sorted({way for one in tries for way in one.ways})
    return sorted(every, key=lambda way: stands_out(tries, way), reverse=True)[:many]


def stands_out(tries, way):
    above = sum(one.of(way).wins - one.slips / one.people for one in tries)
    spread = sum(one.of(way).spread * one.together / one.slips for one in tries)
    return above / math.sqrt(spread + 0.25)
