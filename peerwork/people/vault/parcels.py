"""What can happen to a parcel: it is given, taken back by whoever gave it, and put away by its reader.

Nothing here knows who gives. The word that takes a parcel back is its giver's alone: the parcel lies under
the fingerprint of that word, and what its reader sees of it takes nothing back.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from peerwork.people.vault import outside, queries
from peerwork.people.vault.models import Parcel, Resealed

SIZES = (4096, 8192)
FITS_IN_A_BOX = 500
WEEK = 7


class NobodyThere(Exception):
    """There is nobody of that number whom something could be given."""


class AlreadyGiven(Exception):
    """Something lies under this number already. It may be this very parcel, sent twice."""


class BoxIsFull(Exception):
    """Its reader has to put something away first."""


@transaction.atomic
def give(sealed: bytes, *, to, under: str, gone_on: date | None = None) -> None:
    """Put a parcel in somebody's box. `to` is their number, `under` is fingerprint(the word that takes it back).

    Raises NobodyThere, StandsOut, AlreadyGiven, BoxIsFull.
    """
    if queries.key_of(to) is None:
        raise NobodyThere
    outside.check(sealed, sizes=SIZES)
    try:
        with transaction.atomic():
            Parcel.objects.create(pk=under, to_id=to, gone_on=gone_on, sealed=sealed)
    except IntegrityError as error:
        raise AlreadyGiven from error
    if Parcel.objects.filter(to=to).count() > FITS_IN_A_BOX:
        raise BoxIsFull


def in_box(person) -> list[str]:
    """The numbers of what was given to this person, in an order that says nothing."""
    return list(Parcel.objects.filter(to=person).order_by("pk").values_list("pk", flat=True))


def read(person, wanted: Iterable[str]) -> list[tuple[str, bytes]]:
    """These parcels, each with its number. What is not in this person's box is left out."""
    mine = Parcel.objects.filter(to=person, pk__in=set(wanted)).order_by("pk")
    return [(number, bytes(sealed)) for number, sealed in mine.values_list("pk", "sealed")]


def put_away(person, number: str) -> None:
    """Its reader is done with it. Nothing happens where it is gone already, or was never theirs."""
    _drop(Parcel.objects.filter(to=person, pk=number))


def take_back(word: str) -> None:
    """Whoever gave it takes it back. Whether it was still there is not told."""
    _drop(Parcel.objects.filter(pk=fingerprint(word)))


def fingerprint(word: str) -> str:
    """The number a parcel lies under: SHA-256 of the 64 digits that take it back."""
    return hashlib.sha256(word.encode()).hexdigest()


def a_week_from(today: date) -> date:
    """The Monday at least seven days from now: everything given in one week goes on one day."""
    in_a_week = today + timedelta(days=WEEK)
    return in_a_week + timedelta(days=-in_a_week.weekday() % WEEK)


@transaction.atomic
def _drop(parcels) -> None:
    """The copy for a new key goes too, where its reader was changing theirs."""
    Resealed.objects.filter(what=Resealed.What.BOX, where__in=parcels.values("pk")).delete()
    parcels.delete()
