"""Whoever asks, and whoever answers, as their devices do it."""

import secrets
from contextlib import suppress

from peerwork.support.line.engine.words import NotNow, Side, State, Way
from peerwork.support.line.switchboard import calls, rings


class Caller:
    """One who asks, with a box and a secret of their own making."""

    def __init__(self, way=Way.CHAT, *, back_by=None, **side):
        self.box, self.secret = secrets.token_hex(16), secrets.token_hex(32)
        self.said = {"side": Side(**{name: frozenset(marks) for name, marks in side.items()}), "way": way}
        self.said |= {"key": "k" * 87, "back_by": back_by, "sealed": "sealed" if back_by else ""}
        self.call = self.again()

    def again(self):
        return calls.ask(self.box, self.secret, **self.said)

    def look(self, after=0):
        return calls.look(self.box, self.secret, after)

    def say(self, words, once=None):
        return calls.say(self.box, self.secret, words, once or secrets.token_hex(8))

    @property
    def state(self):
        return self.look().call.state


def takes(person, caller, key="p" * 87):
    return calls.take(caller.call, str(person.pk), key)


def rings_at(person):
    return [call.id for call in rings.rings(str(person.pk)).rings]


def answers_what_rings(person):
    """Take the first that rings, if any does. Returns it."""
    with suppress(NotNow):
        for call in rings_at(person):
            calls.take(call, str(person.pk))
            return call
    return None


def ends_what_they_have(person):
    for mine in rings.rings(str(person.pk)).mine:
        calls.over(mine.call.id, str(person.pk))


def is_settled(state):
    return state in {State.ENDED, State.BACK}
