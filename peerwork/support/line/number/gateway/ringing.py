"""A peer's telephone rings. Whoever picks up hears what it is, and takes it with a key: a mailbox presses none."""

import asyncio
import contextlib

from peerwork.support.line.engine.words import NotNow
from peerwork.support.line.number.desk import Held
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.legs import Leg
from peerwork.support.line.number.gateway.sip import NotReached
from peerwork.support.line.number.words import Figures

# The switchboard gives it to somebody else before this, in seconds.
LONGEST = 60
DECIDES = 20


class Ringing:
    """Rings until `stop`. `leg` is there once it was taken; `is_in_vain`: busy, declined, or no key."""

    def __init__(self, house: House, held: Held, person: str, at: str) -> None:
        self.house, self.held, self.person = house, held, person
        self.leg: Leg | None = None
        self.is_in_vain = False
        self._picked: Leg | None = None
        self._rings = asyncio.ensure_future(self._ring(at))

    def stop(self) -> None:
        self._rings.cancel()
        for leg in (self.leg, self._picked):
            if leg:
                self.house.exchange.later(leg.hang_up())

    async def _ring(self, at: str) -> None:
        try:
            self._picked = await self.house.exchange.dial(at, within=LONGEST)
            if await self._takes_it(self._picked):
                await self.house.at_the_desk(self.house.desk.take, self.held, self.person)
                self.leg = self._picked
                return
        except (NotReached, NotNow):
            pass
        await self._give_up()

    async def _takes_it(self, leg: Leg) -> bool:
        sound = await self.house.sound(("for_you",), Figures())
        said = asyncio.ensure_future(leg.say(sound))
        try:
            key = await asyncio.wait_for(said, DECIDES)
        except TimeoutError:
            key = ""
        return (key or await leg.key(within=DECIDES)) == "1"

    async def _give_up(self) -> None:
        with contextlib.suppress(NotNow):
            await self.house.at_the_desk(self.house.desk.decline, self.held, self.person)
        if self._picked:
            await self._picked.hang_up()
        self.is_in_vain = True
