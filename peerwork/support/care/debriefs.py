"""What can happen to the wish for a debrief: it is asked for without a name, it waits, and one is planned.

Whoever asks shows a word that is the same for every member on that day, so the word tells nobody apart. What is
kept is what it was about, if they said, and the quarter. There is no verb here that takes a person.

It stays in memory until the hour's job (site/night.py) puts all that came in the table, in an order drawn by
lot. So nothing in the database's journal tells what was written beside it. A crash of the machine loses it.

Thirty may wait, on the way and in the table. The next one takes the place of another of the kind that waits most
often. So nothing tells how many wait, not to somebody who asks thirty times, and no flood can wash a rarer ask away.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import localdate

from peerwork.ground.tallies import quarters
from peerwork.people.rules import is_coordinator, is_facilitator, manages_staff
from peerwork.support.care import asked, hard
from peerwork.support.care.models import DebriefAsk

MOST = 30
# Those who may plan a gathering for peers alone. Whatever else they do here, never those who manage staff.
plans_for_peers = (is_coordinator | is_facilitator) & ~manages_staff


def today(zone: str) -> date:
    """On the network's clock, whoever asks: on their own, the word would tell who lives elsewhere."""
    return localdate(timezone=ZoneInfo(zone))


def word(day: date) -> str:
    """What every member shows on this day. Nobody can make it without the server's secret."""
    said = salted_hmac("peerwork/1 debrief", day.isoformat(), secret=settings.SECRET_KEY, algorithm="sha256")
    return str(said.hexdigest())


def is_good(shown: str, *, on: date) -> bool:
    """Today's word, or yesterday's: a page may have been left open past midnight."""
    return any(constant_time_compare(shown, word(day)) for day in (on, on - timedelta(days=1)))


def ask(*, about: str) -> None:
    """One more is on its way. `about` is a code of the pack; anything else counts as nothing said."""
    folder = settings.OPTIONS.memory
    with asked.alone(folder):
        there = asked.all_of_them(folder)
        if len(there) >= MOST:
            asked.drop(folder, _of_the_most_often(there.items()))
        asked.keep(folder, about if about in hard.events() else "")


def put_up(*, on: date) -> None:
    """All that are on their way begin to wait. Safe to repeat: each has its number from the start."""
    folder = settings.OPTIONS.memory
    with asked.alone(folder):
        there = asked.all_of_them(folder)
        if there:
            _put_in_the_table(there, quarters.of(on))
        for number in there:
            asked.drop(folder, number)


def waiting() -> QuerySet[DebriefAsk]:
    """In the order of random numbers, which is none."""
    return DebriefAsk.objects.order_by("pk")


def planned(wish: DebriefAsk) -> None:
    """Somebody plans it, so it waits no longer."""
    wish.delete()


@transaction.atomic
def _put_in_the_table(asks: dict[UUID, str], quarter: str) -> None:
    there = set(waiting().values_list("pk", flat=True))
    fresh = [(number, about) for number, about in asks.items() if number not in there]
    secrets.SystemRandom().shuffle(fresh)
    for number, about in fresh:
        waits = list(waiting().values_list("pk", "about"))
        if len(waits) >= MOST:
            DebriefAsk.objects.filter(pk=_of_the_most_often(waits)).delete()
        DebriefAsk.objects.create(pk=number, about=about, quarter=quarter)


def _of_the_most_often(asks: Iterable[tuple[UUID, str]]) -> UUID:
    """The number of one that can go: another of its kind stays."""
    asks = list(asks)
    ((most_often, _many),) = Counter(about for _number, about in asks).most_common(1)
    return next(number for number, about in asks if about == most_often)
