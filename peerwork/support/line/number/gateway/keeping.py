"""What is kept of one who rings: their call while it lasts, and, if they want to be rung back, a sealed page.

Kept when the call is over, in one go: whoever hung up after the tone is rung back like whoever waited for the thanks.
"""

import contextlib
from dataclasses import replace

from peerwork.support.line.engine.words import NotNow
from peerwork.support.line.number import held, messages, sealing
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

    async def keep(self) -> None:
        """Their number, now, for whoever is on duty. Nobody could open it, or the line is full: nothing is kept."""
        if not self._is_promised and self.number:
            with contextlib.suppress(Busy, NotNow, ValueError):
                await self.house.at_the_desk(self._keep_number)

    async def let_go(self) -> None:
        """The call is over. What was not asked to be kept is gone."""
        try:
            if self.words.has_voice:
                await self.keep()
                await self.house.at_the_desk(self._keep_words)
            if self.held:
                await self.house.at_the_desk(held.end, self.held, self.desk)
        finally:
            if self.held:
                await self.house.at_the_desk(held.forget, self.held)
            self.words.wipe()
            self.number = ""

    def _keep_number(self) -> None:
        sealed = sealing.number(self.number, recipients=self.desk.recipients())
        if self.held is None or not self._is_rung_back(self.held, sealed):
            self.held = self.desk.ask_back(sealed)
        self.held = held.note(replace(self.held, is_promised=True))

    def _is_rung_back(self, mine: held.Held, sealed: bytes) -> bool:
        """Whoever holds. A call that ended because nobody took it is asked anew."""
        try:
            self.desk.back(mine, sealed)
        except NotNow:
            held.forget(mine)
            return False
        return True

    def _keep_words(self) -> None:
        if self.held and self.held.is_promised:
            keys = self.desk.recipients()
            messages.keep(self.held.call, sealing.words(self.words.wav(), recipients=keys, size=SIZE))
