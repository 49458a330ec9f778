"""The outbox: channels that are to be told, in a database in memory. Opaque words in order, no time, nobody's name.

Whoever changes something puts the channels in with it, in one transaction. The hub sees that the database changed.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Enough for whatever happens between two looks of the hub. Of what is older, nobody needs to know that it was.
KEPT = 500


def open_at(path: Path) -> sqlite3.Connection:
    """A database in memory, its owner's alone, with the outbox in it. What is deleted there is written over."""
    _make(path)
    database = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
        "CREATE TABLE IF NOT EXISTS nudge (n INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL) STRICT;"
    )
    return database


def _make(path: Path) -> None:
    """Its owner's alone from its first moment.

    Only where it is not there yet. To close any file is to let go of all the locks this process has on it (POSIX), and
    SQLite has some: another process would take itself for the last one, and delete the journal under our feet.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def put(database: sqlite3.Connection, channels: Iterable[str]) -> None:
    """Inside the transaction of whoever changed something: told only if that holds."""
    told = [(channel,) for channel in sorted(set(channels))]
    if told:
        database.executemany("INSERT INTO nudge (channel) VALUES (?)", told)
        database.execute("DELETE FROM nudge WHERE n <= (SELECT max(n) FROM nudge) - ?", (KEPT,))


def last(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(max(n), 0) FROM nudge").fetchone()[0])


def since(database: sqlite3.Connection, n: int) -> list[tuple[int, str]]:
    """What was put in after that."""
    return database.execute("SELECT n, channel FROM nudge WHERE n > ? ORDER BY n", (n,)).fetchall()


def version(database: sqlite3.Connection) -> int:
    """Another number whenever somebody else, in whatever process, has changed something."""
    return int(database.execute("PRAGMA data_version").fetchone()[0])
