"""Shifts for stories: some hours from now, at times that do not hang on when the tests run."""

from datetime import UTC, datetime, timedelta

import time_machine

from conftest import MELBOURNE
from peerwork.support.line.roster import duty, shifts
from peerwork.support.line.roster.models import Duty, Shift

# A Monday noon in Melbourne, in summer.
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
FIRST, SECOND = "first", "second"


def at_noon(moment=MONDAY):
    """Time stands still on a Monday."""
    return time_machine.travel(moment, tick=False)


def a_shift(*, first=None, second=None, in_hours=6.0, hours=4.0, since=MONDAY):
    """One shift that begins so many hours after Monday noon, with these two on."""
    starts = since + timedelta(hours=in_hours)
    series = shifts.plan(
        first=datetime(2026, 1, 1), rrule="", minutes=max(30, int(hours * 60)), zone=MELBOURNE, today=starts.date()
    )  # fmt: skip
    shift = Shift.objects.create(
        series=series,
        on=f"{starts:%Y-%m-%dT%H:%M}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
    )
    for turn, person in ((FIRST, first), (SECOND, second)):
        if person:
            Duty.objects.create(shift=shift, turn=turn, person=person)
    return shift


def on(shift):
    """Who is on, by name."""
    return {duty.turn: duty.person.name for duty in Duty.objects.filter(shift=shift).select_related("person")}


def can_be_rung(person, at):
    return str(person.pk) in {one.person for one in duty.on_duty(at, clock=0.0)}


def duty_of(person, shift):
    return Duty.objects.get(person=person, shift=shift)
