"""What will be known when so many questions are put to so many people: fewer questions, and each is known better.

Everything that is asked shares one price, so that nobody's answer shows. The more it is shared out, the more noise
lies on each number. Whoever writes the questions sees it while there is still time to take one out.
"""

from dataclasses import dataclass
from typing import NamedTuple

from peerwork.ground.postbox.rounds import FLOOR
from peerwork.ground.releases import noise
from peerwork.voice.consultation import counting
from peerwork.voice.consultation.consultations import PRICE, TOKENS
from peerwork.voice.consultation.form import Form

LADDER = (3, 6, 12, 24)


class Rung(NamedTuple):
    """So many numbers, each off by at most `width` 19 times of 20."""

    parts: int
    width: int
    says: str


@dataclass(frozen=True)
class Known:
    """`widths`: by how much each question may be off, by its code. `says` is one of few, nothing, rough, well."""

    people: int
    parts: int
    width: int
    says: str
    widths: dict[str, int]
    ladder: list[Rung]


def expected(form: Form, *, people: int) -> Known:
    """If everybody on the roster answers. With fewer, the numbers are just as far off, out of fewer."""
    counted = counting.counted_parts(form)
    parts = max(1, len(counted))
    widths = {question.slips: width_of(parts, marks=question.marks) for question in counted}
    plain = width_of(parts)
    ladder = [Rung(many, width_of(many), verdict(width_of(many), people)) for many in LADDER]
    return Known(people, len(counted), plain, verdict(plain, people), widths, ladder)


def width_of(parts: int, *, marks: int = 1) -> int:
    return noise.half_width(2 * TOKENS * marks, PRICE // parts)


def verdict(width: int, people: int) -> str:
    """In one word: too few people for any number, nothing, a rough idea, or well."""
    if people < FLOOR:
        return "few"
    share = 2 * width / people
    return "nothing" if share > 1 else "rough" if share > 1 / 2 else "well"
