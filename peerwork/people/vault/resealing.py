"""What can happen while a key changes: page after page is sealed again, and then all of them change places at once.

The browser opens each page with the old key and seals it to the new one. Here they wait (Resealed) beside the
pages as they were. Nothing is changed until everything is there, and then everything is, in one transaction.
So a key is never changed by half, whatever breaks on the way.
"""

import hashlib
from typing import Any, NamedTuple

from django.db import transaction

from peerwork.people.vault import outside
from peerwork.people.vault.envelope import look_at
from peerwork.people.vault.models import Resealed

What = Resealed.What


class NotAllOfIt(Exception):
    """Something was not sealed again, or was written meanwhile. Nothing changed."""


class Kind(NamedTuple):
    """Where the pages of one kind are: beside a person as `pages`, told apart by `by`, their bytes in `sealed`."""

    pages: str
    by: str
    sealed: str


KINDS = {
    What.SHELF: Kind("shelf", "place", "sealed"),
    What.HOURS: Kind("log_pages", "day", "page"),
    What.BOX: Kind("parcels", "pk", "sealed"),
}


def everything(person) -> list[dict[str, str]]:
    """All that is sealed to this person: {what, where} each."""
    return [{"what": what, "where": where} for what in KINDS for where in _places(person, what)]


def left(person) -> list[dict[str, str]]:
    """What of it waits to be sealed again."""
    done = set(person.resealed.values_list("what", "where"))
    return [one for one in everything(person) if (one["what"], one["where"]) not in done]


def keep(person, *, what: str, where: str, sealed: bytes) -> bool:
    """A page for the new key. False: there is no such page. Raises log.StandsOut.

    It has the size of the page it is for, and looks like every other: nobody sees whose key was changed.
    A page that did not open is taken as it was.
    """
    known = _places(person, what) if what in KINDS else {}
    if where not in known:
        return False
    before = _bytes_of(person, what, known[where])
    if sealed != before:
        outside.check(sealed, sizes=[look_at(before).size])
    Resealed.objects.update_or_create(person=person, what=what, where=where, defaults={"sealed": sealed})
    return True


def start_again(person) -> None:
    person.resealed.all().delete()


@transaction.atomic
def carry_over(person, *, carried: str) -> None:
    """Everything sealed to this person is from now on what the browser sealed again. Raises NotAllOfIt.

    `carried` is what fingerprint() makes of what the browser opened and of what it sealed. So nothing is lost
    that was written meanwhile, or came new, or was sealed in another tab to another key.
    """
    made = {(one.what, one.where): bytes(one.sealed) for one in person.resealed.all()}
    if left(person) or fingerprint(_pairs(person, made)) != carried:
        raise NotAllOfIt
    for what, kind in KINDS.items():
        for where, key in _places(person, what).items():
            page = getattr(person, kind.pages).filter(**{kind.by: key})
            page.update(**{kind.sealed: made[what, where]})
    start_again(person)


def fingerprint(pages) -> str:
    """SHA-256 over a line for each (what, where, before, after), in order. static/door/carry.js makes the same."""
    lines = sorted(f"{what} {where} {_sum(before)} {_sum(after)}" for what, where, before, after in pages)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _places(person, what: str) -> dict[str, Any]:
    """The pages of one kind there are, as they stand in an address, each with what the table calls it."""
    kind = KINDS[What(what)]
    keys = getattr(person, kind.pages).order_by(kind.by).values_list(kind.by, flat=True)
    return {str(key): key for key in keys}


def _pairs(person, made: dict[tuple[str, str], bytes]):
    for what, kind in KINDS.items():
        rows = getattr(person, kind.pages).values_list(kind.by, kind.sealed)
        yield from ((str(what), str(key), bytes(now), made[what, str(key)]) for key, now in rows.iterator())


def _bytes_of(person, what: str, key: Any) -> bytes:
    kind = KINDS[What(what)]
    return bytes(getattr(person, kind.pages).values_list(kind.sealed, flat=True).get(**{kind.by: key}))


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
