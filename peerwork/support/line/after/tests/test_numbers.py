"""The numbers page. Jude wants to see a week that went wrong. Sam fears to be found in a week with one call.

Whoever keeps last week's page beside today's should not be able to subtract.
"""

from datetime import date, timedelta

import pytest

from peerwork.support.line.after import counts, numbers

pytestmark = pytest.mark.django_db
# The Monday of a block's first week: four weeks stay the same four for ever.
FIRST = next(
    monday
    for monday in (date(2026, 8, 3) + timedelta(weeks=at) for at in range(4))
    if monday.toordinal() // 7 % numbers.A_BLOCK == 0
)


def week(at):
    return FIRST + timedelta(weeks=at)


def had(at, calls, **more):
    counts.write_down({"way.chat": calls, "wait.under_1": calls, "promise.kept": calls} | more, on=week(at))


def rows(today):
    """{Mondays as numbers of weeks: calls}, of weeks that had any."""
    found = numbers.lately(today).rows
    return {tuple((monday - FIRST).days // 7 for monday in row.weeks): row.asked for row in found}


def test_a_week_with_four_calls_shows_none_of_its_numbers():
    had(0, 4)
    had(1, 5)
    found = {row.weeks[0]: row for row in numbers.lately(week(2)).rows}
    assert (found[week(1)].asked, found[week(1)].talked) == (5, 5)
    small = found[week(0)]
    assert {small.asked, small.talked, small.waited, small.back, small.nobody, small.kept} == {None}


def test_small_weeks_are_shown_as_one_once_their_four_weeks_are_over():
    for at, calls in enumerate([3, 9, 2, 0]):
        had(at, calls)
    running, over = rows(week(3)), rows(week(4))
    assert (running[(0,)], running[(1,)], running[(2,)]) == (None, 9, None)
    assert (over[(0, 2, 3)], over[(1,)]) == (5, 9)


def test_too_few_together_stay_hidden():
    for at, calls in enumerate([3, 9, 1, 8]):
        had(at, calls)
    assert {at: calls for at, calls in rows(week(5)).items() if at[0] < 4 and at[0] >= 0} == {
        (0,): None, (1,): 9, (2,): None, (3,): 8,
    }  # fmt: skip


def test_todays_page_beside_last_weeks_tells_no_small_number():
    """Every number that two pages, weeks apart, let somebody work out is of five calls or more."""
    for at, calls in enumerate([3, 9, 2, 1, 6, 4, 4, 0, 7, 1, 1, 1]):
        had(at, calls)
    seen = {}
    for today in range(1, 14):
        for weeks, asked in rows(week(today)).items():
            if asked is not None:
                assert seen.setdefault(weeks, asked) == asked
    for one, asked in seen.items():
        assert asked >= numbers.ENOUGH
        for other, less in seen.items():
            if set(other) < set(one):
                raise AssertionError((one, other, asked - less))


def test_the_sums_are_of_what_is_shown():
    had(0, 4)
    had(1, 6)
    assert numbers.lately(week(2)).total.asked == 6


def test_twelve_weeks_that_are_over_and_not_this_one():
    had(13, 50)
    shown = [monday for row in numbers.lately(week(13)).rows for monday in row.weeks]
    assert week(13) not in shown
    assert 12 <= len(shown) <= 15
    assert shown == sorted(shown)


def test_the_promise_is_said_in_words():
    had(0, 20, **{"promise.kept": 18, "promise.broken": 2})
    assert "We kept our word 90 times out of 100. We wanted to reach 85." in numbers.how_well(
        numbers.lately(week(1))
    )
    had(0, 0, **{"promise.kept": 0, "promise.broken": 12})
    assert "less than the 85" in numbers.how_well(numbers.lately(week(1)))


def test_with_too_few_calls_nothing_is_said_of_the_promise():
    had(0, 2)
    assert numbers.lately(week(1)).share is None
    assert "Too few" in numbers.how_well(numbers.lately(week(1)))


@pytest.mark.parametrize("weeks", [1, 3, 12])
def test_it_takes_one_question(django_assert_num_queries, weeks):
    for at in range(weeks):
        had(at, 8)
    with django_assert_num_queries(1):
        assert numbers.lately(week(weeks)).total.asked == 8 * weeks
