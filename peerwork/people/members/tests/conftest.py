"""What the tests of this room share: a database that is a file, and several hands at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections


@pytest.fixture
def on_disk(tmp_path, django_db_setup, django_db_blocker):
    """The real thing: a database file that several threads open, and a thief could read. Returns its path."""
    path = tmp_path / "peerwork.db"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        in_memory, settings = connections["default"], connections.databases["default"]
        kept = sqlite3.connect(path)
        in_memory.connection.backup(kept)
        kept.close()
        name, settings["NAME"] = settings["NAME"], str(path)
        connections["default"] = connections.create_connection("default")
        yield path
        connections["default"].close()
        connections["default"], settings["NAME"] = in_memory, name


@pytest.fixture
def at_once(on_disk):
    """Several hands at the same moment, each with its own connection. Returns what came of each, or its trouble."""

    def all_of(*hands):
        together = Barrier(len(hands))

        def one(hand):
            try:
                connection.ensure_connection()
                together.wait()
                return hand()
            except Exception as trouble:  # noqa: BLE001 — the trouble is the answer
                return trouble
            finally:
                connection.close()

        with ThreadPoolExecutor(len(hands)) as pool:
            return list(pool.map(one, hands))

    return all_of
