"""A house of its own that gets killed in the middle of a flush.

Run as `python -m peerwork.ground.postbox.tests.flusher WHERE`, with PEERWORK_DATA and PEERWORK_MEMORY set:
`fill` brings two hundred slips, a number kills itself after so many batches, `committed` between writing and
letting go, `on` goes on to the end. The last line it prints is what the database holds, and what still waits.
"""

import os
import signal
import sys
from datetime import timedelta

SLIPS = 200


def die(*_said):
    os.kill(os.getpid(), signal.SIGKILL)


def fill():
    from django.core.management import call_command
    from django.utils.timezone import localdate

    from peerwork.ground.postbox import rounds, staging
    from peerwork.ground.postbox.tests.writers import marks

    call_command("migrate", "ground", verbosity=0)
    a_round = rounds.open_round(
        "themes.2026-Q4", audience="peers", tokens=1, roster=SLIPS, floor=20, price=1, opens_on=localdate(),
        closes_on=localdate() + timedelta(9),
    )  # fmt: skip
    for mark in marks(SLIPS):
        staging.keep(a_round.pk, mark, b'[["themes","grief"],["themes","%s"]]' % mark[:2].encode())


def flush(where):
    from peerwork.ground.postbox import flushing, rounds, staging

    flushing.AT_ONCE = 40
    batches = []

    def progress(*said):
        batches.append(said)
        if where.isdecimal() and len(batches) == int(where):
            die()

    if where == "committed":
        staging.empty = die
    flushing.flush(rounds.find("themes.2026-Q4"), progress=progress)


def tell():
    from peerwork.ground.postbox import rounds, slips, staging

    a_round = rounds.find("themes.2026-Q4")
    print(  # noqa: T201
        slips.how_many_spent(a_round),
        slips.histogram(a_round, "themes").total(),
        staging.how_many(a_round.pk),
    )


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "peerwork.site.settings"
    import django

    django.setup()
    where = sys.argv[1]
    if where == "fill":
        fill()
    else:
        flush(where)
    tell()


if __name__ == "__main__":
    main()
