"""A question kept ready gives what the question in full gives, and refuses values that change its shape."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.utils.timezone import now

from peerwork.ground.often.questions import ShapeChanged, asked_often
from peerwork.people.members.models import Person


def test_it_gives_what_the_question_in_full_gives(network, ash, kas):
    @asked_often
    def named(letters: str, *, person: UUID):
        return Person.objects.filter(pk=person, name__startswith=letters).values("id", "name", "paused")

    for person in (ash, kas):
        for letters in ("A", "K", ""):
            assert named(letters, person=person.pk) == named.in_full(letters, person=person.pk)
    assert named("A", person=ash.pk) == [{"id": ash.pk, "name": "Ash", "paused": False}]


def test_a_value_never_stays_behind_for_the_next_one(network, ash, kas):
    @asked_often
    def by_key(*, person: UUID):
        return Person.objects.filter(pk=person).values("name")

    assert [by_key(person=p.pk)[0]["name"] for p in (ash, kas, ash)] == ["Ash", "Kas", "Ash"]
    assert by_key(person=uuid4()) == []


def test_a_value_that_changes_the_shape_is_refused(network):
    @asked_often
    def odd(*, person: UUID, at: datetime):
        return Person.objects.filter(pk=person).values("name")  # `at` went nowhere

    with pytest.raises(ShapeChanged):
        odd(person=uuid4(), at=now())
