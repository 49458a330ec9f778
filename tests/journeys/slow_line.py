"""A line to a house on which some answers take their time: the browser has asked, and goes on waiting."""

import socket
import time
from contextlib import closing, contextmanager, suppress
from threading import Event

from tests.journeys.tapped import Tap, _pass_on


class SlowLine(Tap):
    """Answers to what begins like one of `slow` come late, by so many seconds."""

    slow, late = (), 0.0

    def hold(self, *slow, late):
        self.slow, self.late = slow, late

    def is_asked(self, beginning, within=10.0):
        """Whether somebody asks for this before long."""
        until = time.monotonic() + within
        while not (asked := any(beginning in stream for stream in self.sent)) and time.monotonic() < until:
            time.sleep(0.02)
        return asked

    def _listen(self):
        with suppress(OSError):
            while True:
                near, _from = self.ear.accept()
                far = socket.create_connection(("127.0.0.1", self.house.port))
                self.ends += [near, far]
                self.sent.append(bytearray())
                self._join(near, far, self.sent[-1], Event())

    def _join(self, near, far, stream, waits):
        def asks(some):
            stream.extend(some)
            (waits.set if some.startswith(self.slow) else waits.clear)()

        def answers(_some):
            if waits.is_set():
                time.sleep(self.late)
                waits.clear()

        self._start(_pass_on, near, far, asks)
        self._start(_pass_on, far, near, answers)


@contextmanager
def slow_line(house):
    with closing(SlowLine(house)) as line:
        yield line
