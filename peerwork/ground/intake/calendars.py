"""Calendar files (.ics, RFC 5545), read event by event: every problem is named, and no person."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from peerwork.ground.intake import blocks, events, series
from peerwork.ground.intake.blocks import Block
from peerwork.ground.intake.entries import Entry, Moved, dates_of
from peerwork.ground.intake.guests import is_private
from peerwork.ground.intake.lines import Line
from peerwork.ground.intake.readings import LeftOut, Problem, Reading, left_out, reading, remark
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.series import Series
from peerwork.ground.intake.wordings import text_of, wording_of
from peerwork.ground.intake.zones import called

__all__ = ["Entry", "Moved", "dates_of", "read"]

OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY")


def read(name: str, content: bytes, *, zone: ZoneInfo) -> Reading[Entry]:
    """Read an iCalendar file. `name` is what the file is called, `zone` where the reader lives.

    A file that is damaged anywhere is refused as a whole: raises CannotRead and nothing else. An event that
    cannot be taken in becomes a Problem with `stops`, and the others are read.
    """
    calendars = blocks.calendars_in(name, content)
    entries: list[Entry] = []
    problems = remarks_on(calendars, here=zone.key)
    patience = Patience()
    for one in series.series_in(calendars, here=zone.key):
        take(one, entries, problems, patience)
    return reading(entries, problems)


def take(one: Series, entries: list[Entry], problems: list[Problem], patience: Patience) -> None:
    """Add one series to the entries, or to the problems."""
    notes: list[str] = []
    try:
        entries.append(events.entry_of(one, notes=notes, patience=patience))
    except LeftOut as problem:
        problems.append(left_out(problem.line or one.line, subject(one), problem.why))
        return
    problems.extend(remark(one.line, noted(one, says)) for says in dict.fromkeys(notes))
    problems.extend(repeated(one))


def subject(one: Series) -> str:
    """The title in quotation marks. A private title is not said."""
    if not text_of(one.whole.block, "SUMMARY") or any(map(is_private, one.blocks)):
        return _("This event")
    return _("“%(title)s”") % {"title": wording_of(one.blocks, []).title(one.whole.block)}


def noted(one: Series, says: str) -> str:
    return _("%(what)s: %(says)s") % {"what": subject(one), "says": says}


def repeated(one: Series) -> list[Problem]:
    why = _("it has the same identity as the event on line %(line)d.") % {"line": one.line}
    return [left_out(part.block.line, subject(Series(part)), why) for part in one.repeated]


def remarks_on(calendars: list[Block], *, here: str) -> list[Problem]:
    """What is to be said once about the whole file."""
    return [*other_parts(calendars), *unknown_home(calendars, here), *floating(calendars, here)]


def other_parts(calendars: list[Block]) -> list[Problem]:
    others = [part for calendar in calendars for part in calendar.parts(*OTHERS)]
    says = _("Tasks, journals and free times in this file were not read, only events.")
    return [remark(other.line, says) for other in others[:1]]


def unknown_home(calendars: list[Block], here: str) -> list[Problem]:
    lines = [line for calendar in calendars for line in calendar.all("X-WR-TIMEZONE")]
    unknown = [line for line in lines if line.value.strip() and not called(line.value)]
    says = _("We do not know the calendar's time zone, “%(zone)s”. It was read in %(here)s.")
    return [
        remark(line.number, says % {"zone": line.value.strip()[:60], "here": here}) for line in unknown[:1]
    ]


def floating(calendars: list[Block], here: str) -> list[Problem]:
    starts = [line for one in calendars for event in one.parts("VEVENT") for line in event.all("DTSTART")]
    afloat = [line for line in starts if is_afloat(line)]
    says = _("Some times in this file have no time zone. They were read as times in %(here)s.")
    return [remark(line.number, says % {"here": here}) for line in afloat[:1]]


def is_afloat(start: Line) -> bool:
    """A time with neither a zone nor a Z (RFC 5545, 3.3.5, form 1)."""
    return "T" in start.value and not start.value.strip().endswith("Z") and not start.parameters.get("TZID")
