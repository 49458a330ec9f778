"""A calendar somebody keeps in a sheet: each row becomes an entry, or says why it cannot."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from peerwork.ground.intake import days, headers, links, occasions, sheets, words
from peerwork.ground.intake.entries import Entry, uid_of
from peerwork.ground.intake.occasions import Reader
from peerwork.ground.intake.readings import LeftOut, Problem, Reading, left_out, reading, remark
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.sheets import Cell, Row

__all__ = ["COLUMNS", "NEEDED", "read"]

COLUMNS: headers.Wanted = {
    "date": ("date", "day", "start date", "when", "datum", "dag", "begindatum"),
    "start": (
        "start",
        "start time",
        "time",
        "from",
        "starts",
        "begins",
        "at",
        "tijd",
        "begin",
        "aanvang",
        "van",
    ),
    "end": ("end", "end time", "ends", "finish", "finishes", "to", "einde", "eindtijd", "tot"),
    "minutes": ("minutes", "length", "duration", "how long", "mins", "duur", "minuten"),
    "title": (
        "title",
        "what",
        "event",
        "event name",
        "subject",
        "gathering",
        "session",
        "topic",
        "titel",
        "wat",
        "onderwerp",
    ),
    "place": ("place", "where", "location", "venue", "room", "address", "plaats", "waar", "locatie", "plek"),
    "link": ("link", "online", "meeting link", "zoom link", "zoom", "teams", "url", "web link"),
    "about": ("about", "description", "details", "info", "omschrijving", "toelichting"),
    "repeats": ("repeats", "repeat", "how often", "frequency", "recurrence", "herhaling", "hoe vaak"),
    "until": ("until", "repeats until", "last date", "ends on", "tot en met"),
    "end_day": ("end date", "einddatum"),
    "zone": ("zone", "time zone", "timezone", "tijdzone"),
    "status": ("status",),
    "all_day": ("all day event", "all day"),
    "private": ("private",),
}
"""Every column we read, and the names it may have. Columns with people in them have no name here."""

NEEDED = frozenset({"date", "title"})
YES = {"true", "yes", "y", "x", "1", "ja", "waar"}
ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+/\S*")
CALLED_OFF = {"cancelled", "canceled", "called off", "geannuleerd", "afgelast"}


def read(name: str, content: bytes, *, zone: ZoneInfo, day_first: bool = True) -> Reading[Entry]:
    """Read a sheet as a calendar. `zone` is where the reader lives, and the zone of rows that name none.

    With `day_first` 3/11/2026 is 3 November. Columns are found by the names in COLUMNS. The same row always
    gets the same uid. Raises CannotRead, and nothing else; a row that cannot be taken in becomes a Problem.
    """
    sheet = sheets.read(name, content, columns=COLUMNS, needed=NEEDED)
    reader = Reader(zone.key, day_first, Patience())
    entries: dict[str, Entry] = {}
    problems = [*sheet.problems, *order_of_days(sheet.entries, day_first=day_first)]
    for row in sheet.entries:
        take(row, reader, entries, problems)
    return reading(list(entries.values()), problems)


def take(row: Row, reader: Reader, entries: dict[str, Entry], problems: list[Problem]) -> None:
    """Add one row to the entries, or to the problems."""
    notes: list[str] = []
    try:
        entry = entry_of(row, reader, notes)
        refuse_twice(entry, entries)
    except LeftOut as problem:
        problems.append(left_out(row.line, _("This row"), problem.why))
        return
    entries[entry.uid] = entry
    problems.extend(remark(row.line, says) for says in dict.fromkeys(notes))


def refuse_twice(entry: Entry, entries: dict[str, Entry]) -> None:
    if entry.uid in entries:
        says = _("it has the same title, day and start as row %(line)d.")
        raise LeftOut(says % {"line": entries[entry.uid].line})


def order_of_days(rows: tuple[Row, ...], *, day_first: bool) -> list[Problem]:
    """One remark for the whole file, on the first row whose day could be read in two ways."""
    says = (
        _("We read “%(text)s” with the day first.")
        if day_first
        else _("We read “%(text)s” with the month first.")
    )
    unsure = (row for row in rows if is_unsure(row.cells["date"], day_first=day_first))
    row = next(unsure, None)
    return [remark(row.line, says % {"text": str(row.cells["date"])[:40]})] if row else []


def is_unsure(cell: Cell, *, day_first: bool) -> bool:
    try:
        return occasions.day_and_rest(cell, lambda text: days.day_of(text, day_first=day_first))[
            0
        ].is_ambiguous
    except LeftOut:
        return False


def entry_of(row: Row, reader: Reader, notes: list[str]) -> Entry:
    """Raises LeftOut, and CannotRead when a file asks too much."""
    refuse(row)
    cells = row.cells
    day, span = occasions.when_of(row, reader)
    starts = datetime.combine(day, span[0])
    zone = reader.zone(cells.get("zone"), day.year)
    title = words.one_line(sheets.text_of(cells["title"]), words.TITLE, notes) or _("Without a title")
    place = words.one_line(sheets.text_of(cells.get("place")), words.PLACE, notes)
    return Entry(
        line=row.line,
        uid=uid_of("row", headers.plain(title), f"{starts:%Y-%m-%d %H:%M}"),
        title=title,
        about=words.paragraphs(sheets.text_of(cells.get("about")), words.ABOUT, notes),
        place="" if links.LINK.fullmatch(place) else place,
        link=link_of(row, notes),
        starts=starts,
        zone=zone,
        minutes=occasions.minutes_of(row, starts, span[1], reader),
        rrule=occasions.rule_of(row, starts, zone, reader),
        cancelled=sheets.text_of(cells.get("status")).casefold() in CALLED_OFF,
    )


def refuse(row: Row) -> None:
    if is_yes(row, "all_day"):
        raise LeftOut(_("it has no time of day. Give it a start and an end."))
    if is_yes(row, "private"):
        raise LeftOut(_("it is marked as private."))


def is_yes(row: Row, key: str) -> bool:
    return sheets.text_of(row.cells.get(key)).casefold() in YES


def link_of(row: Row, notes: list[str]) -> str:
    """What stands under “link”, else the first link to a meeting in the place or the text."""
    written = sheets.text_of(row.cells.get("link"))
    link = links.secure_in(written) or links.secure_in(
        f"https://{written}" if ADDRESS.fullmatch(written) else ""
    )
    if written and not link:
        notes.append(_("We cannot use its link: “%(text)s”.") % {"text": written[:40]})
    others = (links.room_in(sheets.text_of(row.cells.get(key))) for key in ("place", "about"))
    return link or next(filter(None, others), "")
