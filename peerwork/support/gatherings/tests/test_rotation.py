from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from peerwork.support.gatherings import rotation

MELBOURNE = ZoneInfo("Australia/Melbourne")


def could_come(who, starts, ends, *, in_work_time=False):
    times = [datetime.fromisoformat(text).replace(tzinfo=MELBOURNE) for text in (starts, ends)]
    fits = rotation.fits([(*times, "Australia/Melbourne", in_work_time)])
    return {str(fit.name): bool(fit.could_come) for fit in fits}[who]


@pytest.mark.parametrize(
    ("who", "starts", "ends", "fits"),
    [
        ("Day workers", "2026-11-24T18:30", "2026-11-24T20:00", True),
        ("Day workers", "2026-11-24T17:00", "2026-11-24T18:30", False),  # the first half hour is work
        ("Day workers", "2026-11-28T11:00", "2026-11-28T12:00", True),  # a Saturday
        ("Night workers", "2026-11-24T18:30", "2026-11-24T20:00", True),
        ("Night workers", "2026-11-24T10:00", "2026-11-24T11:00", False),  # asleep
        ("Night workers", "2026-11-24T20:30", "2026-11-24T22:00", False),
        ("Night workers", "2026-11-25T02:00", "2026-11-25T03:00", False),  # past midnight
        ("Evening workers", "2026-11-24T10:00", "2026-11-24T12:00", True),
        ("People fetching children from school", "2026-11-24T16:00", "2026-11-24T17:00", False),
        ("People fetching children from school", "2026-11-24T20:30", "2026-11-24T21:30", True),
    ],
)
def test_whose_week_has_room(who, starts, ends, fits):
    assert could_come(who, starts, ends) is fits


def test_a_gathering_in_work_time_is_part_of_a_day_workers_day():
    assert not could_come("Day workers", "2026-11-24T10:00", "2026-11-24T12:00")
    assert could_come("Day workers", "2026-11-24T10:00", "2026-11-24T12:00", in_work_time=True)


def test_it_is_read_on_the_clock_of_the_gathering():
    early = datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("UTC"))  # half past six in the evening in Melbourne
    (fit, *_rest) = rotation.fits([(early, early.replace(hour=9), "Australia/Melbourne", False)])
    assert (str(fit.name), fit.could_come, fit.of) == ("Day workers", 1, 1)
