"""When it begins to ring at somebody, the devices they chose are knocked at. The knock is empty (ground/notify)."""

import os
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, get_ident
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from peerwork.ground.notify import push
from peerwork.support.line.engine.words import PersonId, Seconds
from peerwork.support.line.roster.models import Bell
from peerwork.support.line.roster.terms import terms
from peerwork.support.line.switchboard import clock

MOST = 5
# One bell, one hand: a service that lets us wait holds up nobody else's.
HANDS, MOST_WAITING = 8, 200
# So often in vain, while other bells rang, and a bell is let go: that device can choose to ring once more.
OFTEN = 20
_hands: list[ThreadPoolExecutor] = []
_room = BoundedSemaphore(MOST_WAITING)


class NoBell(Exception):
    """That is no address we knock at, or there are enough of theirs."""


def begin() -> None:
    """From now on there are hands that knock. Only in the process that serves: a page never waits for a service."""
    if not _hands:
        _hands.append(ThreadPoolExecutor(HANDS, "bells"))


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
    if people:
        _by_a_hand(knock_at_all, frozenset(people), clock.now())


def knock_at_all(people: Collection[PersonId], since: Seconds) -> None:
    """At every device of these, for what began to ring then."""
    until = since + terms().ring
    for bell in Bell.objects.filter(person__in=list(map(UUID, people))):
        _by_a_hand(knock_at, bell, until)


def knock_at(bell: Bell, until: Seconds) -> None:
    """Not once the ring is over. A bell that is gone is forgotten, and so is one that never rings."""
    left = round(until - clock.now())
    if left <= 0:
        return
    answer = push.knock(bell.endpoint, pem=_key(), of=settings.OPTIONS.address, waits=left)
    _in_vain.note(bell, rang=answer is push.Answer.KNOCKED)
    if answer is push.Answer.GONE or _in_vain.is_too_often(bell):
        bell.delete()


class _InVain:
    """How often in a row each bell did not ring, in this process. Where none rings at all, it is not the bells."""

    def __init__(self) -> None:
        self.rung, self.times = 0, dict[UUID, tuple[int, int]]()

    def note(self, bell: Bell, *, rang: bool) -> None:
        times, rung = self.times.pop(bell.pk, (0, -1))
        if rang:
            self.rung += 1
        else:
            self.times[bell.pk] = (times + (self.rung > rung), self.rung)

    def is_too_often(self, bell: Bell) -> bool:
        times, _rung = self.times.get(bell.pk, (0, 0))
        return times >= OFTEN


_in_vain = _InVain()


def _by_a_hand[**P](work: Callable[P, None], *said: P.args, **more: P.kwargs) -> None:
    """Where too many wait, it is left out: it would come after the ring."""
    if _hands and _room.acquire(blocking=False):
        _hands[0].submit(_and_let_go, lambda: work(*said, **more))


def _and_let_go(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        _room.release()
        close_old_connections()


def _key() -> str:
    return push.own_key(settings.OPTIONS.data / "bells.pem", _write_once)


def _write_once(path: Path, content: bytes) -> None:
    """Whole and its owner's alone. Of two at the same moment, the first one's is kept."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}.partly")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
