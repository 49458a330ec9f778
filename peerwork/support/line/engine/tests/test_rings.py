"""What is told to whom. Sam fears a phone that goes on ringing when somebody else has taken the call."""

from peerwork.support.line.engine.rings import changed, ringing
from peerwork.support.line.engine.tests.conftest import asks, talks
from peerwork.support.line.engine.words import Board, Declined, Over, Took


def told(line, event):
    before = line.board
    line.do(event)
    return ringing(before, line.board)


def test_it_stops_at_rosa_and_starts_at_sam(line):
    asks(line)
    assert ringing(Board(), line.board) == ({"rosa": "ash"}, {})
    assert told(line, Declined("ash", "rosa")) == ({"sam": "ash"}, {"rosa": "ash"})
    assert told(line, Took("ash", "sam")) == ({}, {"sam": "ash"})


def test_another_call_at_the_same_person_is_another_ring(line):
    line.goes_home("sam")
    asks(line, "ash")
    asks(line, "kas")
    assert told(line, Over("ash")) == ({"rosa": "kas"}, {"rosa": "ash"})


def test_only_the_calls_that_changed_are_told(line):
    talks(line, "kim", by="rosa")
    before = line.board
    asks(line, "ash")
    assert changed(before, line.board) == {"ash"}
    assert changed(line.board, line.board) == set()
    assert changed(line.board, Board()) == {"kim", "ash"}
