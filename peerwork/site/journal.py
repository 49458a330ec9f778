"""SQLite's journal: what was written last, on its way into the database file.

A page that was overwritten in the database can still stand in the journal as it was before. So what is
forgotten is only gone when the journal is empty.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from peerwork.site.cli import Refused


class Broken(Exception):
    """What is there is no database, or no longer a whole one."""


def empty(database: Path, *, patience: float = 20.0) -> bool:
    """Write the journal into the database and cut it to nothing. False while somebody reads an old page.

    Not inside a transaction: that would wait for itself.
    """
    with closing(sqlite3.connect(database, timeout=patience, isolation_level=None)) as disk:
        busy, _pages, _written = disk.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def put_in_order(database: Path, *, patience: float = 20.0) -> None:
    """Write the whole database anew, row after row by its key (VACUUM). Raises sqlite3.OperationalError.

    A row that is written over moves to another place in the file. So the file as it lies shows which of two
    sealed pages was written on and which is blank, however alike they look.
    """
    with closing(sqlite3.connect(database, timeout=patience, isolation_level=None)) as disk:
        disk.execute("VACUUM")


def close(database: Path) -> None:
    """Write it in and remove it. Raises Refused while anybody else has the database open, or Broken."""
    with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as disk:
        try:
            disk.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise Refused("Something else has the database open. Nothing was changed.") from error
        except sqlite3.DatabaseError as error:
            raise Broken from error
