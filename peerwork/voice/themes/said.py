"""What may come in at the nameless door: one theme, and, where the list allows it, a few words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peerwork.ground.postbox.redeeming import NotGood
from peerwork.voice.themes import frame, rounds
from peerwork.voice.themes.counting import QUESTION

if TYPE_CHECKING:
    from peerwork.ground.postbox.models import Round

# Words are kept apart from the theme they came with. The peer circle alone reads them, until thirty days after.
WORDS = "themes:words"
LONGEST = 200

type Pieces = list[tuple[str, str]]


def checked(over: "Round", pieces: Sequence[tuple[str, str]]) -> Pieces:
    """The pieces as they are kept: a theme as what it is counted as. Raises NotGood for anything else."""
    themes = [answer for question, answer in pieces if question == QUESTION]
    words = [answer.strip() for question, answer in pieces if question == WORDS]
    if len(themes) != 1 or len(words) > 1 or len(pieces) != len(themes) + len(words):
        raise NotGood("One theme, and no more than one line of words.")
    list_of_now = frame.of_quarter(rounds.quarter_of(over.id))
    cell = frame.counted_as(list_of_now, themes[0], by_group=rounds.by_group(over.roster))
    if cell is None or not all(_may_come(text, list_of_now.words_on) for text in words):
        raise NotGood("This is not on the list of this quarter.")
    return [(QUESTION, cell), *((WORDS, text) for text in words)]


def _may_come(text: str, words_on: bool) -> bool:  # noqa: FBT001 — a fact about the list
    return words_on and 0 < len(text) <= LONGEST
