"""What the pages around the house say is true."""

import re
import subprocess
from pathlib import Path

import pytest

from peerwork.ground.ui import reading
from peerwork.site.cli import VERBS
from peerwork.site.demo.script import phrases
from tools.settings_page import PAGE, page

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text()
MAKEFILE = (TOP / "Makefile").read_text()
TESTS = "\n".join(
    path.read_text() for folder in ("peerwork", "tests") for path in (TOP / folder).rglob("test_*.py")
)


@pytest.mark.parametrize(
    "test", re.findall(r"\| `(test_\w+)` \|", (TOP / "docs" / "promises.md").read_text())
)
def test_every_promise_names_a_test_that_is_there(test):
    assert re.search(rf"def {test}\b", TESTS)


def test_the_page_about_settings_is_the_settings():
    assert PAGE.read_text() == page()


@pytest.mark.parametrize(
    "word", re.findall(r"`?make (\w+)`?", README + (TOP / "docs/writing-here.md").read_text())
)
def test_every_make_word_we_mention_is_one(word):
    assert re.search(rf"^{word}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(
    "verb", re.findall(r"peerwork (\w+)", README + (TOP / "docs/hosting/README.md").read_text())
)
def test_every_verb_we_mention_is_one(verb):
    assert verb in VERBS


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_and_picture_in_the_readme_is_there(link):
    assert (TOP / link).exists()


def test_the_readme_names_the_cast_as_they_are():
    for name, phrase in re.findall(r"\| (\w+) \|[^|]+\| `([a-z ]+)` \|", README):
        assert phrase == phrases()[name]
    assert README.count("| `") >= 4


def test_the_readme_says_what_we_never_store_and_nothing_of_it_is_stored():
    """Each thing on the list is a word no column may have."""
    from django.apps import apps

    never = README.partition("## What is never stored")[2].partition("##")[0]
    listed = re.findall(r"\*\*([\w\s-]+)\*\*", never)
    assert len(listed) >= 6
    columns = {
        field.name
        for model in apps.get_models()
        if model._meta.app_label in {"ground", "people", "support"}
        for field in model._meta.concrete_fields
    }
    telling = re.compile(
        r"mail|phone$|legal|birth|address$|ip_|agent|photo|login|last_|joined|created|updated|seen"
    )
    assert {name for name in columns if telling.search(name)} == set()


def test_every_decision_fits_on_one_screen_and_says_the_same_five_things():
    for path in sorted((TOP / "docs" / "decisions").glob("*.md")):
        text = path.read_text()
        assert len(text.splitlines()) <= 40, path.name
        for part in (
            "The question.",
            "What we chose.",
            "The best argument against.",
            "What it costs.",
            "What keeps it.",
        ):
            assert f"**{part}**" in text, (path.name, part)


def test_what_keeps_a_decision_is_there():
    for path in sorted((TOP / "docs" / "decisions").glob("*.md")):
        kept_by = path.read_text().partition("**What keeps it.**")[2]
        for test in re.findall(r"`(test_\w+)`", kept_by):
            assert re.search(rf"def {test}\b", TESTS), (path.name, test)
        for file in re.findall(r"`([\w/]*test_\w+\.py|[\w/]+\.json)`", kept_by):
            assert list(TOP.rglob(file.rpartition("/")[2])), (path.name, file)


SENTENCES = re.compile(
    r"""(?:gettext|_)\(\s*(?:f?"([^"]+)")|{%\s*translate\s+"([^"]+)"|{%\s*blocktranslate[^%]*%}(.*?){%""",
    re.DOTALL,
)


def words_on_the_screen():
    """Every string a person can meet, from templates and code."""
    for path in sorted((TOP / "peerwork").rglob("*")):
        if path.suffix in {".py", ".html"} and "tests" not in path.parts and path.is_file():
            for match in SENTENCES.finditer(path.read_text()):
                text = next(group for group in match.groups() if group)
                yield path.name, re.sub(r"\{\{[^}]*\}\}|%\(\w+\)[sd]", "X", text)


def test_no_sentence_on_the_screen_is_longer_than_twenty_words():
    long = [(name, text) for name, text in words_on_the_screen() if reading.longest_sentence(text) > 20]
    assert long == []


def test_the_words_on_the_screen_are_plain():
    """Median reading grade of whole sentences, Flesch-Kincaid."""
    grades = sorted(reading.grade(text) for _name, text in words_on_the_screen() if len(text.split()) >= 6)
    assert len(grades) > 150
    assert grades[len(grades) // 2] <= 7


def test_no_word_on_the_screen_is_one_we_avoid():
    from peerwork.ground.ui import language

    found = [(name, hint.word) for name, text in words_on_the_screen() for hint in language.hints(text)]
    assert found == []
    ours = re.compile(r"\b(user|client|case|ticket|subject|entity|customer)s?\b", re.IGNORECASE)
    assert [(name, text) for name, text in words_on_the_screen() if ours.search(text)] == []


def test_the_makefile_lists_every_word_with_what_it_does():
    told = subprocess.run(["make", "-s", "help"], cwd=TOP, capture_output=True, text=True, check=True).stdout
    for word in (
        "run",
        "test",
        "check",
        "fast",
        "bench",
        "lock",
        "vendor",
        "pictures",
        "messages",
        "migrations",
    ):
        assert re.search(rf"^{word}\s+\w", told, re.MULTILINE)
