"""Fran has the whole page: every column, every total, the averages, the bars and the sheet. And a pencil.

She knows how long each kind usually takes, so how many came gives her the hours, and hours how many came. By
brute force: every quarter that would look like this one. A hidden number must differ among them.
"""

import csv
import html
import io
import re
from datetime import date
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerwork.ground.tallies import tallies
from peerwork.insight.returns import queries, summary
from peerwork.insight.returns.summary import Summary

DAY, QUARTER = date(2026, 8, 12), "2026-Q3"
KINDS = {"support": "Support group", "practice": "Community of practice", "training": "Training session"}
# Half of what rounding takes away from an hour with one place behind the point, in minutes, and a little.
BLUR = 3.01


class Held(NamedTuple):
    """What happened: how many gatherings of so many minutes, and at each the same number of people."""

    times: int
    minutes: int
    came: int
    taken: int = 0
    room: int = 0


def counts_of(held):
    places = {
        "offered": held.times * held.room,
        "taken": held.times * held.taken,
        "taken_most": held.taken,
    }
    return (places if held.room else {}) | {
        "planned": held.times,
        "held": held.times,
        "weeks": 1,
        "minutes": held.times * held.minutes,
        "counted": held.times,
        "came": held.times * held.came,
        "came_most": held.came,
        "person_minutes": held.times * held.came * held.minutes,
    }


def sheet_of(quarter):
    """The sheet of a quarter in which this happened: a dictionary for each row, the total last."""
    counts = {kind: counts_of(held) for kind, held in quarter.items()}
    rows, total = summary.on_a_page(QUARTER, counts=counts, kinds=KINDS)
    lines = queries.as_sheet(Summary(QUARTER, rows, total, is_closed=False, is_over=True))
    names, *rest = [[str(cell) for cell in line] for line in lines]
    return [dict(zip(names, line, strict=True)) for line in rest]


def number(cell):
    return float(cell) if re.fullmatch(r"[\d.]+", cell) else None


def says(cell, value, *, give_or_take=0.0):
    """Could this be what is said in the cell? A hidden cell could be anything."""
    return number(cell) is None or abs(number(cell) - value) <= give_or_take


def quarters_that_look_like(sheet):
    """Every (came, taken) by row that fits what is shown. As Fran knows it: hours are heads times length."""
    *rows, total = sheet
    minutes = [int(row["Average minutes"]) for row in rows]
    heads = [fills(row["Came"], total["Came"], 20) for row in rows]
    seats = [
        fills(row["Places taken"], total["Places taken"], int(row["Places offered"] or 0)) for row in rows
    ]
    came = [
        guess
        for guess in product(*heads)
        if says(total["Came"], sum(guess))
        and says(total["Hours together"], hours_of(guess, minutes), give_or_take=BLUR / 60)
        and all(
            says(row["Hours together"], hours_of([one], [length]), give_or_take=BLUR / 60)
            for row, one, length in zip(rows, guess, minutes, strict=True)
        )
    ]
    taken = [guess for guess in product(*seats) if says(total["Places taken"], sum(guess))]
    return came, taken


def fills(cell, total, most):
    if number(cell) is not None:
        return [int(number(cell))]
    return range(min(most, int(number(total) or most)) + 1)


def hours_of(heads, minutes):
    return sum(one * length for one, length in zip(heads, minutes, strict=True)) / 60


def what_fran_solves(sheet):
    """The hidden cells for which only one number is left, and the sums of hidden ones that are of too few."""
    solved = []
    for column, guesses in zip(("Came", "Places taken"), quarters_that_look_like(sheet), strict=True):
        hidden = [at for at, row in enumerate(sheet[:-1]) if row[column] == "too few to say"]
        solved += [(column, at) for at in hidden if len({guess[at] for guess in guesses}) < 2]
        sums = {sum(guess[at] for at in hidden) for guess in guesses}
        if hidden and len(sums) == 1 and max(sums) < 5:
            solved.append((column, "together"))
    return solved


