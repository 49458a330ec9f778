"""The house's clock in the tests, and what the kernel's own clock would have shown."""

from bisect import bisect_right
from datetime import UTC, datetime

import time_machine

OPENS = datetime(2026, 10, 4, 14, tzinfo=UTC)  # midnight in Melbourne
ENDS = datetime(2027, 1, 1, 16, 7, tzinfo=UTC)
HOUR, DAY, WEEK = 3600, 86400, 7 * 86400
JIFFY = 4_000_000


class Clock:
    """The house's clock, moved on from one thing to the next; never back."""

    def __init__(self):
        self.moved, self.real = [], []
        self.at = OPENS.timestamp()
        self.traveller = time_machine.travel(OPENS, tick=False)

    def __enter__(self):
        self.hand = self.traveller.start()
        self.to(self.at)
        return self

    def __exit__(self, *_error):
        self.traveller.stop()

    def to(self, moment):
        self.at = max(self.at, moment)
        self.real.append(time_machine.escape_hatch.time.time_ns())
        self.moved.append(self.at)
        self.hand.move_to(self.at)

    def told_by(self, kernel_ns):
        """The moment on the house's clock that the kernel wrote down as this one."""
        return self.moved[max(0, bisect_right(self.real, kernel_ns + JIFFY) - 1)]
