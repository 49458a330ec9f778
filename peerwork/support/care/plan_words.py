"""The one word an employer can be told: that there is a plan. Nothing of the plan is in it.

Who uses it: a worker whose boss asked "do you look after yourself?". They fear that a yes opens the plan, or
that it stands in a file. So only the worker can say it, to a workplace of theirs. A manager there reads it
one time, and then it never was. Nobody can ask for it, and nobody else can see it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from peerwork.support.care.models import PlanWord

WAITS_DAYS = 30


@transaction.atomic
def give(*, by, to) -> None:
    """This person says so to this workplace. While one waits to be read, a second is the same one."""
    PlanWord.objects.filter(expires_on__lt=localdate()).delete()
    until = localdate() + timedelta(days=WAITS_DAYS)
    PlanWord.objects.get_or_create(person=by, workplace=to, defaults={"expires_on": until})


def read(word: PlanWord) -> None:
    """It was read. Nothing of it stays."""
    word.delete()
