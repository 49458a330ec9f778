"""The peer circle: a few peers who say in other words what was written in somebody's own hand.

They see the words of a round that is over, in another order each time, with nothing beside them. As soon as they are
said in other words, the words themselves are deleted. What stands then is shown to nobody else until two more peers
have agreed that it gives nobody away.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from peerwork.ground.releases import words
from peerwork.voice.consultation.models import Wording
from peerwork.voice.consultation.queries import ENOUGH

SALT = "peerwork/1 the circle agreed"


class SaidAlready(Exception):
    """Somebody of the circle was faster, or the thirty days are over."""


def waiting(round_id: str) -> list[tuple[UUID, str, str]]:
    """(slip, question, words), in an order that is new each time. Nothing while it is open."""
    return words.for_the_circle(round_id)


@transaction.atomic
def say_otherwise(round_id: str, slip: UUID, in_other_words: str, *, by: Any) -> None:
    """The words go, what they mean stays. Whoever said it otherwise is none of the two who agree.

    Raises SaidAlready.
    """
    question = _question_of(round_id, slip)
    wording = Wording(round=round_id, question=question, in_other_words=in_other_words)
    wording.agreed_by = [_mark(wording, by)]
    wording.save()
    words.forget(slip)


@transaction.atomic
def leave_out(round_id: str, slip: UUID) -> None:
    """There is no way to say it without giving somebody away, or nothing in it. Raises SaidAlready."""
    _question_of(round_id, slip)
    words.forget(slip)


@transaction.atomic
def agree(wording: Wording, *, by: Any) -> bool:
    """It gives nobody away. False from whoever said it, or agreed before. Raises SaidAlready.

    Once enough have agreed nobody needs to be told apart any more, and no mark of anybody is kept.
    """
    newest = _newest(wording)
    mark = _mark(newest, by)
    if mark in newest.agreed_by:
        return False
    newest.agreed += 1
    newest.agreed_by = [*newest.agreed_by, mark] if newest.agreed < ENOUGH else []
    newest.save(update_fields=["agreed_by", "agreed"])
    return True


@transaction.atomic
def say_again(wording: Wording, in_other_words: str, *, by: Any) -> None:
    """It could give somebody away, so it is said in yet other words. Whoever agreed is asked again.

    Raises SaidAlready.
    """
    newest = _newest(wording)
    newest.in_other_words, newest.agreed, newest.agreed_by = in_other_words, 0, [_mark(newest, by)]
    newest.save(update_fields=["in_other_words", "agreed", "agreed_by"])


def strike_out(wording: Wording) -> None:
    """Nobody is to read it."""
    wording.delete()


def is_waiting_for(person: Any, wording: Wording) -> bool:
    """Whether this person can still agree."""
    return wording.agreed < ENOUGH and _mark(wording, person) not in wording.agreed_by


def _newest(wording: Wording) -> Wording:
    """As it stands now, if it still waits for anybody."""
    newest = Wording.objects.select_for_update().filter(pk=wording.pk, agreed__lt=ENOUGH).first()
    if newest is None:
        raise SaidAlready
    return newest


def _question_of(round_id: str, slip: UUID) -> str:
    found = next((question for key, question, _words in waiting(round_id) if key == slip), None)
    if found is None:
        raise SaidAlready
    return found


def _mark(wording: Wording, person: Any) -> str:
    """Tells people apart, and tells a stolen disk nothing: it takes the house's secret to make one."""
    return salted_hmac(SALT, f"{wording.pk} {person.pk}", algorithm="sha256").hexdigest()
