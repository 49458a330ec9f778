"""Tokens for asking. Everybody's device draws the same number each month, so nobody knows who asks, or how often.

A round opens a week before its month: at midnight on the first nobody is without. Nothing is said in these rounds, so
nothing is counted in them. A spent token lets in one box and no other.
"""

import hashlib
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from peerwork.ground.postbox import redeeming
from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.postbox.redeeming import AlreadySpent, Closed, Full, NotGood, Token

if TYPE_CHECKING:
    from peerwork.ground.postbox.models import Round

__all__ = ["AlreadySpent", "Closed", "Full", "NotGood", "Token"]

AUDIENCE, BEGINS, TOKENS = "peers", "line.", 16
EARLY = timedelta(days=7)


def id_of(day: date) -> str:
    return f"{BEGINS}{day:%Y-%m}"


def keep_open(today: date, roster: int) -> "list[Round]":
    """The round of this month, and near its end that of the next one. Safe to repeat. None while there is nobody."""
    wanted = {id_of(day): day for day in (today, today + EARLY)}
    return [_open(day, today, roster) for day in wanted.values()] if roster else []


def now(today: date) -> "Round | None":
    """The round whose tokens let somebody ask today."""
    there = postbox.find(id_of(today))
    return there if there and there.state == there.State.OPEN else None


def spend(round_id: str, token: Token, *, box: str, on: date) -> None:
    """Raises NotGood, AlreadySpent for another box, Closed, Full. For the same box again it is fine."""
    if not round_id.startswith(BEGINS):
        raise NotGood("This token is for something else.")
    redeeming.take(round_id, token, [], on=on, once=hashlib.sha256(box.encode()).hexdigest())


def _open(month: date, today: date, roster: int) -> "Round":
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return postbox.open_round(
        id_of(month), audience=AUDIENCE, tokens=TOKENS, roster=roster, floor=postbox.FLOOR, price=0,
        opens_on=today, closes_on=last,
    )  # fmt: skip
