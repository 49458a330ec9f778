"""Where calls are while they are: one database in the memory folder, and nothing of them anywhere else.

Killed at any moment, whatever was confirmed is there again when the next process looks. When the machine stops it is
gone. Each verb is one transaction, and holds the whole of it for itself: of two at once, one is first.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from peerwork.ground import live
from peerwork.ground.live import outbox

# Of a box that was let go a fingerprint stays, with no order, so that its token lets in nothing more.
# A call has two sides: whoever asked, and whoever answers. Of each: the word that opens the box, the public key for
# this one talk, the channel of the live stream, and when it was last heard of.
TABLES = """
CREATE TABLE IF NOT EXISTS call (
  place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, board TEXT NOT NULL,
  box TEXT NOT NULL UNIQUE, sealed TEXT NOT NULL,
  secret TEXT NOT NULL, key TEXT NOT NULL, channel TEXT NOT NULL, heard REAL NOT NULL,
  person_secret TEXT NOT NULL DEFAULT '', person_key TEXT NOT NULL DEFAULT '',
  person_channel TEXT NOT NULL DEFAULT '', person_heard REAL NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS message (
  call TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE ON UPDATE CASCADE, n INTEGER NOT NULL,
  by_person INTEGER NOT NULL, once TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY (call, n)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS each_message_once ON message (call, by_person, once);
CREATE TABLE IF NOT EXISTS listens (person TEXT PRIMARY KEY, channel TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS used (box TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally (what TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS since (boot TEXT NOT NULL) STRICT;
"""
BOOT = Path("/proc/sys/kernel/random/boot_id")
_mine = threading.local()


@contextmanager
def alone() -> Iterator[sqlite3.Connection]:
    """One transaction, alone in the store. Whatever goes wrong inside, nothing was changed."""
    database = opened()
    database.execute("BEGIN IMMEDIATE")
    try:
        yield database
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    live.wake()


def opened() -> sqlite3.Connection:
    """This thread's own. To read from it outside of `alone` is to see what was last confirmed."""
    path = settings.OPTIONS.memory / "line.db"
    held: _Held | None = getattr(_mine, "held", None)
    if held is None or held.path != path or not path.exists():
        _mine.held = held = _Held(path)
    return held.database


def empty_the_journal() -> None:
    """What was deleted still stands in the journal, until something else is written there. Not inside `alone`."""
    opened().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def let_go() -> None:
    """This thread needs it no more."""
    _mine.held = None


class _Held:
    """Closed when its thread ends, or looks elsewhere."""

    def __init__(self, path: Path) -> None:
        self.path, self.database = path, _open(path)

    def __del__(self) -> None:
        self.database.close()


def _open(path: Path) -> sqlite3.Connection:
    database = outbox.open_at(path)
    database.row_factory = sqlite3.Row
    database.executescript(f"PRAGMA foreign_keys=ON; {TABLES}")
    _forget_what_another_clock_wrote(database)
    return database


def _forget_what_another_clock_wrote(database: sqlite3.Connection) -> None:
    """Where the folder is no real memory, it outlives the machine's sleep, and the clock began anew."""
    boot = BOOT.read_text().strip() if BOOT.exists() else ""
    database.execute("BEGIN IMMEDIATE")
    found = database.execute("SELECT boot FROM since").fetchone()
    if found is None or found["boot"] != boot:
        for table in ("call", "listens", "since"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 — our own names
        database.execute("INSERT INTO since VALUES (?)", (boot,))
    database.execute("COMMIT")
