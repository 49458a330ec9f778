"""The lines of a calendar file, unfolded, each with the number it has in a text editor (RFC 5545, 3.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerwork.ground.intake import files
from peerwork.ground.intake.readings import CannotRead

MOST_LINES = 250_000
SHAPE = re.compile(
    r'(?P<name>[A-Za-z0-9_.-]+)(?P<parameters>(?:;[^;:="]+(?:=(?:"[^"]*"|tzone:|[^";:])*)?)*)[ \t]*:(?P<value>.*)',
    re.DOTALL,
)
PARAMETER = re.compile(r';([^;:="]+)=((?:"[^"]*"|tzone:|[^";:])*)')
ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: `name` in capitals, `parameters` by name in capitals, `value` as it stands."""

    number: int
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        r"""The value of a TEXT property, with `\n`, `\,` and `\;` undone (RFC 5545, 3.3.11)."""
        return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


def line_of(number: int, text: str) -> Line | None:
    """None when the text is no property at all."""
    found = SHAPE.fullmatch(text)
    if found is None:
        return None
    return Line(number, found["name"].upper(), parameters_of(found["parameters"]), found["value"])


def parameters_of(text: str) -> dict[str, str]:
    return {name.strip().upper(): value.replace('"', "") for name, value in PARAMETER.findall(text)}


def lines_of(content: bytes) -> Iterator[tuple[int, str]]:
    """The unfolded lines with the number of their first line. Raises CannotRead."""
    folded = list(unfolded(in_bytes(content)))
    if len(folded) > MOST_LINES:
        raise CannotRead(
            _("This file has more lines than a calendar needs. Bring a shorter stretch of time.")
        )
    joined = b"\n".join(line for number, line in folded)
    text = files.decoded(joined, files.narrow_encoding_of(joined))
    return zip((number for number, line in folded), text.split("\n"), strict=True)


def in_bytes(content: bytes) -> bytes:
    """Lines are folded between bytes, so a letter may be cut in two: unfold first, decode after."""
    return files.text_of(content).encode() if files.wide_encoding_of(content) else content


def unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    started, parts = 0, list[bytes]()
    for number, line in enumerate(content.splitlines(), start=1):
        if line[:1] in {b" ", b"\t"} and parts:
            parts.append(line[1:])
        elif line.strip():
            if parts:
                yield started, b"".join(parts)
            started, parts = number, [line]
    if not parts:
        raise CannotRead(_("This file is empty."))
    yield started, b"".join(parts)
