"""The process `peerwork gateway`: opens the trunk, and attends whoever rings until it is asked to stop."""

import asyncio
import signal
from collections.abc import Callable

from peerwork.support.line.number import held
from peerwork.support.line.number.chosen import Chosen, NumberUnclear
from peerwork.support.line.number.desk import Desk
from peerwork.support.line.number.gateway import dialling, sip
from peerwork.support.line.number.gateway.attending import attend
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.legs import Leg
from peerwork.support.line.number.gateway.voice import Voice


async def run(chosen: Chosen, desk: Desk, is_open: Callable[[], None]) -> None:
    """Calls `is_open` once people can ring. Raises NumberUnclear where there is no trunk, or it does not take us."""
    if chosen.trunk is None:
        raise NumberUnclear("number.toml names no trunk, so there is nothing to listen to.")
    if not sip.is_there():
        raise NumberUnclear("The gateway needs its extra: pip install --pre 'peerwork[number]'")
    tasks: set[asyncio.Task[None]] = set()

    def rung(leg: Leg) -> None:
        task = asyncio.create_task(attend(leg, house))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    house = House(sip.Exchange(chosen.trunk, rung), desk, Voice(chosen.recordings))
    await house.at_the_desk(held.let_go_of_all, desk)
    await house.exchange.open()
    is_open()
    dials = asyncio.create_task(dialling.keep_dialling(house))
    try:
        await _until_asked_to_stop()
    finally:
        dials.cancel()
        await house.exchange.close()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until_asked_to_stop() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
