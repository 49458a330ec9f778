"""A caller's number and words, sealed to whoever is on duty before anything keeps them.

Beside the number lies its dial-back token. The line dials no number that comes without one, so that nobody can have it
ring strangers; and a token lives for a day at most. The server holds the key of the tokens, and no number.
"""

import hmac
import json
from collections.abc import Iterable

import pyrage

from peerwork.support.line.number import store
from peerwork.support.line.switchboard import clock

# As long as a number that was left on the page (static/line/number.js), and opened by the same hand.
PAGE = 512
DIAL_BACK = 24 * 3600


class NotGood(Exception):
    """The token is not of this number, or its day is over."""


def number(said: str, *, recipients: Iterable[str]) -> bytes:
    """Raises ValueError where nobody could open it."""
    inside = {"number": said, "dial": dial_token(said)}
    return _sealed(json.dumps(inside).encode().ljust(PAGE), recipients)


def words(wav: bytes, *, recipients: Iterable[str], size: int) -> bytes:
    """Every message has one size, so that none tells how long somebody spoke. Raises ValueError."""
    if len(wav) > size:
        raise ValueError("This message is longer than messages are.")
    return _sealed(wav.ljust(size, b"\0"), recipients)


def dial_token(said: str) -> str:
    until = int(clock.now()) + DIAL_BACK
    return f"{until}.{_mark(said, until)}"


def check_dial_token(said: str, token: str) -> None:
    """Raises NotGood."""
    until, _dot, mark = token.partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) <= 12):  # noqa: PLR2004 — seconds of a clock
        raise NotGood
    if not hmac.compare_digest(
        _mark(said, int(until)).encode(), mark.encode(errors="replace")
    ) or clock.now() >= int(until):
        raise NotGood


def _mark(said: str, until: int) -> str:
    return hmac.new(store.own_key(), f"{until}|{said}".encode(errors="replace"), "sha256").hexdigest()


def _sealed(plain: bytes, recipients: Iterable[str]) -> bytes:
    keys = [pyrage.x25519.Recipient.from_str(key) for key in recipients]
    if not keys:
        raise ValueError("Nobody is on duty who could open this.")
    sealed: bytes = pyrage.encrypt(plain, keys)
    return sealed
