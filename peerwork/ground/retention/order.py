"""A table that does not remember which row came first.

SQLite numbers every row behind our back (`rowid`), so even random keys keep the order of arrival.
A table WITHOUT ROWID is stored by its key alone. A later change of a column rebuilds the table and
brings the number back: `tests/test_the_house.py` looks at every table that promised to keep no order.
"""

from typing import Any

from django.db.migrations.operations.base import Operation


class KeepNoOrder(Operation):
    """Rebuild a table WITHOUT ROWID on SQLite. Other databases are left as they are."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        """The model does not change: only how the database lays its rows down."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002
        if schema_editor.connection.vendor != "sqlite":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [self.table])
            (made_by,) = cursor.fetchone()
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
                [self.table],
            )
            indexes = [sql for (sql,) in cursor.fetchall()]
            # Table names come from our own migrations, never from outside.
            cursor.execute(f'ALTER TABLE "{self.table}" RENAME TO "{self.table}_in_order"')
            cursor.execute(f"{made_by} WITHOUT ROWID")
            cursor.execute(f'INSERT INTO "{self.table}" SELECT * FROM "{self.table}_in_order"')  # noqa: S608
            cursor.execute(f'DROP TABLE "{self.table}_in_order"')
            for index in indexes:
                cursor.execute(index)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing to undo: a table without that number holds the same rows."""

    def describe(self) -> str:
        return f"Let {self.table} keep no order"
