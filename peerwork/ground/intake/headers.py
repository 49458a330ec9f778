"""The row of a sheet that names its columns, wherever it stands under a title."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from peerwork.ground.intake.readings import CannotRead

Wanted = dict[str, tuple[str, ...]]
"""The columns somebody asks for: a key of their own, and every name it may have in a sheet."""

LONGEST = 60
FARTHEST = 30
"""How many rows down the names of the columns may stand."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the names stand, which column holds which key, and what each column is called in the sheet."""

    row: int
    keys: dict[int, str]
    names: dict[int, str]

    def cells_of(self, cells: list[object]) -> dict[str, object]:
        """The cells of a row by key, as far as the row goes."""
        return {key: cells[column] for column, key in self.keys.items() if column < len(cells)}

    def stands_in(self, cells: list[object]) -> bool:
        """Does this row only name the columns again?"""
        said = {key: plain(cell) for key, cell in self.cells_of(cells).items()}
        return said == {key: plain(self.names[column]) for column, key in self.keys.items()}

    @property
    def unread(self) -> list[str]:
        """Columns with a name nobody asked for."""
        return [name for column, name in self.names.items() if column not in self.keys]


def plain(text: object) -> str:
    """“Start-Time *” and “start time” are one name; so are “Première” and “premiere”."""
    decomposed = unicodedata.normalize("NFKD", str(text).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


def says(cell: object) -> bool:
    """Does anything stand in this cell?"""
    return cell is not None and cell != ""


def best_of(rows: list[list[object]], columns: Wanted, needed: frozenset[str]) -> Header | None:
    """The first row with every needed column, else the row with most, else None."""
    found = [header_in(number, row, columns) for number, row in enumerate(rows[:FARTHEST])]
    whole = (header for header in found if needed <= set(header.keys.values()))
    return next(whole, max(found, key=lambda header: len(set(header.keys.values())), default=None))


def header_in(number: int, row: list[object], columns: Wanted) -> Header:
    names = {column: str(cell).strip() for column, cell in enumerate(row) if says(cell)}
    by_name = {plain(name[:LONGEST]): column for column, name in names.items()}
    chosen = {key: column_for((key, *columns[key]), by_name) for key in columns}
    return Header(number, {column: key for key, column in chosen.items() if column is not None}, names)


def column_for(wanted: tuple[str, ...], by_name: dict[str, int]) -> int | None:
    """Where two columns would do, the one whose name is asked for first."""
    return next((by_name[name] for name in plainly(wanted) if name in by_name), None)


@lru_cache(maxsize=200)
def plainly(wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, wanted))


def check(header: Header | None, columns: Wanted, needed: frozenset[str], line: int) -> Header:
    """Refuse a sheet without the columns that are needed, or with one of them twice. Raises CannotRead."""
    if header is None or not header.keys:
        says = _("We found no row that names the columns. One row should say: %(names)s.")
        raise CannotRead(says % {"names": ", ".join(sorted(needed))})
    missing = [key for key in columns if key in needed - set(header.keys.values())]
    if missing:
        raise CannotRead(missing_says(missing[0], header, columns), line)
    for column in header.keys:
        twice = [name for name in header.names.values() if plain(name) == plain(header.names[column])]
        if len(twice) > 1:
            sentence = _("Two columns have the same name: %(names)s. Keep one.")
            raise CannotRead(sentence % {"names": quoted(twice)}, line)
    return header


def missing_says(key: str, header: Header, columns: Wanted) -> str:
    says = _("There is no column for %(key)s. It may be called %(names)s. The columns here are %(found)s.")
    found = quoted(list(header.names.values())[:12])
    return says % {"key": quoted([key]), "names": quoted([*columns[key]][:4]), "found": found}


def quoted(names: list[str]) -> str:
    return ", ".join(_("“%(name)s”") % {"name": name[:40]} for name in names)
