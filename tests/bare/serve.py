"""Serve the bare page on the same server as ours. Use: python -m tests.bare.serve PORT"""

import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server


def make() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bare.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model  # noqa: TID251
    from django.core.management import call_command
    from django.utils.timezone import now

    from tests.bare.models import Meeting

    call_command("migrate", run_syncdb=True, verbosity=0)
    people = [get_user_model().objects.create(username=f"p{n}") for n in range(20)]
    for n in range(30):
        meeting = Meeting.objects.create(
            title=f"Meeting {n}", kind="support", starts_at=now(), place="Elm Street"
        )
        meeting.people.set(people[: n % 5])


if __name__ == "__main__":
    make()
    Server(
        "tests.bare.wsgi:application", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=1, blocking_threads=4,
        websockets=False, log_level=LogLevels.error,
    ).serve()  # fmt: skip
