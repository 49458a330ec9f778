"""To whom something is sealed that only those on duty may read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from peerwork.people.vault import keys
from peerwork.support.line.roster import duty


def recipients(at: datetime, until: datetime) -> list[dict[str, str]]:
    """The public keys of everybody on duty between. Who has no key yet cannot open anything, and is not in it."""
    known = keys.recipients(list(duty.people_between(at, until)))
    return [{"person": str(who), "recipient": key} for who, key in sorted(known.items())]


def those_with_a_key(people: Iterable[UUID]) -> frozenset[UUID]:
    return frozenset(keys.recipients(frozenset(people)))
