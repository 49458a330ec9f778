"""Sheets people keep by hand (CSV, TSV, XLSX), read row by row, with every problem named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from peerwork.ground.intake import files, headers, tables, workbooks
from peerwork.ground.intake.headers import Header, Wanted, says
from peerwork.ground.intake.readings import CannotRead, LeftOut, Problem, Reading, left_out, reading, remark

MOST_ROWS, MOST_COLUMNS, LAST_ROW = 5_000, workbooks.COLUMNS, 100_000
ERRORS = {"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}

Cell = str | datetime | date | time | float
Cells = list[object]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number it has in the sheet (from 1) and its cells that say something, by key."""

    line: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that say anything, each with its number, and the row that names the columns."""

    rows: list[tuple[int, Cells]]
    header: Header
    is_text: bool
    remarks: tuple[Problem, ...] = ()

    def rows_below(self) -> Iterator[tuple[int, Cells]]:
        """The rows after the names of the columns, which may come again on every page of a print."""
        below = self.rows[self.header.row + 1 :]
        return ((line, cells) for line, cells in below if not self.header.stands_in(cells))


def read(name: str, content: bytes, *, columns: Wanted, needed: frozenset[str]) -> Reading[Row]:
    """Read a sheet. `columns` gives for each key the names its column may have, in any case, with any accent.

    A row without one of the `needed` cells is left out with a Problem. Raises CannotRead, and nothing else,
    if the file is no sheet, is damaged or too large, or lacks a needed column.
    """
    files.check(content)
    table = table_in(name, content, columns, needed)
    problems = [*table.remarks, *unread(table)]
    rows: list[Row] = []
    for line, cells in table.rows_below():
        try:
            rows.append(row_of(line, cells, table, needed))
        except LeftOut as problem:
            problems.append(left_out(line, _("This row"), problem.why))
    return reading(rows, problems)


def row_of(line: int, cells: Cells, table: Table, needed: frozenset[str]) -> Row:
    """Raises LeftOut."""
    if table.is_text and any(map(says, cells[max(table.header.names) + 1 :])):
        raise LeftOut(_("it has more cells than there are columns."))
    found = table.header.cells_of(cells)
    for column, key in table.header.keys.items():
        check(found.get(key), table.header.names[column], is_needed=key in needed)
    return Row(line, {key: cell for key, cell in found.items() if says(cell)})  # type: ignore[misc]


def check(cell: object, name: str, *, is_needed: bool) -> None:
    if is_needed and not says(cell):
        raise LeftOut(_("it says nothing under “%(name)s”.") % {"name": name})
    if cell in ERRORS:
        raise LeftOut(_("the formula under “%(name)s” gives %(error)s.") % {"name": name, "error": cell})


def table_in(name: str, content: bytes, columns: Wanted, needed: frozenset[str]) -> Table:
    if content.startswith(files.OLD_OFFICE):
        raise old_office(name, content)
    if content.startswith(files.PACKED):
        return table_in_workbook(content, columns, needed)
    rows = bounded(tables.rows_of(content, columns, needed))
    return table_of(rows, columns, needed, is_text=True)


def old_office(name: str, content: bytes) -> CannotRead:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return CannotRead(_("This file is locked with a password. Save it without one."))
    return CannotRead(_("“%(name)s” is in an old form. Save it as XLSX or CSV.") % {"name": name[:60]})


def table_in_workbook(content: bytes, columns: Wanted, needed: frozenset[str]) -> Table:
    """The first sheet with every needed column; hidden sheets and the other ones are only mentioned."""
    sheets = workbooks.sheets_in(content)
    seen = [sheet for sheet in sheets if not sheet.is_hidden]
    if not seen:
        raise CannotRead(_("This workbook has no sheet that can be seen."))
    chosen, rows = chosen_of(seen, columns, needed)
    remarks = tuple(remark(None, not_read(one)) for one in sheets if one is not chosen)
    return table_of(rows, columns, needed, is_text=False, remarks=remarks)


def not_read(sheet: workbooks.Sheet) -> str:
    if sheet.is_hidden:
        return _("The hidden sheet “%(title)s” was not read.") % {"title": sheet.title}
    return _("The sheet “%(title)s” was not read.") % {"title": sheet.title}


def chosen_of(
    sheets: list[workbooks.Sheet], columns: Wanted, needed: frozenset[str]
) -> tuple[workbooks.Sheet, list[tuple[int, Cells]]]:
    """The first sheet that has what is needed, or the first of all, which will then say what it lacks."""
    first: tuple[workbooks.Sheet, list[tuple[int, Cells]]] | None = None
    for sheet in sheets:
        rows = bounded(sheet.rows)
        header = headers.best_of([cells for _line, cells in rows], columns, needed)
        if header and needed <= set(header.keys.values()):
            return sheet, rows
        first = first or (sheet, rows)
    return first or (sheets[0], [])


def table_of(
    rows: list[tuple[int, Cells]],
    columns: Wanted,
    needed: frozenset[str],
    *,
    is_text: bool,
    remarks: tuple[Problem, ...] = (),
) -> Table:
    header = headers.best_of([cells for _line, cells in rows], columns, needed)
    line = rows[header.row][0] if header else 0
    return Table(rows, headers.check(header, columns, needed, line), is_text, remarks)


def bounded(rows: Iterable[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """The rows that say anything. Raises CannotRead when there are too many, or too many columns."""
    return list(up_to_limits((line, cells) for line, cells in near(rows) if any(map(says, cells))))


def near(rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """Rows that are not lost far below the table."""
    for line, cells in rows:
        if line > LAST_ROW:
            raise CannotRead(
                _("This sheet goes on below row 100,000. Delete the empty rows under your table.")
            )
        yield line, cells


def up_to_limits(rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    for count, (line, cells) in enumerate(rows):
        if count > MOST_ROWS + headers.FARTHEST:
            raise CannotRead(_("This sheet has more than 5,000 rows. Bring a shorter stretch of time."))
        if any(map(says, cells[MOST_COLUMNS:])):
            raise CannotRead(_("This sheet has more than 60 columns. Keep only those that matter."), line)
        yield line, cells[:MOST_COLUMNS]


def unread(table: Table) -> list[Problem]:
    names = table.header.unread
    line = table.rows[table.header.row][0]
    says = _("These columns were not read: %(names)s.")
    return [remark(line, says % {"names": headers.quoted(names[:12])})] if names else []


def text_of(cell: Cell | None) -> str:
    """A cell as words; 3.0 is 3."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
