"""Spending a token: what it says comes in without a name, and waits in memory for the flush."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerwork.ground.postbox import paper, rounds, signing, staging
from peerwork.ground.postbox.models import Round, Spent
from peerwork.ground.postbox.rounds import Closed
from peerwork.ground.postbox.staging import Full

MOST_BYTES = 16 * 1024
MOST_PIECES = 200
LONGEST_QUESTION = 80
LONGEST_ONCE = 64
HALF_A_LETTER = re.compile("[\ud800-\udfff]")

type Pieces = list[tuple[str, str]]

__all__ = ["AlreadySpent", "Body", "Closed", "Full", "NotGood", "Paper", "Token", "from_body", "take"]


class NotGood(Exception):
    """Not a token of this round, or not written as agreed. Nothing was kept."""


class AlreadySpent(Exception):
    """This token has said something else, or what it said is on the board already."""


@dataclass(frozen=True)
class Token:
    prepared: bytes
    signature: bytes


@dataclass(frozen=True)
class Paper:
    code: str


@dataclass(frozen=True)
class Body:
    """What a device sends: for which round, what it shows, and pieces of (question, answer).

    `once` is drawn by lot for each slip, and sent again with it. So the same answer given twice is not taken for one
    that was sent again: another token is needed.
    """

    round: str
    shown: Token | Paper
    pieces: Pieces
    once: str = ""


def take(round_id: str, shown: Token | Paper, pieces: Pieces, *, on: date, once: str = "") -> None:
    """Keep it until the flush. The same again is fine. Raises NotGood, AlreadySpent, Closed, Full."""
    the_round = rounds.find(round_id)
    if the_round is None:
        raise NotGood("There is no such round.")
    if not _is_open(round_id, on):
        raise Closed
    mark, content = _mark(the_round, shown), _written(pieces, once)
    with staging.alone():
        # Asked again while nobody else is here: a round that closes takes with it all that came before.
        if not _is_open(round_id, on):
            raise Closed
        if Spent.objects.filter(mark=mark).exists():
            raise AlreadySpent
        if isinstance(shown, Paper) and not paper.is_one(round_id, shown.code):
            raise NotGood("This code was printed again, and is void.")
        try:
            staging.keep(round_id, mark, content)
        except staging.Spent as error:
            raise AlreadySpent from error


def from_body(body: bytes) -> Body:
    """Read `{"round", "msg", "sig", "code", "once", "pieces": [[question, answer], …], "pad"}`. Raises NotGood."""
    try:
        said = json.loads(body.decode()) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError) as error:
        raise NotGood("This is no JSON.") from error
    if not isinstance(said, dict):
        raise NotGood("This is no slip.")
    once = _text(said.get("once", ""), LONGEST_ONCE)
    if "\n" in once:
        raise NotGood("This is no slip.")
    return Body(_text(said.get("round"), 60), _shown(said), _pieces(said.get("pieces")), once)


def _is_open(round_id: str, on: date) -> bool:
    return Round.objects.filter(
        pk=round_id, state=Round.State.OPEN, opens_on__lte=on, closes_on__gte=on
    ).exists()


def _mark(the_round: Round, shown: Token | Paper) -> str:
    if isinstance(shown, Paper):
        if not paper.is_one(the_round.pk, shown.code):
            raise NotGood("Nobody printed this code for this round.")
        return paper.mark_of(the_round.pk, shown.code)
    nonce = shown.prepared[: signing.NONCE]
    is_ours = len(nonce) == signing.NONCE and shown.prepared == signing.prepared_for(the_round.pk, nonce)
    if not is_ours or not signing.verify(the_round.modulus, shown.prepared, shown.signature):
        raise NotGood("This token is not of this round.")
    return signing.mark_of(shown.prepared)


def _written(pieces: Pieces, once: str) -> bytes:
    """The same slip always makes the same bytes: a line that the flush leaves out, and the pieces."""
    content = f"{once}\n{json.dumps(pieces, ensure_ascii=False, separators=(',', ':'))}".encode()
    if len(content) > staging.LONGEST:
        raise NotGood("This is too long for one slip.")
    return content


def _shown(said: dict[str, Any]) -> Token | Paper:
    if code := said.get("code"):
        return Paper(_text(code, 40))
    return Token(_bytes(said.get("msg")), _bytes(said.get("sig")))


def _bytes(text: Any) -> bytes:
    try:
        plain = _text(text, 1000)
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotGood("This is no token.") from error


def _pieces(said: Any) -> Pieces:
    if not isinstance(said, list) or len(said) > MOST_PIECES:
        raise NotGood("These are no pieces.")
    return [_piece(one) for one in said]


def _piece(said: Any) -> tuple[str, str]:
    if not isinstance(said, list) or len(said) != 2:  # noqa: PLR2004 — a question and an answer
        raise NotGood("This is no piece.")
    return _text(said[0], LONGEST_QUESTION), _text(said[1], staging.LONGEST)


def _text(said: Any, most: int) -> str:
    """Raises NotGood also for what no database can keep: a NUL, or half of a letter."""
    if not isinstance(said, str) or len(said) > most or "\0" in said or HALF_A_LETTER.search(said):
        raise NotGood("This is no text.")
    return said
