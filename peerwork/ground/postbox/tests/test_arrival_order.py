"""Somebody reads the raw bytes of all that is kept, and looks for the order in which slips came.

The same reading finds it as soon as one of the protections is taken away: see the tests that find it.
"""

import json
import os
import secrets
from pathlib import Path

import pytest
from django.db import connection

from peerwork.ground.postbox import flushing, staging
from peerwork.ground.postbox.models import Slip, Spent
from tests.places import leaks, score, told

PAGE = 4096
SLIPS, RUNS = 150, 6


@pytest.fixture
def themes(transactional_db, open_a_round, folder):
    return open_a_round()


def arrivals():
    return [(secrets.token_hex(32), secrets.token_hex(16)) for _each in range(SLIPS)]


def come(the_round, arrived, after_each=lambda _round: None):
    for mark, slip in arrived:
        staging.keep(the_round.pk, mark, json.dumps([["themes", slip]]).encode())
        after_each(the_round)


def in_the_database(arrived):
    """The journal, the file with the journal written in, and the rows as they come unasked."""
    database = Path(connection.settings_dict["NAME"])
    as_bytes = [(mark.encode(), slip.encode()) for mark, slip in arrived]
    with connection.cursor() as cursor:
        journal = told(as_bytes, database.with_name(database.name + "-wal").read_bytes(), PAGE)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file = told(as_bytes, database.read_bytes(), PAGE)
        cursor.execute(f'SELECT answer FROM "{Slip._meta.db_table}"')
        rows = [answer for (answer,) in cursor.fetchall()]
    as_selected = {
        "rows as they came": score([rows.index(slip) for _mark, slip in arrived]),
        "rows as their marks are sorted": score([rows.index(slip) for _mark, slip in sorted(arrived)]),
    }
    by = {f"the journal: {name}": value for name, value in journal.items()}
    return by | {f"the file: {name}": value for name, value in file.items()} | as_selected


def in_memory(folder, arrived):
    """For each slip: which file it is in, when that was made and changed, and where in it the slip stands."""
    files = {
        path: (path.stat(), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
    }  # by name
    found = []
    for _mark, slip in arrived:
        path = next(path for path, (_stat, raw) in files.items() if slip.encode() in raw)
        status, raw = files[path]
        found.append((status.st_ctime_ns, status.st_mtime_ns, status.st_ino, raw.index(slip.encode())))
    names = ("when it changed", "when it was written", "its number", "its place in the file")
    return {name: score(list(values)) for name, values in zip(names, zip(*found, strict=True), strict=True)}


def forget():
    Slip.objects.all().delete()
    Spent.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def runs_of(themes, folder, runs=RUNS, after_each=lambda _round: None):
    """Somebody looks into memory while they wait, and into the database when they are written."""
    waiting, written = [], []
    for _run in range(runs):
        arrived = arrivals()
        forget()
        come(themes, arrived, after_each)
        if staging.how_many(themes.pk) or len(list(folder.iterdir())) > 1:
            waiting.append(in_memory(folder, arrived))
        flushing.flush(themes)
        written.append(in_the_database(arrived))
    return waiting, written


def test_the_order_in_which_slips_came_stands_nowhere(themes, folder):
    waiting, written = runs_of(themes, folder)
    assert len(waiting) == len(written) == RUNS
    assert leaks(waiting) == {}
    assert leaks(written) == {}


def test_it_is_found_where_each_slip_is_written_at_once(themes, folder):
    _waiting, written = runs_of(themes, folder, runs=1, after_each=flushing.flush)
    assert {
        "the journal: slips as they came, first",
        "the journal: slips as their marks stand, first",
    } <= set(leaks(written))


@pytest.fixture
def numbered(themes, monkeypatch):
    """Slips in a table as SQLite makes it unasked: it numbers its rows in secret."""
    monkeypatch.setattr(Slip._meta, "db_table", "slips_in_order")
    monkeypatch.setattr(Slip._meta, "indexes", [])
    with connection.schema_editor() as editor:
        editor.create_model(Slip)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Slip)


def test_it_is_found_where_the_table_numbers_its_rows(themes, folder, numbered):
    _waiting, written = runs_of(themes, folder, runs=1, after_each=flushing.flush)
    assert leaks(written)["rows as they came"] > 10


def test_it_is_found_where_nothing_is_shuffled_either(themes, folder, numbered, monkeypatch):
    """Then slips stand as their marks do, and a token found on a telephone leads to what it said."""
    monkeypatch.setattr(flushing, "shuffled", list)
    _waiting, written = runs_of(themes, folder, runs=1)
    assert leaks(written)["rows as their marks are sorted"] > 10


def test_shuffling_alone_hides_it_too(themes, folder, numbered):
    """Should a later change bring the secret numbers back, it is still not there to be found."""
    _waiting, written = runs_of(themes, folder, runs=3)
    assert leaks(written) == {}


def test_it_is_found_where_each_slip_is_a_file(themes, folder, monkeypatch):
    def keep(_round, mark, content):
        folder.mkdir(exist_ok=True)
        (folder / mark).write_bytes(content)
        os.utime(folder / mark, (0, 0))

    monkeypatch.setattr(staging, "keep", keep)
    arrived = arrivals()
    come(themes, arrived)
    assert leaks([in_memory(folder, arrived)])
