"""The parts of a calendar that belong together: an event, and its dates that were changed one by one."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from peerwork.ground.intake import moments
from peerwork.ground.intake.blocks import Block
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.zones import Zones, zones_of


@dataclass(frozen=True, slots=True)
class Part:
    """One VEVENT, and what it takes from the calendar around it."""

    block: Block
    zones: Zones
    is_called_off: bool

    @property
    def is_one_date(self) -> bool:
        return self.block.first("RECURRENCE-ID") is not None

    @property
    def sequence(self) -> int:
        """How often it was changed (RFC 5545, 3.8.7.4)."""
        text = self.block.value("SEQUENCE")[:9]
        return int(text) if text.isascii() and text.isdecimal() else 0


@dataclass(slots=True)
class Series:
    """All parts with one UID. `repeated` are further events with it, which RFC 5545, 3.8.4.7 forbids."""

    whole: Part
    dates: list[Part] = field(default_factory=list)
    repeated: list[Part] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        return [self.whole.block, *(part.block for part in self.dates)]

    @property
    def line(self) -> int:
        return self.whole.block.line


def series_in(calendars: list[Block], *, here: str) -> list[Series]:
    """Every series, in the order of the file. A single date without its series stands for itself."""
    by_uid: dict[str, list[Part]] = {}
    for part in parts_in(calendars, here=here):
        by_uid.setdefault(part.block.value("UID") or f"\0{part.block.line}", []).append(part)
    found = [one for parts in by_uid.values() for one in together(parts)]
    return sorted(found, key=lambda one: one.line)


def parts_in(calendars: list[Block], *, here: str) -> list[Part]:
    return [part for calendar in calendars for part in parts_of(calendar, here=here)]


def parts_of(calendar: Block, *, here: str) -> list[Part]:
    zones = zones_of(calendar, here=here)
    withdrawn = calendar.value("METHOD").upper() == "CANCEL"
    return [Part(event, zones, withdrawn or is_called_off(event)) for event in calendar.parts("VEVENT")]


def is_called_off(event: Block) -> bool:
    return event.value("STATUS").upper() == "CANCELLED"


def together(parts: list[Part]) -> list[Series]:
    wholes = [part for part in parts if not part.is_one_date]
    dates = [part for part in parts if part.is_one_date]
    if not wholes:
        return [Series(part) for part in dates]
    newest = max(wholes, key=lambda part: part.sequence)
    return [Series(newest, dates, [part for part in wholes if part is not newest])]


def start_of(part: Part) -> moments.Moment:
    """The start of an event with a time of day. Raises LeftOut."""
    line = part.block.first("DTSTART")
    if line is None:
        raise LeftOut(_("it has no start."), part.block.line)
    start = moments.moment_of(line, part.zones)
    if isinstance(start, moments.Moment) and not is_all_day(part.block):
        return start
    raise LeftOut(_("it has no time of day. Give it a start and an end, then export it again."), line.number)


def is_all_day(event: Block) -> bool:
    """Outlook writes some whole days as midnight to midnight and says so beside it."""
    return event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
