"""What the house does by itself while people sleep. Every step is safe to repeat."""

import logging
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.tasks import task
from django.utils import timezone
from django_ox.models import OxScheduleTick, OxTask

from peerwork.ground.intake import waiting
from peerwork.ground.retention.forgetting import forget
from peerwork.people.door.sessions import SessionStore
from peerwork.people.members import queries as members
from peerwork.site import backups, journal, voices
from peerwork.site.cli import Refused
from peerwork.support.care import debriefs
from peerwork.support.gatherings import counts, seats, series, settling
from peerwork.support.line.after import counts as line_counts
from peerwork.support.line.number import messages, store
from peerwork.support.line.roster import duties, load, shifts

KEEP_JOBS = timedelta(days=2)
TRIES = 3


@task
def tidy_up() -> None:
    """Settle the days that are over, count what is due, grow the calendar, hear what was said, forget what is over."""
    network = members.network()
    if network is None:
        return
    with timezone.override(ZoneInfo(network.time_zone)):
        today = timezone.localdate()
        settling.settle_past_days(today)
        counts.tally_what_is_due(today)
        series.grow_all(today)
        load.settle(today)
        duties.let_go_of_those_who_stopped()
        shifts.grow_all(today)
        seats.let_go_of_those_kept_out_by_now(timezone.now())
        debriefs.put_up(on=today)
        store.forget()
        messages.forget_those_that_are_over()
        line_counts.write_down_the_week(timezone.localtime())
        forget(today)
        _hear(today)
    waiting.clear(settings.OPTIONS.memory)
    SessionStore.blur()
    _forget_old_jobs()
    _empty_the_journal()
    _seal_a_backup(today)


def _hear(today: date) -> None:
    """Whatever goes wrong here, the rest of the night goes on. The host reads that it did, and no word of anybody."""
    try:
        voices.hear(today)
    except Exception as error:  # noqa: BLE001 — one round that cannot be counted must not keep the house from forgetting
        logging.getLogger(__name__).error(  # noqa: TRY400 — a trace could hold somebody's words
            "What was said could not be written down or counted: %s.", type(error).__name__
        )


def _forget_old_jobs() -> None:
    """Jobs leave rows with times. They are the tools' own, and gone after two days."""
    long_ago = timezone.now() - KEEP_JOBS
    OxTask.objects.filter(finished_at__lt=long_ago).delete()
    newest = OxScheduleTick.objects.order_by("-scheduled_for").values("pk")[:1]
    OxScheduleTick.objects.filter(scheduled_for__lt=long_ago).exclude(pk__in=newest).delete()


def _empty_the_journal() -> None:
    """What was forgotten still stands in SQLite's journal, until that is written in and cut to nothing. What was
    written over stands elsewhere in the file than what was not, until the file is put in order.

    Never inside a transaction (a test's): there it would wait for itself.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    database = Path(str(connection.settings_dict["NAME"]))
    try:
        journal.put_in_order(database)
    except sqlite3.OperationalError as error:
        logging.getLogger(__name__).error("The database was not put in order. %s", error)  # noqa: TRY400
    if not any(journal.empty(database) for _try in range(TRIES)):
        logging.getLogger(__name__).error("The journal could not be emptied. The next hour tries again.")


def _seal_a_backup(today: date) -> None:
    """After what had its day was forgotten. Where it cannot be made, the host reads why; the night goes on."""
    folder = settings.OPTIONS.backups
    if folder is None or connection.in_atomic_block:
        return
    try:
        backups.every_night(folder, today)
    except (Refused, OSError) as error:
        logging.getLogger(__name__).error("No backup was made tonight. %s", error)  # noqa: TRY400
