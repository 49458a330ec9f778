"""What Fran, who funds the line, reads of a quarter. Tran rings every Sunday, and fears to be the thirteen."""

from datetime import date

import pytest

from peerwork.ground.tallies import tallies
from peerwork.support.line.after import counts, quarter

pytestmark = pytest.mark.django_db
A_DAY = date(2026, 11, 18)


def rang(times, *, kept=None, broken=0):
    kept = times - broken if kept is None else kept
    counts.write_down(
        {"way.chat": times, "end.talked": kept, "promise.kept": kept, "promise.broken": broken}, on=A_DAY
    )


def test_thirteen_calls_of_one_person_are_not_shown():
    rang(13)
    assert tallies.of_quarter("2026-Q4", under="line.")["line.asked"] == 13
    assert quarter.of("2026-Q4") == quarter.Quarter(asked=None, talked=None, kept=None)


def test_from_twenty_on_they_are_shown_in_fives():
    rang(43, broken=4)
    assert quarter.of("2026-Q4") == quarter.Quarter(asked=40, talked=35, kept=90)


def test_one_call_more_is_not_seen():
    rang(41, broken=4)
    before = quarter.of("2026-Q4")
    rang(1)
    assert quarter.of("2026-Q4") == before


def test_few_talks_in_many_calls_stay_hidden():
    rang(40, kept=6, broken=5)
    assert quarter.of("2026-Q4") == quarter.Quarter(asked=40, talked=None, kept=None)


def test_a_quarter_without_a_line_says_nothing():
    assert quarter.of("2026-Q1") == quarter.Quarter(asked=None, talked=None, kept=None)
