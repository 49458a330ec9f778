"""What is held about one person, told so that it can be read to the end on a phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from peerwork.ground.retention import holdings
from peerwork.ground.retention.declarations import Kind, Words

# One wrap for each way in is worth reading; a shelf of blank and written pages is not.
MANY = 6
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Told:
    """One table: how many rows of it are about this person, and the rows themselves.

    Sealed pages look all alike: many of them are one line, with the newest day where each is for one, and no rows.
    """

    says: Words
    until: Words
    how_many: int
    rows: list[list[tuple[Words, str]]]
    newest: date | None = None
    are_alike: bool = False


def about(key: Any) -> Iterator[Told]:
    for table in holdings.about(key):
        newest, many = _newest_day(table), len(table.rows)
        are_alike = not newest and table.kind is Kind.SEALED and many > MANY
        yield Told(
            table.says, table.until, many, [] if newest or are_alike else table.rows, newest, are_alike
        )


def _newest_day(table: holdings.About) -> date | None:
    """The newest day of sealed pages, where they are for days that have been."""
    if table.kind is not Kind.SEALED:
        return None
    days = [value for row in table.rows for _says, value in row if A_DAY.fullmatch(value)]
    newest = date.fromisoformat(max(days)) if days else None
    return newest if newest and newest <= localdate() else None
