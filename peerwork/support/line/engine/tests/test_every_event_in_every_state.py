"""What each event does in each state: where the call is then, `same` if nothing changed, `–` for NotNow.

Rosa is whom it rings at, who has it, or who owns it. Sam is second on call; while it waits, both talk to others. A
number was left, so what is handed over is rung back by somebody else; without one: test_how_it_goes.py.
"""

import pytest

from peerwork.support.line.engine.steps import step
from peerwork.support.line.engine.tests.conftest import asks, talks
from peerwork.support.line.engine.words import (
    Asked,
    Began,
    CameBack,
    Declined,
    HandedOver,
    NotNow,
    Over,
    Side,
    Tick,
    Took,
    Unreached,
    WantsBack,
    Way,
    WentAway,
)

LATER = 1e6
EVENTS = {
    "asked again": Asked("ash", Side(), Way.CHAT),
    "declined": Declined("ash", "rosa"),
    "took": Took("ash", "rosa"),
    "began": Began("ash"),
    "handed over": HandedOver("ash", "rosa"),
    "handed to sam": HandedOver("ash", "rosa", "sam"),
    "caller away": WentAway("ash", person=False),
    "person away": WentAway("ash", person=True),
    "caller back": CameBack("ash", person=False),
    "person back": CameBack("ash", person=True),
    "wants back": WantsBack("ash", LATER),
    "unreached": Unreached("ash", "rosa"),
    "over, caller": Over("ash"),
    "over, person": Over("ash", "rosa"),
    "tick": Tick(),
}
TABLE = """
                 asked    offered  taken    talking  back     ended
asked again      same     same     same     same     same     same
declined         –        offered  –        –        back     –
took             –        taken    same     same     taken    –
began            –        –        talking  same     –        –
handed over      –        –        back     back     –        –
handed to sam    –        –        back     back     –        –
caller away      asked    offered  taken    talking  back     –
person away      –        –        taken    talking  –        –
caller back      same     same     same     same     same     –
person back      –        –        same     same     –        –
wants back       back     back     back     back     back     –
unreached        –        –        back     –        back     –
over, caller     ended    ended    ended    ended    ended    –
over, person     –        –        ended    ended    –        –
tick             same     same     same     same     same     same
"""
HEAD, *LINES = TABLE.strip().splitlines()
CELLS = [
    (state, line[:15].strip(), then)
    for line in LINES
    for state, then in zip(HEAD.split(), line[15:].split(), strict=True)
]
BY_SOMEBODY_ELSE = [
    Declined("ash", "kas"), Took("ash", "kas"), HandedOver("ash", "kas"), HandedOver("ash", "kas", "sam"),
    Unreached("ash", "kas"), Over("ash", "kas"),
]  # fmt: skip


def brought_to(line, state):
    if state == "asked":
        talks(line, "kim", by="rosa")
        talks(line, "jude", by="sam")
    asks(line, back_in=24)
    steps = {
        "taken": [Took("ash", "rosa")],
        "talking": [Took("ash", "rosa"), Began("ash")],
        "back": [WantsBack("ash", line.at + 60)],
        "ended": [Over("ash")],
    }
    for event in steps.get(state, []):
        line.do(event)
    assert line.board.calls["ash"].state == state
    return line


def after(line, event):
    try:
        board = step(line.board, event, at=line.at, duty=line.on.values(), rules=line.rules)
    except NotNow:
        return "–"
    return "same" if board is line.board else str(board.calls["ash"].state)


@pytest.mark.parametrize(("state", "event", "then"), CELLS)
def test_what_each_event_does_in_each_state(line, state, event, then):
    assert after(brought_to(line, state), EVENTS[event]) == then


def test_the_table_leaves_nothing_out():
    assert {event for _state, event, _then in CELLS} == EVENTS.keys()


@pytest.mark.parametrize("state", HEAD.split())
@pytest.mark.parametrize("event", BY_SOMEBODY_ELSE, ids=lambda event: type(event).__name__)
def test_what_is_somebody_elses_is_never_touched(line, state, event):
    assert after(brought_to(line, state), event) == "–"


@pytest.mark.parametrize("event", [event for event in EVENTS.values() if not isinstance(event, Asked | Tick)])
def test_nothing_happens_to_a_call_that_nobody_made(line, event):
    assert after(line, event) == "–"
