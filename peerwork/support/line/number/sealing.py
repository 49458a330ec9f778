"""A caller's number and words, sealed to whoever is on duty before anything keeps them."""

import json
from collections.abc import Iterable

import pyrage

# As long as a number that was left on the page (static/line/number.js), and opened by the same hand.
PAGE = 512


def number(said: str, *, dial: str, recipients: Iterable[str]) -> bytes:
    """With the token that lets the line dial it. Raises ValueError where nobody could open it."""
    return _sealed(json.dumps({"number": said, "dial": dial}).encode().ljust(PAGE), recipients)


def words(wav: bytes, *, recipients: Iterable[str], size: int) -> bytes:
    """Every message has one size, so that none tells how long somebody spoke. Raises ValueError."""
    if len(wav) > size:
        raise ValueError("This message is longer than messages are.")
    return _sealed(wav.ljust(size, b"\0"), recipients)


def _sealed(plain: bytes, recipients: Iterable[str]) -> bytes:
    keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
    if not keys:
        raise ValueError("Nobody is on duty who could open this.")
    sealed: bytes = pyrage.encrypt(plain, keys)
    return sealed
