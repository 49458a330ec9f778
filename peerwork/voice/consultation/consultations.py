"""A consultation is started, written, opened and closed. Once it is open, nothing about it can be bent."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from django.db import transaction

from peerwork.ground.postbox import rounds
from peerwork.ground.releases import ledger
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation.form import EMPTY, Form
from peerwork.voice.consultation.models import Consultation, OldForm

# One token for each person, and all that a year may cost at most half of (ground/releases/ledger.py).
TOKENS, PRICE = 1, 4_000_000
# Four quarters of themes, at what each may cost (voice/themes/rounds.py). Peers pay for both, whoever else is asked,
# and themes open by themselves: a consultation that took their share would leave a quarter uncounted for good.
THEMES = 4_000_000
BEGINS = "consultation."
State = Consultation.State


class Fixed(Exception):
    """It is open, or over. The questions are what they are."""


class NoRoomThisYear(Exception):
    """What the answers would tell costs more of the year's privacy than is left."""


def round_of(consultation: Consultation) -> str:
    """What its round is called: consultation.1a2b3c4d5e6f."""
    return f"{BEGINS}{consultation.pk.hex[:12]}"


def start(*, title: str, audience: str, like: Consultation | None = None) -> Consultation:
    """Empty, or with the questions of another and their codes, so that the two can be laid side by side."""
    form = deepcopy(like.form if like else dict(EMPTY))
    return Consultation.objects.create(title=title, audience=audience, form=form)


@transaction.atomic
def call(consultation: Consultation, *, title: str, audience: str) -> None:
    """Another name, or others who may answer. Raises Fixed."""
    _still_written(consultation)
    Consultation.objects.filter(pk=consultation.pk).update(title=title, audience=audience)


@transaction.atomic
def change(consultation: Consultation, edit: Callable[[Form], Form]) -> None:
    """The newest questions, changed. How they were stays to be seen. Raises Fixed, and whatever `edit` raises."""
    newest = _still_written(consultation)
    form = edit(newest.form)
    if form == newest.form:
        return
    OldForm.objects.create(consultation=newest, version=newest.version, form=newest.form)
    newest.form, newest.version = form, newest.version + 1
    newest.save(update_fields=["form", "version"])


@transaction.atomic
def undo(consultation: Consultation, *, version: int) -> bool:
    """As it was before this version. Pressed twice, it goes back once. Raises Fixed."""
    newest = _still_written(consultation)
    old = OldForm.objects.filter(consultation=newest, version=version - 1).first()
    if newest.version != version or old is None:
        return False
    newest.form, newest.version = old.form, old.version
    newest.save(update_fields=["form", "version"])
    old.delete()
    return True


@transaction.atomic
def open_up(consultation: Consultation, *, roster: int, opens_on: date, closes_on: date) -> None:
    """From here on everything is fixed: the questions, who may answer, the days, the floor and the price.

    Raises Fixed if it was opened before, and NoRoomThisYear: better to hear it now than when all have answered.
    """
    newest = _still_written(consultation)
    if room_in_the_year(newest.audience, closes_on) < PRICE:
        raise NoRoomThisYear
    rounds.open_round(
        round_of(newest),
        audience=newest.audience,
        tokens=TOKENS,
        roster=roster,
        floor=rounds.FLOOR,
        price=PRICE,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    newest.state, newest.opens_on, newest.closes_on = State.OPEN, opens_on, closes_on
    newest.save(update_fields=["state", "opens_on", "closes_on"])


def room_in_the_year(audience: str, closes_on: date) -> int:
    """What is left to spend when it closes, less what the themes need and what others still have to pay."""
    quarter, owed = quarters.of(closes_on), _owed()
    years, asked = ledger.years_with(quarter), ledger.paid_for(BEGINS) + owed
    for_consultations = ledger.CAP - THEMES - max(sum(asked[each] for each in year) for year in years)
    still_to_pay = sum(owed[each] for each in set().union(*years))
    return min(for_consultations, ledger.left(audience, quarter) - still_to_pay)


def _owed() -> Counter[str]:
    """What was asked and is not counted, by the quarter that will pay for it."""
    owed = Counter[str]()
    for one in Consultation.objects.filter(state__in=(State.OPEN, State.CLOSED)):
        if one.closes_on is not None and not is_counted(one):
            owed[quarters.of(one.closes_on)] += PRICE
    return owed


def is_counted(consultation: Consultation) -> bool:
    """What its round says. The consultation itself may not have heard of it."""
    its_round = rounds.find(round_of(consultation))
    return its_round is not None and its_round.state == "counted"


def close_what_is_over(today: date) -> None:
    """The key of each goes with its round. Safe to repeat, every night."""
    for consultation in Consultation.objects.filter(state=State.OPEN, closes_on__lt=today):
        its_round = rounds.find(round_of(consultation))
        if its_round is not None and its_round.state == "open":
            rounds.close(its_round)
        Consultation.objects.filter(pk=consultation.pk, state=State.OPEN).update(state=State.CLOSED)


@transaction.atomic
def throw_away(consultation: Consultation) -> None:
    """A draft nobody needs. Raises Fixed for one that was open."""
    _still_written(consultation).delete()


def _still_written(consultation: Consultation) -> Any:
    newest = Consultation.objects.select_for_update().filter(pk=consultation.pk, state=State.WRITTEN).first()
    if newest is None:
        raise Fixed
    return newest
