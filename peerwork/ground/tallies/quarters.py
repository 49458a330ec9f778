"""Quarters, the smallest stretch of time in which anything about people is counted."""

from datetime import date, timedelta

from django.utils.formats import date_format


def of(day: date) -> str:
    """The quarter a day lies in, as `2026-Q3`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def first_day(quarter: str) -> date:
    """Raises ValueError for anything but a year and a quarter."""
    year, _, number = quarter.partition("-Q")
    if number not in {"1", "2", "3", "4"} or len(year) != len("2026"):
        raise ValueError(quarter)
    return date(int(year), int(number) * 3 - 2, 1)


def last_day(quarter: str) -> date:
    return first_day(after(quarter)) - timedelta(days=1)


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
