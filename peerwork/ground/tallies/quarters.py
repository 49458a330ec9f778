"""Quarters, the smallest stretch of time in which anything about people is counted."""

import re
from datetime import date, timedelta

from django.urls.converters import StringConverter
from django.utils.formats import date_format

A_QUARTER = "2[01][0-9]{2}-Q[1-4]"


class InAddress(StringConverter):
    """A quarter in an address: of a year from 2000 to 2199, in plain digits. Nothing else is there."""

    regex = A_QUARTER


def of(day: date) -> str:
    """The quarter a day lies in, as `2026-Q3`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def first_day(quarter: str) -> date:
    """Raises ValueError for anything but a year from 2000 to 2199 and a quarter, in plain digits."""
    if not re.fullmatch(A_QUARTER, quarter):
        raise ValueError(quarter)
    return date(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def last_day(quarter: str) -> date:
    in_the_next = first_day(quarter) + timedelta(days=100)
    return in_the_next.replace(day=1) - timedelta(days=1)


def after(quarter: str) -> str:
    return of(first_day(quarter) + timedelta(days=100))


def before(quarter: str) -> str:
    return of(first_day(quarter) - timedelta(days=1))


def in_words(quarter: str) -> str:
    """October – December 2026, in the language that is active."""
    first, last = first_day(quarter), last_day(quarter)
    return f"{date_format(first, 'F')} – {date_format(last, 'F Y')}"


def is_over(quarter: str, *, on: date) -> bool:
    return on > last_day(quarter)
