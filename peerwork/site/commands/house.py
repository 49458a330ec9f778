"""What a verb needs before it can touch the tables: Django awake, and the tables up to date."""

import os
from typing import Any
from zoneinfo import ZoneInfo

from peerwork.site import options
from peerwork.site.cli import Refused


def wake() -> None:
    """Wake Django."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerwork.site.settings")
    django.setup()


def open_house() -> None:
    """Wake Django and bring the tables up to date: all of them, or none where the power goes meanwhile.

    Django notes that a table is made in a transaction of its own, after the one that makes it.
    """
    wake()
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.disable_constraint_checking()  # SQLite listens to this only outside a transaction
    try:
        with transaction.atomic():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.enable_constraint_checking()


def not_the_demo() -> None:
    """Raises Refused where the made-up network lives: everybody knows its phrases."""
    data = options.read().data
    if options.read().card.exists():
        raise Refused(f"The made-up network lives in {data}. Name another folder, with --data.")


def checked(field: Any, said: Any, *, what: str) -> Any:
    """What was said, as the field of a page's form takes it in. Raises Refused with the field's own words."""
    from django.core.exceptions import ValidationError

    try:
        return field.clean(said)
    except ValidationError as error:
        raise Refused(f"{what}: {' '.join(error.messages)}") from error


def the_network():
    """The network this server is for, with its clock active. Raises Refused where there is none yet."""
    from django.utils import timezone

    from peerwork.people.members import queries

    network = queries.network()
    if network is None:
        raise Refused("There is no network here yet. Start with: peerwork setup")
    timezone.activate(ZoneInfo(network.time_zone))
    return network
