"""Text files with a table in them (CSV, RFC 4180, and its relatives), row by row."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peerwork.ground.intake import files, headers
from peerwork.ground.intake.headers import Wanted
from peerwork.ground.intake.readings import CannotRead

LAST_START = 500
SEPARATORS = (",", ";", "\t", "|")


def rows_of(content: bytes, columns: Wanted, needed: frozenset[str]) -> Iterator[tuple[int, list[object]]]:
    """Each row with the number of its first line. Raises CannotRead where quotation marks do not close."""
    text = files.text_of(content)
    return rows_by(text, separator_of(text, columns, needed))


def separator_of(text: str, columns: Wanted, needed: frozenset[str]) -> str:
    """What stands between the cells: whatever makes the names of most columns appear."""
    return max(SEPARATORS, key=lambda separator: columns_by(text, separator, columns, needed))


def columns_by(text: str, separator: str, columns: Wanted, needed: frozenset[str]) -> tuple[int, int]:
    """How many columns are known by name, and how many there are at all."""
    header = headers.best_of(first_rows(text, separator), columns, needed)
    return (len(header.keys), len(header.names)) if header else (0, 0)


def first_rows(text: str, separator: str) -> list[list[object]]:
    rows: list[list[object]] = []
    try:
        for line, row in rows_by(text, separator):
            rows += [row] if any(row) else []
            if len(rows) == headers.FARTHEST or line > LAST_START:
                break
    except CannotRead:
        pass
    return rows


def rows_by(text: str, separator: str) -> Iterator[tuple[int, list[object]]]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in table:
            yield line, [cell.replace("\xa0", " ").strip() for cell in row]
            line = table.line_num + 1
    except csv.Error as problem:
        raise CannotRead(_("A quotation mark that opens here is never closed."), line) from problem
