"""Somebody is to be rung back: their number is sealed to the shift, and nothing else keeps it."""

from dataclasses import replace

from peerwork.support.line.engine.words import NotNow
from peerwork.support.line.number import dials, sealing
from peerwork.support.line.number.desk import Desk, Held


def keep(number: str, found: Held | None, desk: Desk) -> Held:
    """Of whoever holds, or asked anew. Raises Busy, and ValueError where nobody could open it."""
    token = dials.new_token()
    sealed = sealing.number(number, dial=token, recipients=desk.recipients())
    kept = _held_back(found, sealed, desk) or desk.ask_back(sealed)
    dials.allow(kept.call, number, token)
    return replace(kept, is_promised=True)


def _held_back(found: Held | None, sealed: bytes, desk: Desk) -> Held | None:
    """None: nobody holds any more, and it is asked anew."""
    try:
        if found:
            desk.back(found, sealed)
    except NotNow:
        return None
    return found
