"""What can happen to an envelope: it is printed for everybody who asked for paper, and goes on a pile.

As many as there are people on paper: no more, so that nobody can answer twice, and no fewer. Which envelope
somebody takes from the pile is written nowhere.
"""

from itertools import batched
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from peerwork.ground.postbox import paper, rounds
from peerwork.people.tokens.models import Draw

# Stands where a device's batch would: for this person an envelope was printed.
PRINTED = b"printed"
SHOWN = 12  # letters of a mark on paper: enough to find one line among a million


class OnPaper(NamedTuple):
    """Somebody on paper, and whether an envelope was printed for them."""

    person: Any
    is_printed: bool


class Code(NamedTuple):
    """One answer on paper, and how its line on the board begins."""

    code: str
    begins: str


def asked_for(round_id: str) -> list[OnPaper]:
    """Those on paper, by name."""
    rows = _on_paper(round_id).select_related("person").order_by("person__name", "pk")
    return [OnPaper(one.person, bool(one.blinded)) for one in rows]


def _on_paper(round_id: str) -> QuerySet[Draw]:
    return Draw.objects.filter(round_id=round_id, on_paper=True)


@transaction.atomic
def print_all(the_round) -> list[list[str]]:
    """One envelope for each who waits: as many codes in it as a device draws. They are kept nowhere else."""
    waiting = _on_paper(the_round.pk).filter(blinded=b"").select_for_update()
    people = list(waiting.values_list("pk", flat=True))
    codes = paper.print_tokens(the_round, len(people) * the_round.tokens)
    Draw.objects.filter(pk__in=people).update(blinded=PRINTED)
    for _envelope in people:
        rounds.one_more_drew(the_round)
    return [list(envelope) for envelope in batched(codes, the_round.tokens)]


def as_printed(round_id: str, codes: list[str]) -> list[Code]:
    marks = [(code, paper.mark_of(round_id, code)) for code in codes]
    return [Code(code, " ".join("".join(four) for four in batched(mark[:SHOWN], 4))) for code, mark in marks]
