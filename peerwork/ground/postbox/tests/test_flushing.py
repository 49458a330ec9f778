"""The flush: all or nothing, once, in no order, whatever happens in the middle."""

import time
import traceback

import pytest
from django.db import DatabaseError, transaction

from peerwork.ground.postbox import flushing, rounds, sheaf, slips, staging
from peerwork.ground.postbox.models import Slip, Spent
from peerwork.ground.postbox.tests import writers
from peerwork.ground.postbox.tests.conftest import draw, say

GRIEF, PAY = ("themes", "grief"), ("themes", "pay")


def cut_off(_round):
    raise staging.Full


def test_under_ten_nothing_is_written(themes):
    tokens = draw(themes, devices=4)
    for token in tokens[:9]:
        say(themes, token, GRIEF)
    assert flushing.flush_if_enough(themes) is False
    assert not Slip.objects.exists()
    say(themes, tokens[9], GRIEF)
    assert flushing.flush_if_enough(themes) is True
    assert slips.histogram(themes, "themes") == {"grief": 10}
    assert staging.how_many(themes.pk) == 0


def test_what_came_together_is_cut_apart(themes):
    token = draw(themes)[0]
    say(themes, token, GRIEF, ("themes:words", "it was a hard month"))
    flushing.flush(themes)
    one, other = Slip.objects.all()
    assert {one.question, other.question} == {"themes", "themes:words"}
    assert Spent.objects.count() == 1
    kept = {field.name for model in (Slip, Spent) for field in model._meta.concrete_fields}
    assert kept == {"id", "round", "question", "answer", "mark"}  # nothing that could hold them together


def test_a_flush_tells_how_far_it_is(themes, monkeypatch):
    monkeypatch.setattr(flushing, "AT_ONCE", 2)
    for token in draw(themes, devices=2)[:5]:
        say(themes, token, GRIEF, PAY)
    told = []
    assert flushing.flush(themes, progress=lambda done, of: told.append((done, of))) == 5
    assert told == [(done, 15) for done in (2, 4, 5, 7, 9, 11, 13, 15)]


def test_an_empty_flush_is_no_trouble(themes):
    assert flushing.flush(themes) == 0


def test_a_flush_that_fails_has_written_nothing_and_lost_nothing(themes):
    for token in draw(themes):
        say(themes, token, GRIEF)

    def fail(_done, _of):
        raise DatabaseError("Failing row contains (grief)")

    with pytest.raises(flushing.NotWritten) as why:
        flushing.flush(themes, progress=fail)
    assert "grief" not in "".join(traceback.format_exception(why.value))
    assert not Slip.objects.exists()
    assert not Spent.objects.exists()
    assert flushing.flush(themes) == 3


def test_a_flush_that_ends_between_writing_and_letting_go_writes_nothing_twice(themes, monkeypatch):
    tokens = draw(themes)
    for token in tokens[:2]:
        say(themes, token, GRIEF)
    monkeypatch.setattr(staging, "empty", cut_off)
    with pytest.raises(staging.Full):
        flushing.flush(themes)
    monkeypatch.undo()
    assert staging.how_many(themes.pk) == 2
    say(themes, tokens[2], PAY)
    assert flushing.flush(themes) == 1
    assert slips.histogram(themes, "themes") == {"grief": 2, "pay": 1}
    assert len(rounds.board(themes.pk)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_flush_inside_something_that_may_still_fail_is_refused(open_a_round):
    """What waits is let go after the flush. Were that undone later, it would be lost."""
    themes = open_a_round()
    say(themes, draw(themes)[0], GRIEF)
    with pytest.raises(RuntimeError), transaction.atomic():
        flushing.flush(themes)
    assert staging.how_many(themes.pk) == 1


def test_a_hundred_thousand_slips_take_under_half_a_minute(themes):
    """Measured on three thousand, by the time this thread was at work (tests/bench_flush.py has the whole)."""
    slips_here = 3_000
    content = b'[["themes","grief"]]'
    sheaf.make(staging._path(themes.pk), dict.fromkeys(writers.marks(slips_here), content))
    start = time.thread_time()
    assert flushing.flush(themes) == slips_here
    assert (time.thread_time() - start) * 100_000 / slips_here < 30
