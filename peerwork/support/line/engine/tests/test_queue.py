"""What is said to whoever waits. Ash fears to wait for something that will not come; so a figure is honest, or none."""

import pytest

from peerwork.support.line.engine import queue
from peerwork.support.line.engine.tests.conftest import asks, talks
from peerwork.support.line.engine.tests.evening import HOUR
from peerwork.support.line.engine.words import Side, Tick


@pytest.fixture
def busy_line(line):
    """Rosa and Sam are talking, and two more wait."""
    talks(line, "kim", by="rosa")
    talks(line, "jude", by="sam")
    asks(line, "kas")
    asks(line, "ash")
    return line


def duty(line):
    return line.on.values()


def minutes(line, name, usual=20.0):
    return queue.minutes(line.board, name, duty(line), usual, at=line.at)


def test_who_asked_before_is_ahead(busy_line):
    assert [queue.ahead(busy_line.board, name, duty(busy_line)) for name in ("kas", "ash")] == [0, 1]


def test_who_waits_for_somebody_else_is_not_ahead(busy_line):
    asks(busy_line, "fran", side=Side(only=frozenset({"person:sam"})))
    asks(busy_line, "morgan", side=Side(only=frozenset({"person:rosa"})))
    assert queue.ahead(busy_line.board, "morgan", duty(busy_line)) == 2


def test_two_who_talk_for_twenty_minutes_are_free_every_ten(busy_line):
    assert [minutes(busy_line, name) for name in ("kas", "ash")] == [10, 20]


def test_the_figure_is_rounded_up_to_five(busy_line):
    assert minutes(busy_line, "kas", usual=11.0) == 10


def test_there_is_no_wait_while_it_rings(line):
    asks(line)
    assert minutes(line, "ash") == 0


def test_nobody_is_told_a_figure_that_nobody_knows(busy_line):
    assert minutes(busy_line, "ash", usual=None) is None
    assert minutes(busy_line, "kim") is None


def test_nobody_is_told_to_wait_for_who_will_have_gone_home(busy_line):
    busy_line.at += 3 * HOUR + 55 * 60
    assert [minutes(busy_line, name) for name in ("kas", "ash")] == [None, None]


def test_nobody_is_told_to_wait_where_nobody_is_on(nobody_on):
    asks(nobody_on)
    nobody_on.do(Tick())
    assert minutes(nobody_on, "ash") is None
    assert queue.ahead(nobody_on.board, "ash", ()) == 0
