"""What a check-in asks: our own five questions, and four about the work. Only the questions: answers never come here.

Who opens this: a peer worker after a hard week, tired, wondering whether it is them or the job. They fear that a boss
gets to see a score; that a number calls them ill; that somebody watches how often they look. So:

- The server sends every question there is and is told nothing. It cannot know that anybody answered: a check is
  one more sealed page on a shelf where blank pages look alike.
- There is no total, no band, no label, no count of checks, no row of days to keep up. A number is shown as it is.
- After a hard week, people to talk to stand right there. Nobody else is told, and there is nobody to tell.

The work is asked about first, as loudly as the feelings: same page, same size, same answers. Mixing the two would hide
which is which, and make a tired person jump between themselves and the job. Feelings first would make the work an
afterthought, and it is the part that is left out when the bus comes. With the work first, whoever stops half-way has
still said what it does to them. That the order colours what follows costs nothing here: nobody is compared with
anybody, and everyone's own line is asked in the same order each time. A tool somebody brought in is asked after these
four, on its own, with its wording and order untouched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from peerwork.ground.packs import packs
from peerwork.support.care.instruments import Answer, Instrument, Part, Question

PACK = "wellbeing_measures"
OURS = "pulse"
OUR_OWN = frozenset({OURS, "conditions"})


@dataclass(frozen=True)
class Change:
    """A condition of the work, and what work itself could change about it."""

    code: str
    text: str
    could: tuple[str, ...]


@cache
def pulse() -> Instrument:
    """Our own five questions. Each answer stands for itself: there is no total that could call anybody anything."""
    said = _ours()
    return _of_our_own(
        OURS, said["name"], said["window"], said["item_text"], (said["note"], said["score_note"])
    )


@cache
def conditions() -> Instrument:
    """Pay, hours, safety, room to grieve."""
    said = packs.load(PACK)["conditions"]
    return _of_our_own("conditions", said["name"], said["window"], said["items"])


@cache
def changes() -> tuple[Change, ...]:
    items = packs.load(PACK)["conditions"]["items"]
    return tuple(Change(item["code"], item["text"], item["could"]) for item in items)


@cache
def promises() -> tuple[str, ...]:
    return tuple(rule["text"] for rule in packs.load(PACK)["display_rules"])


def language() -> str:
    """The language our own questions are written in."""
    return str(packs.load(PACK)["meta"]["language"])


def _ours() -> packs.Pack:
    tools: Iterable[packs.Pack] = packs.load(PACK)["instruments"]
    return next(tool for tool in tools if tool["id"] == OURS)


def _of_our_own(
    name_of: str, name: str, window: str, items: Iterable[packs.Pack], notes: tuple[str, ...] = ()
) -> Instrument:
    answers = tuple(Answer(value, text) for value, text in enumerate(_ours()["answers"]))
    asked = tuple(Question(item["code"], item["text"], answers, item.get("reverse", False)) for item in items)
    parts = tuple(Part(question.code, question.text, (question.code,), "value") for question in asked)
    version = packs.load(PACK)["meta"]["version"]
    return Instrument(name_of, version, name, language(), window, asked, parts, notes)
