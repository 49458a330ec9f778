"""After a call: what whoever answered may do for themselves. Nothing of the call comes here. Nobody asks why."""

from datetime import datetime

from peerwork.support.line.roster import load, rest


def that_was_hard(person) -> datetime:
    """They are off for a whole rest at least, and it weighs like a shift in what is offered next. Twice is once.

    Returns when they can be rung again.
    """
    if over := rest.over_for(person):
        return over
    load.add(person, load.HARD)
    return rest.rest_well(person)
