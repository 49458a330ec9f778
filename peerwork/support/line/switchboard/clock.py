"""One clock that only goes forward, also while the machine sleeps. It says nothing about which day it is."""

import time
from datetime import UTC, datetime, timedelta

# Where there is none that counts the sleep, the one that does not.
_WHICH = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> float:
    """Seconds since the machine was started."""
    return time.clock_gettime(_WHICH)


def on_the_wall(then: float, *, clock: float) -> datetime:
    """What a watch shows then, if it is `clock` now."""
    return datetime.now(UTC) + timedelta(seconds=then - clock)
