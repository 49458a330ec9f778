"""One who rings, from the first tone to the last: carries out flow.py on a leg.

Hung up at any moment, nothing of them is left: not in this process, and not with the switchboard.
"""

import asyncio
import contextlib
from dataclasses import replace

from peerwork.support.line.engine.words import NotNow, State
from peerwork.support.line.number import callers, flow, held, phones
from peerwork.support.line.number.desk import Busy, Held, Look, Promised
from peerwork.support.line.number.flow import Do, HangUp, Happened, Keyed, Step
from peerwork.support.line.number.gateway import keeping, ringing
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.legs import Leg, joined

# How often the switchboard is asked where the call is, in seconds.
BEAT = 0.5
WAITS = (State.ASKED, State.OFFERED, State.TAKEN, State.TALKING)


async def attend(leg: Leg, house: House) -> None:
    """Returns when it is over."""
    caller = Caller(leg, house)
    talk, gone = asyncio.ensure_future(caller.walk()), asyncio.ensure_future(leg.gone.wait())
    try:
        await asyncio.wait({talk, gone}, return_when=asyncio.FIRST_COMPLETED)
        talk.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await talk
    finally:
        gone.cancel()
        await leg.hang_up()
        await caller.let_go()


class Caller:
    promised: Promised
    line: flow.Line

    def __init__(self, leg: Leg, house: House) -> None:
        self.leg, self.house, self.desk = leg, house, house.desk
        self.rings: ringing.Ringing | None = None
        self.kept = keeping.Keeping(house, leg.number)

    async def walk(self) -> None:
        await self.leg.answer()
        await self._hear_what_is_promised()
        step = await self._done(flow.begin(self.line))
        while not isinstance(step, HangUp):
            happened = await self._carry_out(step)
            step = await self._done(flow.next(step, happened, self.line))
        await self._say(step)

    async def _hear_what_is_promised(self) -> None:
        self.promised = await self.house.at_the_desk(self.desk.promised)
        self.line = flow.Line(
            self.promised.opens,
            knows_number=bool(self.leg.number),
            keeps_voice=True,
            rings_back=self.promised.rings_back,
        )

    async def let_go(self) -> None:
        if self.rings:
            self.rings.stop()
        await self.kept.let_go()

    async def _done(self, step: Step) -> Step:
        """The step, with what has to be done before it; or what comes in its place."""
        if step.does is Do.ASK:
            with contextlib.suppress(Busy):
                await self.house.at_the_desk(self._ask)
        if step.does is Do.KEEP and not await self.kept.keep():
            return flow.not_kept(step)
        return step

    def _ask(self) -> None:
        """Noted where it is asked: whoever hangs up in this moment does not wait for the answer."""
        self.kept.held = held.note(self.desk.ask(phones=phones.those_with_one()))

    async def _carry_out(self, step: Step) -> Happened:
        match step:
            case flow.Press():
                return await self._press(step)
            case flow.Wait():
                return await self._hold(step)
            case flow.Bridge():
                return await self._talk()
            case flow.TakeMessage():
                return await self._message(step)
        raise TypeError(step)

    async def _sound(self, step: Step) -> bytes:
        minutes = (await self._look()).minutes if "minutes" in step.says else None
        return await self.house.sound(step.says, replace(self.promised.figures, minutes=minutes))

    async def _say(self, step: Step) -> str:
        return await self.leg.say(await self._sound(step))

    async def _press(self, step: flow.Press) -> Keyed:
        keys, key = "", await self._say(step)
        while key := key or await self.leg.key(within=step.seconds):
            if key == "#":
                break
            keys, key = keys + key, ""
            if len(keys) == step.digits:
                break
        if step.digits > 1 and callers.number(keys):
            self.kept.number = keys
            self.line = replace(self.line, knows_number=True)
        return Keyed(keys)

    async def _look(self) -> Look:
        held_now = self.kept.held
        return await self.house.at_the_desk(self.desk.look, held_now) if held_now else Look(State.ENDED)

    async def _hold(self, step: flow.Wait) -> Happened:
        """It rings while they are still told how long it may be."""
        self.leg.sound_on(await self._sound(step))
        clock, key = asyncio.get_running_loop().time, ""
        until = clock() + step.seconds
        while clock() < until and not key:
            if happened := await self._where_it_is():
                return happened
            if not self.leg.is_saying:
                self.leg.sound_on(self.house.voice.hold_sound())
            key = await self.leg.key(within=BEAT)
        if key == "2" and self.rings:
            self.rings.stop()
        return Keyed(key) if key else flow.Waited()

    async def _where_it_is(self) -> Happened | None:
        """None: the wait goes on. It rings at whom the switchboard says, and at nobody else any more."""
        look, mine = await self._look(), self.kept.held
        if look.state not in WAITS or mine is None:
            return flow.NobodyTook()
        if self.rings and (self.rings.is_in_vain or self.rings.person not in {look.rings_at, look.by}):
            self.rings.stop()
            self.rings = None
        if self.rings is None:
            self.rings = await self._ring(look, mine)
        return flow.Taken() if self.rings and self.rings.leg else None

    async def _ring(self, look: Look, mine: Held) -> ringing.Ringing | None:
        at = await self.house.at_the_desk(phones.where_it_rings, look, mine, self.desk)
        return ringing.Ringing(self.house, mine, look.rings_at, at) if at and look.rings_at else None

    async def _talk(self) -> Happened:
        if self.kept.held is None or self.rings is None or self.rings.leg is None:
            return flow.HandedOn()
        other, person = self.rings.leg, self.rings.person
        try:
            with joined((self.leg, other)), contextlib.suppress(NotNow):
                await self.house.at_the_desk(self.desk.began, self.kept.held)
                return await self._until_it_ends(other, person)
            return flow.HandedOn()
        finally:
            self.rings.stop()
            self.rings = None

    async def _until_it_ends(self, other: Leg, person: str) -> Happened:
        while not other.gone.is_set():
            look = await self._look()
            if look.state not in WAITS:
                return flow.Ended()
            if look.by != person:
                return flow.HandedOn()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(other.gone.wait(), BEAT)
        with contextlib.suppress(NotNow):
            await self.house.at_the_desk(self.desk.over, self.kept.held, person)
        return flow.Ended()

    async def _message(self, step: flow.TakeMessage) -> flow.Spoke:
        """To the hash key, to the longest, or until they hang up: what they said by then is kept as well."""
        await self._say(step)
        await self.leg.say(self.house.voice.tone())
        self.leg.hear = self.kept.words.hear
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(step.seconds):
                while await self.leg.keys.get() != "#":
                    pass
        self.leg.hear = None
        return flow.Spoke(something=self.kept.words.has_voice)
