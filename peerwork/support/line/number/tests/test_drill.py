"""The drill: what whoever rings would hear, told before it happens."""

from xml.etree import ElementTree as ET

import pytest

from peerwork.ground.ui import reading
from peerwork.support.line.number import drill
from peerwork.support.line.number.words import Figures

FIGURES = Figures(back_by="Tuesday, 6 p.m.", opens="Tuesday, 9 a.m.")


def played(title, *, keeps_voice=True):
    found = drill.scenes(FIGURES, keeps_voice=keeps_voice, printed="03 8000 0000")
    return next(" ".join(scene.lines) for scene in found if title in scene.title)


def test_when_everybody_is_busy_they_hear_how_long_and_may_have_a_call_back():
    says = played("busy")
    assert "about 10 minutes" in says
    assert "ring you back by Tuesday, 6 p.m." in says


def test_when_nobody_is_on_nobody_is_told_to_press_one():
    for title in ("somebody is later", "in the next day"):
        assert "press one" not in played(title)
    assert "ring again Tuesday, 9 a.m." in played("in the next day")


def test_six_p_m_ends_its_sentence_without_a_second_stop():
    for title in ("busy", "somebody is later", "in the next day"):
        assert ".m." in played(title)
        assert ".." not in played(title)


@pytest.mark.parametrize("keeps_voice", [True, False])
def test_every_scene_ends_and_every_word_of_it_is_plain(keeps_voice):
    for scene in drill.scenes(FIGURES, keeps_voice=keeps_voice, printed=""):
        assert scene.lines
        for line in scene.lines:
            assert reading.longest_sentence(line) <= 20, line


def test_a_provider_is_never_asked_for_a_message_in_the_drill_either():
    assert "after the tone" in played("Nobody answers")
    assert "after the tone" not in played("Nobody answers", keeps_voice=False)


def test_what_is_left_with_a_provider_is_whole_twiml():
    assert ET.fromstring(drill.fallback()).find("Say").text == drill.fallback_words()  # noqa: S314
