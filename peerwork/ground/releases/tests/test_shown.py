"""Ash reads a release on a cracked phone: a picture, the numbers beside it, and words where there are no numbers."""

import pytest
from django.utils.translation import override

from peerwork.ground.releases import counting, known, shown
from peerwork.ground.releases.counting import Question
from peerwork.ground.releases.known import Table
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.tests.rounds import QUARTER, THEMES, TODAY, a_round_that_is_over
from peerwork.ground.tallies import tallies

TWO_TONGUES = Question(
    "q", {"en": "Is it safe?", "ar": "هل هو آمن؟"}, "choose", [("a", {"en": "Yes", "ar": "نعم"})], 1, "q"
)


def counted(asked, said, **more):
    over = a_round_that_is_over("consultation.1", said={asked.slips: said}, **more)
    return counting.count(over.id, population="peers", quarter=QUARTER, questions=[asked], today=TODAY)[0]


def test_every_interval_is_a_picture_with_its_numbers_beside_it(db):
    release = counted(THEMES, {"a": 20, "b": 10})
    page = shown.piece(release.mark)
    assert page.count("<svg") == 4
    for cell in release.body["cells"]:
        assert f"{cell['low']} and {cell['high']}" in page
    assert "No answer to this" in page


def test_too_few_to_say_is_an_answer(db):
    page = shown.piece(counted(THEMES, {"a": 3}).mark)
    assert "Too few to say." in page
    assert "<svg" not in page
    assert "3" not in page


def test_a_question_in_two_tongues_is_read_in_one(db):
    mark = counted(TWO_TONGUES, {"a": 25}).mark
    assert "Is it safe?" in shown.piece(mark)
    with override("ar"):
        page = shown.piece(mark)
    assert "هل هو آمن؟" in page
    assert "نعم" in page
    assert "Is it safe?" not in page


def test_a_tongue_it_was_not_written_in_gets_the_first(db):
    assert shown.in_language({"en": "Yes"}, "ar") == "Yes"
    assert shown.in_language({}, "ar") == ""


def test_what_cannot_change_is_made_once(db, django_assert_num_queries):
    mark = counted(THEMES, {"a": 30}).mark
    shown.piece(mark)
    with django_assert_num_queries(0):
        shown.piece(mark)


def test_what_is_not_there_is_not_shown(db):
    with pytest.raises(Release.DoesNotExist):
        shown.piece("0" * 64)


def test_a_known_table_says_what_it_hides(db):
    tallies.close(QUARTER, today=TODAY)
    table = Table([("held", "Held"), ("came", "Came")], [("Support", {"held": 3, "came": known.TOO_FEW})])
    release = known.draft_known(QUARTER, table, question="gatherings", title="Gatherings", today=TODAY)
    page = shown.piece(release.mark)
    assert "too few to say" in page
    assert ">3</td>" in page


def test_words_somebody_wrote_into_a_label_stay_words(db):
    asked = Question("q", "<b>x</b>", "choose", [("a", "<script>1</script>")], 1, "q")
    page = shown.piece(counted(asked, {"a": 30}).mark)
    assert "<script>" not in page
    assert "<b>" not in page
