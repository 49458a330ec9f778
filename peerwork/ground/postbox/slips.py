"""Reading slips. Only the releases may: whatever leaves here is counted with noise, or read by the peer circle."""

import json
from collections import Counter

from django.db.models import Count

from peerwork.ground.postbox.models import WORDS, Round, Slip, Spent


def how_many_spent(the_round: Round) -> int:
    return Spent.objects.filter(round=the_round).count()


def histogram(the_round: Round, question: str) -> Counter[str]:
    """The true counts. They never leave as they are."""
    rows = _of(the_round, question).order_by().values_list("answer").annotate(times=Count("pk"))
    return Counter(dict(rows))


def votes(the_round: Round, question: str) -> list[dict[str, int]]:
    """One person's agreeing (1), disagreeing (-1) and passing (0) each, in no order. What is none is left out."""
    read = (
        _vote(answer) for answer in _of(the_round, question).order_by("pk").values_list("answer", flat=True)
    )
    return [vote for vote in read if vote is not None]


def words(the_round: Round, question: str) -> list[tuple[str, str]]:
    """What was written in somebody's own hand, each with its random number."""
    return [
        (str(pk), answer)
        for pk, answer in _of(the_round, question).order_by("pk").values_list("pk", "answer")
    ]


def forget(the_round: Round) -> None:
    """The numbers have been counted, once and for all. Words stay until their own day (models.py)."""
    Slip.objects.filter(round=the_round).exclude(question__endswith=WORDS).delete()


def _of(the_round: Round, question: str):
    return Slip.objects.filter(round=the_round, question=question)


def _vote(answer: str) -> dict[str, int] | None:
    try:
        said = json.loads(answer)
    except ValueError:
        return None
    is_a_vote = isinstance(said, dict) and all(value in {-1, 0, 1} for value in said.values())
    return {str(name): int(value) for name, value in said.items()} if is_a_vote else None
