"""A Monday noon that stands still, with a memory folder and a clock of its own."""

import dataclasses

import pyrage
import pytest
import time_machine
from django.utils import timezone

from conftest import MELBOURNE
from peerwork.people.vault.tests.rings import given
from peerwork.support.line.number import phones
from peerwork.support.line.roster.tests.nights import MONDAY, a_shift
from peerwork.support.line.switchboard import clock
from peerwork.support.line.switchboard import store as calls_store


class Watch:
    def __init__(self, wall):
        self.at, self.wall = 1000.0, wall

    def goes(self, seconds):
        self.at += seconds
        self.wall.shift(seconds)


@pytest.fixture
def memory(settings, tmp_path):
    settings.OPTIONS = dataclasses.replace(settings.OPTIONS, memory=tmp_path / "memory", data=tmp_path)
    (tmp_path / "memory").mkdir()
    yield tmp_path / "memory"
    calls_store.let_go()


@pytest.fixture
def watch(monkeypatch, memory):
    with time_machine.travel(MONDAY, tick=False) as wall, timezone.override(MELBOURNE):
        watch = Watch(wall)
        monkeypatch.setattr(clock, "now", lambda: watch.at)
        yield watch


def has_a_key(person):
    """A device that opens what is sealed to this person."""
    return pyrage.x25519.Identity.from_str(given(person).identity)


def on_the_line(person, *, phone="", in_hours=0, hours=4.0):
    """On duty, with a key, and reached at this telephone."""
    a_shift(first=person, in_hours=in_hours, hours=hours)
    if phone:
        phones.ring_at(str(person.pk), phone, until=clock.now() + 3600 * hours)
    return has_a_key(person)
