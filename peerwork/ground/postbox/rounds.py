"""Rounds: one stretch of time with a key of its own. What could be bent later is fixed when it opens."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F
from django.utils.timezone import localdate

from peerwork.ground.postbox import flushing, signing, staging
from peerwork.ground.postbox.models import PaperToken, Round, SigningKey, Spent

# Under so many people no number is ever made, whoever asks.
FLOOR = 20


class Closed(Exception):
    """This round is not open today."""


def open_round(  # noqa: PLR0913 — all that is fixed from now on
    id: str,  # noqa: A002 — what a round is called
    *,
    audience: str,
    tokens: int,
    roster: int,
    floor: int,
    price: int,
    opens_on: date,
    closes_on: date,
) -> Round:
    """Safe to repeat: a round that is there stays exactly as it is. A floor below FLOOR is raised to it."""
    if there := find(id):
        return there
    pem, modulus, fingerprint = signing.new_key()
    said = {
        "audience": audience,
        "tokens": tokens,
        "roster": roster,
        "floor": max(floor, FLOOR),
        "price": price,
    }
    said |= {"opens_on": opens_on, "closes_on": closes_on, "modulus": modulus, "fingerprint": fingerprint}
    with transaction.atomic():
        the_round, is_new = Round.objects.get_or_create(id=id, defaults=said)
        if is_new:
            SigningKey.objects.create(round=the_round, pem=pem)
    if is_new:
        staging.empty(id)
    return the_round


def open_now(audiences: Iterable[str]) -> list[Round]:
    """The rounds that these may answer in today."""
    today = localdate()
    wanted = Round.objects.filter(audience__in=list(audiences), state=Round.State.OPEN)
    return list(wanted.filter(opens_on__lte=today, closes_on__gte=today).order_by("closes_on", "id"))


def find(id: str) -> Round | None:  # noqa: A002
    return Round.objects.filter(pk=id).first()


def due(today: date) -> list[Round]:
    """Over, and not closed yet."""
    return list(Round.objects.filter(state=Round.State.OPEN, closes_on__lt=today).order_by("closes_on", "id"))


def all_public() -> list[dict[str, Any]]:
    """What the members may know about every round. More spent than drawn would show that somebody made tokens."""
    spent = dict(Spent.objects.order_by().values_list("round_id").annotate(times=Count("pk")))
    return [_public(one, spent.get(one.pk, 0)) for one in Round.objects.order_by("-opens_on", "id")]


def open_keys() -> list[dict[str, Any]]:
    """What a device needs to draw. No number of a round that goes on: watched, it would tell who came when."""
    names = ("id", "modulus", "tokens", "fingerprint")
    wanted = Round.objects.filter(state=Round.State.OPEN).order_by("closes_on", "id")
    return [
        {name: getattr(one, name) for name in names} | {"e": signing.EXPONENT, "closes": one.closes_on}
        for one in wanted
    ]


def _public(the_round: Round, spent: int) -> dict[str, Any]:
    return {
        "id": the_round.pk,
        "audience": the_round.audience,
        "modulus": the_round.modulus,
        "e": signing.EXPONENT,
        "tokens": the_round.tokens,
        "fingerprint": the_round.fingerprint,
        "opens": the_round.opens_on,
        "closes": the_round.closes_on,
        "state": the_round.state,
        "roster": the_round.roster,
        "drawn": the_round.drawn,
        "spent": spent,
    }


def board(id: str) -> list[str]:  # noqa: A002
    """The mark of every token that was spent, sorted."""
    return list(Spent.objects.filter(round_id=id).order_by("mark").values_list("mark", flat=True))


def sign_for(the_round: Round, blinded: list[bytes]) -> list[bytes]:
    """Exactly as many as everybody gets, hidden from us. Raises Closed, signing.NotSignable."""
    key = SigningKey.objects.filter(round=the_round, round__state=Round.State.OPEN).first()
    if key is None:
        raise Closed
    if len(blinded) != the_round.tokens:
        raise signing.NotSignable("Everybody draws the same number.")
    return [signing.blind_sign(key.pem, one) for one in blinded]


def one_more_drew(the_round: Round) -> None:
    Round.objects.filter(pk=the_round.pk).update(drawn=F("drawn") + 1)


def close(the_round: Round) -> None:
    """Write down what still waits, then take away whatever could make or sign a token. Safe to repeat."""
    with staging.alone():
        flushing.flush(the_round)
        with transaction.atomic():
            SigningKey.objects.filter(round=the_round).delete()
            PaperToken.objects.filter(round=the_round).delete()
            Round.objects.filter(pk=the_round.pk, state=Round.State.OPEN).update(state=Round.State.CLOSED)
        staging.drop(the_round.pk)
    the_round.refresh_from_db()
