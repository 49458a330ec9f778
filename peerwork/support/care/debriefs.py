"""What can happen to the wish for a debrief: it is asked for without a name, it waits, and one is planned.

Whoever asks shows a word that is the same for every member on that day, so the word tells nobody apart. What is
kept is what it was about, if they said, and the quarter. There is no verb here that takes a person.

Thirty may wait. The next one takes the place of another of the kind that waits most often. So nothing tells
how many wait, not to somebody who asks thirty times, and no flood can wash a rarer ask away.
"""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import localdate

from peerwork.ground.tallies import quarters
from peerwork.people.rules import is_coordinator, is_facilitator, manages_staff
from peerwork.support.care import hard
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


@transaction.atomic
def ask(*, about: str, on: date) -> None:
    """One more waits. `about` is a code of the pack; anything else counts as nothing said."""
    _make_room()
    DebriefAsk.objects.create(about=about if about in hard.events() else "", quarter=quarters.of(on))


def waiting() -> QuerySet[DebriefAsk]:
    """In the order of random numbers, which is none."""
    return DebriefAsk.objects.order_by("pk")


def planned(wish: DebriefAsk) -> None:
    """Somebody plans it, so it waits no longer."""
    wish.delete()


def _make_room() -> None:
    asks = list(waiting())
    if len(asks) >= MOST:
        ((most_often, _many),) = Counter(wish.about for wish in asks).most_common(1)
        next(wish for wish in asks if wish.about == most_often).delete()
