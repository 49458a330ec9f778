"""Rounds that are over, with what was said in them, for stories about counting. As the flush would leave them."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from peerwork.ground.postbox.models import Round, Slip, Spent
from peerwork.ground.releases.counting import Question

QUARTER, TODAY = "2026-Q4", date(2027, 1, 4)
MARKS = count()
THEMES = Question("themes", "What it was about", "theme", [(c, c.upper()) for c in "abc"], 1, "themes")
PLAIN = {"audience": "peers", "tokens": 1, "roster": 40, "floor": 20, "price": 1_000_000, "state": "closed"}


def a_round_that_is_over(
    name="themes.2026-Q4", *, said: Mapping[str, Mapping[str, int]], spent=None, **more
) -> Round:
    """said: for each question code, how often each answer. spent: how many tokens, else as the first question."""
    days = {"opens_on": date(2026, 10, 1), "closes_on": date(2026, 12, 31), "modulus": "", "fingerprint": ""}
    over = Round.objects.create(id=name, **PLAIN | days | more)
    first = next(iter(said.values()), {})
    many = sum(first.values()) if spent is None else spent
    Spent.objects.bulk_create(Spent(round=over, mark=f"{next(MARKS):064x}") for _token in range(many))
    Slip.objects.bulk_create(
        Slip(round=over, question=question, answer=answer)
        for question, answers in said.items()
        for answer, times in answers.items()
        for _time in range(times)
    )
    return over
