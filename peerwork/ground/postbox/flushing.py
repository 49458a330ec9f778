"""The flush: what waited in memory is cut apart and written down, all in one transaction, in an order of chance.

Two lists leave here that nothing connects: the marks for the board, and the pieces. Each is shuffled for itself.
"""

import json
from collections.abc import Callable
from itertools import batched
from random import SystemRandom

from django.db import DatabaseError, connection, transaction

from peerwork.ground.postbox import staging
from peerwork.ground.postbox.models import Round, Slip, Spent

ENOUGH = 10
AT_ONCE = 500

type Progress = Callable[[int, int], None]

# What PostgreSQL must not write into its log: the words of a statement, or of a row it refuses, are those of a slip.
HUSH = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}


class NotWritten(Exception):
    """The database refused. Nothing is written, and everything goes on waiting."""


def flush_if_enough(the_round: Round, k: int = ENOUGH) -> bool:
    """Asked every hour. Once at least k wait, so that each is one of k. Says whether it was done."""
    with staging.alone():
        is_enough = staging.how_many(the_round.pk) >= k
        if is_enough:
            flush(the_round)
        staging.touch_all()
    return is_enough


def flush(the_round: Round, progress: Progress | None = None) -> int:
    """Write down all that waits. Says how many. Safe to repeat, also after being killed in the middle.

    `progress` is told how many rows are written, of how many. Raises NotWritten: also on a PostgreSQL that does not
    let us hush its log (GRANT SET ON PARAMETER to the role, or set it so for all).
    """
    with staging.alone():
        waiting = staging.all_of(the_round.pk)
        try:
            fresh = _write(the_round, waiting, progress or (lambda _done, _of: None))
        except DatabaseError as error:  # in its own words it might say what the row was
            raise NotWritten(type(error).__name__) from None
        if waiting:
            staging.empty(the_round.pk)
    return fresh


@transaction.atomic(durable=True)  # what waits is let go only after this is on the disk
def _write(the_round: Round, waiting: dict[str, bytes], progress: Progress) -> int:
    _hush()
    known = _on_the_board(list(waiting))
    fresh = {mark: content for mark, content in waiting.items() if mark not in known}
    _write_fresh(the_round, fresh, progress)
    return len(fresh)


def _write_fresh(the_round: Round, waiting: dict[str, bytes], progress: Progress) -> None:
    marks = shuffled(waiting)
    pieces = shuffled(
        [piece for content in waiting.values() for piece in json.loads(content.rpartition(b"\n")[2])]
    )
    done, of = 0, len(marks) + len(pieces)
    for some in batched(marks, AT_ONCE):
        done += len(Spent.objects.bulk_create(Spent(mark=mark, round_id=the_round.pk) for mark in some))
        progress(done, of)
    for a_few in batched(pieces, AT_ONCE):
        done += len(Slip.objects.bulk_create(_slip(the_round, *piece) for piece in a_few))
        progress(done, of)


def _slip(the_round: Round, question: str, answer: str) -> Slip:
    return Slip(round_id=the_round.pk, question=question, answer=answer)


def shuffled[T](those: dict[T, bytes] | list[T]) -> list[T]:
    """In an order of chance that nobody can work out again."""
    mixed = list(those)
    SystemRandom().shuffle(mixed)
    return mixed


def _on_the_board(marks: list[str]) -> set[str]:
    """Those that a flush had written before it was killed."""
    found: set[str] = set()
    for some in batched(marks, AT_ONCE):
        found.update(Spent.objects.filter(mark__in=some).values_list("mark", flat=True))
    return found


def _hush() -> None:
    """Only for this transaction, and only where the host has not done it already."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, value in HUSH.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone() != (value,):
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
