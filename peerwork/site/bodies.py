"""A body comes in whole, or not at all.

A phone in a tunnel sends half a form and is gone. Neither the web server nor Django minds: the half would be
saved as if it were all. So whoever reads a body that ends too early is told so, and nothing is kept of it.
"""

from collections.abc import Callable, Iterator
from typing import Any


class CutOff(OSError):
    """The connection ended before the body did. Django makes an UnreadablePostError of it."""


class WholeBody:
    """Reads as `wsgi.input` does (PEP 3333). Raises CutOff where fewer bytes come than were announced."""

    def __init__(self, source: Any, announced: int) -> None:
        self.source, self.left = source, announced

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        parts = []
        while wanted > 0:
            part = self._counted(self.source.read(wanted))
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        wanted = self.left if size is None or size < 0 else min(size, self.left)
        return self._counted(self.source.readline(wanted)) if wanted else b""

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _counted(self, part: bytes) -> bytes:
        if not part:
            raise CutOff
        self.left -= len(part)
        return part


def only_whole(application: Callable[..., Any]) -> Callable[..., Any]:
    """The WSGI application, with every announced body read whole or refused."""

    def answered(environ: dict[str, Any], start_response: Any) -> Any:
        announced = environ.get("CONTENT_LENGTH") or ""
        if announced.isdecimal() and announced.isascii():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(announced))
        return application(environ, start_response)

    return answered
