"""What is over, with words in somebody's own hand: a consultation, or a quarter of themes. For the peer circle."""

from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerwork.ground.postbox import rounds
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation import circle, consultations, queries
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.policy import is_of_the_circle

# Rounds of themes are another room's. Here only what they are called counts, and what was written.
THEMES = "themes."
# Handwriting lasts thirty days, so an older quarter has none.
NEWEST = 2


class Over(NamedTuple):
    """`pk` stands in addresses. `asked` is None for a quarter of themes."""

    pk: UUID
    title: str
    round: str
    asked: Consultation | None = None


def for_the_circle(person: Any) -> list[Over]:
    """While people still answer, nothing of it is here."""
    if not is_of_the_circle(person):
        return []
    asked = [_of_consultation(one) for one in queries.over_for_the_circle(person)]
    return [*asked, *(_of_themes(one) for one in _with_words(_quarters()))]


def find(person: Any, number: UUID) -> Over | None:
    """By what stands in an address. A quarter with nothing left in it is still a page, to come back to."""
    if not is_of_the_circle(person):
        return None
    if one := queries.over_for_the_circle(person).filter(pk=number).first():
        return _of_consultation(one)
    return next((one for one in map(_of_themes, _quarters()) if one.pk == number), None)


def question_text(over: Over, code: str) -> str:
    """What was asked, in the reader's language or the first it was written in."""
    if over.asked is None:
        return _("What people talked about")
    return queries.question_text(over.asked, code, get_language() or "")


def _of_consultation(one: Consultation) -> Over:
    return Over(one.pk, one.title, consultations.round_of(one), one)


def _of_themes(round_id: str) -> Over:
    """A quarter has no number of its own, so one is made of its name: the same each time."""
    quarter = quarters.in_words(round_id.removeprefix(THEMES))
    return Over(uuid5(NAMESPACE_URL, round_id), f"{_('What people talked about')}: {quarter}", round_id)


def _quarters() -> list[str]:
    """Rounds of themes that are over, the newest first."""
    public = (one for one in rounds.all_public() if one["id"].startswith(THEMES))
    return [one["id"] for one in public if one["state"] != "open"]


def _with_words(quarters_of_themes: list[str]) -> list[str]:
    """Those with something for the circle: handwriting, or words that are not agreed on."""
    said = set(queries.not_agreed(quarters_of_themes).values_list("round", flat=True))
    newest = quarters_of_themes[:NEWEST]
    return [one for one in quarters_of_themes if one in said or (one in newest and circle.waiting(one))]
