"""Sam writes as people write today. One sign our fonts do not know must not take the paper from everybody."""

import re
from unittest import mock

import pytest
import time_machine

from peerwork.voice.themes import frame, on_paper, queries
from peerwork.voice.themes.models import Bulletin, Frame
from peerwork.voice.themes.tests.telling import OPENS, OVER, QUARTER, a_quarter
from peerwork.voice.themes.tests.test_bulletin import told

UNKNOWN = ["fox 🦊", "ሰላም", "你好", "👨‍👩‍👧", "no character \U0010ffff"]
UNSEEN = ["con\x01trol", "con\x00trol", "con\x9ftrol", "con\u202etrol", "con\ud800trol", "\ufeffcontrol"]


@pytest.fixture
def made(network, client, ash):
    """A PDF with these words in every place where people write."""
    with time_machine.travel("2026-10-05T01:00:00Z", tick=True):
        frame.first(OPENS)
        a_quarter(client, ["lss"] * 70)

    def make(words):
        page = queries.bulletin(ash, QUARTER, OVER)
        page.words.says_first = page.words.heard = words
        labelled = [row.line._replace(label=words) for row in page.rows]
        page.rows[:] = [queries.Row(line, row.beside) for line, row in zip(labelled, page.rows, strict=True)]
        return on_paper.pdf(page, [words], network=words)

    return make


@pytest.mark.parametrize("words", UNKNOWN)
def test_a_sign_no_font_knows_still_makes_one_page(made, words):
    pdf = made(f"We need a {words} here.")
    assert re.findall(rb"/Type */Page\b", pdf) == [b"/Type/Page"]
    assert b"/Marked true" in pdf
    assert b"pdfuaid" not in pdf
    assert told(pdf).count("We need a") >= 4


@pytest.mark.parametrize("words", UNSEEN)
def test_a_sign_nobody_sees_is_left_out_and_the_file_keeps_its_standard(made, words):
    pdf = made(words)
    assert b"pdfuaid" in pdf
    assert told(pdf).count("control") >= 4


def test_ash_gets_her_file_whatever_stands_in_the_words_and_the_list(network, client, sign_in, ash):
    with time_machine.travel("2026-10-05T01:00:00Z", tick=True):
        list_of_now = frame.first(OPENS) or Frame.objects.get()
        list_of_now.themes[0]["label"] = "ሰላም 🦊"
        list_of_now.save()
        a_quarter(client, ["lss"] * 70)
        Bulletin.objects.create(quarter=QUARTER, says_first="你好 \x01", heard="fox 🦊")
        with mock.patch.object(queries, "what_became", return_value=["ሰላም \x01"]):
            assert sign_in(ash).get(f"/themes/{QUARTER}/themes.pdf").content.startswith(b"%PDF-")


def test_a_question_in_arabic_gets_no_second_end():
    assert queries._ended("هل تغير شيء؟") == "هل تغير شيء؟"
