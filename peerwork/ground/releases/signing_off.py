"""What can happen to a release: two different co-chairs sign it, or take their name back while it is still inside.

Peers see it for seven days before anybody outside does, whoever signs.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from peerwork.ground.releases.models import Release, Signature

PEERS_FIRST = timedelta(days=7)
ENOUGH = 2


class OutAlready(Exception):
    """It has left the house. A name under it can no longer be taken back."""


def sign(release: Release, by: UUID, name: str) -> Signature:
    """Safe to repeat: nobody signs twice."""
    return Signature.objects.get_or_create(release=release, by=by, defaults={"name": name})[0]


@transaction.atomic
def sign_all(releases: Iterable[Release], by: UUID, name: str) -> None:
    """One reading, one name under all of it."""
    for release in releases:
        sign(release, by, name)


@transaction.atomic
def take_all_back(releases: Iterable[Release], by: UUID, *, today: date) -> None:
    for release in releases:
        take_back(release, by, today=today)


@transaction.atomic
def take_back(release: Release, by: UUID, *, today: date) -> None:
    """Raises OutAlready."""
    if is_out(release, today):
        raise OutAlready(release.pk)
    Signature.objects.filter(release=release, by=by).delete()


def is_out(release: Release, today: date) -> bool:
    """Two different co-chairs signed, and the peers had their days."""
    return today >= release.outside_from and release.signatures.count() >= ENOUGH


def all_out(today: date) -> QuerySet[Release, Any]:
    """Everything that may be seen outside."""
    signed = Release.objects.annotate(names=Count("signatures", distinct=True))
    return signed.filter(outside_from__lte=today, names__gte=ENOUGH)
