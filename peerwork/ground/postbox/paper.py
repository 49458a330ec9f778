"""Tokens on paper: one code each, in envelopes that all look alike. Nobody writes down who was handed which."""

import hashlib
import secrets
from random import SystemRandom

from peerwork.ground.postbox.models import PaperToken, Round

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, IN_A_GROUP = 4, 4
SAYS = b"peerwork/1 paper "
# Letters that look like others, as somebody reads them off a sheet.
LOOKS_LIKE = str.maketrans("OIL", "011", "- ")


def print_tokens(the_round: Round, how_many: int) -> list[str]:
    """So many codes, to be printed and forgotten: only their marks are kept, in no order."""
    codes = [_code() for _each in range(how_many)]
    PaperToken.objects.bulk_create(
        [
            PaperToken(mark=mark, round=the_round)
            for mark in sorted(mark_of(the_round.pk, code) for code in codes)
        ]
    )
    SystemRandom().shuffle(codes)
    return codes


def mark_of(round_id: str, code: str) -> str:
    """What stands on the board once this code was used."""
    plain = code.upper().translate(LOOKS_LIKE)
    return hashlib.sha256(SAYS + round_id.encode() + b" " + plain.encode()).hexdigest()


def is_one(round_id: str, code: str) -> bool:
    """Whether this was printed for this round."""
    return PaperToken.objects.filter(round_id=round_id, mark=mark_of(round_id, code)).exists()


def _code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _l in range(IN_A_GROUP)) for _g in range(GROUPS))
