"""What the house does by itself while people sleep. Every step is safe to repeat."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.tasks import task
from django.utils import timezone
from django_ox.models import OxScheduleTick, OxTask

from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import queries as members
from peerwork.support.gatherings import counts, series, settling

KEEP_JOBS = timedelta(days=2)


@task
def tidy_up() -> None:
    """Settle the days that are over, count what is due, grow the calendar, forget what has had its day."""
    network = members.network()
    if network is None:
        return
    with timezone.override(ZoneInfo(network.time_zone)):
        today = timezone.localdate()
        settling.settle_past_days(today)
        counts.tally_what_is_due(today)
        series.grow_all(today)
        forget(today)
    _forget_old_jobs()


def _forget_old_jobs() -> None:
    """Jobs leave rows with times. They are the tools' own, and gone after two days."""
    long_ago = timezone.now() - KEEP_JOBS
    OxTask.objects.filter(finished_at__lt=long_ago).delete()
    newest = OxScheduleTick.objects.order_by("-scheduled_for").values("pk")[:1]
    OxScheduleTick.objects.filter(scheduled_for__lt=long_ago).exclude(pk__in=newest).delete()
