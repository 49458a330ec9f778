"""Bringing in a calendar people already have: looked at first, then all of it or nothing.

The same file twice changes nothing: each event is known by a fingerprint of where it came from, and by a
fingerprint of what it said. Guests, organisers and mail addresses never get this far (ground/intake).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerwork.ground.intake import calendar_rows, calendars, files, rules
from peerwork.ground.intake.entries import Entry, dates_of
from peerwork.ground.intake.readings import CannotRead, Reading
from peerwork.support.gatherings import dates, series, times
from peerwork.support.gatherings.models import Company, Gathering, Hours, Kind, Series, Way

LONGEST_RULE, LONGEST_PLACE = 200, 300
# A file is for one network. More than this would keep everybody else waiting while it is taken in.
MOST_SERIES, MOST_DATES = 300, 3_000
# Dates a file counts off or lists one by one, also those long past: each of them has to be gone through.
MOST_LISTED = 50_000
HALF_A_YEAR = timedelta(weeks=series.WEEKS_AHEAD)
A_WEEK, A_YEAR, TEN_YEARS = timedelta(weeks=1), timedelta(days=366), timedelta(days=3650)
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
    """What one event of the file becomes. `next_dates` are the first few moments it takes place.

    `kind` is what it is here, or what its title most often means; only for a new one is it still open.
    """

    entry: Entry
    fate: Fate
    kind: Kind
    next_dates: list

    @property
    def is_new(self) -> bool:
        return self.fate is Fate.NEW

    @property
    def field(self) -> str:
        return kind_field(self.entry)

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


def kind_field(entry: Entry) -> str:
    """What the question after its kind is called on the page: no two events stand on one line."""
    return f"kind-{entry.line}"


def look(entries: Iterable[Entry], *, today: date) -> list[Row]:
    """What would happen. Changes nothing. Raises CannotRead for more than one network's calendar."""
    entries = list(entries)
    return _rows(entries, _here(entries), today)


def bring_in(
    entries: Iterable[Entry],
    *,
    company: Company,
    hosts: Iterable = (),
    today: date,
    kinds: Mapping[int, Kind] | None = None,
) -> list[Row]:
    """All of it, or nothing. Returns what happened to each. `kinds`: what somebody said of a line's kind.

    When each takes place is worked out first: nobody else can save anything while this is writing.
    """
    entries, hosts = list(entries), list(hosts)
    here = _here(entries)
    rows = _rows(entries, here, today)
    with transaction.atomic():
        if _here(entries) != here:  # somebody brought the same in the meantime
            rows = _rows(entries, _here(entries), today)
        for row in _with_kinds(rows, kinds or {}):
            if row.fate in {Fate.NEW, Fate.CHANGED}:
                _take_in(row, company, hosts, today)
            elif row.fate is Fate.ENDED:
                series.end(Series.objects.get(source=_source(row.entry)))
    return rows


def _here(entries: list[Entry]) -> dict[str, tuple[str, str]]:
    """What of the file is here already: what it said last time, and its kind."""
    known = Series.objects.filter(source__in=[_source(entry) for entry in entries])
    return {source: (said, kind) for source, said, kind in known.values_list("source", "source_said", "kind")}


def _rows(entries: list[Entry], here: Mapping[str, tuple[str, str]], today: date) -> list[Row]:
    """Stops at the first event too many: a file may ask for more than can be worked out in an hour."""
    if sum(map(_listed_in, entries)) > MOST_LISTED:
        raise _more_than_a_network()
    rows, how_many, dates_so_far = [], 0, 0
    for entry in entries:
        row, coming = _row(entry, here.get(_source(entry)), today)
        rows.append(row)
        if row.fate not in {Fate.PAST, Fate.ENDED}:
            how_many, dates_so_far = how_many + 1, dates_so_far + coming
        if how_many > MOST_SERIES or dates_so_far > MOST_DATES:
            raise _more_than_a_network()
    return rows


def _listed_in(entry: Entry) -> int:
    by_hand = sum(map(len, (entry.extra, entry.skipped, entry.moved, entry.called_off)))
    return by_hand + int(rules.parts(entry.rrule).get("COUNT", "0") if entry.rrule else 0)


def _more_than_a_network() -> CannotRead:
    says = gettext(
        "This is more than one network's calendar. Bring a shorter stretch of time, or only some events."
        " At most %(series)d events come in at once, with %(dates)d dates in the next half year."
    )
    return CannotRead(says % {"series": MOST_SERIES, "dates": MOST_DATES})


def _row(entry: Entry, here: tuple[str, str] | None, today: date) -> tuple[Row, int]:
    """What becomes of it, and how many dates it has in the next half year."""
    said, kind = here or (None, _kind_of(entry.title))
    coming = [] if _is_over(entry, today) else dates_of(entry, between=(today, today + HALF_A_YEAR))
    fate = _fate(entry, said, is_to_come=bool(coming) or _comes_later(entry, today))
    return Row(entry, fate, Kind(kind), coming[:3]), len(coming)


def _fate(entry: Entry, said: str | None, *, is_to_come: bool) -> Fate:
    if said == _said(entry):
        return Fate.SAME
    if entry.cancelled:
        return Fate.ENDED if said is not None else Fate.PAST
    if len(entry.rrule) > LONGEST_RULE:
        return Fate.TOO_MUCH
    if not is_to_come:
        return Fate.PAST
    return Fate.NEW if said is None else Fate.CHANGED


def _is_over(entry: Entry, today: date) -> bool:
    """Does it say so itself? What ended long ago need not be gone through day by day."""
    until = rules.parts(entry.rrule).get("UNTIL", "") if entry.rrule else f"{entry.starts:%Y%m%d}"
    single = [*entry.extra, *(moved.starts for moved in entry.moved)]
    yesterday = f"{today - timedelta(days=1):%Y%m%d}"
    return "" < until[:8] < yesterday and all(f"{day:%Y%m%d}" < yesterday for day in single)


def _comes_later(entry: Entry, today: date) -> bool:
    """Is there a date after the next half year? Nearest first: ten years of a daily event are many."""
    begins = entry.starts.date()
    spans = [(today, today + A_YEAR), (today, today + TEN_YEARS)]
    if today < begins < today + TEN_YEARS:
        spans = [(begins, begins + A_WEEK), (begins, begins + HALF_A_YEAR), *spans]
    return not _is_over(entry, today) and any(dates_of(entry, between=span) for span in spans)


def _with_kinds(rows: list[Row], kinds: Mapping[int, Kind]) -> list[Row]:
    """The kind of what is new is as somebody said. What is here already keeps its own."""
    return [replace(row, kind=kinds.get(row.entry.line, row.kind)) if row.is_new else row for row in rows]


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
    if not (entry.called_off or entry.moved):
        return
    by_day = {gathering.on: gathering for gathering in Gathering.objects.filter(series=thing)}
    for day in entry.called_off:
        gathering = by_day.get(times.wall(day))
        if gathering and not gathering.is_off:
            dates.call_off(gathering)
    for moved in entry.moved:
        gathering = by_day.get(times.wall(moved.original))
        if gathering:
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
