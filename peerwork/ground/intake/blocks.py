"""The parts of a calendar file: what stands between BEGIN and END (RFC 5545, 3.4 and 3.6)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from peerwork.ground.intake import files
from peerwork.ground.intake.lines import Line, line_of, lines_of
from peerwork.ground.intake.readings import CannotRead

MOST_EVENTS = 5_000
DEEPEST = 8
OUTERMOST = {"VCALENDAR": 1, "VEVENT": 2, "VTODO": 2, "VJOURNAL": 2, "VTIMEZONE": 2}
"""How deep these may begin. Anywhere else it means that an END is missing."""


@dataclass(slots=True)
class Block:
    """A VCALENDAR, a VEVENT, … `line` is where it begins, `torn` the first line in it that makes no sense."""

    kind: str
    line: int
    lines: list[Line] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)
    torn: int | None = None

    def all(self, *names: str) -> list[Line]:
        return [line for line in self.lines if line.name in names]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """The trimmed value of the first such line, or nothing."""
        line = self.first(name)
        return line.value.strip() if line else ""

    def parts(self, *kinds: str) -> list["Block"]:
        return [block for block in self.blocks if block.kind in kinds]


def calendars_in(name: str, content: bytes) -> list[Block]:
    """Every VCALENDAR of a file, whole. Raises CannotRead for a file that is damaged anywhere."""
    files.check(content)
    if content.startswith(files.PACKED):
        raise CannotRead(_("This is a packed folder. Unpack it first, then bring the .ics file in it."))
    file = Block(name, 0)
    opened = [file]
    for number, text in lines_of(content):
        put(opened, number, line_of(number, text))
    if len(opened) > 1:
        raise CannotRead(_("The file ends too early, so nothing was read. Export it again."), opened[-1].line)
    check_size(file.blocks)
    check_versions(file.blocks)
    return file.blocks


def put(opened: list[Block], number: int, line: Line | None) -> None:
    """Put a line where it belongs. `opened` holds the parts that have not ended yet, outermost first."""
    if len(opened) == 1:
        check_beginning(opened[0], number, line)
    if line is None:
        tear(opened, number)
    elif line.name == "BEGIN":
        begin(opened, line)
    elif line.name == "END":
        end(opened, line)
    else:
        opened[-1].lines.append(line)


def check_beginning(file: Block, number: int, line: Line | None) -> None:
    if line and line.name == "BEGIN" and kind_named(line) == "VCALENDAR":
        return
    if file.blocks:
        raise CannotRead(_("Something stands here after the end of the calendar. Export it again."), number)
    says = _("“%(name)s” is not a calendar. A calendar file starts with BEGIN:VCALENDAR.")
    raise CannotRead(says % {"name": file.kind[:60]}, number)


def begin(opened: list[Block], line: Line) -> None:
    block = Block(kind_named(line), line.number)
    if len(opened) > DEEPEST or OUTERMOST.get(block.kind, len(opened)) != len(opened):
        raise CannotRead(
            _("The file is damaged here: a part is missing its end. Export it again."), line.number
        )
    opened[-1].blocks.append(block)
    opened.append(block)


def end(opened: list[Block], line: Line) -> None:
    if kind_named(line) != opened[-1].kind:
        raise CannotRead(
            _("The file is damaged here: one part ends inside another. Export it again."), line.number
        )
    opened.pop()


def tear(opened: list[Block], number: int) -> None:
    """A line without sense spoils the event it stands in. Anywhere else it spoils the file."""
    for block in opened:
        if block.kind in {"VEVENT", "VTODO", "VJOURNAL"}:
            block.torn = block.torn or number
            return
    raise CannotRead(_("The file is damaged here: this line makes no sense. Export it again."), number)


def check_size(calendars: list[Block]) -> None:
    if sum(len(calendar.parts("VEVENT")) for calendar in calendars) > MOST_EVENTS:
        raise CannotRead(_("This calendar has more than 5,000 events. Bring a shorter stretch of time."))


def check_versions(calendars: list[Block]) -> None:
    for line in versions(calendars):
        if line.value.strip() == "1.0":
            raise CannotRead(
                _("This calendar is in a form from before 1998. Export it as iCalendar."), line.number
            )


def versions(calendars: list[Block]) -> Iterator[Line]:
    for calendar in calendars:
        yield from calendar.all("VERSION")


def kind_named(line: Line) -> str:
    return line.value.strip().upper()
