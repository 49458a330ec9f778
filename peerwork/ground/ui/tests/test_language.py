"""The gentle eye: what it whispers about, and what it leaves alone."""

import pytest

from peerwork.ground.packs import packs
from peerwork.ground.ui.language import Hint, hints

GUIDE = packs.load("language_guide")
OTHER_PACKS = tuple(pack_id for pack_id in packs.ids() if pack_id != "language_guide")


def words(text: str) -> list[str]:
    return [hint.word for hint in hints(text)]


def test_a_hint_says_the_word_what_to_say_instead_and_why():
    assert hints("He was an addict.") == [Hint("addict", "person who uses drugs", "A person first")]


def test_hints_come_in_the_order_of_the_text():
    assert words("The client said the junkie was clean.") == ["client", "junkie", "clean"]


@pytest.mark.parametrize(
    "text",
    [
        "ADDICTS",
        "addict's",
        "the addicts\u2019 room",
        "Junkies",
        "junky",
        "service-users",
        "service\nusers",
        "misusing",
    ],
)
def test_endings_capitals_and_line_ends_hide_nothing(text):
    assert len(hints(text)) == 1


@pytest.mark.parametrize(
    "text", ["reuser", "userland", "cleanest", "clientele", "unclean", "dirtyish", "Sudbury"]
)
def test_a_word_inside_another_word_is_left_alone(text):
    assert hints(text) == []


def test_of_two_hints_in_one_place_the_longer_is_given():
    assert words("a former addict") == ["former addict"]
    assert words("drug abusers") == ["drug abusers"]


@pytest.mark.parametrize(
    "text",
    [
        "Hand out clean needles and clean water.",
        "Please clean up the room and wipe clean the bench.",
        "Open it in your email client.",
        "The user interface asks for a user name.",
        "The drug user union met on Tuesday.",
        "Any misuse of data is a breach.",
        "Her registration lapsed in May.",
        "The upload failed, so we will fix it and hit send.",
        "It is a good habit to sleep.",
        "She refused to sign.",
        "Nothing to fix here.",
    ],
)
def test_a_false_alarm_is_not_raised(text):
    assert hints(text) == []


@pytest.mark.parametrize(
    "text", ["I am an addict.", "I'm a junkie", "I\u2019m a proud drug user", "I call myself a user"]
)
def test_people_may_name_themselves(text):
    assert hints(text) == []


@pytest.mark.parametrize(
    "text", ['She said "he is an addict".', "He said “clean” and we asked.", "« addict »"]
)
def test_what_someone_else_said_is_left_alone(text):
    assert hints(text) == []


def test_a_quotation_spares_only_what_is_inside_it():
    assert words('An addict said "I am clean" to a client') == ["addict", "client"]


def test_an_apostrophe_does_not_open_a_quotation():
    assert words("It's the workers' view that addicts don't exist") == ["addicts"]


def test_no_text_gets_no_hints():
    assert hints("") == []


def test_a_network_may_bring_a_guide_of_its_own():
    guide = {
        "endings": (),
        "self_naming": ("je suis",),
        "replace": ({"avoid": ("toxico",), "prefer": "personne qui consomme", "why": "La personne d'abord"},),
    }
    assert [hint.prefer for hint in hints("un toxico", guide=guide)] == ["personne qui consomme"]
    assert hints("je suis toxico", guide=guide) == []
    assert hints("je suis toxico", guide=guide | {"self_naming": ()})


@pytest.mark.parametrize("phrase", [phrase for rule in GUIDE["replace"] for phrase in rule["avoid"]])
def test_every_word_to_avoid_is_noticed(phrase):
    assert words(f"They wrote {phrase} there")


@pytest.mark.parametrize("phrase", [phrase for rule in GUIDE["replace"] for phrase in rule.get("except", ())])
def test_every_exception_is_needed_and_works(phrase):
    without = {**GUIDE, "replace": tuple({**rule, "except": ()} for rule in GUIDE["replace"])}
    assert hints(f"They wrote {phrase} there", guide=without)
    assert hints(f"They wrote {phrase} there") == []


@pytest.mark.parametrize("rule", GUIDE["replace"], ids=lambda rule: rule["avoid"][0])
def test_what_we_prefer_is_not_itself_to_be_avoided(rule):
    assert hints(rule["prefer"]) == []


@pytest.mark.parametrize("pack_id", OTHER_PACKS)
def test_no_pack_uses_a_word_the_guide_would_avoid(pack_id):
    assert {
        text.place: hints(text.words) for text in packs.texts(packs.load(pack_id)) if hints(text.words)
    } == {}
