"""A line on which Rosa is first on call, and Sam second."""

import pytest

from peerwork.support.line.engine.tests.evening import HOUR, Line
from peerwork.support.line.engine.words import Asked, Began, Side, Took, Turn, Way

NOBODY_IN_PARTICULAR = Side()


@pytest.fixture
def line():
    """Rosa and Sam, for four hours."""
    line = Line()
    line.comes_on("rosa", NOBODY_IN_PARTICULAR)
    line.comes_on("sam", NOBODY_IN_PARTICULAR, turn=Turn.SECOND)
    return line


@pytest.fixture
def nobody_on():
    return Line()


def asks(line, name="ash", *, side=NOBODY_IN_PARTICULAR, way=Way.CHAT, back_in=None):
    """Somebody asks; `back_in` hours they would be rung back. Returns the name of the call."""
    line.do(Asked(name, side, way, None if back_in is None else line.at + back_in * HOUR))
    return name


def talks(line, name="ash", *, by, **how):
    """They ask, and whom it rings at first takes it."""
    asks(line, name, **how)
    line.do(Took(name, by))
    line.do(Began(name))
    return name


def the_call(line, name="ash"):
    return line.board.calls[name]


def rings_at(line, name="ash"):
    offer = the_call(line, name).offer
    return offer and offer.to
