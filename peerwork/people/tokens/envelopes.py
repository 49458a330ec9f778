"""What can happen to an envelope: it is printed for everybody who asked for paper, and goes on a pile.

As many as there are people who asked: no more, so that nobody can answer twice, and no fewer. From then on nobody is
on paper: each of them has a draw like any other. Which envelope somebody takes from the pile is written nowhere.
"""

import secrets
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from peerwork.ground.postbox import paper, rounds
from peerwork.people.tokens.drawing import BLINDED
from peerwork.people.tokens.models import Draw

SHOWN = 12  # letters of a mark on paper: enough to find one line among a million


class Code(NamedTuple):
    """One answer on paper, and how its line on the board begins."""

    code: str
    begins: str


def how_many_wait(round_id: str) -> int:
    return _waiting(round_id).count()


def how_many_printed(the_round) -> int:
    return paper.printed().get(the_round.pk, 0) // the_round.tokens


@transaction.atomic
def print_all(the_round) -> list[list[str]]:
    """One envelope for each who waits: as many codes in it as a device draws. They are kept nowhere else."""
    waiting = list(_waiting(the_round.pk).values_list("pk", flat=True))
    people = sum(_made_like_any_other(the_round, draw) for draw in waiting)
    for _envelope in range(people):
        rounds.one_more_drew(the_round)
    return _in_envelopes(the_round, paper.print_tokens(the_round, people * the_round.tokens))


def print_again(the_round) -> list[list[str]]:
    """The pile anew, where printing failed. Codes that nobody used are good for nothing from now on."""
    return _in_envelopes(the_round, paper.print_again(the_round))


def _waiting(round_id: str) -> QuerySet[Draw]:
    return Draw.objects.filter(round_id=round_id, on_paper=True)


def _made_like_any_other(the_round, draw: UUID) -> int:
    """Numbers by chance stand where a device's batch would, so that no list of who is on paper is left."""
    below = int(the_round.modulus, 16)
    noise = b"".join(secrets.randbelow(below).to_bytes(BLINDED) for _token in range(the_round.tokens))
    return _waiting(the_round.pk).filter(pk=draw).update(on_paper=False, blinded=noise)


def _in_envelopes(the_round, codes: list[str]) -> list[list[str]]:
    return [list(envelope) for envelope in batched(codes, the_round.tokens)]


def as_printed(round_id: str, codes: list[str]) -> list[Code]:
    marks = [(code, paper.mark_of(round_id, code)) for code in codes]
    return [Code(code, " ".join("".join(four) for four in batched(mark[:SHOWN], 4))) for code, mark in marks]
