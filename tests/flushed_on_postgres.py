"""Slips come and are flushed, on PostgreSQL, in a process of its own.

Run as `python -m tests.flushed_on_postgres HOW ROUNDS SLIPS`. HOW is as it is shipped ("shuffled"), or with one
protection taken away ("in order", "at once", "loud"). Prints what came, in the order it came, as JSON.
"""

import json
import os
import secrets
import sys
from datetime import timedelta


def main():
    how, rounds_wanted, slips_wanted = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.on_postgres"
    import django

    django.setup()
    from peerwork.ground.postbox import flushing

    if how == "in order":
        flushing.shuffled = list
    if how == "loud":
        flushing.HUSH = {}
    came = [one_round(how, slips_wanted) for _round in range(rounds_wanted)]
    print(json.dumps(came))


def one_round(how, slips_wanted):
    from django.utils.timezone import localdate

    from peerwork.ground.postbox import flushing, rounds, staging

    a_round = rounds.open_round(
        f"test.{secrets.token_hex(6)}", audience="peers", tokens=1, roster=slips_wanted, floor=20, price=1,
        opens_on=localdate(), closes_on=localdate() + timedelta(1),
    )  # fmt: skip
    came = [(secrets.token_hex(32), secrets.token_hex(16)) for _each in range(slips_wanted)]
    for mark, slip in came:
        staging.keep(a_round.pk, mark, json.dumps([["themes", slip]]).encode())
        if how == "at once":
            flushing.flush(a_round)
    if how in {"loud", "hushed"}:  # the database refuses a statement in the middle of a flush
        _make_the_table_too_narrow()
    try:
        flushing.flush(a_round)
    except flushing.NotWritten:
        return {"round": a_round.pk, "came": came, "refused": True}
    return {"round": a_round.pk, "came": came, "refused": False}


def _make_the_table_too_narrow():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ground_slip ADD CONSTRAINT narrow CHECK (length(answer) < 3) NOT VALID")


if __name__ == "__main__":
    main()
