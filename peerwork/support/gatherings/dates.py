"""What can happen to a single date: it is called off, brought back, moved, and covered."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from peerwork.support.gatherings import seats, times
from peerwork.support.gatherings.models import Gathering, Host


def call_off(gathering: Gathering) -> None:
    """It is not held. Those with a seat see that, and it can be brought back."""
    gathering.is_off = True
    gathering.save(update_fields=["is_off"])


def bring_back(gathering: Gathering) -> None:
    gathering.is_off = False
    gathering.save(update_fields=["is_off"])


@transaction.atomic
def change(gathering: Gathering, *, starts: datetime, **what: Any) -> None:
    """This date only: another time, another place, more room. `starts` is a wall clock time in its zone."""
    for name, says in what.items():
        setattr(gathering, name, says)
    gathering.starts_at = times.moment(starts, gathering.zone)
    gathering.ends_at = gathering.starts_at + timedelta(minutes=gathering.minutes)
    gathering.is_own = True
    gathering.save()
    seats.let_go_of_those_kept_out(Gathering.objects.filter(pk=gathering.pk))


def cover(gathering: Gathering, *, by) -> None:
    """Somebody else holds the room this time. Whoever facilitates it already, goes on."""
    Host.objects.get_or_create(gathering=gathering, person=by, defaults={"part": Host.Part.COVERS})


def stop_covering(gathering: Gathering, *, by) -> None:
    Host.objects.filter(gathering=gathering, person=by, part=Host.Part.COVERS).delete()
