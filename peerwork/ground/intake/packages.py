"""The packed folder an Excel workbook is: looked into before anything in it is read."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerwork.ground.intake.readings import CannotRead

LARGEST_UNPACKED = 20 * 1024 * 1024
"""Bytes of XML. 5,000 rows of 60 columns are about half of this."""

MOST_CELLS, MOST_OTHERS, MOST_ELEMENTS = 200_000, 50_000, 500_000
"""A few kilobytes unpack into millions of empty cells. 5,000 rows of 40 columns are 200,000 of them."""

MOST_SLOTS = 2_000_000
"""Rows times the furthest column: a row is read with its gaps, up to the last cell it has."""

MOST_PARTS, MOST_SHEETS = 1_000, 200
SHEET = "xl/workbook.xml"
OTHERS = {
    "content.xml": gettext_lazy("This is an OpenDocument file. Save it as XLSX or CSV."),
    "word/document.xml": gettext_lazy("This is a Word document. Save its table as XLSX or CSV."),
    "xl/workbook.bin": gettext_lazy("This is a binary Excel sheet. Save it as XLSX or CSV."),
    "Index/Document.iwa": gettext_lazy("This is a file of Numbers. Save it as XLSX or CSV."),
}
DECLARATION = re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)
ENCODING = re.compile(rb"""^[^>]*?\bencoding\s*=\s*["']([^"']*)""")
WITH_PLAIN_LETTERS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
"""Where `<` is one byte that we know. In any other letters we could not see what a part holds."""

OF_CELLS = re.compile(rb"<(?:\w+:)?(row|c|v|f|is|t|si)[\s/>]")
A_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})\d""")


def unpacked(content: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook by name. Raises CannotRead if it is none, or not a safe one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            check_contents(package)
            parts = dict(xml_in(package))
    except CannotRead:
        raise
    except Exception as damage:  # zipfile lets through whatever its unpackers raise
        raise CannotRead(_("This file is damaged. Save or export it again.")) from damage
    letters = {name: part.replace(b"\0", b"") for name, part in parts.items()}
    if any(DECLARATION.search(part) or is_strange(part) for part in letters.values()):
        raise CannotRead(_("This workbook has parts that could do harm. Save it as CSV instead."))
    if len(A_SHEET.findall(letters[SHEET])) > MOST_SHEETS or is_too_much(list(letters.values())):
        raise too_large()
    return parts


def is_strange(part: bytes) -> bool:
    """Is it written in letters that we cannot look through?"""
    encoding = ENCODING.search(part[:200])
    return encoding is not None and encoding[1].lower() not in WITH_PLAIN_LETTERS


def is_too_much(parts: list[bytes]) -> bool:
    """Would reading these parts take more work and memory than a large sheet does?"""
    elements = sum(part.count(b"<") - part.count(b"</") for part in parts)
    if elements > MOST_ELEMENTS:
        return True
    of_cells = sum((Counter(OF_CELLS.findall(part)) for part in parts), Counter[bytes]())
    many = elements - of_cells.total() > MOST_OTHERS or max(of_cells.values(), default=0) > MOST_CELLS
    return many or sum(map(slots_of, parts)) > MOST_SLOTS


def slots_of(part: bytes) -> int:
    """How many cells its rows have room for, with those that are left out in between."""
    columns = {letters.decode() for letters in COLUMN.findall(part)}
    rows = sum(name == b"row" for name in OF_CELLS.findall(part))
    from openpyxl.utils import column_index_from_string

    return rows * max(map(column_index_from_string, columns), default=0)


def too_large() -> CannotRead:
    return CannotRead(_("This workbook is too large. Save the one sheet you need as CSV."))


def check_contents(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if SHEET not in names:
        says = (str(OTHERS[name]) for name in OTHERS if name in names)
        raise CannotRead(next(says, _("This is a packed folder. Unpack it, then bring the file in it.")))
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise CannotRead(_("This file is locked with a password. Save it without one."))
    if len(names) > MOST_PARTS or sum(part.file_size for part in xml_parts(package)) > LARGEST_UNPACKED:
        raise too_large()


def xml_parts(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [part for part in package.infolist() if not part.filename.startswith("xl/media/")]


def xml_in(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpacking stops at the size that was checked: a part that is larger than it says is damaged."""
    for part in xml_parts(package):
        yield part.filename, package.read(part)
