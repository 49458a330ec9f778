"""What can be said to a finding: a promise, a no with its reason, a step, and what it came to.

Nothing is ever written over. The last one can be taken back on the day it was written, by a hand that slipped.
`whose` is one of chains.Whose: anything else raises ValueError.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max

from peerwork.voice.findings import chains
from peerwork.voice.findings.chains import Whose
from peerwork.voice.findings.findings import TooLate
from peerwork.voice.findings.models import Answer, Finding


class NotNow(Exception):
    """A step needs a promise that stands, and what has come to its end stays as it is."""


class NoReason(Exception):
    """A no without its reason is no answer. Nor is a promise without words."""


def promise(finding: Finding, *, words: str, whose: str, due_on: date, on: date) -> Answer:
    return _add(finding, Answer.Kind.PROMISE, words=words, whose=whose, on=on, due_on=due_on)


def refuse(finding: Finding, *, words: str, whose: str, on: date) -> Answer:
    return _add(finding, Answer.Kind.NO, words=words, whose=whose, on=on)


def step(finding: Finding, *, words: str, whose: str, on: date) -> Answer:
    return _add(finding, Answer.Kind.STEP, words=words, whose=whose, on=on)


def reply(finding: Finding, *, words: str, whose: str, on: date) -> Answer:
    return _add(finding, Answer.Kind.REPLY, words=words, whose=whose, on=on)


@transaction.atomic
def take_back(finding: Finding, *, today: date) -> None:
    """The last one, and only on its day. Where it was the first, the finding waits again, as old as it is."""
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    chain = chains.of(locked, today=today)
    if not chain.last_can_be_taken_back:
        raise TooLate(finding.pk)
    chain.answers[-1].delete()
    if len(chain.answers) == 1:
        Finding.objects.filter(pk=finding.pk).update(answered_on=None)


@transaction.atomic
def _add(finding: Finding, kind: Answer.Kind, *, words: str, whose: str, on: date, **more: date) -> Answer:
    """One after the other: who comes second finds what the first one said."""
    if not words.strip():
        raise NoReason(finding.pk)
    locked = Finding.objects.select_for_update().get(pk=finding.pk)
    if kind not in chains.of(locked, today=on).next:
        raise NotNow(kind)
    Finding.objects.filter(pk=finding.pk, answered_on=None).update(answered_on=on)
    place = (locked.answers.aggregate(last=Max("place"))["last"] or 0) + 1
    stands = Whose(whose).value
    return locked.answers.create(kind=kind, words=words, whose=stands, written_on=on, place=place, **more)
