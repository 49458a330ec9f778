"""What is counted of a call that is over: a few names, each counted alone. No second of it is kept.

Below the switchboard, which counts in memory; after/counts.py writes down what waits there.
"""

from functools import cache

from peerwork.ground.packs import packs
from peerwork.support.line.engine.words import Call, End, Seconds, Why

MINUTE = 60
# Up to how many minutes somebody waited for a person, by the band's code.
WAITS = {"under_1": 1, "1_3": 3, "3_10": 10}
LONGEST_WAIT = "over_10"


def names_of(call: Call) -> tuple[str, ...]:
    """`way.chat`, `end.talked`, `wait.1_3`, `length.15_30`, `promise.kept`, `back.in_time`: of a call that has ended.

    Whoever left before anybody came kept us from keeping the promise, and where nobody was on none was made: neither.
    """
    names = [f"way.{call.way}"]
    if call.end is not None:
        names.append(f"end.{call.end}")
    return (*names, *_of_the_talk(call), *_of_the_promise(call))


def wait_band(seconds: Seconds) -> str:
    return next((band for band, most in WAITS.items() if seconds < most * MINUTE), LONGEST_WAIT)


def length_band(seconds: Seconds) -> str:
    """By the bands of the pack. The last one has no end."""
    ends = _lengths()
    return next((band for band, most in ends if most is not None and seconds < most * MINUTE), ends[-1][0])


@cache
def _lengths() -> tuple[tuple[str, int | None], ...]:
    """Each band of the pack with the minutes it ends at: `under_5` at 5, `5_15` at 15, `over_60` never."""
    codes = packs.load("support_line")["minutes_bands"]
    return tuple((code, None if code.startswith("over") else int(code.rpartition("_")[2])) for code in codes)


def _of_the_talk(call: Call) -> list[str]:
    """Whoever left a number was rung back, in time or not at all: nobody waits for that, nor hears how long it was."""
    if call.back_by is not None:
        return ["back.in_time"] if call.end == End.TALKED else []
    if call.talked_from is None or call.ended_at is None:
        return []
    wait, length = call.talked_from - call.asked_at, call.ended_at - call.talked_from
    return [f"wait.{wait_band(wait)}", f"length.{length_band(length)}"]


def _of_the_promise(call: Call) -> list[str]:
    """Kept: talked at once, or rung back. A call-back that is late has expired, so none is ever both."""
    is_in_vain = call.end == End.NO_WAY_BACK and (call.why == Why.NO_ANSWER or _was_somebody_on(call))
    if call.end == End.EXPIRED or is_in_vain:
        return ["promise.broken"]
    was_there = call.talked_from is not None or call.end in {End.TALKED, End.UNREACHED}
    return ["promise.kept"] if was_there else []


def _was_somebody_on(call: Call) -> bool:
    """Whoever waits in vain from the first moment on was told that nobody is there."""
    return call.waits_since > call.asked_at
