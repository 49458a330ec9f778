"""What the number holds while it must: in the memory folder, and gone with the power.

Where on-call people are rung, until their duty ends · messages, sealed · which call a provider speaks of · whom to dial
in the next moment, and what may be dialled. Nothing here has a wall-clock time; `until` is of the clock of the
switchboard.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from peerwork.support.line.switchboard import clock

TABLES = """
CREATE TABLE IF NOT EXISTS phones (person TEXT PRIMARY KEY, at TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (call TEXT PRIMARY KEY, sealed BLOB NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS legs (mark TEXT PRIMARY KEY, held TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dials (
  call TEXT PRIMARY KEY, person TEXT NOT NULL, number TEXT NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS allowed (call TEXT PRIMARY KEY, mark TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
"""
PASS_AWAY = ("phones", "messages", "legs", "dials", "allowed")


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """One whole change, or none. What is over is deleted on the way."""
    path = _path()
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        path.chmod(0o600)
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;" + TABLES
        )
        connection.execute("BEGIN IMMEDIATE")
        _forget_what_is_over(connection)
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def forget() -> None:
    """Delete what is over, whether or not anybody rings. The hourly job calls it."""
    with opened():
        pass


def _forget_what_is_over(connection: sqlite3.Connection) -> None:
    at = clock.now()
    for table in PASS_AWAY:
        connection.execute(f"DELETE FROM {table} WHERE until <= ?", (at,))  # noqa: S608 — names of our own


def _path() -> Path:
    folder: Path = settings.OPTIONS.memory
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "number.db"
