"""An answer comes in: a token or a paper's code, and the pieces. Who sent it is not known here, and not asked."""

import re
from datetime import date
from uuid import UUID

from peerwork.ground.postbox import redeeming
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.consultations import BEGINS
from peerwork.voice.consultation.models import Consultation

# The first half of a number. All numbers that begin with it lie between the other half at its least and its most.
DIGITS, REST = "[0-9a-f]{12}", 20


def take(body: bytes, *, on: date) -> None:
    """Into the postbox, if it fits the questions. The same again is fine.

    Raises forms.NotGood, and redeeming's NotGood, AlreadySpent, Closed and Full.
    """
    said = redeeming.from_body(body)
    asked = of_round(said.round)
    if asked is None:
        raise redeeming.NotGood("There is no such consultation.")
    forms.check_pieces(asked.form, said.pieces)
    redeeming.take(said.round, said.shown, said.pieces, on=on, once=said.once)


def of_round(round_id: str) -> Consultation | None:
    """The consultation that a round belongs to."""
    digits = round_id.removeprefix(BEGINS)
    if not round_id.startswith(BEGINS) or not re.fullmatch(DIGITS, digits):
        return None
    opened = Consultation.objects.exclude(state=Consultation.State.WRITTEN)
    least, most = UUID(digits + "0" * REST), UUID(digits + "f" * REST)
    return opened.filter(pk__gte=least, pk__lte=most).first()
