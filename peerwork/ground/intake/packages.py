"""The packed folder an Excel workbook is: looked into before anything in it is read."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerwork.ground.intake.readings import CannotRead

LARGEST_UNPACKED = 20 * 1024 * 1024
"""Bytes of XML. 5,000 rows of 60 columns are about half of this."""

MOST_PARTS = 1_000
SHEET = "xl/workbook.xml"
OTHERS = {
    "content.xml": gettext_lazy("This is an OpenDocument file. Save it as XLSX or CSV."),
    "word/document.xml": gettext_lazy("This is a Word document. Save its table as XLSX or CSV."),
    "xl/workbook.bin": gettext_lazy("This is a binary Excel sheet. Save it as XLSX or CSV."),
    "Index/Document.iwa": gettext_lazy("This is a file of Numbers. Save it as XLSX or CSV."),
}
DECLARATION = re.compile(rb"<!(?:doctype|entity)", re.IGNORECASE)


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
    if any(DECLARATION.search(part.replace(b"\0", b"")) for part in parts.values()):
        raise CannotRead(_("This workbook has parts that could do harm. Save it as CSV instead."))
    return parts


def check_contents(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if SHEET not in names:
        says = (str(OTHERS[name]) for name in OTHERS if name in names)
        raise CannotRead(next(says, _("This is a packed folder. Unpack it, then bring the file in it.")))
    if any(part.flag_bits & 1 for part in package.infolist()):
        raise CannotRead(_("This file is locked with a password. Save it without one."))
    if len(names) > MOST_PARTS or sum(part.file_size for part in xml_parts(package)) > LARGEST_UNPACKED:
        raise CannotRead(_("This workbook is too large. Save the one sheet you need as CSV."))


def xml_parts(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [part for part in package.infolist() if not part.filename.startswith("xl/media/")]


def xml_in(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpacking stops at the size that was checked: a part that is larger than it says is damaged."""
    for part in xml_parts(package):
        yield part.filename, package.read(part)
