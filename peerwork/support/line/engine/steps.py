"""One step: what time did, then what somebody did, then what follows. The whole engine is this one function."""

from collections.abc import Iterable

from peerwork.support.line.engine.happening import happened
from peerwork.support.line.engine.settling import settled
from peerwork.support.line.engine.words import Board, Event, Moment, OnDuty, Rules, Seconds


def step(board: Board, event: Event, *, at: Seconds, duty: Iterable[OnDuty], rules: Rules) -> Board:
    """The board after this event. Raises NotNow, and then nothing has changed: time goes on with the next step.

    The same in, the same out. `duty`: everybody who can be rung at this moment.
    """
    on = {one.person: one for one in duty if one.until > at}
    moment = Moment(at, on, rules)
    before = settled(board, moment)
    after = happened(before, event, moment)
    return before if after is before else settled(after, moment)
