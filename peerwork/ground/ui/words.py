"""Small words for templates: icons, and days and times the way people say them."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

register = template.Library()
ICONS = Path(__file__).parent / "icons"
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A line drawing beside words that already say the same: hidden from screen readers."""
    return mark_safe((ICONS / f"{name}.svg").read_text())  # noqa: S308 — our own files, checked by their sums


@register.filter
def day(when: datetime | date) -> str:
    """Tuesday 24 November."""
    return formats.date_format(localtime(when) if isinstance(when, datetime) else when, "l j F")


@register.filter
def clock(when: datetime) -> str:
    """6:30 p.m., or 18:30 where people say it so."""
    return formats.time_format(localtime(when), "TIME_FORMAT")


@register.filter
def when(moment: datetime) -> str:
    """Tuesday 24 November, 6:30 p.m."""
    there = localtime(moment)
    return _("%(day)s, %(clock)s") % {"day": day(there), "clock": clock(there)}


def one_stop(said: str) -> str:
    """A word that ends in a full stop ends its sentence too: by 6 p.m."""
    return TWO_STOPS.sub(".", said)


@register.filter
def clock_in(when: datetime, zone: str) -> str:
    """The same moment on another clock, with its weekday when that differs."""
    there = when.astimezone(ZoneInfo(zone))
    told = formats.time_format(there, "TIME_FORMAT")
    return told if there.date() == localtime(when).date() else f"{formats.date_format(there, 'l')} {told}"


@register.filter
def hours(minutes: int) -> str:
    """90 → 1.5, 60 → 1."""
    return formats.number_format(
        round(minutes / 60, 1), decimal_pos=None if minutes % 60 else 0, use_l10n=True
    )


@register.filter
def place_name(zone: str) -> str:
    """Australia/Melbourne → Melbourne."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def split(words: str) -> list[str]:
    return words.split()
