"""When it begins to ring at somebody, the devices they chose are knocked at. The knock is empty (ground/notify)."""

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from peerwork.ground.notify import push
from peerwork.support.line.engine.words import PersonId
from peerwork.support.line.roster.models import Bell
from peerwork.support.line.roster.terms import terms

MOST = 5
_hands: list[ThreadPoolExecutor] = []


class NoBell(Exception):
    """That is no address we knock at, or there are enough of theirs."""


def begin() -> None:
    """From now on there are hands that knock. Only in the process that serves: a page never waits for a service."""
    if not _hands:
        _hands.append(ThreadPoolExecutor(2, "bells"))


def public_key() -> str:
    return push.public_half(_key())


def choose(person, endpoint: str, *, on: bool) -> None:
    """Raises NoBell."""
    if not push.is_a_service(endpoint):
        raise NoBell
    theirs = Bell.objects.filter(person=person)
    if not on:
        theirs.filter(endpoint=endpoint).delete()
    elif not theirs.filter(endpoint=endpoint).exists():
        if theirs.count() >= MOST:
            raise NoBell
        theirs.get_or_create(person=person, endpoint=endpoint)


def knock(people: Collection[PersonId]) -> None:
    """Returns at once."""
    if people and _hands:
        _hands[0].submit(_and_let_go, frozenset(people))


def knock_now(people: Collection[PersonId]) -> None:
    """At every device of these. One that is gone is forgotten."""
    of, waits = settings.OPTIONS.address, terms().ring
    for bell in Bell.objects.filter(person__in=list(map(UUID, people))):
        if push.knock(bell.endpoint, pem=_key(), of=of, waits=waits) is push.Answer.GONE:
            bell.delete()


def _and_let_go(people: Collection[PersonId]) -> None:
    try:
        knock_now(people)
    finally:
        close_old_connections()


def _key() -> str:
    return push.own_key(settings.OPTIONS.data / "bells.pem", _write_once)


def _write_once(path: Path, content: bytes) -> None:
    """Whole and its owner's alone. Of two processes at the same moment, the first one's is kept."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.partly")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
