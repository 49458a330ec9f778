"""Tokens on paper: one code each, in envelopes that all look alike. Nobody writes down who was handed which."""

import hashlib
import secrets
from random import SystemRandom

from django.db import transaction
from django.db.models import Count

from peerwork.ground.postbox import staging
from peerwork.ground.postbox.models import PaperToken, Round, Spent

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


def print_again(the_round: Round) -> list[str]:
    """New codes for all that were not used. The old ones are good for nothing from now on."""
    with staging.alone(), transaction.atomic():
        used = set(staging.all_of(the_round.pk))
        used |= set(Spent.objects.filter(round=the_round).values_list("mark", flat=True))
        marks = set(PaperToken.objects.filter(round=the_round).values_list("mark", flat=True)) - used
        for mark in marks:
            PaperToken.objects.filter(pk=mark).delete()
        return print_tokens(the_round, len(marks))


def printed() -> dict[str, int]:
    """How many codes were printed for each round that is open. What was printed again counts once."""
    return dict(PaperToken.objects.order_by().values_list("round_id").annotate(times=Count("pk")))


def mark_of(round_id: str, code: str) -> str:
    """What stands on the board once this code was used."""
    plain = code.upper().translate(LOOKS_LIKE)
    return hashlib.sha256(SAYS + round_id.encode() + b" " + plain.encode()).hexdigest()


def is_one(round_id: str, code: str) -> bool:
    """Whether this was printed for this round."""
    return PaperToken.objects.filter(round_id=round_id, mark=mark_of(round_id, code)).exists()


def _code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _l in range(IN_A_GROUP)) for _g in range(GROUPS))
