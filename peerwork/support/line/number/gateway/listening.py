"""Somebody's words after the tone, in this process's memory and nowhere else, until they are sealed."""

import io
import wave
from array import array

from peerwork.support.line.number.flow import LONGEST_MESSAGE
from peerwork.support.line.number.gateway.legs import RATE, SAMPLE

# A voice is louder than a line's own noise: so loud (of 32767), for so much of a second altogether.
LOUD = 300
A_WORD = 0.3
PIECE = RATE // 50
HEAD = 44
SIZE = HEAD + LONGEST_MESSAGE * RATE * SAMPLE


class Listening:
    def __init__(self) -> None:
        self._heard = bytearray()

    def hear(self, sound: bytes) -> None:
        self._heard += sound[: SIZE - HEAD - len(self._heard)]

    @property
    def has_voice(self) -> bool:
        samples = array("h", bytes(self._heard))
        pieces = (samples[i : i + PIECE] for i in range(0, len(samples) - PIECE, PIECE))
        loud = sum(max(piece) - min(piece) > 2 * LOUD for piece in pieces)
        return loud * PIECE / RATE >= A_WORD

    def wav(self) -> bytes:
        """As any browser plays it."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(SAMPLE)
            out.setframerate(RATE)
            out.writeframes(bytes(self._heard))
        return file.getvalue()

    def wipe(self) -> None:
        """Over with zeros, as far as Python lets us: the copies it made are gone when it needs the room."""
        self._heard[:] = bytes(len(self._heard))
        self._heard.clear()
