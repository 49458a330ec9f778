"""The words as sound: in a voice of one's own, or espeak-ng's."""

import shutil
import wave
from array import array

import pytest
from django.utils import translation

from peerwork.support.line.number.chosen import NumberUnclear
from peerwork.support.line.number.gateway import voice
from peerwork.support.line.number.gateway.legs import RATE, SAMPLE
from peerwork.support.line.number.gateway.listening import SIZE, Listening
from peerwork.support.line.number.gateway.voice import Voice
from peerwork.support.line.number.tests.rig import tones
from peerwork.support.line.number.words import Figures

needs_a_speaker = pytest.mark.skipif(not shutil.which(voice.SPEAKER), reason="espeak-ng is not installed")


def record(path, frequency, *, rate, channels=1):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(tones.tone(frequency * RATE / rate, seconds=rate / RATE))


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
def test_a_recording_of_any_rate_is_heard_as_it_was_spoken(tmp_path, rate):
    tones.record_prompts(tmp_path)
    record(tmp_path / "bye.wav", tones.PROMPTS["bye"], rate=rate)
    sound = array("h", Voice(tmp_path).sound(("bye",), Figures()))
    assert tones.heard(sound[800:1600]) == "bye"
    assert abs(len(sound) / RATE - 1.4) < 0.05


def test_a_recording_that_is_no_telephone_sound_is_told_at_the_start(tmp_path):
    tones.record_prompts(tmp_path)
    record(tmp_path / "bye.wav", 400, rate=8000, channels=2)
    with pytest.raises(NumberUnclear, match=r"bye\.wav"):
        Voice(tmp_path)


def test_without_a_speaker_and_without_a_recording_nothing_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    tones.record_prompts(tmp_path)
    Voice(tmp_path)
    (tmp_path / "limits.wav").unlink()
    with pytest.raises(NumberUnclear, match="limits"):
        Voice(tmp_path)


@needs_a_speaker
def test_what_is_not_recorded_is_spoken_with_the_figure_of_the_moment():
    speaks = Voice(None)
    short = speaks.sound(("thanks",), Figures())
    long = speaks.sound(("limits",), Figures())
    assert RATE * SAMPLE < len(short) < len(long) < 45 * RATE * SAMPLE
    assert max(array("h", short)) > 3000
    assert speaks.sound(("minutes",), Figures(minutes=5)) != speaks.sound(("minutes",), Figures(minutes=10))


@needs_a_speaker
def test_a_language_nobody_speaks_is_told_in_a_sentence():
    with translation.override("xx"), pytest.raises(NumberUnclear, match="xx"):
        Voice(None).sound(("thanks",), Figures())


def test_noise_of_the_line_is_no_voice_and_a_minute_is_the_longest():
    quiet, spoken = Listening(), Listening()
    quiet.hear(tones.tone(440, seconds=5, loud=100))
    spoken.hear(tones.tone(440, seconds=70, loud=3000))
    assert not quiet.has_voice
    assert spoken.has_voice
    assert len(spoken.wav()) == SIZE
    spoken.wipe()
    assert not spoken.has_voice
