"""A quarter of the line, as a funder reads it: how often it was rung, somebody talked, and we kept our word.

Elsewhere a number of people may be shown from five contacts of three people on. Here nobody knows how many people rang,
and that is how it should be. Somebody who rings once a week is thirteen calls in a quarter. So under twenty calls
nothing is shown, and what is shown is cut to fives: one call more or less is not seen, nor is it by subtracting.
"""

from dataclasses import dataclass

from peerwork.ground.tallies import tallies
from peerwork.support.line.after.counts import UNDER

ENOUGH = 20
IN_STEPS_OF = 5


@dataclass(frozen=True)
class Quarter:
    """Calls, in fives. `kept`: of a hundred promises, in fives. None: too few to say."""

    asked: int | None
    talked: int | None
    kept: int | None


def of(quarter: str) -> Quarter:
    """Of a quarter as its tallies stand; frozen with it (insight/returns)."""
    found = tallies.of_quarter(quarter, under=f"{UNDER}.")
    kept, broken = (found.get(f"{UNDER}.promise.{how}", 0) for how in ("kept", "broken"))
    promised = kept + broken
    return Quarter(
        asked=_shown(found.get(f"{UNDER}.asked", 0)),
        talked=_shown(found.get(f"{UNDER}.end.talked", 0)),
        kept=_in_fives(100 * kept // promised) if promised >= ENOUGH else None,
    )


def _shown(calls: int) -> int | None:
    return _in_fives(calls) if calls >= ENOUGH else None


def _in_fives(number: int) -> int:
    return number // IN_STEPS_OF * IN_STEPS_OF
