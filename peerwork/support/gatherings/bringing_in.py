"""Bringing in a calendar people already have: looked at first, then all of it or nothing.

The same file twice changes nothing: each event is known by a fingerprint of where it came from, and by a
fingerprint of what it said. Guests, organisers and mail addresses never get this far (ground/intake).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.ground.intake import calendar_rows, calendars, files
from peerwork.ground.intake.entries import Entry, dates_of
from peerwork.ground.intake.readings import Reading
from peerwork.support.gatherings import dates, series, times
from peerwork.support.gatherings.models import Company, Gathering, Hours, Kind, Series, Way

LONGEST_RULE, LONGEST_PLACE = 200, 300
# What a title most often means. Anything else is a support group until somebody says otherwise.
TITLES = (
    (Kind.ADVISORY, ("advisory", "steering", "committee", "board")),
    (Kind.TRAINING, ("training", "workshop", "course", "masterclass")),
    (Kind.PRACTICE, ("community of practice", "cop ", "network meeting", "practice")),
    (Kind.SOCIAL, ("social", "soup", "picnic", "bbq", "barbecue", "lunch", "hang", "coffee")),
)


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PAST = "past"
    ENDED = "ended"
    TOO_MUCH = "too_much"


FATES: dict[Fate, str | Promise] = {
    Fate.NEW: _("New"),
    Fate.CHANGED: _("Changed since last time"),
    Fate.SAME: _("Here already, nothing changes"),
    Fate.PAST: _("All in the past, left out"),
    Fate.ENDED: _("Called off there, and taken out here"),
    Fate.TOO_MUCH: _("Its rule is too long to keep, left out"),
}


@dataclass(frozen=True)
class Row:
    """What one event of the file becomes. `next_dates` are the first few moments it takes place."""

    entry: Entry
    fate: Fate
    kind: Kind
    next_dates: list

    @property
    def says(self) -> str | Promise:
        return FATES[self.fate]

    @property
    def kind_says(self) -> str | Promise:
        return self.kind.label


def read(name: str, content: bytes, *, zone: ZoneInfo) -> Reading[Entry]:
    """Raises CannotRead with a sentence for the person, for a file that is damaged or something else."""
    reader = calendars.read if files.kind_of(name, content) == "calendar" else calendar_rows.read
    return reader(name, content, zone=zone)


def look(entries: Iterable[Entry], *, today: date) -> list[Row]:
    """What would happen. Changes nothing."""
    entries = list(entries)
    here = dict(
        Series.objects.filter(source__in=[_source(e) for e in entries]).values_list("source", "source_said")
    )
    return [_row(entry, here.get(_source(entry)), today) for entry in entries]


@transaction.atomic
def bring_in(entries: Iterable[Entry], *, company: Company, hosts: Iterable = (), today: date) -> list[Row]:
    """All of it, or nothing. Returns what happened to each."""
    rows, hosts = look(entries, today=today), list(hosts)
    for row in rows:
        if row.fate in {Fate.NEW, Fate.CHANGED}:
            _take_in(row, company, hosts, today)
        elif row.fate is Fate.ENDED:
            series.end(Series.objects.get(source=_source(row.entry)))
    return rows


def _row(entry: Entry, said: str | None, today: date) -> Row:
    ahead = (today, today + timedelta(weeks=series.WEEKS_AHEAD))
    coming = _dates(entry, ahead)
    return Row(entry, _fate(entry, said, coming, today), _kind_of(entry.title), coming[:3])


def _fate(entry: Entry, said: str | None, coming: list, today: date) -> Fate:
    if said == _said(entry):
        return Fate.SAME
    if entry.cancelled:
        return Fate.ENDED if said is not None else Fate.PAST
    if len(entry.rrule) > LONGEST_RULE:
        return Fate.TOO_MUCH
    later = coming or _dates(entry, (today, today + timedelta(days=3650)))
    if not later:
        return Fate.PAST
    return Fate.NEW if said is None else Fate.CHANGED


def _dates(entry: Entry, between: tuple[date, date]) -> list:
    return dates_of(entry, between=between)


def _take_in(row: Row, company: Company, hosts: list, today: date) -> None:
    entry, what = row.entry, _what(row, company)
    first = entry.starts.replace(tzinfo=None)
    old = Series.objects.filter(source=_source(entry)).first()
    if old is None:
        old = series.plan(first=first, rrule=entry.rrule, hosts=hosts, today=today, source=_source(entry),
                          **_by_hand(entry), **what)  # fmt: skip
    else:
        kept = {
            name: getattr(old, name)
            for name in ("kind", "company", "hours", "counted", "is_public", "capacity")
        }
        series.change(old, first=first, rrule=entry.rrule, today=today, **what | kept, **_by_hand(entry))
    old.source_said = _said(entry)
    old.save()
    _change_single_dates(old, entry)


def _what(row: Row, company: Company) -> dict[str, Any]:
    entry = row.entry
    return {
        "title": entry.title,
        "about": entry.about,
        "kind": row.kind,
        "company": company,
        "hours": Hours.AFTER,
        "way": Way.LINK if entry.link and not entry.place else Way.IN_PERSON,
        "place": " · ".join(part for part in (entry.place, entry.link) if part)[:LONGEST_PLACE],
        "minutes": entry.minutes,
        "zone": entry.zone,
    }


def _by_hand(entry: Entry) -> dict[str, list[str]]:
    return {
        "extra": [times.wall(day) for day in entry.extra],
        "skipped": [times.wall(day) for day in entry.skipped],
    }


def _change_single_dates(thing: Series, entry: Entry) -> None:
    """Dates moved or called off in the file are so here, unless somebody changed them here."""
    for day in entry.called_off:
        for gathering in Gathering.objects.filter(series=thing, on=times.wall(day), is_off=False):
            dates.call_off(gathering)
    for moved in entry.moved:
        for gathering in Gathering.objects.filter(series=thing, on=times.wall(moved.original)):
            place = {"place": moved.place} if moved.place else {}
            dates.change(gathering, starts=moved.starts.replace(tzinfo=None), minutes=moved.minutes, **place)


def _kind_of(title: str) -> Kind:
    words = f"{title.lower()} "
    return next((kind for kind, signs in TITLES if any(sign in words for sign in signs)), Kind.SUPPORT)


def _source(entry: Entry) -> str:
    return hashlib.sha256(entry.uid.encode()).hexdigest()


def _said(entry: Entry) -> str:
    """A fingerprint of what the event says, without the line it stands on."""
    return hashlib.sha256(repr(astuple(entry)[1:]).encode()).hexdigest()
