"""A call in words of JSON, for either side. What leaves without a name has one size, or a few of them."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from peerwork.ground.ui.words import when
from peerwork.support.line import relay
from peerwork.support.line.engine.words import Seconds, State, Way
from peerwork.support.line.switchboard import clock
from peerwork.support.line.switchboard.board import HAD
from peerwork.support.line.switchboard.calls import Look

BUCKET = 4096


def call_of(look: Look) -> dict[str, Any]:
    call = look.call
    return {
        "state": call.state,
        "way": call.way,
        "why": call.why,
        "end": call.end,
        "ahead": look.ahead,
        "minutes": look.minutes,
        "key": look.key,
        "back_by_says": by_when(call.back_by, at=look.at) if call.state is State.BACK else "",
        "n": look.n,
        "messages": [{"n": one.n, "sealed": one.sealed} for one in look.messages],
        "channel": look.channel,
        "relay": relay.credentials(look.channel) if call.way is Way.VOICE and call.state in HAD else None,
    }


def by_when(then: Seconds | None, *, at: Seconds) -> str:
    """Tuesday 24 November, 6 p.m. To the hour on the clock of whoever reads it, and never later than it is."""
    return "" if then is None else when(_to_the_minute(then, at).replace(minute=0))


def until_when(then: Seconds, *, at: Seconds) -> str:
    """Tuesday 24 November, 10:30 p.m. To the minute."""
    return when(_to_the_minute(then, at))


def _to_the_minute(then: Seconds, at: Seconds) -> datetime:
    """The nearest: two clocks that are read one after the other differ by a little."""
    near = clock.on_the_wall(then, clock=at) + timedelta(seconds=30)
    return localtime(near).replace(second=0, microsecond=0)


def padded(said: dict[str, Any], status: int = 200) -> HttpResponse:
    """Whoever watches the line sees that something was said, and not how much."""
    bare = json.dumps(said | {"pad": ""}, separators=(",", ":"))
    pad = "0" * (-len(bare.encode()) % BUCKET)
    text = f'{bare[:-2]}{pad}"}}'
    response = HttpResponse(text, status=status, content_type="application/json")
    # Already of one size: pressed together it would have another.
    response.headers["Content-Encoding"] = "identity"
    return response
