"""What the gateway does where the world around it is slow, or in trouble."""

import asyncio
import contextlib

import pytest

from peerwork.support.line.number import dials
from peerwork.support.line.number.chosen import Trunk
from peerwork.support.line.number.gateway import dialling
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.sip import Exchange


class SlowAgent:
    """Its call is there only once it `may_go_on`."""

    def __init__(self):
        self.may_go_on, self.is_hung_up = asyncio.Event(), asyncio.Event()

    async def dial(self, _address):
        await self.may_go_on.wait()
        return self

    async def hangup(self):
        self.is_hung_up.set()


@pytest.mark.usefixtures("has_telephones")
def test_given_up_before_there_was_a_call_it_is_hung_up_once_there_is_one():
    async def story():
        exchange = Exchange(Trunk("sip.example.net", "line"), on_ring=lambda _leg: None)
        exchange.agent = agent = SlowAgent()
        rings = asyncio.ensure_future(exchange.dial("0491570156", within=3600))
        await asyncio.sleep(0)
        rings.cancel()
        with pytest.raises(asyncio.CancelledError):
            await rings
        agent.may_go_on.set()
        await agent.is_hung_up.wait()

    asyncio.run(story())


def test_one_moment_of_trouble_does_not_end_the_dialling(monkeypatch):
    dialled, found = asyncio.Event(), iter([OSError(), dials.Dial("call", "rosa", "0491570156")])

    def take_next():
        one = next(found, None)
        if isinstance(one, OSError):
            raise one
        return one

    async def connect(dial, _house):
        assert dial.person == "rosa"
        dialled.set()

    async def story():
        keeps = asyncio.ensure_future(dialling.keep_dialling(House(None, None, None)))
        over = asyncio.ensure_future(dialled.wait())
        await asyncio.wait({keeps, over}, return_when=asyncio.FIRST_COMPLETED)
        keeps.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeps
        assert dialled.is_set()

    monkeypatch.setattr(dials, "take_next", take_next)
    monkeypatch.setattr(dialling, "connect", connect)
    monkeypatch.setattr(dialling, "BEAT", 0)
    asyncio.run(story())
