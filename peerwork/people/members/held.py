"""What is held about one person, told so that it can be read to the end on a phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from peerwork.ground.retention import holdings
from peerwork.ground.retention.declarations import Kind, Words

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Told:
    """One table: how many rows of it are about this person, and the rows themselves.

    Sealed pages for many days look all alike: they are one line, with the newest day, and no rows.
    """

    says: Words
    until: Words
    how_many: int
    rows: list[list[tuple[Words, str]]]
    newest: date | None = None


def about(key: Any) -> Iterator[Told]:
    for table in holdings.about(key):
        newest = _newest_day(table)
        yield Told(table.says, table.until, len(table.rows), [] if newest else table.rows, newest)


def _newest_day(table: holdings.About) -> date | None:
    """The newest day of sealed pages, where each row has one."""
    if table.kind is not Kind.SEALED:
        return None
    days = [value for row in table.rows for _says, value in row if A_DAY.fullmatch(value)]
    return date.fromisoformat(max(days)) if days else None
