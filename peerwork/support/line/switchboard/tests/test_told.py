"""Times, as they are said to whoever asked and to whoever answers."""

import pytest
from django.utils import timezone

from peerwork.support.line.switchboard import clock, told

HOUR = 3600.0


@pytest.mark.parametrize(
    ("minutes", "by", "until"),
    [(60, "1 p.m.", "1 p.m."), (599, "9 p.m.", "9:59 p.m."), (630, "10 p.m.", "10:30 p.m.")],
)
def test_a_promise_is_said_to_the_hour_and_the_end_of_a_duty_to_the_minute(minutes, by, until):
    with timezone.override("Australia/Melbourne"):
        at = clock.now()
        then = at + 60 * minutes
        assert told.by_when(then, at=at) == f"Monday 23 November, {by}"
        assert told.until_when(then, at=at) == f"Monday 23 November, {until}"


def test_where_clocks_are_half_an_hour_off_the_hour_is_that_of_whoever_reads_it():
    """It is 6:30 a.m. in Kolkata. To the full hour of another clock, eight there would be 7:30."""
    with timezone.override("Asia/Kolkata"):
        at = clock.now()
        assert told.by_when(at + 1.5 * HOUR, at=at) == "Monday 23 November, 8 a.m."


def test_two_clocks_read_one_after_the_other_do_not_cost_an_hour():
    with timezone.override("Australia/Melbourne"):
        at = clock.now()
        assert told.by_when(at + HOUR - 0.002, at=at) == "Monday 23 November, 1 p.m."
