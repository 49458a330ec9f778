"""Questions about consultations, asked for a person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from peerwork.people.members.models import Person
from peerwork.people.tokens import queries as tokens
from peerwork.people.tokens.policy import audiences_of
from peerwork.voice.consultation.form import text
from peerwork.voice.consultation.models import Consultation, OldForm, Wording
from peerwork.voice.consultation.policy import is_of_the_circle, writes

State = Consultation.State
# So many peers beside the writer must have agreed before others read it.
ENOUGH = 2


def written_by(person: Person) -> QuerySet[Consultation]:
    """All of them, for whoever writes, drafts first: also those that are over, to look at and to start from."""
    there = Consultation.objects.order_by(F("closes_on").desc(nulls_first=True), "title", "pk")
    return there if writes(person) else there.none()


def drafts_of(person: Person) -> QuerySet[Consultation]:
    return written_by(person).filter(state=State.WRITTEN)


def for_the_audience(person: Any) -> QuerySet[Consultation]:
    """What was opened, and is meant for this person: open, over, or counted."""
    return Consultation.objects.exclude(state=State.WRITTEN).filter(audience__in=audiences_of(person))


def open_for(person: Any, today: date) -> QuerySet[Consultation]:
    """What this person may answer today: the same for everybody in the audience, until it closes.

    It never asks whether somebody answered, because nobody knows.
    """
    there = for_the_audience(person).filter(state=State.OPEN, opens_on__lte=today, closes_on__gte=today)
    return there.order_by("closes_on", "pk")


def roster(audience: str) -> int:
    """How many people could draw a token if it opened now."""
    return tokens.roster(audience)


def asked_before(consultation: Consultation) -> set[str]:
    """The codes of questions that were put to people in some other consultation."""
    others = Consultation.objects.exclude(state=State.WRITTEN).exclude(pk=consultation.pk)
    return {
        question["code"]
        for form in others.values_list("form", flat=True)
        for section in form["sections"]
        for question in section["questions"]
    }


def old_forms(consultation: Consultation) -> QuerySet[OldForm]:
    return OldForm.objects.filter(consultation=consultation).order_by("version")


def agreed_wordings(round_id: str) -> QuerySet[Wording]:
    """What may be shown: enough peers agreed that it gives nobody away. In no order but that of chance."""
    return Wording.objects.filter(round=round_id, agreed__gte=ENOUGH).order_by("question", "pk")


def not_agreed(rounds: Iterable[str]) -> QuerySet[Wording]:
    """What still waits for two peers of the circle."""
    return Wording.objects.filter(round__in=list(rounds), agreed__lt=ENOUGH).order_by("pk")


def over_for_the_circle(person: Person) -> QuerySet[Consultation]:
    """What is over, so that the circle may read what was written. While it is open nobody reads anything."""
    over = Consultation.objects.filter(state__in=(State.CLOSED, State.COUNTED)).order_by("-closes_on", "pk")
    return over if is_of_the_circle(person) else over.none()


def question_text(consultation: Consultation, code: str, language: str) -> str:
    """What was asked, in this language or the first. A question that is not there has no words."""
    found = (
        q for section in consultation.form["sections"] for q in section["questions"] if q["code"] == code
    )
    return next((text(question["text"], language) for question in found), "")
