"""One stream of server-sent events, as an ASGI application: /live/<channel>/. No cookie is read, nothing written down.

A channel that nobody ever speaks on has the same stream as any other. It only stays silent.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from peerwork.ground.live.hub import Bell, Full, Hub

type Said = dict[str, Any]
type Receive = Callable[[], Awaitable[Said]]
type Send = Callable[[Said], Awaitable[None]]

ADDRESS = re.compile(r"/live/([0-9a-f]{32})/", re.ASCII)
KEEP_ALIVE = 20.0
# How soon a browser asks again when the stream broke off, in milliseconds.
LOOK = b"event: look\ndata:\n\n"
# Whatever happened just before it began is looked at too.
BEGINNING = b"retry: 3000\n" + LOOK
STILL_HERE = b":\n\n"

PLAIN = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
# The last one asks a proxy to pass on each word as it comes.
STREAM = [*PLAIN, (b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]


async def live(hub: Hub, scope: Said, receive: Receive, send: Send) -> None:
    """Answers 404 to what is no channel, 405 to what is no GET, 503 where too many listen."""
    found = ADDRESS.fullmatch(scope["path"])
    if found is None:
        await _refuse(send, 404)
    elif scope["method"] != "GET":
        await _refuse(send, 405)
    else:
        try:
            with hub.listening(found[1]) as bell:
                await _tell(hub, bell, receive, send)
        except Full:
            await _refuse(send, 503)


async def _tell(hub: Hub, bell: Bell, receive: Receive, send: Send) -> None:
    leaving = asyncio.create_task(_gone(receive))
    leaving.add_done_callback(lambda _task: bell.ring())
    try:
        await send({"type": "http.response.start", "status": 200, "headers": STREAM})
        await _say(send, BEGINNING)
        while not (leaving.done() or hub.is_closing):
            rang = await bell.heard(within=KEEP_ALIVE)
            if not (leaving.done() or hub.is_closing):
                await _say(send, LOOK if rang else STILL_HERE)
        if hub.is_closing:
            await send({"type": "http.response.body", "body": b""})
    finally:
        leaving.cancel()


async def _gone(receive: Receive) -> None:
    """Returns when whoever listened has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, words: bytes) -> None:
    await send({"type": "http.response.body", "body": words, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [*PLAIN, (b"content-length", b"0"), *([(b"retry-after", b"5")] if status == 503 else [])]  # noqa: PLR2004
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
