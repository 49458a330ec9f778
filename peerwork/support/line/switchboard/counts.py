"""What is counted of calls that are over, in memory until it is written down. Each thing alone, joined to nothing."""

import sqlite3
from collections.abc import Iterable, Mapping

from peerwork.support.line.switchboard import store

ADD = (
    "INSERT INTO tally (what, count) VALUES (?, ?)"
    " ON CONFLICT (what) DO UPDATE SET count = count + excluded.count"
)


def add(database: sqlite3.Connection, names: Iterable[str]) -> None:
    """In the transaction in which the call ends: counted once, or it has not ended."""
    database.executemany(ADD, [(name, 1) for name in names])


def waiting() -> dict[str, int]:
    """How often what was counted and not yet written down."""
    return {row["what"]: row["count"] for row in store.opened().execute("SELECT what, count FROM tally")}


def take_all() -> dict[str, int]:
    """What waits, and nothing waits any more."""
    with store.alone() as database:
        rows = database.execute("SELECT what, count FROM tally ORDER BY what").fetchall()
        database.execute("DELETE FROM tally")
    return {row["what"]: row["count"] for row in rows}


def give_back(counted: Mapping[str, int]) -> None:
    """It could not be written down, or is too little to be."""
    with store.alone() as database:
        database.executemany(ADD, sorted(counted.items()))
