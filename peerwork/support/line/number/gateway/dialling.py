"""Rings back: at the peer first, and when they pressed one, at whoever left their number."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

from peerwork.support.line.number import dials, phones
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.legs import Leg, joined
from peerwork.support.line.number.gateway.sip import NotReached
from peerwork.support.line.number.words import Figures

BEAT = 1
LONGEST = 40


async def keep_dialling(house: House) -> None:
    tasks: set[asyncio.Task[None]] = set()
    while True:
        if found := await _next(house):
            task = asyncio.create_task(connect(found, house))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        else:
            await asyncio.sleep(BEAT)


async def _next(house: House) -> dials.Dial | None:
    """None also where memory did not answer: it is asked again in a second, and the gateway goes on."""
    with contextlib.suppress(Exception):
        return await house.at_the_desk(dials.take_next)
    return None


async def connect(dial: dials.Dial, house: House) -> None:
    """Whoever asked sees the line's own number, and so does the peer."""
    legs: list[Leg] = []
    try:
        peer = await house.exchange.dial(await house.at_the_desk(phones.of, dial.person), within=LONGEST)
        legs.append(peer)
        if (await _say(peer, "for_you", house) or await peer.key(within=20)) != "1":
            return
        await _say(peer, "connecting", house)
        other = await _while_there(peer, house.exchange.dial(dial.number, within=LONGEST))
        legs.append(other)
        with joined((peer, other)):
            await _until_one_hangs_up(peer, other)
    except NotReached:
        with contextlib.suppress(IndexError):
            await _say(legs[0], "not_there", house)
    finally:
        for leg in legs:
            house.exchange.later(leg.hang_up())


async def _say(leg: Leg, key: str, house: House) -> str:
    return await leg.say(await house.sound((key,), Figures()))


async def _while_there(peer: Leg, dialling: Coroutine[Any, Any, Leg]) -> Leg:
    """Raises NotReached, also where the peer hung up meanwhile: then it rings there no more."""
    rings, gone = asyncio.ensure_future(dialling), asyncio.ensure_future(peer.gone.wait())
    try:
        await asyncio.wait({rings, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not rings.done():
            raise NotReached
        return await rings
    finally:
        rings.cancel()
        gone.cancel()


async def _until_one_hangs_up(one: Leg, other: Leg) -> None:
    waits = [asyncio.ensure_future(leg.gone.wait()) for leg in (one, other)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
