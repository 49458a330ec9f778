"""Kim makes a quarter final. What stood on the page waits for the co-chairs; Fran reads it with a pencil, frozen."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerwork.ground.releases.models import Charge, Release
from peerwork.ground.tallies import tallies
from peerwork.insight.released import queries as released
from peerwork.insight.returns import freezing, queries
from peerwork.insight.returns.tests.test_what_fran_can_solve import (
    DAY,
    KINDS,
    QUARTER,
    TOLD,
    counts_of,
    put_in_the_tallies,
    some_held,
    what_fran_solves,
)

LATER = date(2026, 11, 22)
COLUMNS = ["Kind", *map(str, freezing.COLUMNS.values())]


def frozen_sheet(release):
    """The sheet Fran gets: a dictionary for each row, the total last, as the page's own sheet is."""
    _title, _heads, *rows = released.as_sheet(release)
    lines = [[str(cell) for cell in row] for row in rows]
    return [dict(zip(COLUMNS, ["" if cell == "–" else cell for cell in line], strict=True)) for line in lines]


def test_what_is_frozen_is_what_stood_on_the_page(db):
    put_in_the_tallies(TOLD)
    on_the_page = queries.as_sheet(queries.summary(QUARTER, today=LATER))
    heads, *rows = [[str(cell) for cell in line] for line in on_the_page]
    release = freezing.close(QUARTER, today=LATER)
    expected = [
        dict(zip(heads, ["" if cell == "not counted" else cell for cell in row], strict=True)) for row in rows
    ]
    assert frozen_sheet(release) == expected
    assert "too few to say" in str(frozen_sheet(release))


def test_it_waits_for_two_names_and_seven_days_and_costs_nothing(sign_in, kim, fran):
    put_in_the_tallies(TOLD)
    sign_in(kim).post(f"/run/quarters/{QUARTER}/closing/")
    release = Release.objects.get()
    assert (release.kind, release.period, release.population) == ("known", QUARTER, "network")
    assert (release.outside_from - release.made_on).days == 7
    assert not Charge.objects.exists()
    assert sign_in(fran).get(f"/released/of/{QUARTER}/").status_code == 404


def test_what_is_counted_late_changes_nothing_that_is_frozen(db):
    put_in_the_tallies(TOLD)
    release = freezing.close(QUARTER, today=LATER)
    tallies.add("gatherings.support.came", 40, on=DAY)
    again = freezing.close(QUARTER, today=LATER)
    assert (again.pk, again.body, Release.objects.count()) == (release.pk, release.body, 1)
    assert tallies.of_quarter("2026-Q4", under="gatherings.support.")["gatherings.support.came"] == 40


def test_a_quarter_that_is_not_over_is_neither_closed_nor_frozen(db):
    with pytest.raises(tallies.NotOver):
        freezing.close("2099-Q1", today=LATER)
    assert not Release.objects.exists()


def test_an_empty_quarter_leaves_nothing_to_sign(db):
    assert freezing.close("2025-Q1", today=LATER) is None
    assert tallies.is_closed("2025-Q1")


def test_it_is_read_in_the_readers_tongue(db):
    put_in_the_tallies(TOLD)
    release = freezing.close(QUARTER, today=LATER)
    assert set(release.body["title"]) == {"en", "ar"}
    assert {frozenset(row["label"]) for row in release.body["rows"]} == {frozenset({"en", "ar"})}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quarter=st.dictionaries(st.sampled_from(list(KINDS)), some_held, min_size=1))
def test_fran_solves_no_quarter_that_is_frozen(db, quarter):
    with transaction.atomic():
        for kind, held in quarter.items():
            for what, count in counts_of(held).items():
                tallies.add(f"gatherings.{kind}.{what}", count, on=DAY)
        assert what_fran_solves(frozen_sheet(freezing.close(QUARTER, today=LATER))) == []
        transaction.set_rollback(True)
