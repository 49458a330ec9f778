"""What can happen to a duty: it is taken, taken over, put up for somebody else, and changes hands.

Whoever asks for cover stays on duty until somebody has it, so that nothing is promised falsely. Doing it for somebody
takes their word and no more: these are colleagues, and whoever did it can undo it. In the middle of a shift anybody
who answers may take over at once; rest and hours do not stand in the way then.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from peerwork.people.members.models import Person
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import limits, supporters
from peerwork.support.line.roster.limits import Broken, Why
from peerwork.support.line.roster.models import Duty, Regular, Shift, SwapOffer


@transaction.atomic
def take(shift: Shift, turn: Turn, *, by) -> Duty:
    """Be on duty, in an open place or in somebody's stead. Twice is once. Raises Broken, and then nothing changed."""
    shift = held_still(shift, by)
    mine = shift.duties.filter(person=by).first()
    there = shift.duties.filter(turn=turn).first()
    if mine and mine.turn == turn:
        return mine
    why = why_not(shift, turn, by)
    if why:
        raise Broken(*why)
    if mine:
        return _move_up(mine, there, turn)
    return _hand_over(there, by) if there else Duty.objects.create(shift=shift, turn=turn, person=by)


def why_not(shift: Shift, turn: Turn, by, book: limits.Book | None = None) -> tuple[Why, ...]:
    """What stands against it, before anybody tries."""
    is_now = shift.starts_at <= now()
    book = book or limits.open_book()
    turns = {duty.turn: duty.person_id for duty in shift.duties.all()}
    found = book.why_not(
        limits.key(by.pk), limits.span_of(shift), without=[limits.key(shift.pk)], is_now=is_now
    )
    if turn == Turn.SECOND and turns.get(Turn.FIRST, by.pk) == by.pk:
        found = (*found, Why.ALONE)
    return found


def held_by(shift: Shift, turn: Turn) -> str:
    """The name of whoever is on in that place at this moment; empty where nobody is."""
    return shift.duties.filter(turn=turn).values_list("person__name", flat=True).first() or ""


def ask_for_cover(duty: Duty) -> None:
    """Others see it. Until somebody takes it, whoever asks is on duty."""
    _still_theirs(duty).update(wants_out=True)


def keep(duty: Duty) -> None:
    """They do it after all. Raises Broken while they rest: nobody would be rung, and nobody would see that."""
    if limits.open_book().rests_at(limits.key(duty.person_id), limits.span_of(duty.shift)):
        raise Broken(Why.RESTS)
    _still_theirs(duty).update(wants_out=False)


def _still_theirs(duty: Duty) -> QuerySet[Duty]:
    return Duty.objects.filter(pk=duty.pk, person=duty.person_id)


@transaction.atomic
def let_go_of_those_who_stopped() -> None:
    """Somebody's roles changed, or they are paused: their places to come are open, and so is their turn in a series."""
    here = supporters.answering().values("pk")
    Duty.objects.filter(shift__ends_at__gt=now()).exclude(person__in=here).delete()
    Regular.objects.exclude(person__in=here).delete()


def held_still(shift: Shift, *people) -> Shift:
    """As it is now, with nobody else changing it, or what these people have, until we are done. Raises Broken."""
    fresh = Shift.objects.select_for_update().filter(pk=shift.pk, ends_at__gt=now()).first()
    list(Person.objects.select_for_update().filter(pk__in=[one.pk for one in people]).order_by("pk"))
    if fresh is None:
        raise Broken(Why.OVER)
    return fresh


def change_hands(duty: Duty, to) -> None:
    """What was offered or asked about it is not true any more."""
    SwapOffer.objects.filter(mine=duty).delete()
    SwapOffer.objects.filter(theirs=duty).delete()
    duty.person, duty.wants_out = to, False
    duty.save(update_fields=["person", "wants_out"])


def _hand_over(duty: Duty, to) -> Duty:
    change_hands(duty, to)
    return duty


def _move_up(mine: Duty, there: Duty | None, turn: Turn) -> Duty:
    """Whoever was second is first now, and the second place is open."""
    if there:
        there.delete()
    mine.turn = turn
    mine.save(update_fields=["turn"])
    return mine
