"""A question kept ready gives what the question in full gives, and refuses values that change its shape."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db.models import UUIDField, Value
from django.utils.timezone import now

from peerwork.ground.often.questions import ShapeChanged, asked_often
from peerwork.ground.tallies.models import Tally


@pytest.fixture
def tallies(db):
    return [Tally.objects.create(what=what, quarter="2026-Q1", count=3) for what in ("Ants", "Bees")]


def asked_by(person):
    """Tallies, with the one who asks written beside each: a value that comes back out again."""
    return Tally.objects.annotate(asker=Value(person, UUIDField())).values("what", "asker")


@asked_often
def called(letters: str, *, person: UUID):
    return asked_by(person).filter(what__startswith=letters).order_by("what")


def test_it_gives_what_the_question_in_full_gives(tallies):
    ash = uuid4()
    for person in (ash, uuid4()):
        for letters in ("A", "B", "X", ""):
            assert called(letters, person=person) == called.in_full(letters, person=person)
    assert called("A", person=ash) == [{"what": "Ants", "asker": ash}]


def test_a_value_never_stays_behind_for_the_next_one(tallies):
    ash, kas = uuid4(), uuid4()
    assert [called("B", person=person)[0]["asker"] for person in (ash, kas, ash)] == [ash, kas, ash]


def test_what_is_new_is_there_at_once(tallies):
    assert len(called("", person=uuid4())) == 2
    Tally.objects.all().delete()
    assert called("", person=uuid4()) == []


def test_a_value_that_changes_the_shape_is_refused(db):
    @asked_often
    def odd(*, person: UUID, at: datetime):
        return asked_by(person)  # `at` went nowhere

    with pytest.raises(ShapeChanged):
        odd(person=uuid4(), at=now())
