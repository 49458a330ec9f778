"""Taking back what was just done to a shift, for ten minutes. Nothing is stored for it: the page carries it, signed."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.timezone import now

from peerwork.support.line.roster import limits
from peerwork.support.line.roster.limits import Broken, Why
from peerwork.support.line.roster.models import Duty, Shift

TEN_MINUTES = 600

type State = dict[str, dict[str, list[Any]]]


class TooLate(Exception):
    """Ten minutes have gone by, or somebody changed it since. Nothing changed."""


def state_of(shifts: Iterable[Any]) -> State:
    """Who is on, in each of these shifts, and who asks for cover."""
    state: State = {str(shift): {} for shift in shifts}
    for duty in Duty.objects.filter(shift__in=list(state)):
        state[str(duty.shift_id)][duty.turn] = [str(duty.person_id), duty.wants_out]
    return state


def ticket(before: State, *, by) -> str:
    """What the page carries after a move: how it was, and how it is now. Empty where nothing changed."""
    after = state_of(before)
    return "" if after == before else signing.dumps([before, after], salt=_salt(by), compress=True)


@transaction.atomic
def moved(shifts: Iterable[Any], do: Callable[[], str], *, by) -> tuple[str, str]:
    """Do it, and nobody else moves these shifts meanwhile. Returns what `do` says, and what takes it back.

    Raises what `do` raises, and then nothing changed.
    """
    held = Shift.objects.select_for_update().filter(pk__in=list(shifts)).order_by("pk")
    before = state_of([shift.pk for shift in held])
    says = do()
    return says, ticket(before, by=by)


@transaction.atomic
def undo(shown: str, *, by) -> str:
    """Put it back as it was. Returns what takes this back again. Raises TooLate, or Broken."""
    try:
        before, after = signing.loads(shown, salt=_salt(by), max_age=TEN_MINUTES)
    except signing.BadSignature as bad:
        raise TooLate from bad
    shifts = {str(s.pk): s for s in Shift.objects.select_for_update().filter(pk__in=after, ends_at__gt=now())}
    if state_of(after) != after or set(shifts) != set(after):
        raise TooLate
    _put_back(before, after, shifts)
    return ticket(after, by=by)


def _put_back(before: State, after: State, shifts: dict[str, Shift]) -> None:
    """Only the places that changed: what was offered about the others stands."""
    changed = [
        (key, turn)
        for key in after
        for turn in {*before[key], *after[key]}
        if _differs(before, after, key, turn)
    ]
    for key, turn in changed:
        Duty.objects.filter(shift=shifts[key], turn=turn).delete()
    for key, turn in changed:
        if turn in before[key]:
            person, wants_out = before[key][turn]
            rests = _rests(person, shifts[key])
            Duty.objects.create(shift=shifts[key], turn=turn, person_id=person, wants_out=wants_out or rests)


def _differs(before: State, after: State, key: str, turn: str) -> bool:
    return before[key].get(turn) != after[key].get(turn)


def _rests(person: str, shift: Shift) -> bool:
    """They had it before, so rest and hours are their own affair. But nobody is on twice, or after they stopped.

    Whoever rests by now asks for cover. Raises Broken.
    """
    here, there = UUID(person), limits.key(shift.pk)
    why = limits.open_book().why_not(limits.key(here), limits.span_of(shift), without=[there])
    if grave := [one for one in why if one in {Why.TWICE, Why.NOT_ANSWERING}]:
        raise Broken(*grave)
    return Why.RESTS in why


def _salt(by) -> str:
    return f"roster.undo.{by.pk}"
