"""What comes out of a file: what could be read, and every problem by name."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that a person should know.

    `line` counts from 1 as in a text editor (or is the row number of a sheet), None for the whole file.
    `says` is one or two sentences. `stops` is True when an event or row was left out because of it,
    False when it is only a remark.
    """

    line: int | None
    says: str
    stops: bool

    def __str__(self) -> str:
        return with_line(self.says, self.line)


@dataclass(frozen=True, slots=True)
class Reading[T]:
    """What could be read, in the order of the file, and the problems in the order of their lines."""

    entries: tuple[T, ...]
    problems: tuple[Problem, ...]


class CannotRead(Exception):
    """Nothing was read from this file. The first argument is a sentence for the person who brought it."""

    def __init__(self, says: str, line: int | None = None) -> None:
        super().__init__(says)
        self.says = says
        self.line = line

    def __str__(self) -> str:
        return with_line(self.says, self.line)


class LeftOut(Exception):
    """One event or row cannot be taken in, the others can. `why` ends the sentence "… was left out: …"."""

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def reading[T](entries: list[T], problems: list[Problem]) -> Reading[T]:
    """What is about the whole file comes first, then line by line."""
    return Reading(tuple(entries), tuple(sorted(problems, key=lambda problem: problem.line or 0)))


def remark(line: int | None, says: str) -> Problem:
    return Problem(line, says, stops=False)


def left_out(line: int | None, what: str, why: str) -> Problem:
    """`what` is a title in quotation marks, or words such as "This row"."""
    return Problem(line, _("%(what)s was left out: %(why)s") % {"what": what, "why": why}, stops=True)


def with_line(says: str, line: int | None) -> str:
    return says if line is None else _("Line %(line)d: %(says)s") % {"line": line, "says": says}
