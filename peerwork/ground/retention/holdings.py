"""What this server holds, worked out from the declarations and the database, never written by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerwork.ground.retention.declarations import DECLARED, OF_THE_TOOLS, Declaration, Kind, Words

NETWORK_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
LONGEST_SHOWN = 200
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass(frozen=True)
class Holding:
    """One table: what it says of itself, and how many rows it has (None where that was not asked)."""

    table: str
    kind: Kind | None
    says: Words
    until: Words
    columns: dict[str, Words]
    rows: int | None = None


@dataclass(frozen=True)
class Seized:
    """Everything a person who takes the disk would find. Counts and names of columns, never contents.

    `times_beside_people` names each column that keeps an exact time in a table that points at a person.
    `addresses` names each column in which a network or mail address was found. Both should be empty.
    `left_behind` is the bytes of deleted rows' pages still in the file (SQLite overwrites them with zeros).
    """

    holdings: list[Holding]
    times_beside_people: list[str]
    addresses: list[str]
    values_read: int
    tables_nobody_declared: list[str]
    files: dict[str, int] = field(default_factory=dict)
    left_behind: int = 0
    overwrites_what_it_deletes: bool = False


def declared() -> list[Holding]:
    """What we hold, without one look into the tables: safe to show to anyone."""
    return [_holding(model, declaration) for model, declaration in DECLARED.items()]


def counted() -> list[Holding]:
    """The same with the number of rows. One of those numbers may say that something exists: ask who looks."""
    return [
        _holding(model, declaration, rows=model._default_manager.count())
        for model, declaration in DECLARED.items()
    ]


def seized() -> Seized:
    found, values = _addresses()
    return Seized(
        holdings=[*counted(), *_of_the_tools()],
        times_beside_people=times_beside_people(),
        addresses=found,
        values_read=values,
        tables_nobody_declared=undeclared_tables(),
        files=_files(),
        left_behind=_left_behind(),
        overwrites_what_it_deletes=_overwrites(),
    )


def times_beside_people(people_table: str = "people_person") -> list[str]:
    """Columns that keep an exact time in a table that points at a person. A date is a day, not a time."""
    return [
        f"{model._meta.db_table}.{column.column}"
        for model in DECLARED
        if people_table in {model._meta.db_table, *_points_at(model)}
        for column in model._meta.concrete_fields
        if isinstance(column, models.DateTimeField | models.TimeField)
    ]


def undeclared_tables() -> list[str]:
    ours = {model._meta.db_table for model in DECLARED}
    return sorted(set(_tables()) - ours - set(OF_THE_TOOLS))


def _tables() -> list[str]:
    """Every table, SQLite's own counters included."""
    found = connection.introspection.table_names()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'sqlite_%'")
            found += [name for (name,) in cursor.fetchall()]
    return sorted(found)


def _points_at(model: type[models.Model]) -> set[str]:
    return {table for _column, table in _arrows(model)}


def _arrows(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Each column that points at a table, and which table."""
    for column in model._meta.concrete_fields:
        if column.related_model is not None:
            yield column.attname, column.related_model._meta.db_table


def _holding(model: type[models.Model], declaration: Declaration, rows: int | None = None) -> Holding:
    columns = dict(declaration.columns)
    return Holding(model._meta.db_table, declaration.kind, declaration.says, declaration.until, columns, rows)


def _of_the_tools() -> Iterator[Holding]:
    there = set(_tables())
    for table in OF_THE_TOOLS:
        if table in there:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 — our own list of names
                yield Holding(table, None, OF_THE_TOOLS[table], "", {}, cursor.fetchone()[0])


def _addresses() -> tuple[list[str], int]:
    """Read every readable value in every table, as a thief would, and look for addresses."""
    found, read = [], 0
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — names come from the database itself
            names = [column[0] for column in cursor.description]
            hits = set()
            for row in cursor:
                read += len(row)
                hits |= {name for name, value in zip(names, row, strict=True) if _has_address(value)}
            found += [f"{table}.{name}" for name in sorted(hits)]
    return found, read


def _has_address(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return bool(NETWORK_ADDRESS.search(value) or MAIL_ADDRESS.search(value))


def _files() -> dict[str, int]:
    """The size in bytes of each file the database keeps on disk."""
    if connection.vendor != "sqlite":
        return {}
    database = Path(str(connection.settings_dict["NAME"]))
    beside = (
        database,
        database.with_name(database.name + "-wal"),
        database.with_name(database.name + "-shm"),
    )
    return {path.name: path.stat().st_size for path in beside if path.exists()}


def _left_behind() -> int:
    return _pragma("freelist_count") * _pragma("page_size")


def _overwrites() -> bool:
    return _pragma("secure_delete") == 1


def _pragma(name: str) -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class About:
    """What one table holds about one person: each row as (what the column is, what stands in it)."""

    kind: Kind
    says: Words
    until: Words
    rows: list[list[tuple[Words, str]]]


def about(key: Any, people_table: str = "people_person") -> Iterator[About]:
    """Everything here that points at this person, found by walking the tables: none can be forgotten."""
    for model, declaration in DECLARED.items():
        rows = model._default_manager.filter(_points_at_person(model, key, people_table))
        # In the order of what they say: the order they lie in could say when they came.
        if found := sorted((list(_told(row, declaration)) for row in rows), key=_words_of):
            yield About(declaration.kind, declaration.says, declaration.until, found)


def _words_of(told: list[tuple[Words, str]]) -> list[str]:
    return [value for _says, value in told]


def _points_at_person(model: type[models.Model], key: Any, people_table: str) -> models.Q:
    if model._meta.db_table == people_table:
        return models.Q(pk=key)
    which = [models.Q(**{column: key}) for column, table in _arrows(model) if table == people_table]
    return reduce(or_, which) if which else models.Q(pk__in=[])


def _told(row: models.Model, declaration: Declaration) -> Iterator[tuple[Words, str]]:
    for name, says in declaration.columns.items():
        value = getattr(row, f"get_{name}_display", lambda name=name: getattr(row, name))()
        if isinstance(value, bool):
            value = _("yes") if value else _("no")
        if isinstance(value, bytes | memoryview):
            value = ngettext("%(n)s byte, sealed", "%(n)s bytes, sealed", len(value)) % {"n": len(value)}
        yield says, str(value if value not in {None, ""} else "–")[:LONGEST_SHOWN]
