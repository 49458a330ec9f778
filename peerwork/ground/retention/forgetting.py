"""What happens every night: whatever has had its day is forgotten."""

from datetime import date

from django.db import transaction

from peerwork.ground.retention.declarations import DECLARED


def forget(today: date) -> dict[str, int]:
    """Delete every row whose day has come. Returns how many rows went, by table. Safe to repeat."""
    gone: dict[str, int] = {}
    with transaction.atomic():
        # Backwards: what points at something is declared after it, and may be what still held it here.
        for model, declaration in reversed(DECLARED.items()):
            if declaration.forget is None:
                continue
            _all, by_table = model._default_manager.filter(declaration.forget(today)).delete()
            for table, how_many in by_table.items():
                gone[table] = gone.get(table, 0) + how_many
    return gone
