"""How hard a text is to read, and that everything we ship is easy."""

from statistics import median

import pytest

from peerwork.ground.packs import packs
from peerwork.ground.ui.reading import grade, longest_sentence, sentences

EVERY_PACK = packs.ids()


def test_the_grade_is_the_formula_of_flesch_and_kincaid():
    # 6 words, 1 sentence, 6 syllables; then 13, 1 and 26.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade(
        "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    ) == pytest.approx(13.08)


def test_long_words_in_long_sentences_read_harder():
    plain = "We ring you back. You need no name."
    stiff = (
        "Organisational representatives will subsequently communicate regarding accessibility considerations."
    )
    assert grade(plain) < 3
    assert grade(stiff) > 12


def test_no_text_has_no_grade():
    assert grade("") == grade(" … !") == 0
    assert longest_sentence("") == 0


def test_words_in_other_scripts_are_counted_and_break_nothing():
    assert longest_sentence("مرحبا بكم هنا. أهلا؟ نعم") == 3
    assert grade("Xin chào các bạn.") < 20


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two three. Four five.", 3),
        ("It costs A$1,500 or 1.5 hours. Yes.", 7),
        ("“Who is it?” asked Rosa.", 3),
        ("A blood-borne virus isn't rare", 5),
        ("First line\nsecond line goes on", 4),
    ],
)
def test_a_sentence_ends_where_a_reader_would_stop(text, words):
    assert longest_sentence(text) == words


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_no_sentence_in_a_pack_is_longer_than_twenty_words(pack_id):
    pack = packs.load(pack_id)
    written = {text.place: text.words for text in packs.texts(pack)}
    written |= {f"meta.changed.{n}": line for n, line in enumerate(pack["meta"]["changed"])}
    assert {place: words for place, words in written.items() if longest_sentence(words) > 20} == {}


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_half_of_a_pack_reads_at_grade_eight_or_easier(pack_id):
    pieces = [piece for text in packs.texts(packs.load(pack_id)) for piece in sentences(text.words)]
    assert median(map(grade, pieces)) <= 8


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_a_pack_read_from_end_to_end_stays_at_grade_eight(pack_id):
    assert grade("\n".join(text.words for text in packs.texts(packs.load(pack_id)))) <= 8
