import pytest

from peerwork.ground.postbox import hints


@pytest.mark.parametrize(
    ("text", "points_at"),
    [
        ("ring me on 0412 345 678", "0412 345 678"),
        ("write to ash@corner.example", "ash@corner.example"),
        ("she is @kerbqueen there", "@kerbqueen"),
        ("the van at 12 Elm Street", "12 Elm Street"),
        ("on 3/11 it was rough", "3/11"),
        ("I think Bernadette knows", "Bernadette"),
        ("my boss found out", "my boss"),
        ("being the only trans worker there", "the only trans worker"),
    ],
)
def test_what_could_give_somebody_away_is_pointed_out(text, points_at):
    assert points_at in [hint.words for hint in hints.find(text)]


def test_names_the_network_knows_are_found_in_small_letters_too():
    assert [hint.words for hint in hints.find("kas was great", names=["Kas", "Rosa"])] == ["kas"]


def test_a_name_inside_another_word_is_not_a_name():
    assert hints.find("what a casual kaserne", names=["Kas"]) == []


@pytest.mark.parametrize(
    "text",
    ["Grief came up a lot.", "We met on Tuesday, and I think it helped.", "The new test strips are scarce."],
)
def test_ordinary_sentences_are_left_in_peace(text):
    assert hints.find(text) == []
