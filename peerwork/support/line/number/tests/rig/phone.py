"""A telephone: `python -m …rig.phone NAME`. What to do comes in, and what happens goes out, one JSON a line."""

import asyncio
import contextlib
import json
import secrets
import socket
import sys
from array import array

import baresip

from peerwork.support.line.number.tests.rig import tones


def tell(**what):
    print(json.dumps(what), flush=True)  # noqa: T201


def free_port():
    """One nobody else has, with the next one, which SIP takes for TLS: below those the system hands out itself."""
    while True:
        port = 20000 + 2 * secrets.randbelow(6000)
        with contextlib.suppress(OSError), contextlib.ExitStack() as held:
            for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                for one in (port, port + 1):
                    held.enter_context(socket.socket(socket.AF_INET, kind)).bind(("127.0.0.1", one))
            return port


class Phone:
    def __init__(self, name):
        self.name, self.call, self.speaks, self.picks_up = name, None, True, True
        self.said, self.dials = 0, None

    async def start(self):
        port = free_port()
        self.runtime = baresip.Runtime()
        await self.runtime.start(
            baresip.Config(net_interface="127.0.0.1", extra_config_text=f"sip_listen 127.0.0.1:{port}\n")
        )
        account = baresip.Account(
            self.number, f"127.0.0.1:{port}", "", reg_interval=0, extra_params=self.more
        )
        self.agent = await baresip.UserAgent.create(self.runtime, account)
        self.agent.on_incoming(lambda call: asyncio.ensure_future(self.rung(call)))
        tell(ready=f"sip:{self.number}@127.0.0.1:{port}")

    async def rung(self, call):
        tell(rung=call.peer)
        self.call = call
        call.on(lambda event: tell(gone=True) if event.event.name == "CALL_CLOSED" else None)
        if self.picks_up == "busy":
            await call.reject()
        elif self.picks_up:
            await call.answer()
            await self.talk(call)

    async def dial(self, to):
        self.call = await self.agent.dial(to)
        try:
            await self.call.wait_established()
        except baresip.CallFailed as error:
            tell(gone=True, why=repr(error))
            return
        self.call.on(lambda event: tell(gone=True) if event.event.name == "CALL_CLOSED" else None)
        await self.talk(self.call)

    async def talk(self, call):
        """Says its own tone, and tells each time it hears another one."""
        buffer, last, frequency = array("h"), "", tones.VOICES[self.name]
        while call.state is not baresip.CallState.CLOSED:
            with contextlib.suppress(baresip.BaresipError):
                room = 1920 - call.audio.info().tx_buffered
                if room > 0:
                    loud = 8000 if self.speaks else 0
                    sound = tones.tone(frequency, seconds=room / 16000, start=self.said, loud=loud)
                    self.said += call.audio.write(sound) // 2
                buffer.frombytes(call.audio.read(8000))
            while len(buffer) >= tones.WINDOW:
                now, buffer = tones.heard(buffer[: tones.WINDOW]), buffer[tones.WINDOW :]
                if now and now != last:
                    tell(hears=now)
                last = now
            await asyncio.sleep(0.02)

    async def do(self, said):
        what = said["do"]
        if what == "dial":
            self.dials = asyncio.ensure_future(self.dial(said["to"]))
        elif what == "press":
            await self.call.send_dtmf(said["keys"])
        elif what == "hang_up":
            with contextlib.suppress(baresip.BaresipError):
                await self.call.hangup()
        elif what == "speak":
            enough = self.said + 8000
            while self.said < enough:  # noqa: ASYNC110 — the clock is that of the sound
                await asyncio.sleep(0.02)
            tell(spoke=True)


async def main():
    phone = Phone(sys.argv[1])
    phone.more = ("mediaenc=srtp-mand",) if "srtp" in sys.argv else ()
    phone.number = next((word for word in sys.argv[2:] if word.isdigit()), phone.name)
    phone.speaks = "quiet" not in sys.argv
    phone.picks_up = "busy" if "busy" in sys.argv else "away" not in sys.argv
    await phone.start()
    while line := await asyncio.to_thread(sys.stdin.readline):
        await phone.do(json.loads(line))
    await phone.runtime.close()


if __name__ == "__main__":
    asyncio.run(main())
