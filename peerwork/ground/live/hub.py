"""The hub: one for each event loop. It knows who listens to which channel, and rings them.

It looks at the outbox twenty times a second while anybody listens, and at once when it is woken. No request of
Django's and no row of the main database is held while somebody listens.
"""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from peerwork.ground.live import outbox

if TYPE_CHECKING:
    from pathlib import Path

TURN = 0.05
MOST = 5000


class Full(Exception):
    """As many listen as this machine can hold. Pages ask now and then instead."""


class Bell:
    """Rings once for however much happened since it was last heard."""

    __slots__ = ("_waiting", "rang")

    def __init__(self) -> None:
        self.rang = False
        self._waiting: asyncio.Future[None] | None = None

    def ring(self) -> None:
        self.rang = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def heard(self, *, within: float) -> bool:
        """Wait for it. False: nothing rang in that time, in seconds."""
        if not self.rang:
            self._waiting = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await self._waiting
            self._waiting = None
        rang, self.rang = self.rang, False
        return rang


class Hub:
    """Everything here happens on the loop, but `wake` and `close`: these may be called from any thread."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.is_closing = False
        self._bells: dict[str, set[Bell]] = defaultdict(set)
        self._count = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looking: asyncio.Task[None] | None = None
        self._database: sqlite3.Connection | None = None
        self._version = self._last = 0

    @contextmanager
    def listening(self, channel: str) -> Iterator[Bell]:
        """A bell for this channel, as long as it lasts. Raises Full."""
        if self._count >= MOST or self.is_closing:
            raise Full
        self._begin()
        bell = Bell()
        self._count += 1
        self._bells[channel].add(bell)
        try:
            yield bell
        finally:
            self._count -= 1
            self._bells[channel].discard(bell)
            if not self._bells[channel]:
                del self._bells[channel]

    def wake(self) -> None:
        self._from_any_thread(self._look)

    def close(self) -> None:
        """The server stops: every stream ends, so that it can."""
        self.is_closing = True
        self._from_any_thread(self._ring_all)

    def _from_any_thread(self, what) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has just closed
                loop.call_soon_threadsafe(what)

    def _begin(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._looking is None:
            self._looking = self._loop.create_task(self._look_now_and_then())

    async def _look_now_and_then(self) -> None:
        while self._count:
            self._look()
            await asyncio.sleep(TURN)
        self._looking = None

    def _look(self) -> None:
        """Ring whoever is told something. A database that cannot be read now is read at the next turn."""
        with suppress(sqlite3.OperationalError):
            database = self._opened()
            if (now := outbox.version(database)) != self._version:
                self._tell(outbox.since(database, self._last))
                self._version = now

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            if self.path is None:
                raise sqlite3.OperationalError
            self._database = outbox.open_at(self.path)
            self._last = outbox.last(self._database)
        return self._database

    def _tell(self, told: list[tuple[int, str]]) -> None:
        if told and told[0][0] > self._last + 1:
            self._ring_all()  # more happened than the outbox keeps
        for n, channel in told:
            self._last = n
            for bell in self._bells.get(channel, ()):
                bell.ring()

    def _ring_all(self) -> None:
        for bells in self._bells.values():
            for bell in bells:
                bell.ring()


the_hub = Hub()
