"""An answer comes in: a token or a paper's code, and the pieces. Who sent it is not known here, and not asked."""

from datetime import date

from peerwork.ground.postbox import redeeming
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.models import Consultation

BEGINS = "consultation."
DIGITS = 12


def take(body: bytes, *, on: date) -> None:
    """Into the postbox, if it fits the questions. The same again is fine.

    Raises forms.NotGood, and redeeming's NotGood, AlreadySpent, Closed and Full.
    """
    said = redeeming.from_body(body)
    asked = of_round(said.round)
    if asked is None:
        raise redeeming.NotGood("There is no such consultation.")
    forms.check_pieces(asked.form, said.pieces)
    redeeming.take(said.round, said.shown, said.pieces, on=on)


def of_round(round_id: str) -> Consultation | None:
    """The consultation that a round belongs to."""
    digits = round_id.removeprefix(BEGINS)
    if len(digits) != DIGITS or not round_id.startswith(BEGINS):
        return None
    opened = Consultation.objects.exclude(state=Consultation.State.WRITTEN)
    return opened.filter(pk__startswith=digits).first()
