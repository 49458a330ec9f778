"""The one question of this room. All else is on its people's shelves and in their boxes, sealed."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist


def card_of(person) -> dict[str, Any]:
    """How this person lets others find them: {words, listed}. `words` is the fingerprint of six, or nothing."""
    try:
        card = person.card
    except ObjectDoesNotExist:
        return {"words": "", "listed": False}
    return {"words": card.words or "", "listed": card.listed}
