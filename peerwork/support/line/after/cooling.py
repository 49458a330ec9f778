"""After a call: what whoever answered may do for themselves. Nothing of the call comes here. Nobody asks why."""

from django.utils.translation import gettext as _

from peerwork.support.line.roster import load, rest

# About one shift first on call, and about two in a week.
LITTLE, A_LOT = load.HARD, 3 * load.HARD


def that_was_hard(person) -> None:
    """The rest of the day is free, and it weighs like a shift in what is offered next. Twice is once."""
    if is_resting(person):
        return
    rest.rest_today(person)
    load.add(person, load.HARD)


def is_resting(person) -> bool:
    return rest.last_day_of(person) is not None


def load_in_words(person) -> str:
    """For the person alone. No figure: it would ask to be compared."""
    points = load.load_of(person)
    if points < LITTLE:
        return _("You carried little of the line lately.")
    if points < A_LOT:
        return _("You carried a fair part of the line lately.")
    return _("You carried a lot of the line lately. Others are asked before you are.")
