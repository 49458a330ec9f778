"""What every visit to Today asks of this room. Kept ready (ground/often)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from peerwork.ground.often.questions import asked_often
from peerwork.people.rules import Someone
from peerwork.people.tokens.policy import audiences_of
from peerwork.voice.consultation.models import Consultation

SHOWN = ["id", "title", "closes_on"]


def open_for(person: Someone, today: date) -> list[dict[str, Any]]:
    """What this person may answer, as {id, title, closes_on}. The same for all of an audience, answered or not."""
    return _open(tuple(audiences_of(person)), today)


@asked_often
def _open(audiences: tuple[str, ...], today: date) -> QuerySet[Any, dict[str, Any]]:
    there = Consultation.objects.filter(
        state=Consultation.State.OPEN, audience__in=audiences, opens_on__lte=today, closes_on__gte=today
    )
    return there.order_by("closes_on", "pk").values(*SHOWN)
