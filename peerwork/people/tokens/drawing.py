"""What can happen to a draw: a device draws its tokens once, or somebody asks for paper; it ends with the round.

The first batch that came is the one that counts. Whoever asks again gets its signatures again: the answer may have
got lost, the tab may have been closed, and a second device may ask in the same moment. Nobody gets a second batch.
"""

from itertools import batched
from typing import NamedTuple

from django.db import transaction

from peerwork.ground.postbox import rounds
from peerwork.people.tokens.models import Draw
from peerwork.people.tokens.policy import audiences_of

BLINDED = 256  # bytes of one hidden token: as many as the key has


class NotTheirs(Exception):
    """There is no such round, it is closed, or it is not for this person. They are told the same."""


class OnPaper(Exception):
    """They asked for paper, and it is not printed yet. A device gets no tokens as well."""


class HasDrawn(Exception):
    """Their device has its tokens, or their envelope was printed. There is no second one."""


class Signed(NamedTuple):
    """The signatures under the first batch, and whether that is the one just shown."""

    signatures: list[bytes]
    is_the_first: bool


def rounds_of(person) -> list:
    """The open rounds in which this person's device draws. Whoever waits for paper is left out of that round."""
    waiting, mine = waits_for_paper(person), rounds.open_now(audiences_of(person))
    return [one for one in mine if one.pk not in waiting]


def waits_for_paper(person) -> set[str]:
    """The rounds in which this person asked for paper that is not printed yet."""
    return set(Draw.objects.filter(person=person, on_paper=True).values_list("round_id", flat=True))


def draw(person, round_id: str, blinded: list[bytes]) -> Signed:
    """Sign this person's tokens, unseen. Raises NotTheirs, OnPaper, and NotSignable for what is no batch."""
    the_round = theirs(person, round_id)
    drawn = _draw_of(person, round_id) or _keep_the_first(person, the_round, blinded)
    if drawn.on_paper:
        raise OnPaper
    return Signed(_signed(the_round, drawn), bytes(drawn.blinded) == b"".join(blinded))


def drawn_before(person, round_id: str) -> list[bytes]:
    """The signatures of the first batch once more, or none. Raises NotTheirs and OnPaper."""
    the_round, drawn = theirs(person, round_id), _draw_of(person, round_id)
    if drawn and drawn.on_paper:
        raise OnPaper
    return _signed(the_round, drawn) if drawn else []


@transaction.atomic
def on_paper(person, round_id: str) -> None:
    """This person asks for an envelope. Raises NotTheirs and HasDrawn. Safe to repeat."""
    theirs(person, round_id)
    drawn, _new = Draw.objects.get_or_create(person=person, round_id=round_id, defaults={"on_paper": True})
    if not drawn.on_paper:
        raise HasDrawn


def not_on_paper(person, round_id: str) -> None:
    """Back to their own device, as long as no envelope was printed for them."""
    Draw.objects.filter(person=person, round_id=round_id, on_paper=True).delete()


def forget_what_is_over() -> int:
    """Draws of every round that is not open. For the night: what broke off yesterday is done today."""
    return Draw.objects.exclude(round__state="open").delete()[0]


def theirs(person, round_id: str):
    """A round of this person's that is open today. Raises NotTheirs."""
    mine = {one.pk: one for one in rounds.open_now(audiences_of(person))}
    if round_id not in mine:
        raise NotTheirs
    return mine[round_id]


def _draw_of(person, round_id: str) -> Draw | None:
    return Draw.objects.filter(person=person, round_id=round_id).first()


def _keep_the_first(person, the_round, blinded: list[bytes]) -> Draw:
    # What cannot be signed is not kept: as the first batch, it would be in its owner's way for good.
    _sign(the_round, blinded)
    with transaction.atomic():
        theirs(person, the_round.pk)  # it may have been closed meanwhile
        drawn, is_first = Draw.objects.get_or_create(
            person=person, round_id=the_round.pk, defaults={"blinded": b"".join(blinded)}
        )
        if is_first:
            rounds.one_more_drew(the_round)
    return drawn


def _signed(the_round, drawn: Draw) -> list[bytes]:
    return _sign(the_round, [bytes(one) for one in batched(bytes(drawn.blinded), BLINDED)])


def _sign(the_round, blinded: list[bytes]) -> list[bytes]:
    try:
        return rounds.sign_for(the_round, blinded)
    except rounds.Closed as error:
        raise NotTheirs from error
