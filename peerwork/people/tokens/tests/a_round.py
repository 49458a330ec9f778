"""A round that is open, and a device in Python to draw in it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from django.utils.timezone import localdate

from peerwork.ground.postbox import rounds
from tests.blinding import Client

THEMES, OTHERS = "themes.2026-Q4", "consultation.0123456789ab"


def a_round(called=THEMES, **what):
    today = localdate()
    plain = {
        "audience": "peers", "tokens": 3, "roster": 24, "floor": 20, "price": 1_000_000,
        "opens_on": today - timedelta(days=3), "closes_on": today + timedelta(days=30),
    }  # fmt: skip
    return rounds.open_round(called, **plain | what)


def again(the_round):
    the_round.refresh_from_db()
    return the_round


class Device:
    """Somebody's phone: it makes a batch, sends it, and takes the cover off what comes back."""

    def __init__(self, the_round):
        self.round, self.client = the_round, Client(the_round.modulus)
        self.blinded, self.state = self.client.make(the_round.pk, the_round.tokens)

    def body(self):
        return json.dumps({"blinded": [to_url(one) for one in self.blinded]})

    def finish(self, signatures):
        return self.client.finish(self.state, signatures)


def to_url(plain):
    return urlsafe_b64encode(plain).decode().rstrip("=")


def from_url(text):
    return urlsafe_b64decode(text + "==")
