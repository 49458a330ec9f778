"""What can happen to a parcel: it is given, taken back by whoever gave it, and put away by its reader.

Nothing here knows who gives. The word that takes a parcel back is its giver's alone: the parcel lies under
a number made of its reader and the fingerprint of that word, and what its reader sees takes nothing back.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q

from peerwork.people.vault import outside, queries
from peerwork.people.vault.models import AccountKey, Parcel, Resealed

SIZES = (4096, 8192)
FITS_IN_A_BOX = 500
# Of those, how many may stay until somebody takes them away: no flood closes a box for ever.
STAYS_IN_A_BOX = 200
WEEK = 7


class NobodyThere(Exception):
    """There is nobody of that number whom something could be given."""


class BoxIsFull(Exception):
    """Its reader has to put something away first."""


@transaction.atomic
def give(sealed: bytes, *, to, under: str, gone_on: date | None = None) -> None:
    """Put a parcel in somebody's box. `to` is their number, `under` is fingerprint(the word that takes it back).

    Where something lies under this number in their box already, that stays as it is and nothing is said. In
    another box it is another number: what lies in one is never told by what fits into the next.
    Were it said, giving the same parcel again would tell its giver whether it has been put away. For the same
    reason a full box is full for what lies in it too: else the answer would differ once that is gone.

    Raises NobodyThere, StandsOut, BoxIsFull.
    """
    if queries.key_of(to) is None:
        raise NobodyThere
    outside.check(sealed, sizes=SIZES)
    if _is_full(to, stays=gone_on is None):
        raise BoxIsFull
    parcel = Parcel(pk=lies_under(to, under), to_id=to, gone_on=gone_on, sealed=sealed)
    Parcel.objects.bulk_create([parcel], ignore_conflicts=True)


def in_box(person) -> list[str]:
    """The numbers of what was given to this person, in an order that says nothing."""
    return list(Parcel.objects.filter(to=person).order_by("pk").values_list("pk", flat=True))


def read(person, wanted: Iterable[str]) -> list[tuple[str, bytes]]:
    """These parcels, each with its number. What is not in this person's box is left out."""
    mine = Parcel.objects.filter(to=person, pk__in=set(wanted)).order_by("pk")
    return [(number, bytes(sealed)) for number, sealed in mine.values_list("pk", "sealed")]


def put_away(person, parcel: str) -> None:
    """Its reader is done with it. Nothing happens where it is gone already, or was never theirs."""
    _drop(Parcel.objects.filter(to=person, pk=parcel))


def take_back(word: str) -> None:
    """Whoever gave it takes it back. Whether it was still there is not told."""
    under = fingerprint(word)
    readers = AccountKey.objects.values_list("person", flat=True)
    _drop(Parcel.objects.filter(pk__in=[lies_under(reader, under) for reader in readers]))


def fingerprint(word: str) -> str:
    """What a giver tells of the 64 digits that take a parcel back: their SHA-256."""
    return hashlib.sha256(word.encode()).hexdigest()


def lies_under(to, under: str) -> str:
    """The number of a parcel in that reader's box."""
    return hashlib.sha256(f"{UUID(str(to)).hex} {under}".encode()).hexdigest()


def a_week_from(today: date) -> date:
    """The Monday at least seven days from now: everything given in one week goes on one day."""
    in_a_week = today + timedelta(days=WEEK)
    return in_a_week + timedelta(days=-in_a_week.weekday() % WEEK)


def _is_full(to, *, stays: bool) -> bool:
    """Whether one more finds no place; `stays`: one without a last day."""
    there = Parcel.objects.filter(to=to).aggregate(
        all=Count("pk"), staying=Count("pk", filter=Q(gone_on__isnull=True))
    )
    return there["all"] >= FITS_IN_A_BOX or (stays and there["staying"] >= STAYS_IN_A_BOX)


@transaction.atomic
def _drop(parcels) -> None:
    """The copy for a new key goes too, where its reader was changing theirs."""
    Resealed.objects.filter(what=Resealed.What.BOX, where__in=parcels.values("pk")).delete()
    parcels.delete()
