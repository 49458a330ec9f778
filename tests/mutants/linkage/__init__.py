"""Careless changes that lead from a slip to a person. Each takes away one protection; `plant(patch)` puts it in.

`patch` is pytest's monkeypatch: after the test the house is as it was. PROMISES says who meant well, and how.
"""

import time

from django.db import connection

_tables = set()


def table(name, columns):
    """An ordinary table, as SQLite makes it unasked."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {name} ({columns})")
    _tables.add(name)


def empty():
    with connection.cursor() as cursor:
        for name in _tables:
            cursor.execute(f"DELETE FROM {name}")


def drop():
    with connection.cursor() as cursor:
        while _tables:
            cursor.execute(f"DROP TABLE {_tables.pop()}")


def into(name, *values):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * len(values))})", values)


def now():
    return float(time.time())
