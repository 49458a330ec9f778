"""When a row of a sheet takes place: its day, its start and end, and how it comes round."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from peerwork.ground.intake import days, hours, repeats, spoken, zones
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.sheets import Cell, Row, text_of

LONGEST_DATE = 60
UNTIL = (" until ", " till ", " tot ", " t/m ")


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads: in their zone, with the day or the month first, and only so long."""

    here: str
    day_first: bool
    patience: Patience

    def day(self, cell: object) -> date:
        return days.day_of(cell, day_first=self.day_first).day

    def zone(self, cell: object, year: int) -> str:
        """Raises LeftOut for a zone nobody knows."""
        return zones.Zones(self.here).called(str(cell).strip(), year=year) if cell else self.here


def when_of(row: Row, reader: Reader) -> tuple[date, tuple[time, time | None]]:
    """The day, the start, and the end if it stands beside the start. Raises LeftOut."""
    day, rest = day_and_rest(row.cells["date"], reader.day)
    cell = row.cells.get("start", rest)
    if cell is None:
        raise LeftOut(_("it has no start. Give it one."))
    return day, hours.span_of(cell)


def day_and_rest[T](cell: Cell, day_of: Callable[[object], T]) -> tuple[T, Cell | None]:
    """The day in a cell, and the time of day that stands behind it, if there is one. Raises LeftOut."""
    if isinstance(cell, datetime):
        return day_of(cell), cell.time() if cell.time() != time(0) else None
    try:
        return day_of(cell), None
    except LeftOut:
        rest = time_behind(str(cell))
        if rest is None:
            raise
    return day_of(str(cell)[: -len(rest)].strip(" ,")), rest


def time_behind(text: str) -> str | None:
    """The longest end of a text that is a time of day: “6 to 8 pm” in “Tue 3 Nov 2026, 6 to 8 pm”."""
    spaces = re.finditer(r"[\s,]+", text[:LONGEST_DATE])
    ends = (text[space.end() :] for space in spaces)
    return next((end for end in ends if is_time(end)), None)


def is_time(text: str) -> bool:
    """Four digits alone may as well be a year."""
    if not text or text.isdecimal():
        return False
    try:
        hours.span_of(text)
    except LeftOut:
        return False
    return True


def minutes_of(row: Row, starts: datetime, end: time | None, reader: Reader) -> int:
    """From the end beside the start, the end column, or the length. Raises LeftOut."""
    cells = row.cells
    if end is None and "end" in cells:
        end = hours.time_of(cells["end"])
    if end is not None and "end_day" in cells:
        return minutes_until(datetime.combine(reader.day(cells["end_day"]), end), starts)
    if end is not None:
        return hours.minutes_between(starts.time(), end)
    if "minutes" in cells:
        return hours.minutes_of(cells["minutes"])
    raise LeftOut(_("it has no end. Give it an end, or say how many minutes it lasts."))


def minutes_until(ends: datetime, starts: datetime) -> int:
    if ends <= starts:
        raise LeftOut(_("it ends before it starts."))
    if ends - starts > timedelta(days=3):
        raise LeftOut(_("it lasts longer than three days."))
    return int((ends - starts).total_seconds()) // 60


def rule_of(row: Row, starts: datetime, zone: str, reader: Reader) -> str:
    """The repeat and its last day, checked against the start. Raises LeftOut."""
    said, until = said_of(row)
    rule = spoken.rule_of(said)
    if not rule:
        return ""
    if until:
        rule += f";UNTIL={reader.day(until):%Y%m%d}"
    repeat = repeats.repeat_of(rule, starts=starts, zone=zone, line=row.line, patience=reader.patience)
    if repeat.first != starts:
        raise LeftOut(
            _("its day, %(day)s, is not a day on which it repeats.") % {"day": f"{starts:%Y-%m-%d}"}
        )
    return repeat.rule


def said_of(row: Row) -> tuple[str, Cell | None]:
    """“weekly until 15 Dec 2026” says both; else the last day has a column of its own."""
    said = text_of(row.cells.get("repeats"))
    for word in UNTIL:
        before, found, after = said.partition(word)
        if found:
            return before, after
    return said, row.cells.get("until")
