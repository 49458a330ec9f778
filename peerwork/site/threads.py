"""The pages, which are made in threads, on the event loop that also holds the live streams.

A WSGI application as an ASGI one. Small bodies and whole answers go through the loop in one piece, so a slow phone
keeps no thread waiting; a large body is read piece by piece while the page asks for it.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from peerwork.site.hands import Hands

type Said = dict[str, Any]
type Receive = Callable[[], Awaitable[Said]]
type Send = Callable[[Said], Awaitable[None]]

# What is smaller than this goes in one piece, either way.
PIECE = 64 * 1024
# A body whose next piece does not come in so many seconds is cut off.
PATIENCE = 20.0
# And so is one that comes slower than this all in all, in bytes a second. It keeps a thread as long as it comes.
SLOWEST = 2000
ALONE = frozenset({"content-type", "content-length"})


class Answer(NamedTuple):
    """What the page said: all of it where it is small, else the beginning and what makes the rest."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    rest: Iterator[bytes] | None
    close: Callable[[], None]


class LargeBody(io.RawIOBase):
    """Reads, in a thread, what comes in on the loop. Ends where nothing more comes, whole or not (bodies.py asks)."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop, announced: int) -> None:
        self._receive, self._loop = receive, loop
        self._has, self._more = b"", True
        self._until = monotonic() + longest(announced)

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while not self._has and self._more:
            self._has, self._more = self._next()
        size = min(len(room), len(self._has))
        room[:size], self._has = self._has[:size], self._has[size:]
        return size

    def _next(self) -> tuple[bytes, bool]:
        asked = asyncio.run_coroutine_threadsafe(piece(self._receive), self._loop)
        try:
            return asked.result(timeout=min(PATIENCE, max(0.0, self._until - monotonic())))
        except TimeoutError:
            asked.cancel()
            return b"", False


class InThreads:
    """Each request has one of the threads while its page is made. Those with large bodies share half of them: who
    sends byte after byte keeps nobody else from a page."""

    def __init__(self, application: Callable[..., Iterable[bytes]], threads: int) -> None:
        self.application, self.hands = application, Hands(threads)
        self._large = asyncio.Semaphore(max(1, threads // 2))

    async def __call__(self, scope: Said, receive: Receive, send: Send) -> None:
        environ = environment(scope)
        if announced(environ) > PIECE:
            async with self._large:
                environ["wsgi.input"] = large_body(environ, receive)
                answer = await self.hands.do(self._answer, environ)
        else:
            environ["wsgi.input"] = await small_body(environ, receive)
            answer = await self.hands.do(self._answer, environ)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.rest is None:
            await send({"type": "http.response.body", "body": answer.body})
        else:
            await self._in_pieces(answer, send)

    async def _in_pieces(self, answer: Answer, send: Send) -> None:
        part: bytes = answer.body
        try:
            while part:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await self.hands.do(next_piece, answer.rest)
            await send({"type": "http.response.body", "body": b""})
        finally:
            await self.hands.do(answer.close)

    def _answer(self, environ: Said) -> Answer:
        """Runs in a thread. What is small is closed here, as WSGI asks for: then the page is done with."""
        started: list[Any] = []
        made = self.application(environ, lambda *said: started.extend(said[:2]))
        close = getattr(made, "close", lambda: None)
        try:
            parts = iter(made)
            body = next_piece(parts)
            rest = chain([more], parts) if (more := next_piece(parts)) else None
        except BaseException:
            close()
            raise
        if rest is None:
            close()
        status, headers = started
        plain = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return Answer(int(status[:3]), plain, body, rest, close)


def next_piece(parts: Iterator[bytes] | None) -> bytes:
    """As much as goes in one piece. Nothing: that was all."""
    found, size = [], 0
    for part in parts or ():
        found.append(part)
        size += len(part)
        if size >= PIECE:
            break
    return found[0] if len(found) == 1 else b"".join(found)


async def piece(receive: Receive) -> tuple[bytes, bool]:
    """The next bytes of a body, and whether there may be more. A connection that ended has none."""
    said = await receive()
    return said.get("body", b""), said["type"] == "http.request" and said.get("more_body", False)


def announced(environ: Said) -> int:
    return int(environ.get("CONTENT_LENGTH") or 0)


def large_body(environ: Said, receive: Receive) -> io.BufferedReader:
    return io.BufferedReader(LargeBody(receive, asyncio.get_running_loop(), announced(environ)), PIECE)


async def small_body(environ: Said, receive: Receive) -> io.BytesIO:
    """A body that was not announced is not read (PEP 3333), nor what comes beyond it. Too slow is cut off."""
    parts, left = [], announced(environ)
    if left:
        with suppress(TimeoutError):
            async with asyncio.timeout(longest(left)):
                while left > 0:
                    part, more = await piece(receive)
                    parts.append(part[:left])
                    left = left - len(part) if more else 0
    return io.BytesIO(b"".join(parts))


def longest(announced: int) -> float:
    """How many seconds a body of so many bytes may take."""
    return PATIENCE + announced / SLOWEST


def environment(scope: Said) -> Said:
    """The request as WSGI tells it, but for where it came from: the server needs no address of anybody."""
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    host, port = scope.get("server") or ("localhost", 80)
    told = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add_header(told, name.decode("latin-1"), value.decode("latin-1"))
    return told


def _add_header(told: Said, name: str, value: str) -> None:
    """One with an underscore could pass for another that a proxy vouches for, so it is left out."""
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    if name.lower() in ALONE:
        told[key] = value
    else:
        key = f"HTTP_{key}"
        told[key] = f"{told[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in told else value
