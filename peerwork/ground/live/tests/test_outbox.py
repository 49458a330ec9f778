"""Two processes write in one database in memory. Neither may take it from under the other."""

import sqlite3
import subprocess
import sys

from peerwork.ground.live import outbox

ANOTHER = """
import sqlite3, sys
there = sqlite3.connect(sys.argv[1])
print([channel for (channel,) in there.execute("SELECT channel FROM nudge ORDER BY n")])
there.close()
"""


def seen_by_another_process(path):
    said = subprocess.run(  # noqa: S603 — our own words
        [sys.executable, "-c", ANOTHER, str(path)], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


def test_another_process_that_comes_and_goes_leaves_us_our_journal(tmp_path):
    path = tmp_path / "line.db"
    ours = outbox.open_at(path)
    outbox.put(ours, ["a"])
    outbox.open_at(path).close()  # as another thread of ours does
    assert seen_by_another_process(path) == "['a']"
    assert path.with_name("line.db-wal").exists()
    outbox.put(ours, ["b"])
    assert seen_by_another_process(path) == "['a', 'b']"
    ours.close()


def test_it_is_its_owners_alone_from_its_first_moment(tmp_path):
    path = tmp_path / "line.db"
    database = outbox.open_at(path)
    assert path.stat().st_mode & 0o777 == 0o600
    outbox.put(database, ["a"])
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
    assert isinstance(database, sqlite3.Connection)
    database.close()