# Four people for an hour and a half, and thirteen for two hours: the total hours told which was which.
TOLD = {"support": Held(1, 90, 4), "practice": Held(1, 120, 13), "training": Held(4, 60, 10)}


def test_fran_solves_the_page_that_shows_the_hours_of_all_together():
    """There was something to solve."""
    sheet = sheet_of(TOLD)
    *_rows, total = sheet
    total["Hours together"] = str((4 * 90 + 13 * 120 + 40 * 60) / 60)
    assert [row["Came"] for row in sheet] == ["too few to say", "too few to say", "40", "57"]
    assert ("Came", 0) in what_fran_solves(sheet)


def test_fran_does_not_solve_ours():
    sheet = sheet_of(TOLD)
    assert sheet[-1]["Came"] == "57"
    assert sheet[-1]["Hours together"] == "too few to say"
    assert what_fran_solves(sheet) == []


def test_where_nothing_is_hidden_the_hours_of_all_together_are_said():
    (*_rows, total) = sheet_of({"support": Held(2, 90, 4), "training": Held(4, 60, 10)})
    assert (total["Came"], total["Hours together"]) == ("48", "52")


def test_two_kinds_with_too_few_between_them_take_a_third_along():
    """Both are hidden, but subtracting would still tell that four came to the two of them."""
    sheet = sheet_of({"support": Held(1, 60, 3), "practice": Held(1, 60, 1), "training": Held(4, 60, 10)})
    assert [row["Came"] for row in sheet] == ["too few to say"] * 3 + ["44"]


def test_rooms_that_must_be_full_are_not_solved_either():
    """Two of two places taken and four of four: with the total, both would be known to be full."""
    sheet = sheet_of(
        {"support": Held(1, 60, 9, 2, 2), "practice": Held(1, 60, 9, 4, 4), "training": Held(1, 60, 9, 9, 12)}
    )
    assert what_fran_solves(sheet) == []


lengths = st.sampled_from([30, 45, 60, 90, 120])
some_held = st.builds(
    Held, st.integers(1, 2), lengths, st.integers(0, 5), st.integers(0, 4), st.integers(4, 5)
)


@settings(max_examples=100, deadline=None)
@given(quarter=st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, some_held)))
def test_fran_solves_no_quarter(quarter):
    if quarter:
        assert what_fran_solves(sheet_of(quarter)) == []


def put_in_the_tallies(quarter):
    for kind, held in quarter.items():
        for what, count in counts_of(held).items():
            tallies.add(f"gatherings.{kind}.{what}", count, on=DAY)


@pytest.mark.parametrize("where", ["screen", "sheet"])
def test_what_leaves_the_house_is_no_more_than_what_fran_was_given(sign_in, kim, where):
    """The screen with its bars, and the sheet: each shows these numbers, and none that is hidden."""
    put_in_the_tallies(TOLD)
    client = sign_in(kim)
    page = client.get(f"/run/quarters/{QUARTER}/").content.decode()
    content = client.get(f"/run/quarters/{QUARTER}/numbers.csv").content.decode("utf-8-sig")
    expected = sheet_of(TOLD)
    if where == "sheet":
        assert sorted(csv.DictReader(io.StringIO(content)), key=str) == sorted(expected, key=str)
        return
    assert sorted(table_on(page), key=str) == sorted(
        [{name: row[name] for name in ("Came", "Hours together")} for row in expected], key=str
    )
    assert "Heads counted: 57" in page
    assert "Hours together: " not in page
    assert bars_on(page) == {"Support group": None, "Community of practice": None, "Training session": "40"}


def table_on(page):
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL)
    shown = r'data-label="(Came|Hours together)">(?:<span class="quiet">)?([^<]+)<'
    return [
        {name: cell.replace("too few", "too few to say") for name, cell in re.findall(shown, row)}
        for row in rows
    ]


def bars_on(page):
    """The last picture is of who came: for each name its number, or None where the bar is only dashes."""
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", html.unescape(page.rpartition('<svg class="bars"')[2]))
    return {
        name: None if value == "too few" else value
        for name, value in zip(texts[::2], texts[1::2], strict=True)
    }
