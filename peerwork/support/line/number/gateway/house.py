"""What every call in this process shares: the exchange, the voice, and the way to the switchboard."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from django.db import close_old_connections

from peerwork.support.line.number.desk import Desk
from peerwork.support.line.number.gateway.sip import Exchange
from peerwork.support.line.number.gateway.voice import Voice
from peerwork.support.line.number.words import Figures


@dataclass(frozen=True)
class House:
    exchange: Exchange
    desk: Desk
    voice: Voice
    # Databases wait; sound does not. So whatever asks one does it in this thread, one after the other.
    _clerk: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    async def at_the_desk[Answer](self, verb: Callable[..., Answer], *said: object, **more: object) -> Answer:
        """What the verb answers, or raises."""

        def ask() -> Answer:
            close_old_connections()
            return verb(*said, **more)

        return await asyncio.get_running_loop().run_in_executor(self._clerk, ask)

    async def desk_is_clear(self) -> None:
        """Whoever hung up waits for no answer; what they asked is done all the same, and this waits for it."""
        await self.at_the_desk(lambda: None)

    async def sound(self, keys: tuple[str, ...], figures: Figures) -> bytes:
        return await asyncio.to_thread(partial(self.voice.sound, keys, figures))
