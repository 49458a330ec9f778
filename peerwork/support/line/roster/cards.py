"""A shift as lists show it: when it is, who is on, what is missing, in words. Made here, as these lists are long."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peerwork.ground.ui.words import day
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import gaps
from peerwork.support.line.roster.gaps import Gap
from peerwork.support.line.roster.models import TURNS, ShiftSeries
from peerwork.support.line.roster.queries import Held, Row

SOME_ID = UUID(int=0)


class Card(NamedTuple):
    """`looks` is the name of its style; `tag` says the same in words."""

    address: str
    when: str
    who: str
    tag: str = ""
    looks: str = ""


class Week(NamedTuple):
    name: str
    missing: str
    says: str
    days: list[tuple[str, SafeString]]


def card(row: Row, person: str | None = None) -> Card:
    """With day and hours. What matters most to this person is on the tag."""
    tag, looks = _tag(row, person)
    return Card(_at(row), when_of(row), _who(row), tag, looks)


def gap_card(gap: Gap) -> Card:
    place = _turn_words(get_language() or "en")[gap.turn]
    if gap.asked_by:
        tag = _("%(name)s asks for cover: %(place)s") % {"name": gap.asked_by, "place": place}
    else:
        tag = _("Open: %(place)s") % {"place": place}
    return Card(_at(gap.row), when_of(gap.row), _who(gap.row), tag, "off")


def weeks(rows: Iterable[Row]) -> list[Week]:
    """The roster as a calendar that can be read aloud."""
    found, there = [], get_current_timezone()
    local = [(row.starts.astimezone(there), row.ends.astimezone(there), row) for row in rows]
    for monday, few in groupby(local, key=lambda one: _monday(one[0].date())):
        those = list(few)
        days = [_day(on, lines) for on, lines in groupby(those, key=lambda one: one[0].date())]
        held = [row for _starts, _ends, row in those]
        name = _("Week of %(day)s") % {"day": day(monday)}
        found.append(Week(name, _missing(held), _coverage(held), days))
    return found


def short(row: Row, person: str) -> SafeString:
    """For a list of what is further off."""
    return format_html('<li><a href="{}">{}</a> {}</li>', _at(row), when_of(row), _tag(row, person)[0])


def series_words(series: ShiftSeries) -> str:
    """Its hours and its days, on its own clock."""
    first = datetime.fromisoformat(series.first)
    last = first + timedelta(minutes=series.minutes)
    clocks = {"starts": _clock_words(first), "ends": _clock_words(last)}
    rule = dict(part.split("=", 1) for part in series.rrule.split(";") if part)
    if not rule:
        return f"{day(first.date())}, {_('%(starts)s to %(ends)s') % clocks}"
    names = ", ".join(formats.date_format(_some_monday(code), "l") for code in rule["BYDAY"].split(","))
    often = _("every second week") if rule.get("INTERVAL") == "2" else _("every week")
    return f"{names}: {_('%(starts)s to %(ends)s') % clocks}, {often}"


def dates_words(walls: Iterable[str]) -> list[tuple[str, str]]:
    """Dates that were left out, each with what a form calls it."""
    return [(on, day(datetime.fromisoformat(on).date())) for on in walls]


def when_of(row: Row) -> str:
    return f"{_day_words(get_language() or 'en', _date(row.starts))}, {_hours(row)}"


def _day(on: date, those: Iterable[tuple[datetime, datetime, Row]]) -> tuple[str, SafeString]:
    """Written here: a template takes three times as long for a line, and eight weeks have many."""
    language = get_language() or "en"
    lines = format_html_join("", "{}", ((_line(language, *one),) for one in those))
    return _day_words(language, on), lines


def _line(language: str, starts: datetime, ends: datetime, row: Row) -> SafeString:
    says, looks = _tag(row, None)
    tag = format_html(' <strong class="tag {}">{}</strong>', looks, says) if says else ""
    hours = _hours_words(language, starts.hour, starts.minute, ends.hour, ends.minute)
    return format_html(
        '<dd><a href="{}">{}</a>{} <span class="quiet">{}</span></dd>', _at(row), hours, tag, _who(row)
    )


def _coverage(rows: list[Row]) -> str:
    """How much of a week has somebody. No name, and no number of anybody's."""
    open_hours = sum((row.ends - row.starts).total_seconds() for row in rows) / 3600
    held = sum((row.ends - row.starts).total_seconds() for row in rows if Turn.FIRST in row.held) / 3600
    return _("Somebody is on for %(held)s of %(open)s hours.") % {
        "held": f"{held:g}",
        "open": f"{open_hours:g}",
    }


def _missing(rows: list[Row]) -> str:
    """Seen without opening the week."""
    missing = sum(1 for gap in gaps.found_in(rows) if gaps.has_nobody(gap))
    return ngettext("%(n)s place open", "%(n)s places open", missing) % {"n": missing} if missing else ""


def _tag(row: Row, person: str | None) -> tuple[str, str]:
    for turn, held in row.held.items():
        if person is not None and held.person == person:
            says = _("You are first on call") if turn == Turn.FIRST else _("You are second on call")
            return (_("You ask for cover"), "off") if held.wants_out else (says, "mine")
    if Turn.FIRST not in row.held:
        return _("Nobody is first"), "off"
    if Turn.SECOND not in row.held:
        return _("No second"), "off"
    asking = any(held.wants_out for held in row.held.values())
    return (_("Cover wanted"), "off") if asking else ("", "")


def _who(row: Row) -> str:
    return " · ".join(_held(row.held[turn]) for turn in Turn if turn in row.held)


def _held(held: Held) -> str:
    return _("%(name)s (asks for cover)") % {"name": held.name} if held.wants_out else held.name


def _at(row: Row) -> str:
    return _address().replace(str(SOME_ID), str(row.shift))


@lru_cache
def _address() -> str:
    return reverse("roster:shift", args=[SOME_ID])


def _hours(row: Row) -> str:
    starts, ends = localtime(row.starts), localtime(row.ends)
    return _hours_words(get_language() or "en", starts.hour, starts.minute, ends.hour, ends.minute)


@lru_cache(maxsize=2048)
def _hours_words(_language: str, *clock: int) -> str:
    some = datetime(2000, 1, 1)  # noqa: DTZ001 — only its clock is shown
    starts, ends = some.replace(hour=clock[0], minute=clock[1]), some.replace(hour=clock[2], minute=clock[3])
    return _("%(starts)s to %(ends)s") % {"starts": _clock_words(starts), "ends": _clock_words(ends)}


def _clock_words(on_the_wall: datetime) -> str:
    return formats.time_format(on_the_wall, "TIME_FORMAT")


@lru_cache(maxsize=512)
def _day_words(_language: str, on: date) -> str:
    return day(on)


@lru_cache
def _turn_words(_language: str) -> dict[str, str]:
    return {value: str(words) for value, words in TURNS}


def _some_monday(code: str) -> date:
    """A day with that name."""
    return date(2001, 1, 1) + timedelta(days=("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(code))


def _date(moment: datetime) -> date:
    return localtime(moment).date()


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
