from datetime import date

import pytest

from peerwork.ground.retention.forgetting import forget
from peerwork.ground.tallies import quarters, tallies
from peerwork.ground.tallies.models import Closing, Tally


@pytest.mark.parametrize(
    ("day", "quarter"), [((2026, 1, 1), "2026-Q1"), ((2026, 3, 31), "2026-Q1"), ((2026, 12, 31), "2026-Q4")]
)
def test_a_day_lies_in_a_quarter(day, quarter):
    assert quarters.of(date(*day)) == quarter
    assert quarters.first_day(quarter) <= date(*day) <= quarters.last_day(quarter)


def test_quarters_follow_one_another_round_the_year():
    assert quarters.after("2026-Q4") == "2027-Q1"
    assert quarters.before("2026-Q1") == "2025-Q4"


def test_adding_is_all_that_can_be_done(db):
    tallies.add("soup", on=date(2026, 5, 1))
    tallies.add("soup", 4, on=date(2026, 6, 30))
    tallies.add_most("bowls", 3, on=date(2026, 5, 1))
    tallies.add_most("bowls", 2, on=date(2026, 5, 2))
    assert tallies.of_quarter("2026-Q2", under="") == {"soup": 5, "bowls": 3}


def test_a_tally_knows_nothing_but_what_when_and_how_many(db):
    assert {field.name for field in Tally._meta.get_fields()} == {"id", "what", "quarter", "count"}


def test_a_closed_quarter_passes_what_is_late_on_to_the_next_open_one(db):
    for quarter in ("2026-Q1", "2026-Q2"):
        tallies.close(quarter, today=date(2026, 11, 1))
    tallies.add("soup", on=date(2026, 2, 1))
    assert tallies.of_quarter("2026-Q3", under="") == {"soup": 1}


def test_a_quarter_that_is_not_over_cannot_be_closed(db):
    with pytest.raises(tallies.NotOver):
        tallies.close("2026-Q2", today=date(2026, 6, 30))


def test_numbers_are_forgotten_after_eight_years(db):
    for year in (2017, 2018):
        tallies.add("soup", on=date(year, 5, 1))
    forget(date(2026, 11, 22))
    assert list(Tally.objects.values_list("quarter", flat=True)) == ["2018-Q2"]


@pytest.mark.parametrize(
    "nonsense",
    ["9999-Q4", "0001-Q1", "+025-Q1", "٢٠٢٥-Q1", "1999-Q4", "2200-Q1", "2026-Q0", "2026-Q1\n", " 026-Q1"],
)
def test_what_is_no_quarter_is_refused_and_cannot_be_closed(db, nonsense):
    with pytest.raises(ValueError, match="Q"):
        tallies.close(nonsense, today=date(2026, 11, 1))
    assert not Closing.objects.exists()


@pytest.mark.parametrize("quarter", ["2000-Q1", "2199-Q4"])
def test_the_first_and_the_last_quarter_have_a_last_day(quarter):
    assert quarters.of(quarters.last_day(quarter)) == quarter
