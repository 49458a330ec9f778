"""What people wrote in their own hand. For the peer circle alone, and gone when the circle is done with it."""

from secrets import SystemRandom
from uuid import UUID

from peerwork.ground.postbox.models import WORDS, Round, Slip


def for_the_circle(round_id: str) -> list[tuple[UUID, str, str]]:
    """(slip, question, words) of a round that is over, in another order each time. An open one shows nothing."""
    slips = Slip.objects.filter(round=round_id, question__endswith=WORDS).exclude(
        round__state=Round.State.OPEN
    )
    found = [(pk, question.removesuffix(WORDS), text) for pk, question, text in slips.values_list(
        "pk", "question", "answer"
    )]  # fmt: skip
    SystemRandom().shuffle(found)
    return found


def forget(slip_id: UUID) -> None:
    """The circle has said it in other words. Safe to repeat. Never touches an answer that is a number."""
    Slip.objects.filter(pk=slip_id, question__endswith=WORDS).delete()
