"""What can happen to a seat: it is taken, given up, excused, and a place in the line moves up by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.timezone import now

from peerwork.support.gatherings import policy
from peerwork.support.gatherings.models import Gathering, Host, Seat


class TooLate(Exception):
    """It is over, or called off: there are no seats to keep any more."""


@transaction.atomic
def take(gathering: Gathering, *, by) -> Seat:
    """Keep a seat, or a place in the line where every seat is kept. Taking it twice changes nothing."""
    gathering = _held_still(gathering)
    seat = Seat.objects.filter(gathering=gathering, person=by).first() or Seat(gathering=gathering, person=by)
    if seat._state.adding or seat.state == Seat.State.APOLOGIES:
        seat.state, seat.turn = _next_place(gathering)
        seat.save()
    return seat


@transaction.atomic
def give_up(gathering: Gathering, *, by) -> None:
    """The place is free again, and the first in the line has it."""
    gathering = _held_still(gathering)
    Seat.objects.filter(gathering=gathering, person=by).delete()
    move_up(gathering)


@transaction.atomic
def send_apologies(gathering: Gathering, *, by) -> None:
    """Whoever facilitates sees that they cannot come. Nobody asks why."""
    gathering = _held_still(gathering)
    changed = {"state": Seat.State.APOLOGIES, "turn": None, "moved_up": False}
    Seat.objects.update_or_create(gathering=gathering, person=by, defaults=changed)
    move_up(gathering)


@transaction.atomic
def move_up(gathering: Gathering) -> None:
    """As long as there is a free place and somebody waiting, the first in the line gets it."""
    waiting = gathering.seats.filter(state=Seat.State.WAITING).order_by("turn")
    for seat in waiting[: _free(gathering)]:
        seat.state, seat.turn, seat.moved_up = Seat.State.KEPT, None, True
        seat.save(update_fields=["state", "turn", "moved_up"])


@transaction.atomic
def let_go_of_those_kept_out(gatherings: QuerySet[Gathering]) -> None:
    """It is for others now, or somebody's roles changed: seats and hosts it is no longer open to are gone.

    Otherwise what somebody keeps there would go on telling them about it.
    """
    for kept, may_stay in ((Seat, policy.may_enter), (Host, policy.may_know)):
        for row in kept._default_manager.filter(gathering__in=gatherings).select_related(
            "gathering", "person"
        ):
            if not may_stay(row.person, row.gathering):
                row.delete()
    for gathering in gatherings:
        move_up(gathering)


def let_go_of_those_kept_out_by_now(at: datetime) -> None:
    """Every gathering to come, for the night: somebody's roles may have changed since they took a seat."""
    with_seats = Seat.objects.filter(gathering__ends_at__gt=at).values("gathering")
    with_hosts = Host.objects.filter(gathering__ends_at__gt=at).values("gathering")
    let_go_of_those_kept_out(Gathering.objects.filter(Q(pk__in=with_seats) | Q(pk__in=with_hosts)))


def _held_still(gathering: Gathering) -> Gathering:
    """The gathering as it is now, with nobody else changing its seats until we are done."""
    fresh = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if fresh.is_off or fresh.ends_at <= now():
        raise TooLate
    return fresh


def _next_place(gathering: Gathering) -> tuple[str, int | None]:
    if _free(gathering) > 0:
        return Seat.State.KEPT, None
    last = gathering.seats.aggregate(last=Max("turn"))["last"] or 0
    return Seat.State.WAITING, last + 1


MANY = 10_000


def _free(gathering: Gathering) -> int:
    if gathering.capacity is None:
        return MANY
    return max(0, gathering.capacity - gathering.seats.filter(state=Seat.State.KEPT).count())
