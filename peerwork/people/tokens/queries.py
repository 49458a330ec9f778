"""Questions about rounds, as people ask them: does it add up, and is it open?"""

from datetime import date, timedelta
from itertools import batched
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from peerwork.ground.postbox import paper, rounds
from peerwork.people.members.models import Person
from peerwork.people.tokens.drawing import waits_for_paper
from peerwork.people.tokens.policy import AUDIENCES, audiences_of, is_counted

# How long after the end a round is shown, and its tokens are kept: long enough to find them on the board.
KEPT = timedelta(days=30)


class Numbers(NamedTuple):
    """A round in numbers that anybody can check. `most`: what those who drew can have spent at most.

    `envelopes`: how many were printed, while it is open. `waits`: whether this person asked for one that is not.
    """

    id: str
    kind: str
    opens: date
    closes: date
    state: str
    tokens: int
    roster: int
    drawn: int
    most: int
    spent: int
    fingerprint: str
    envelopes: int
    waits: bool

    @property
    def joined(self) -> int:
        """How many more have drawn than there were at the start."""
        return max(0, self.drawn - self.roster)

    @property
    def adds_up(self) -> bool:
        return self.spent <= self.most


def rounds_of(person) -> list[Numbers]:
    """The rounds this person is part of, with a month to look after the end."""
    lately, mine = localdate() - KEPT, audiences_of(person)
    recent = [one for one in rounds.all_public() if one["closes"] >= lately and is_counted(one["id"])]
    printed, waits = paper.printed(), waits_for_paper(person)
    return [
        _numbers(one, printed.get(one["id"], 0), waits=one["id"] in waits)
        for one in recent
        if one["audience"] in mine
    ]


def open_round(round_id: str):
    """A round that is open, or None."""
    the_round = rounds.find(round_id)
    return the_round if the_round and the_round.state == the_round.State.OPEN else None


def roster(audience: str) -> int:
    """How many people this audience has today: what a round writes down when it opens."""
    here = Person.objects.filter(paused=False, roles__kind__in=AUDIENCES[audience])
    return here.distinct().count()


def _numbers(one: dict[str, Any], codes: int, *, waits: bool) -> Numbers:
    kind, _dot, _rest = one["id"].partition(".")
    same = {
        name: one[name] for name in ("id", "opens", "closes", "state", "tokens", "roster", "drawn", "spent")
    }
    groups = " ".join("".join(four) for four in batched(one["fingerprint"], 4))
    same |= {"most": one["drawn"] * one["tokens"], "envelopes": codes // one["tokens"], "waits": waits}
    return Numbers(kind=kind, fingerprint=groups, **same)
