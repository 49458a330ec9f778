"""One round of themes a quarter. It opens by itself, and everybody's device draws the same three tokens for it.

Up to sixty people a theme is counted with its group: in smaller numbers a single theme could not be told from noise.
What is not counted is not kept either: the door takes in the group alone (said.py).
"""

from datetime import date
from typing import TYPE_CHECKING

from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.tallies import quarters
from peerwork.voice.themes import frame

if TYPE_CHECKING:
    from peerwork.ground.postbox.models import Round

TOKENS, PRICE = 3, 1_000_000
# Up to so many people only groups are counted.
SMALL = 60
AUDIENCE, BEGINS = "peers", "themes."


def id_of(quarter: str) -> str:
    return f"{BEGINS}{quarter}"


def quarter_of(round_id: str) -> str:
    return round_id.removeprefix(BEGINS)


def keep_open(today: date, roster: int) -> "Round | None":
    """The round of this quarter, opened where it is not yet. Safe to repeat. None while there is nobody to answer."""
    quarter = quarters.of(today)
    if there := postbox.find(id_of(quarter)):
        return there
    if roster < 1:
        return None
    frame.first(today)
    return postbox.open_round(
        id_of(quarter), audience=AUDIENCE, tokens=TOKENS, roster=roster, floor=postbox.FLOOR, price=PRICE,
        opens_on=today, closes_on=quarters.last_day(quarter),
    )  # fmt: skip


def now(today: date) -> "Round | None":
    """The round people can answer in today."""
    there = postbox.find(id_of(quarters.of(today)))
    return there if there and there.state == there.State.OPEN else None


def by_group(roster: int) -> bool:
    return roster <= SMALL
