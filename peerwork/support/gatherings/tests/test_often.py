"""What is kept ready for Today and the calendar is what the questions in full say, for every mix of hats."""

import pytest
from django.utils.timezone import now

from conftest import a_gathering, someone
from peerwork.people.rules import Hat
from peerwork.support.gatherings import dates, often, seats
from peerwork.support.gatherings.models import Company, Kind

HATS = [
    {Hat.PEER}, {Hat.MANAGER}, {Hat.PEER, Hat.MANAGER}, {Hat.COORDINATOR}, {Hat.COORDINATOR, Hat.MANAGER},
    {Hat.FUNDER}, {Hat.PEER, Hat.ADVISER}, {Hat.FACILITATOR}, set(),
]  # fmt: skip


@pytest.fixture
def a_full_calendar(network, kas):
    things = [
        a_gathering(f"{company} {kind}", company=company, kind=kind, in_days=day, capacity=1)
        for day, (company, kind) in enumerate(
            [(c, k) for c in Company for k in (Kind.SUPPORT, Kind.ADVISORY)], 1
        )
    ]
    dates.call_off(things[0])
    seats.take(things[2], by=kas)
    return things


@pytest.mark.parametrize("hats", HATS, ids=lambda hats: "+".join(sorted(hats)) or "nobody")
def test_what_is_kept_ready_is_what_the_question_in_full_says(a_full_calendar, hats):
    person = someone("X", *hats)
    for thing in a_full_calendar[1:4]:
        seats.take(thing, by=person)
    a_full_calendar[4].hosts.create(person=person)
    asked = {"person": person.pk, "at": now()}
    for question, shape in (
        (often.expected, (person.hats, 4)),
        (often.not_expected, (person.hats, 4)),
        (often.listed, (person.hats, often.Only(), 9)),
        (often.listed, (person.hats, often.Only("support", "after"), 9)),
    ):
        assert question(*shape, **asked) == question.in_full(*shape, **asked)
        assert question(*shape, **asked) == question.in_full(*shape, **asked)  # and again, from what was kept
    for thing in a_full_calendar:
        one = {"person": person.pk, "gathering": thing.pk}
        assert often.one(person.hats, **one) == often.one.in_full(person.hats, **one)


def test_there_is_something_in_it(a_full_calendar, ash):
    assert len(often.listed(ash.hats, often.Only(), 9, person=ash.pk, at=now())) == 2
