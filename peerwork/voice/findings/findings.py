"""What can happen to a finding: it is put up, and it can be taken back on the same day, while nobody has answered."""

from datetime import date
from uuid import UUID

from django.db import transaction

from peerwork.voice.findings import chains
from peerwork.voice.findings.models import Finding


class TooLate(Exception):
    """It was put up before today, or it is answered. From then on it stays, and can only be added to."""


def put_up(words: str, *, heard_in: str, on: date, release: UUID | None = None) -> Finding:
    """Takes no person: who put it up is written down nowhere."""
    return Finding.objects.create(words=words, heard_in=heard_in, release=release, found_on=on)


@transaction.atomic
def take_back(finding: Finding, *, today: date) -> None:
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    if not chains.of(locked, today=today).can_be_taken_back:
        raise TooLate(finding.pk)
    locked.delete()
