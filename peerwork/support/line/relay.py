"""Ten minutes to get into the relay: for whoever talks, and with nothing in it about who that is.

What is written here was agreed for TURN servers in draft-uberti-behave-turn-rest-00. coturn checks it by itself, so the
relay never asks the web who may come in, and the web never learns who came. A talk that has begun may last longer.
"""

import base64
import hmac
import time
from typing import TypedDict

from django.conf import settings

LASTS = 600


class Relay(TypedDict):
    """As a browser takes it for an ICE server."""

    urls: list[str]
    username: str
    credential: str


def credentials(side: str = "") -> Relay | None:
    """None where the network has no relay, or it has not started yet.

    `side`: a word by lot for one side of one talk. Within a minute it gets the same name again, and the relay gives
    few places to a name: so nobody who looks often takes the places of everybody.
    """
    chosen = settings.OPTIONS
    secret = _secret()
    if not chosen.relay or not secret:
        return None
    urls = [f"turn:{chosen.relay}?transport=udp", f"turn:{chosen.relay}?transport=tcp"]
    if chosen.relay_certificate:
        urls.append(f"turns:{chosen.relay}?transport=tcp")
    until = int(time.time()) // 60 * 60 + LASTS
    name = f"{until}:{hmac.digest(secret.encode(), side.encode(), 'sha256')[:8].hex()}"
    return {"urls": urls, "username": name, "credential": sealed(name, secret=secret)}


def sealed(name: str, *, secret: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), name.encode(), "sha1")).decode()


def _secret() -> str:
    try:
        return settings.OPTIONS.relay_secret or settings.OPTIONS.relay_key.read_text()
    except FileNotFoundError:
        return ""
