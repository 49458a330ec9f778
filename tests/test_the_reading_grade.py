"""What people read about themselves, on a hard day, is as plain as can be: reading grade 7 or easier.

Elsewhere: that no sentence is longer than twenty words, and that no word is one we avoid (test_the_docs.py for pages,
test_reading.py and test_language.py for packs). Here: the grade of each part of the care packs and of each page of
the rooms where only its owner reads, and that no text there escapes any of those tests.

The grade is that of Flesch and Kincaid (1975), in peerwork/ground/ui/reading.py:

    0.39 * words per sentence + 11.8 * syllables per word - 15.59

It means little for a few words. So texts are put together, part by part and page by page, and parts of less than fifty
words with one another. A sentence counts by itself from eight words on, and is forgiven one syllable: so much the
counter may be wrong, and in eight words it weighs a grade and a half. A label has few words and no full stop, which
would make it look easy: labels are counted as if they stood in sentences of eight words, so only long words weigh.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from peerwork.ground.packs import packs
from peerwork.ground.ui import reading
from tests.test_the_docs import SENTENCES

PEERWORK = Path(packs.__file__).parents[2]
HARDEST = 7
ENOUGH, LONG_ENOUGH = 8, 50  # words: for a sentence by itself, and for a part
CARE = ("self_care_options", "wellbeing_measures", "debrief")
ROOMS = (
    "support/care", "support/letters", "support/line", "people/vault", "people/tokens", "voice/themes",
    "voice/consultation", "voice/findings", "insight/released",
)  # fmt: skip
PLACEHOLDER = re.compile(r"\{\{[^}]*\}\}|\{\w+\}|%\(\w+\)[sd]")
# What the counter of the house gets wrong, of the words used here. Counted by hand.
BY_HAND = {
    "business": 2, "colleague": 2, "coordinator": 5, "coordinators": 5, "dashes": 2, "easier": 3, "easiest": 3,
    "every": 2, "everybody": 4, "separate": 2, "somewhat": 2, "timetable": 3, "watches": 2,
}  # fmt: skip


def syllables(word):
    plain = re.sub(r"['’]s?$", "", word.lower())
    return BY_HAND.get(plain) or reading._syllables(plain)


def words_in(text):
    return reading.WORD.findall(text)


def grade(words, sentences=1.0, forgiven=0):
    spoken = sum(map(syllables, words)) - forgiven
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def grade_together(texts):
    pieces = [words_in(piece) for text in texts for piece in reading.sentences(text)]
    sentences = sum(min(1.0, len(words) / ENOUGH) for words in pieces)
    return grade([word for words in pieces for word in words], sentences)


def too_hard(texts):
    """Sentences that have a grade of their own, and a high one."""
    pieces = [piece for text in texts for piece in reading.sentences(text)]
    return [
        (round(grade(words_in(piece)), 1), piece)
        for piece in pieces
        if len(words_in(piece)) >= ENOUGH and grade(words_in(piece), forgiven=1) > HARDEST
    ]


def is_ours(place, pack):
    """Facts about the tools of others, their names and their terms, are not our sentences."""
    tools = {tool["id"]: tool.get("owner") == "project" for tool in pack.get("instruments", ())}
    return tools.get(place.split(".")[1] if place.startswith("instruments.") else None, True)


def parts_of(pack_id):
    pack, parts = packs.load(pack_id), defaultdict(list)
    for text in packs.texts(pack):
        if is_ours(text.place, pack):
            parts[text.place.partition(".")[0]].append(text.words)
    return together(parts)


def together(parts):
    """Parts too short to have a grade stand together."""
    joined = defaultdict(list)
    for part, texts in parts.items():
        joined[part if len(words_in("\n".join(texts))) >= LONG_ENOUGH else "short parts"] += texts
    return joined


def templates():
    return sorted(path for room in ROOMS for path in (PEERWORK / room).rglob("*.html"))


def texts_of(template):
    found = [next(filter(None, match.groups())) for match in SENTENCES.finditer(template.read_text())]
    return [PLACEHOLDER.sub("Ash", text) for text in found]


PARTS = [(pack_id, part) for pack_id in CARE for part in parts_of(pack_id)]
PAGES = [path.relative_to(PEERWORK) for path in templates() if texts_of(path)]


@pytest.mark.parametrize(("pack_id", "part"), PARTS, ids=lambda said: said)
def test_each_part_of_the_care_packs_reads_at_grade_seven_or_easier(pack_id, part):
    texts = parts_of(pack_id)[part]
    assert grade_together(texts) <= HARDEST
    assert too_hard(texts) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_page_of_what_only_its_owner_reads_is_at_grade_seven_or_easier(page):
    texts = texts_of(PEERWORK / page)
    assert grade_together(texts) <= HARDEST
    assert too_hard(texts) == []


class TestNothingEscapes:
    def test_every_text_of_a_care_pack_is_one_that_is_read_here(self):
        for pack_id in CARE:
            pack = packs.load(pack_id)
            read = {text.words for text in packs.texts(pack)}
            assert [
                words for words in strings_in(pack) if len(words_in(words)) > 3 and words not in read
            ] == []

    def test_every_string_of_a_template_is_one_that_is_read_here(self):
        for path in templates():
            marked = re.findall(r"{%\s*(?:block)?translate\b", path.read_text())
            assert len(texts_of(path)) == len(marked), path.name


def strings_in(thing):
    """Every string of a pack that stands on a screen, or could: not where it comes from, not what changed in it."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for name, inner in thing.items():
            if name not in {"meta", "source", "owner"}:
                yield from strings_in(inner)
    elif isinstance(thing, list | tuple):
        for inner in thing:
            yield from strings_in(inner)


class TestTheCounter:
    def test_it_counts_as_people_do(self):
        counted = {
            1: "a plan stopped sealed named hours quite friend’s worked clothes through eyes used passed night's",
            2: "every people quiet being pages changes table letters phrases colleague somewhat business using opened",
            3: "somebody energy together overdose everyone violence medicine easier family library disagree timetable",
            4: "everybody community supervision remembering participant meditation",
            5: "coordinator anniversary",
        }
        wrong = {
            word: syllables(word)
            for many, words in counted.items()
            for word in words.split()
            if syllables(word) != many
        }
        assert wrong == {}

    def test_a_stiff_text_is_found_out(self):
        stiff = "Utilisation of supervision necessitates prior notification of the coordinating organisation"
        assert too_hard([stiff])
        assert (
            grade_together(["Personal information", "Organisational notification", "Accessibility"]) > HARDEST
        )
        assert grade_together(["Write it down", "Call somebody", "A walk"]) < HARDEST
