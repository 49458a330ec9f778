"""What can happen to a private log: a day is sealed into it, for everyone alike.

Every day, whether something was held or not, every person with a key gets one page of the same size: hours
for those who kept a seat, nothing for the rest. Only its owner can tell the two apart. So the pages say
neither who was there, nor that there was anything: Morgan has one for the day of the Friday group too.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pyrage
from django.db import transaction
from django.db.models import Max

from peerwork.people.vault import outside
from peerwork.people.vault.models import AccountKey, LogPage, Resealed

PAGE_SIZE = 512

type Hours = list[tuple[str, int]]


StandsOut = outside.StandsOut


@transaction.atomic
def seal_day(day: date, hours: Mapping[UUID, Hours]) -> int:
    """Give everyone their page for that day; hours are (what, minutes) by person. Returns how many pages.

    Safe to repeat: a day that has been sealed is left as it is.
    """
    if LogPage.objects.filter(day=day).exists():
        return 0
    keys = list(AccountKey.objects.values_list("person", "recipient"))
    secrets.SystemRandom().shuffle(keys)
    pages = [
        LogPage(person_id=person, day=day, page=_sealed(day, hours.get(person, []), recipient))
        for person, recipient in keys
    ]
    LogPage.objects.bulk_create(pages)
    return len(pages)


def newest_day() -> date | None:
    """The last day that has been sealed."""
    return LogPage.objects.aggregate(newest=Max("day"))["newest"]


def pages_of(person) -> list[tuple[date, bytes]]:
    return [(day, bytes(page)) for day, page in person.log_pages.order_by("day").values_list("day", "page")]


@transaction.atomic
def replace(person, day: date, sealed: bytes) -> bool:
    """The owner put another page in its place. False: there was none. Raises StandsOut.

    Whoever takes the disk must not see which pages were corrected: a corrected page belongs to somebody
    who had a seat. So a new page has the same stanzas and the same size as the one from the server.
    """
    page = LogPage.objects.filter(person=person, day=day)
    if page.exists():
        outside.check(sealed, sizes=(PAGE_SIZE,))
        Resealed.objects.filter(person=person, what=Resealed.What.HOURS, where=day.isoformat()).delete()
    return bool(page.update(page=sealed))


def _sealed(day: date, hours: Hours, recipient: str) -> bytes:
    lines = [{"what": what, "minutes": minutes} for what, minutes in hours]
    while len(page := _page(day, lines)) > PAGE_SIZE:
        lines.pop()
    return pyrage.encrypt(page.ljust(PAGE_SIZE), [pyrage.x25519.Recipient.from_str(recipient)])


def _page(day: date, lines: list[dict]) -> bytes:
    return json.dumps({"v": 1, "day": day.isoformat(), "lines": lines}, separators=(",", ":")).encode()
