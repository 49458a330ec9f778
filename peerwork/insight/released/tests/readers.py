"""A round that was counted, for stories about who reads it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from conftest import MELBOURNE
from peerwork.ground.postbox.models import Round
from peerwork.ground.releases import counting, signing_off
from peerwork.ground.releases.counting import Question
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.tests.rounds import THEMES, a_round_that_is_over
from peerwork.ground.tallies import quarters

THEMES_OF = "themes.2026-Q3"


def counted(period=THEMES_OF, *, days_ago=0, asked=(THEMES,), said=None, **more) -> list[Release]:
    """As if the night of that day had counted it."""
    day = localdate(timezone=ZoneInfo(MELBOURNE)) - timedelta(days=days_ago)
    if not Round.objects.filter(pk=period).exists():
        said = said or {each.slips: {"a": 20, "b": 10} for each in asked}
        a_round_that_is_over(period, said=said, **more)
    return counting.count(
        period, population="peers", quarter=quarters.of(day), questions=list(asked), today=day
    )


def signed_by(*people, period=THEMES_OF):
    for release in Release.objects.filter(period=period):
        for person in people:
            signing_off.sign(release, person.pk, person.name)


def consultation_of(questions: int) -> list[Question]:
    cells = [(code, f"Answer {code}") for code in "abcdef"]
    return [Question(f"q{n}", f"Question {n}?", "choose", cells, 1, f"q{n}") for n in range(questions)]
