"""Nobody is found in a number. Fran, a funder, has a pencil and all the totals."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerwork.ground.releases import known_counts
from peerwork.ground.releases.known_counts import Margins


def table_of(rows: list[list[int]]) -> dict[tuple[str, str], int]:
    return {(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)}


def what_fran_can_work_out(table, out, margins):
    """By brute force: every way to fill the hidden cells that fits the totals shown."""
    out = sorted(out)
    largest = max([sum(table.values()), 1])
    rows, columns = {r for r, _ in table}, {c for _, c in table}
    fits = {cell: set() for cell in out}
    for values in product(range(min(largest, 7) + 1), repeat=len(out)):
        guess = dict(table) | dict(zip(out, values, strict=True))
        rows_fit = not margins.rows or all(
            sum(guess[r, c] for c in columns) == sum(table[r, c] for c in columns) for r in rows
        )
        columns_fit = not margins.columns or all(
            sum(guess[r, c] for r in rows) == sum(table[r, c] for r in rows) for c in columns
        )
        none_overflows = all(guess[cell] <= margins.most.get(cell, largest) for cell in out)
        if rows_fit and columns_fit and none_overflows:
            for cell, value in zip(out, values, strict=True):
                fits[cell].add(value)
    return {cell for cell, could_be in fits.items() if len(could_be) < 2}


@pytest.mark.parametrize(
    ("contacts", "people", "safe"),
    [(5, 3, True), (4, 3, False), (5, 2, False), (0, 0, False), (60, 2, False)],
)
def test_five_contacts_with_three_people_are_enough_and_less_is_not(contacts, people, safe):
    assert known_counts.is_safe(contacts, people=people) is safe


def test_one_hidden_cell_takes_a_second_with_it_when_the_total_is_shown():
    table = {("support", "came"): 3, ("cop", "came"): 40, ("social", "came"): 12}
    out = known_counts.hidden(table, [("support", "came")], margins=Margins(rows=False))
    assert out == {("support", "came"), ("social", "came")}


def test_one_hidden_cell_stays_alone_when_no_total_is_shown():
    table = {("support", "came"): 3, ("cop", "came"): 40}
    assert known_counts.hidden(table, [("support", "came")], margins=Margins(rows=False, columns=False)) == {
        ("support", "came")
    }


def test_two_empty_cells_hidden_together_would_both_be_known_so_a_third_goes():
    table = {("support", "came"): 0, ("training", "came"): 0, ("cop", "came"): 40, ("social", "came"): 9}
    out = known_counts.hidden(table, [("support", "came"), ("training", "came")], margins=Margins(rows=False))
    assert ("social", "came") in out


def test_a_table_of_one_cell_with_its_total_cannot_be_hidden():
    with pytest.raises(known_counts.CannotHide):
        known_counts.hidden({("support", "came"): 3}, [("support", "came")])


small_tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=2, max_size=3
    )
)


def test_two_cells_that_must_be_full_give_each_other_away_so_a_third_goes():
    table = {("support", "taken"): 2, ("training", "taken"): 4, ("cop", "taken"): 40}
    full = Margins(rows=False, most=table | {("cop", "taken"): 60})
    out = known_counts.hidden(table, [("support", "taken"), ("training", "taken")], margins=full)
    assert ("cop", "taken") in out


@settings(max_examples=80, deadline=None)
@given(rows=small_tables, roomy=st.lists(st.integers(0, 2), min_size=9, max_size=9), data=st.data())
def test_no_hidden_cell_can_be_found_where_it_is_known_how_much_each_can_hold(rows, roomy, data):
    table = table_of(rows)
    margins = Margins(most={cell: table[cell] + room for cell, room in zip(table, roomy, strict=False)})
    unsafe = data.draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=3, unique=True))
    try:
        out = known_counts.hidden(table, unsafe, margins=margins)
    except known_counts.CannotHide:
        return
    if len(out) <= 4:
        assert what_fran_can_work_out(table, out, margins) == set()


@settings(max_examples=80, deadline=None)
@given(rows=small_tables, margins=st.builds(Margins, st.booleans(), st.booleans()), data=st.data())
def test_no_hidden_cell_can_be_found_by_subtraction(rows, margins, data):
    table = table_of(rows)
    unsafe = data.draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=3, unique=True))
    try:
        out = known_counts.hidden(table, unsafe, margins=margins)
    except known_counts.CannotHide:
        return
    assert set(unsafe) <= out
    if len(out) <= 4:
        assert what_fran_can_work_out(table, out, margins) == set()


@settings(max_examples=80, deadline=None)
@given(rows=small_tables, data=st.data())
def test_the_check_agrees_with_fran_about_what_she_can_work_out(rows, data):
    """Without the second step, some cells are given away: the check must say which, and only those."""
    table = table_of(rows)
    out = set(data.draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=4, unique=True)))
    assert set(known_counts.given_away(table, out)) == what_fran_can_work_out(table, out, Margins())
