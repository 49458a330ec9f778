"""What is kept of one who rings: their call while it lasts, and, if they want to be rung back, a sealed page.

Kept when the call is over, in one go: whoever hung up after the tone is rung back like whoever waited for the thanks.
"""

import contextlib

from peerwork.support.line.number import call_backs, held, messages, sealing
from peerwork.support.line.number.desk import Busy
from peerwork.support.line.number.gateway.house import House
from peerwork.support.line.number.gateway.listening import SIZE, Listening


class Keeping:
    def __init__(self, house: House, number: str) -> None:
        self.house, self.desk, self.number = house, house.desk, number
        self.held: held.Held | None = None
        self.words = Listening()

    @property
    def _is_promised(self) -> bool:
        return self.held is not None and self.held.is_promised

    async def keep(self) -> bool:
        """Whether they are rung back. Nobody could open their number, there is none, or the line is full: then nothing
        is kept, nor what they said."""
        if not self._is_promised and self.number:
            with contextlib.suppress(Busy, ValueError):
                await self.house.at_the_desk(self._keep_number)
        if not self._is_promised:
            self.words.wipe()
        return self._is_promised

    async def let_go(self) -> None:
        """The call is over, and so is what was asked of the desk for it. What was not asked to be kept is gone."""
        try:
            await self.house.desk_is_clear()
            if self.words.has_voice and await self.keep():
                await self.house.at_the_desk(self._keep_words)
            if self.held:
                await self.house.at_the_desk(held.end, self.held, self.desk)
        finally:
            if self.held:
                await self.house.at_the_desk(held.forget, self.held)
            self.words.wipe()
            self.number = ""

    def _keep_number(self) -> None:
        """A call that ended because nobody took it is asked anew."""
        before = self.held
        self.held = held.note(call_backs.keep(self.number, before, self.desk))
        if before and before.call != self.held.call:
            held.forget(before)

    def _keep_words(self) -> None:
        if self.held and self.held.is_promised:
            keys = self.desk.recipients()
            messages.keep(self.held.call, sealing.words(self.words.wav(), recipients=keys, size=SIZE))
