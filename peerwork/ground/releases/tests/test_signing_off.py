"""Rene and Noor are the co-chairs. Nothing leaves before both have read it, and the peers before them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from peerwork.ground.releases import counting, signing_off, words
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.signing_off import OutAlready
from peerwork.ground.releases.tests.rounds import QUARTER, THEMES, TODAY, a_round_that_is_over

RENE, NOOR = uuid4(), uuid4()
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def release(db):
    over = a_round_that_is_over(said={"themes": {"a": 30}})
    return counting.count(over.id, population="peers", quarter=QUARTER, questions=[THEMES], today=TODAY)[0]


def is_out(release, today=LATER):
    told = signing_off.is_out(release, today)
    assert list(signing_off.all_out(today)) == ([release] if told else [])
    return told


def test_two_different_names_and_seven_days(release):
    assert not is_out(release)
    signing_off.sign(release, RENE, "Rene")
    assert not is_out(release)
    signing_off.sign(release, NOOR, "Noor")
    assert not is_out(release, LATER - timedelta(days=1))
    assert is_out(release)


def test_one_who_signs_twice_is_one(release):
    signing_off.sign(release, RENE, "Rene")
    signing_off.sign(release, RENE, "Somebody else")
    assert not is_out(release)
    assert release.signatures.get().name == "Rene"


def test_a_name_is_taken_back_while_it_is_inside_and_not_after(release):
    signing_off.sign(release, RENE, "Rene")
    signing_off.take_back(release, RENE, today=TODAY)
    signing_off.sign(release, NOOR, "Noor")
    assert not is_out(release)
    signing_off.sign(release, RENE, "Rene")
    with pytest.raises(OutAlready):
        signing_off.take_back(release, RENE, today=LATER)
    assert is_out(release)


def test_no_release_can_be_made_for_outside_before_the_peers(release):
    release.pk, release.question = uuid4(), "another"
    release.outside_from = release.made_on - timedelta(days=1)
    with pytest.raises(Exception, match="peers_see_it_before_anybody_outside"):
        Release.objects.bulk_create([release])


class TestWordsInSomebodysOwnHand:
    """Kas wrote something. The circle reads it, in no order, and says it in other words."""

    @pytest.fixture
    def over(self, db):
        said = {"q1:words": {f"Words {n}": 1 for n in range(12)}, "q1": {"a": 25}}
        return a_round_that_is_over("consultation.1", said=said)

    def test_the_circle_reads_them_with_their_question_and_each_time_in_another_order(self, over):
        read = [words.for_the_circle(over.id) for _time in range(4)]
        assert {tuple(sorted(found)) for found in read} == {tuple(sorted(read[0]))}
        assert len({tuple(found) for found in read}) > 1
        assert {(question, text) for _slip, question, text in read[0]} == {
            ("q1", f"Words {n}") for n in range(12)
        }

    def test_while_it_is_open_nobody_reads_anything(self, over):
        type(over).objects.update(state="open")
        assert words.for_the_circle(over.id) == []

    def test_what_was_said_in_other_words_is_gone_and_numbers_cannot_be_forgotten_this_way(self, over):
        from peerwork.ground.postbox.models import Slip

        (slip, _question, _text), *rest = words.for_the_circle(over.id)
        words.forget(slip)
        words.forget(slip)
        assert sorted(words.for_the_circle(over.id)) == sorted(rest)
        a_number = Slip.objects.filter(question="q1").first()
        words.forget(a_number.pk)
        assert Slip.objects.filter(pk=a_number.pk).exists()
