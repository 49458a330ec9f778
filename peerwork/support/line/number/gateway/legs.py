"""One telephone at the other end of a wire: it says, it hears keys, and it can be joined with another.

Sound passes through and is gone. Nothing here writes any of it down; `hear` hands it to whoever asked for it.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable, Sequence

from peerwork.support.line.number import callers

RATE = 8000
SAMPLE = 2
FRAME = 0.02
# So much is said ahead, in bytes: less would crackle when the machine is busy, more would be slow to stop.
AHEAD = int(RATE * SAMPLE * 0.12)
# In a talk, no more than this waits to be said, in bytes.
LATE = int(RATE * SAMPLE * 0.08)
DIGITS = re.compile(r"sips?:([^@]*)@")


class Leg:
    """Made of a call of baresip. `gone` is set when either side hung up."""

    def __init__(self, call) -> None:
        self.call = call
        self.keys: asyncio.Queue[str] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.on_gone: Callable[[], None] = lambda: None
        self.hear: Callable[[bytes], None] | None = None
        self._saying = bytearray()
        self._said = asyncio.Event()
        call.on_dtmf(lambda pressed: self.keys.put_nowait(pressed.digit))
        call.on(lambda event: self._ended() if event.event.name == "CALL_CLOSED" else None)
        self._moves = asyncio.ensure_future(self._move_sound())

    @property
    def number(self) -> str:
        """Who rings, where their network says so. Empty: they hide it."""
        found = DIGITS.match(self.call.peer or "")
        return callers.number(found[1]) if found else ""

    async def answer(self) -> None:
        with contextlib.suppress(Exception):
            await self.call.answer()
            await self.call.wait_established(10)

    async def hang_up(self) -> None:
        """Nothing happens where it is hung up already."""
        with contextlib.suppress(Exception):
            await self.call.hangup()
        self._ended()

    async def say(self, sound: bytes) -> str:
        """To the end, or until a key is pressed or they hang up: that key, or empty."""
        if self.gone.is_set():
            return ""
        self._saying[:] = sound
        self._said.clear()
        said, pressed = asyncio.ensure_future(self._said.wait()), asyncio.ensure_future(self.keys.get())
        try:
            await asyncio.wait({said, pressed}, return_when=asyncio.FIRST_COMPLETED)
            return pressed.result() if pressed.done() else ""
        finally:
            said.cancel()
            pressed.cancel()
            self._saying.clear()

    @property
    def is_saying(self) -> bool:
        return bool(self._saying)

    def sound_on(self, sound: bytes) -> None:
        """Begin to say it, and go on at once."""
        self._saying[:] = sound

    async def key(self, *, within: float) -> str:
        """The next key, or empty when the time is over."""
        try:
            return await asyncio.wait_for(self.keys.get(), within)
        except TimeoutError:
            return ""

    def pass_on(self, sound: bytes) -> None:
        """What the other one says, this moment. What would come late is left out: a talk must not fall behind."""
        with contextlib.suppress(Exception):
            if self.call.audio.info().tx_buffered <= LATE:
                self.call.audio.write(sound)

    def begin_anew(self) -> None:
        """Nothing of what was said before is still to come; a moment's silence lets the sound run evenly."""
        self._saying.clear()
        with contextlib.suppress(Exception):
            self.call.audio.flush_tx()
            self.call.audio.write(bytes(LATE // 2))

    def _ended(self) -> None:
        if not self.gone.is_set():
            self.gone.set()
            self._said.set()
            self._moves.cancel()
            self.on_gone()

    async def _move_sound(self) -> None:
        while True:
            # Sound begins a moment after the answer, and begins anew when the two ends agree on it again.
            with contextlib.suppress(Exception):
                self._move_once()
            await asyncio.sleep(FRAME)

    def _move_once(self) -> None:
        heard = self.call.audio.read(RATE)
        if heard and self.hear:
            self.hear(heard)
        if not self._saying:
            self._said.set()
            return
        room = max(0, AHEAD - self.call.audio.info().tx_buffered)
        sent = self.call.audio.write(bytes(self._saying[:room]))
        del self._saying[:sent]


@contextlib.contextmanager
def joined(legs: Sequence[Leg]):
    """Two who hear each other, and nobody else, until this ends."""
    one, other = legs
    for leg in legs:
        leg.begin_anew()
    one.hear, other.hear = other.pass_on, one.pass_on
    try:
        yield
    finally:
        one.hear = other.hear = None
