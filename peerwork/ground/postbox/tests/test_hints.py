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
        ("the Footscray clinic was shut again", "the Footscray clinic"),
        ("our van broke down", "our van"),
        ("it was at Elm Street Outreach", "at Elm Street Outreach"),
        ("on Elm Street they moved us on", "Elm Street"),
        ("ask kerb_queen about it", "kerb_queen"),
        ("ash77 said so", "ash77"),
        ("my insta is kerbqueen", "insta is kerbqueen"),
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
    [
        "Grief came up a lot.",
        "We met on Tuesday, and I think it helped.",
        "The new test strips are scarce.",
        "The service was full, and the clinic was shut.",
        "I gave 400mcg, then B12 and hep C tests.",
    ],
)
def test_ordinary_sentences_are_left_in_peace(text):
    assert hints.find(text) == []


def test_each_reason_has_a_code_so_that_a_page_can_say_it_in_its_own_language():
    found = hints.find("our van and ash@corner.example and Bernadette")
    assert [hint.kind for hint in found] == ["place", "mail", "name"]
    assert all(hint.why == hints.REASONS[hint.kind] for hint in found)


def test_what_was_pointed_out_is_not_pointed_out_twice():
    assert [hint.words for hint in hints.find("at 12 Elm Street it was rough")] == ["12 Elm Street"]
