"""Days and times, as people say them."""

import pytest

from peerwork.ground.ui.words import one_stop


@pytest.mark.parametrize(
    ("said", "as_people_write"),
    [
        ("By Tuesday, 6 p.m.. Then", "By Tuesday, 6 p.m. Then"),
        ("By Tuesday, 18:00. Then", "By Tuesday, 18:00. Then"),
        ("And so on...", "And so on..."),
    ],
)
def test_a_word_that_ends_in_a_full_stop_ends_its_sentence(said, as_people_write):
    assert one_stop(said) == as_people_write
