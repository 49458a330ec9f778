"""A desk with the real engine and a roster of its own: for a gateway without a database."""

import secrets
import threading

from peerwork.support.line.engine import queue
from peerwork.support.line.engine.steps import step
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    Board,
    Declined,
    HandedOver,
    NotNow,
    OnDuty,
    Over,
    Rules,
    Side,
    State,
    Tick,
    Took,
    Turn,
    WantsBack,
    Way,
)
from peerwork.support.line.number.desk import Held, Look, Promised
from peerwork.support.line.number.flow import Opens
from peerwork.support.line.number.tests.rig.phone import tell
from peerwork.support.line.number.words import Figures
from peerwork.support.line.switchboard import clock

DAY = 24 * 3600


class EngineDesk:
    def __init__(self, duty, *, keys, opens=Opens.NOW, ring=5, patience=60, trouble=""):
        """`trouble`: "mute", it cannot say what is promised; "slow", it takes its time to ask."""
        self.board, self.keys, self.opens, self.trouble = Board(), keys, opens, trouble
        self.may_go_on = threading.Event()
        self.rules = Rules(ring=ring, patience=patience)
        self.duty = [
            OnDuty(name, Side(frozenset({f"person:{name}"})), clock.now() + DAY, Turn.FIRST, load)
            for load, name in enumerate(duty)
        ]

    def _happens(self, event):
        self.board = step(self.board, event, at=clock.now(), duty=self.duty, rules=self.rules)

    def promised(self):
        if self.trouble == "mute":
            raise OSError
        return Promised(
            self.opens, Figures(back_by="tomorrow", opens="tomorrow"), self.opens is not Opens.NOBODY
        )

    def recipients(self):
        return self.keys

    def ask(self, *, phones):
        if self.trouble == "slow":
            tell(asks=True)
            self.may_go_on.wait()
        never = frozenset(f"person:{one.person}" for one in self.duty if one.person not in phones)
        return self._ask(Side(never=never), Way.NUMBER, None)

    def ask_back(self, sealed):
        return self._ask(Side(), Way.PHONE, clock.now() + DAY)

    def _ask(self, side, way, back_by):
        call = secrets.token_hex(4)
        self._happens(Asked(call, side, way, back_by))
        return Held("box", "secret", call)

    def look(self, held):
        self._happens(Tick())
        call = self.board.calls[held.call]
        minutes = queue.minutes(self.board, call.id, self.duty, 20, at=clock.now())
        return Look(call.state, call.offer.to if call.offer else None, call.by, minutes)

    def back(self, held, sealed):
        self._happens(WantsBack(held.call, clock.now() + DAY))

    def leave(self, held):
        if self.board.calls[held.call].state is not State.ENDED:
            self._happens(Over(held.call))

    def take(self, held, person):
        self._happens(Took(held.call, person))

    def decline(self, held, person):
        self._happens(Declined(held.call, person))

    def hand_over(self, held, person):
        self._happens(HandedOver(held.call, person))

    def began(self, held):
        self._happens(Began(held.call))

    def over(self, held, person):
        self._happens(Over(held.call, person))


__all__ = ["EngineDesk", "NotNow"]
