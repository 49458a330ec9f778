"""Numbers as a sheet to take along. No cell of it can wake up as a formula in somebody's spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import Any

# What makes a spreadsheet run a cell instead of showing it (OWASP, CSV injection).
WAKES_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """UTF-8 with a byte order mark, which is how spreadsheets know it; lines end as RFC 4180 says."""
    written = io.StringIO()
    plain = csv.writer(written, lineterminator="\r\n")
    quoted = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = [_at_rest(cell) for cell in row]
        # Some spreadsheets split a line at semicolons too: then all of it stands in quotation marks.
        (quoted if any(";" in str(cell) for cell in cells) else plain).writerow(cells)
    return "\ufeff".encode() + written.getvalue().encode()


def _at_rest(cell: Any) -> Any:
    if isinstance(cell, int | float):
        return cell
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(WAKES_A_FORMULA) else text
