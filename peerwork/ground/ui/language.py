"""A gentle eye on words. It gives hints; it never edits and never stops anyone.

What it looks for is in the language guide, a pack that a network may change. It leaves alone what people
say of themselves, and whatever stands in quotation marks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from peerwork.ground.packs import packs

QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
BETWEEN = re.compile(r"[\s-]+")
SHORTEST_TO_BEND = 4
JUST_BEFORE = 60
NEVER = r"(?!)"


@dataclass(frozen=True)
class Hint:
    """A word as it was written, what we would rather say, and why."""

    word: str
    prefer: str
    why: str


@dataclass(frozen=True)
class _Rule:
    prefer: str
    why: str
    avoid: re.Pattern[str]


@dataclass(frozen=True)
class _Guide:
    rules: tuple[_Rule, ...]
    left_alone: re.Pattern[str]
    self_naming: re.Pattern[str]


def hints(text: str, *, guide: packs.Pack | None = None) -> list[Hint]:
    """What a kind reader might whisper, in the order of the text. Of two hints in one place, the longer."""
    eye = _house_guide() if guide is None else _guide(guide)
    plain = text.replace("’", "'")
    silent = [found.span() for look in (QUOTED, eye.left_alone) for found in look.finditer(plain)]
    given, end = [], 0
    for (start, stop), rule in sorted(_found(plain, eye), key=lambda hit: (hit[0][0], -hit[0][1])):
        if (
            start >= end
            and not _within(start, stop, silent)
            and not eye.self_naming.search(plain[max(0, start - JUST_BEFORE) : start])
        ):
            given.append(Hint(text[start:stop], rule.prefer, rule.why))
            end = stop
    return given


def _found(text: str, eye: _Guide) -> Iterator[tuple[tuple[int, int], _Rule]]:
    return ((found.span(), rule) for rule in eye.rules for found in rule.avoid.finditer(text))


def _within(start: int, stop: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and stop <= last for first, last in spans)


@cache
def _house_guide() -> _Guide:
    return _guide(packs.load("language_guide"))


def _guide(pack: packs.Pack) -> _Guide:
    endings = "|".join(map(re.escape, pack["endings"]))
    naming = "|".join(map(re.escape, pack["self_naming"]))
    spared = [phrase for rule in pack["replace"] for phrase in rule.get("except", ())]
    return _Guide(
        rules=tuple(
            _Rule(rule["prefer"], rule["why"], _any_of(rule["avoid"], "" if rule.get("exact") else endings))
            for rule in pack["replace"]
        ),
        left_alone=_any_of(spared, endings),
        self_naming=re.compile(rf"\b(?:{naming or NEVER})\s+(?:an?\s+)?(?:\w+\s+)?$", re.IGNORECASE),
    )


def _any_of(phrases: Iterable[str], endings: str) -> re.Pattern[str]:
    """Any of the phrases as whole words, in any case, across line ends. No phrases: never."""
    shapes = [r"[\s-]+".join(_bent(word, endings) for word in BETWEEN.split(phrase)) for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)" if shapes else NEVER, re.IGNORECASE)


def _bent(word: str, endings: str) -> str:
    """The word with its endings: abuse, abuses, abusing; junky, junkies."""
    plain = re.escape(word)
    if not endings or len(word) < SHORTEST_TO_BEND:
        return plain
    if word.endswith("e"):
        plain = f"{plain}?"
    if word.endswith("y"):
        plain = f"{plain[:-1]}(?:y|ie)"
    return f"{plain}(?:{endings})?"
