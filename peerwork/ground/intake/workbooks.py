"""Excel workbooks (.xlsx), sheet by sheet. Nothing in them is run or fetched."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from peerwork.ground.intake import packages
from peerwork.ground.intake.readings import CannotRead

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
DAY = timedelta(days=1)
COLUMNS = 60

Rows = Iterator[tuple[int, list[object]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    is_hidden: bool
    rows: Rows


def sheets_in(content: bytes) -> list[Sheet]:
    """The sheets of a workbook. A row is read when it is asked for. Raises CannotRead, also then."""
    parts = packages.unpacked(content)
    try:
        book = opened(content)
        paths = paths_in(parts)
        return [sheet_of(page, parts.get(paths.get(page.title, ""), b"")) for page in book.worksheets]
    except Exception as damage:  # openpyxl lets through whatever its parsers raise
        raise damaged() from damage


def opened(content: bytes) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def sheet_of(page: Any, source: bytes) -> Sheet:
    return Sheet(page.title, page.sheet_state != "visible", filled(rows_of(page), merged_in(source)))


def rows_of(page: Any) -> Rows:
    """Formulas give what they last came to. The size a sheet claims to have is not believed."""
    page.reset_dimensions()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            for number, row in enumerate(page.iter_rows(values_only=True), start=1):
                yield number, [cell_of(value) for value in row]
    except Exception as damage:  # openpyxl lets through whatever its parsers raise
        raise damaged() from damage


def damaged() -> CannotRead:
    return CannotRead(_("This file is damaged. Save or export it again."))


def cell_of(value: object) -> object:
    """A text, a number, a date or a time; nothing for an empty cell."""
    if isinstance(value, timedelta):
        return (datetime.min + value).time() if timedelta(0) <= value < DAY else value / DAY  # noqa: DTZ901
    if isinstance(value, (datetime, date, time)) or value is None:
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return str(value).strip() or None


def paths_in(parts: dict[str, bytes]) -> dict[str, str]:
    """Which part of the package holds the sheet of that title."""
    from openpyxl.xml.functions import fromstring

    links = fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id", ""): link.get("Target", "").removeprefix("/xl/") for link in links}
    sheets = (one for one in fromstring(parts[packages.SHEET]).iter() if one.tag.endswith("}sheet"))
    return {one.get("name", ""): f"xl/{targets[id_of(one.attrib)]}" for one in sheets}


def id_of(attributes: Mapping[str, str]) -> str:
    return next(value for name, value in attributes.items() if name.endswith("}id"))


def merged_in(source: bytes) -> dict[int, list[tuple[int, int]]]:
    """For each row: the columns (from 0) where cells joined downwards begin, and the row where they end."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, int]]] = {}
    for letters, first, last in MERGED.findall(source):
        column = column_index_from_string(letters.decode()) - 1
        if column < COLUMNS and int(last) > int(first):
            found.setdefault(int(first), []).append((column, int(last)))
    return found


def filled(rows: Rows, merged: dict[int, list[tuple[int, int]]]) -> Rows:
    """What stands in joined cells counts for each of their rows that says something else as well."""
    held: dict[int, tuple[int, object]] = {}
    for number, row in rows:
        for column, last in merged.get(number, ()):
            held[column] = (last, row[column] if column < len(row) else None)
        if any(cell is not None for cell in row):
            fill(row, number, held)
        yield number, row


def fill(row: list[object], number: int, held: dict[int, tuple[int, object]]) -> None:
    for column, (last, value) in held.items():
        if number <= last:
            row.extend([None] * (column + 1 - len(row)))
            row[column] = value if row[column] is None else row[column]
