"""Which tone is heard: Goertzel's filter at the few that are played here."""

import math
import wave
from array import array

RATE = 8000
PROMPTS = {
    "greeting": 500,
    "limits": 600,
    "press_talk": 700,
    "press_back": 800,
    "hold": 900,
    "minutes": 1000,
    "for_you": 1100,
    "hold_sound": 1210,
    "message": 1310,
    "tone": 1400,
    "thanks": 1500,
    "nobody_took": 1600,
    "number_kept": 1700,
    "closed": 1800,
    "nobody": 1900,
    "message_unasked": 2100,
    "nothing_heard": 2200,
    "bye": 2300,
    "handed_on": 2400,
    "which_number": 2500,
    "no_number": 2600,
    "connecting": 2700,
    "not_there": 2800,
    "no_call_back": 2900,
}
VOICES = {"ash": 420, "rosa": 340, "sam": 2020}
NAMES = {frequency: name for name, frequency in (PROMPTS | VOICES).items()}
WINDOW = 800


def tone(frequency, *, seconds, start=0, loud=8000):
    count = int(RATE * seconds)
    step = 2 * math.pi * frequency / RATE
    return array("h", (int(loud * math.sin(step * (start + n))) for n in range(count))).tobytes()


def heard(samples):
    """The name of the tone that is most of what is heard, or nothing."""
    energy = sum(one * one for one in samples)
    if energy < len(samples) * 200**2:
        return ""
    power = {name: _power(samples, frequency) / energy for frequency, name in NAMES.items()}
    name = max(power, key=power.get)
    return name if power[name] > 0.55 else ""


def _power(samples, frequency):
    """How much of the energy lies at this frequency, as a share of one once it is divided by all of it."""
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    last = before = 0.0
    for one in samples:
        last, before = one + turn * last - before, last
    return 2 * (last * last + before * before - turn * last * before) / len(samples)


def record_prompts(folder):
    """As a host would put recordings of their own there: a tone for each word."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frequency in PROMPTS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(tone(frequency, seconds=1.0 if name == "hold_sound" else 0.3))
