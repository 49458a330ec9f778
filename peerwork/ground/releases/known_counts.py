"""When may a number we know be shown? When nobody can be found in it, not even by subtraction.

A cell may be shown when at least 5 contacts with at least 3 people stand behind it. Where one cell is
hidden, a second one must be, or the total gives the first away. Which second one: Gusfield (1988),
"A graph theoretic approach to statistical data security", SIAM J. Comput. 17(3): hidden cells are edges
between their row and their column, and a cell is safe while it can still go up or down along a circle of
other hidden cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

ENOUGH_CONTACTS = 5
ENOUGH_PEOPLE = 3
ANYTHING = 10**9


class CannotHide(Exception):
    """Everything is hidden already and the totals still give a cell away: show no totals."""


type Cell = tuple[str, str]
type Table = Mapping[Cell, int]


def is_safe(contacts: int, *, people: int) -> bool:
    """Enough contacts with enough different people. Zero is not safe: it may say that someone stayed away."""
    return contacts >= ENOUGH_CONTACTS and people >= ENOUGH_PEOPLE


@dataclass(frozen=True)
class Margins:
    """Which totals are shown beside the table. A total that is shown helps a stranger subtract.

    `most`: how much a cell can hold, where a stranger knows that. Two that must be full give each other away.
    """

    rows: bool = True
    columns: bool = True
    most: Table = field(default_factory=dict)


BOTH = Margins()


def hidden(table: Table, unsafe: Iterable[Cell], *, margins: Margins = BOTH) -> frozenset[Cell]:
    """The cells to leave out: the unsafe ones, and as many more as it takes to keep them hidden.

    table: whole numbers ≥ 0 by (row, column). Raises KeyError for an unsafe cell that is not in the table.
    """
    out = {cell for cell in unsafe if table[cell] >= 0}
    while found := next(given_away(table, out, margins=margins), None):
        out.add(_best_company(table, out, found, margins))
    return frozenset(out)


def given_away(table: Table, out: Iterable[Cell], *, margins: Margins = BOTH) -> Iterator[Cell]:
    """Hidden cells that a stranger with the totals can still work out exactly, smallest first."""
    out = set(out)
    for cell in sorted(out, key=lambda cell: (table[cell], cell)):
        if not (_can_rise(table, out, cell, margins) or _can_fall(table, out, cell, margins)):
            yield cell


def _best_company(table: Table, out: set[Cell], lonely: Cell, margins: Margins) -> Cell:
    """The smallest shown cell that helps at once; where none does alone, the smallest in the same line."""
    rest = (cell for cell in table if cell not in out)
    shown = sorted(rest, key=lambda cell: (table[cell] == 0, table[cell], cell))
    near = [cell for cell in shown if cell[0] == lonely[0] or cell[1] == lonely[1]]
    for cell in [*near, *shown]:
        if lonely not in given_away(table, out | {cell}, margins=margins):
            return cell
    if not shown:
        raise CannotHide(lonely)
    return (near or shown)[0]


def _can_rise(table: Table, out: set[Cell], cell: Cell, margins: Margins) -> bool:
    """One more here, one less there: is there a circle of hidden cells that allows it?"""
    return _room(table, cell, margins) > 0 and _reaches(table, out, cell, margins, gives_first=True)


def _can_fall(table: Table, out: set[Cell], cell: Cell, margins: Margins) -> bool:
    return table[cell] > 0 and _reaches(table, out, cell, margins, gives_first=False)


def _room(table: Table, cell: Cell, margins: Margins) -> int:
    return margins.most.get(cell, ANYTHING) - table[cell]


def _reaches(table: Table, out: set[Cell], cell: Cell, margins: Margins, *, gives_first: bool) -> bool:
    """Walk from the cell's row to its column along other hidden cells.

    From a row to a column a cell changes one way, from a column to a row the other way; a cell that must
    give one has to have one, a cell that must take one has to have room.
    """
    edges = [
        (at, *((has, room) if gives_first else (room, has)))
        for at, has, room in _others(table, out, cell, margins)
    ]
    rows, columns, grown = {cell[0]}, set[str](), True
    while grown:
        more_columns = {column for (row, column), first, _then in edges if row in rows and first > 0}
        more_rows = {row for (row, column), _first, then in edges if column in more_columns and then > 0}
        grown = not (more_columns <= columns and more_rows <= rows)
        columns, rows = columns | more_columns, rows | more_rows
    return cell[1] in columns


def _others(table: Table, out: set[Cell], cell: Cell, margins: Margins) -> Iterator[tuple[Cell, int, int]]:
    """Each other hidden cell, what it has to give, and its room. A total not shown gives and takes anything."""
    for other in out - {cell}:
        yield other, table[other], _room(table, other, margins)
    if not margins.rows:
        yield from (((row, "*"), ANYTHING, ANYTHING) for row in {row for row, _ in table} | {"*"})
    if not margins.columns:
        yield from ((("*", column), ANYTHING, ANYTHING) for column in {column for _, column in table} | {"*"})
