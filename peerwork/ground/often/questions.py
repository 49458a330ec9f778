"""A question asked often. Django builds its SQL once for each shape; after that only the values change.

Building a question through the ORM costs ten times as much as SQLite needs to answer it (measured with
`make bench`). So the few questions that every page asks are built once with marks in place of the values,
and kept. There is still one place where a question is written: an ordinary queryset.

    @asked_often
    def my_next(hats, *, person, now):          # `hats` is the shape, `person` and `now` are values
        return open_to(…).filter(…).values(…)

    my_next(hats, person=ash.pk, now=now())     # a list of dicts, as .values() gives

A value may not change the shape: the marks must all be found in the SQL's parameters, or it is refused.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from inspect import signature
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateTimeField, Field, QuerySet, UUIDField

SHAPES_KEPT = 256
FAR_AWAY = datetime(9000, 1, 1, tzinfo=UTC)
FIELDS: dict[type, "Field[Any, Any]"] = {UUID: UUIDField(), datetime: DateTimeField()}


class ShapeChanged(Exception):
    """A value of this question is not among the parameters of its SQL, so it must have changed the shape."""


@dataclass(frozen=True)
class Made:
    """A question ready to be asked: SQL, parameters with marks in them, and how to read a row."""

    sql: str
    params: tuple[Any, ...]
    marks: dict[Any, str]
    names: tuple[str, ...]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]

    def ask(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        said = {name: _for_the_database(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [said[self.marks[p]] if p in self.marks else p for p in self.params])
            return [dict(zip(self.names, self._read(row), strict=True)) for row in cursor.fetchall()]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for at, (steps, expression) in self.converters.items():
            for step in steps:
                read[at] = step(read[at], expression, connection)
        return read


def asked_often(
    question: Callable[..., QuerySet[Any, dict[str, Any]]],
) -> Callable[..., list[dict[str, Any]]]:
    """Keep a question's SQL for each shape. Its keyword arguments are values: UUIDs or times."""
    kinds = {
        name: p.annotation for name, p in signature(question).parameters.items() if p.kind is p.KEYWORD_ONLY
    }

    @lru_cache(maxsize=SHAPES_KEPT)
    def made(_vendor: str, *shape: Hashable) -> Made | None:
        marks = {name: _mark(kind, at) for at, (name, kind) in enumerate(kinds.items())}
        try:
            return _made(question(*shape, **marks), marks)
        except EmptyResultSet:  # a shape to which the answer is always: nothing
            return None

    @wraps(question)
    def asked(*shape: Hashable, **values: Any) -> list[dict[str, Any]]:
        ready = made(connection.vendor, *shape)
        return ready.ask(values) if ready else []

    asked.in_full = lambda *shape, **values: list(question(*shape, **values))  # type: ignore[attr-defined]
    return asked


def _made(queryset: QuerySet[Any, dict[str, Any]], marks: dict[str, Any]) -> Made:
    query = queryset.query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    params = tuple(params)
    by_mark = {_for_the_database(mark): name for name, mark in marks.items()}
    if missing := set(by_mark) - set(params):
        raise ShapeChanged([by_mark[mark] for mark in missing])
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    names = tuple(query.selected or (*query.values_select, *query.annotation_select))
    return Made(sql, params, by_mark, names, compiler.get_converters(columns))


def _mark(kind: Any, at: int) -> Any:
    return FAR_AWAY + timedelta(days=at) if kind is datetime else UUID(int=(1 << 127) + at)


def _for_the_database(value: Any) -> Any:
    return FIELDS[type(value)].get_db_prep_value(value, connection, prepared=False)
