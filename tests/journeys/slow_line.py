"""A line to a house on which some answers take their time: the browser has asked, and goes on waiting."""

import socket
import time
from contextlib import closing, contextmanager, suppress

from tests.journeys.tapped import Tap, _pass_on


class SlowLine(Tap):
    """`slow` says what is answered late, by how a request begins, and by how many seconds."""

    def __init__(self, house):
        self.slow = {}
        super().__init__(house)

    def many(self, beginning):
        return sum(stream.count(beginning) for stream in self.sent)

    def is_asked(self, beginning, *, since=0, within=10.0):
        """Whether somebody asks for this before long, once more than `since`."""
        until = time.monotonic() + within
        while self.many(beginning) <= since and time.monotonic() < until:
            time.sleep(0.02)
        return self.many(beginning) > since

    def _listen(self):
        with suppress(OSError):
            while True:
                near, _from = self.ear.accept()
                far = socket.create_connection(("127.0.0.1", self.house.port))
                self.ends += [near, far]
                self.sent.append(bytearray())
                self._join(near, far, self.sent[-1])

    def _join(self, near, far, stream):
        waits = [0.0]

        def asks(some):
            stream.extend(some)
            waits[0] = max(
                (late for begins, late in self.slow.items() if some.startswith(begins)), default=0.0
            )

        def answers(_some):
            time.sleep(waits[0])
            waits[0] = 0.0

        self._start(_pass_on, near, far, asks)
        self._start(_pass_on, far, near, answers)


@contextmanager
def slow_line(house):
    with closing(SlowLine(house)) as line:
        yield line
