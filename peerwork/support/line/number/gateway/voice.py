"""The words, as sound: in a voice of one's own where there is a recording, else spoken by espeak-ng.

A recording is `<key>.wav` in the folder the host names (`hold_sound.wav` is what somebody hears between the words).
Words with a figure in them have recordings only for that figure: `minutes-5.wav`.
"""

import shutil
import subprocess
import wave
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from peerwork.support.line.number.chosen import NumberUnclear
from peerwork.support.line.number.gateway.legs import RATE, SAMPLE
from peerwork.support.line.number.words import SAYS, Figures, spoken

# Said with whatever only the moment knows.
WITH_FIGURES = {"minutes", "closed", "nobody", "number_kept"}
SPEAKER = "espeak-ng"
PAUSE = bytes(int(RATE * SAMPLE * 0.4) & ~1)
SLOW = "140"


class Voice:
    """Raises NumberUnclear where something could not be said at all."""

    def __init__(self, recordings: Path | None) -> None:
        self.recordings = recordings
        self._own = lru_cache(maxsize=64)(self._recorded)
        missing = [key for key in sorted(SAYS) if not self._own(key) and not shutil.which(SPEAKER)]
        if missing:
            raise NumberUnclear(f"Nothing can say {', '.join(missing)}. Install {SPEAKER}, or record them.")

    def sound(self, keys: tuple[str, ...], figures: Figures) -> bytes:
        """Telephone sound of these words, one after the other."""
        return b"".join(self._one(key, figures) + PAUSE for key in keys)

    def tone(self) -> bytes:
        """After this one speaks."""
        return self._own("tone") or _beep(seconds=0.4)

    def hold_sound(self) -> bytes:
        """Between the words, so that whoever holds knows the line is there: a soft note every five seconds."""
        return self._own("hold_sound") or (_beep(seconds=0.15, loud=1500) + bytes(RATE * SAMPLE * 5))

    def _one(self, key: str, figures: Figures) -> bytes:
        own = self._own(f"{key}-{figures.minutes}") if key == "minutes" else b""
        if own or (own := self._own(key)):
            return own
        return _spoken(spoken(key, figures), get_language() or "en")

    def _recorded(self, name: str) -> bytes:
        path = self.recordings / f"{name}.wav" if self.recordings else None
        if path is None or not path.exists():
            return b""
        with wave.open(str(path)) as file:
            if file.getnchannels() != 1 or file.getsampwidth() != SAMPLE:
                raise NumberUnclear(f"{path.name} is not one channel of 16 bits.")
            return _at_our_rate(file.readframes(file.getnframes()), file.getframerate())


@lru_cache(maxsize=128)
def _spoken(text: str, language: str) -> bytes:
    """Nothing is written anywhere. Raises NumberUnclear."""
    command = [
        shutil.which(SPEAKER) or SPEAKER,
        "-s",
        SLOW,
        "-v",
        language.partition("-")[0],
        "--stdin",
        "-w",
        "/dev/stdout",
    ]
    said = subprocess.run(command, input=text.encode(), capture_output=True, check=False)  # noqa: S603 — our words
    head = said.stdout.find(b"data") + 8
    if said.returncode or head < 8:  # noqa: PLR2004
        raise NumberUnclear(f"{SPEAKER} cannot say this in {language}.")
    rate = int.from_bytes(said.stdout[24:28], "little")
    return _at_our_rate(said.stdout[head:], rate)


def _at_our_rate(pcm: bytes, rate: int) -> bytes:
    if rate == RATE or not pcm:
        return pcm
    import numpy as np  # noqa: PLC0415 — only where somebody speaks

    samples = np.frombuffer(pcm[: len(pcm) & ~1], dtype="<i2").astype(float)
    count = len(samples) * RATE // rate
    tones = np.fft.rfft(samples)[: count // 2 + 1]
    again = np.fft.irfft(tones, count) * (count / len(samples))
    return bytes(np.clip(again, -32768, 32767).astype("<i2").tobytes())


def _beep(*, seconds: float, loud: int = 6000) -> bytes:
    import numpy as np  # noqa: PLC0415

    count = int(RATE * seconds)
    edge = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (RATE * 0.01))
    wave_of = loud * edge * np.sin(2 * np.pi * 620 * np.arange(count) / RATE)
    return bytes(wave_of.astype("<i2").tobytes())
