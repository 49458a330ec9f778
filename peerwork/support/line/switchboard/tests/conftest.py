"""Rosa and Sam answer the line on a Monday afternoon. Time goes by only when a story says so."""

import dataclasses

import pytest
import time_machine

from conftest import someone
from peerwork.support.line.roster.tests.nights import MONDAY, a_shift
from peerwork.support.line.switchboard import clock, store
from peerwork.support.line.switchboard.tests.stories import Caller


class Watch:
    """The clock of the calls and the one on the wall, which go on together."""

    def __init__(self, wall) -> None:
        self.at, self.wall = 1000.0, wall

    def goes(self, seconds: float) -> None:
        self.at += seconds
        self.wall.shift(seconds)


@pytest.fixture(autouse=True)
def memory(settings, tmp_path):
    """A memory folder for this story alone."""
    settings.OPTIONS = dataclasses.replace(settings.OPTIONS, memory=tmp_path)
    yield tmp_path
    store.let_go()


@pytest.fixture(autouse=True)
def watch(monkeypatch):
    with time_machine.travel(MONDAY, tick=False) as wall:
        watch = Watch(wall)
        monkeypatch.setattr(clock, "now", lambda: watch.at)
        yield watch


@pytest.fixture
def on_call(rosa, sam):
    """Rosa first and Sam second, for the next four hours."""
    return a_shift(first=rosa, second=sam, in_hours=0)


@pytest.fixture
def five(network):
    """Five who answer, for the next eight hours: each has a shift of their own."""
    people = [someone(f"Peer {n}", "peer", "supporter") for n in range(5)]
    for person in people:
        a_shift(first=person, in_hours=0, hours=8)
    return people


@pytest.fixture
def ask():
    return Caller
