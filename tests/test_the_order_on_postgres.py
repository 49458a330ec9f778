"""The same slips on PostgreSQL, which keeps more than SQLite: places, transactions, a journal, and a log.

Somebody reads all of it. As it is shipped, nothing there tells the order in which slips came, nor which token said
what; with one protection taken away, the same reading finds it.
"""

import json
import os
import subprocess
import sys
from uuid import UUID

import psycopg
import pytest

from tests.a_postgres import a_postgres, programs
from tests.places import leaks, score, told

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(programs() is None, reason="needs PostgreSQL: tools/system-packages.sh postgresql"),
]
PAGE = 8192
SLIPS, ROUNDS = 150, 6
FIRST_TOP, TOP = 40, 24


@pytest.fixture(scope="module")
def postgres():
    # As a careless host leaves it: everything slow or wrong is logged.
    with a_postgres(log_min_error_statement="error", autovacuum="off") as folder:
        python(folder, "-m", "django", "migrate", "ground")
        yield folder


def python(folder, *how, role="postgres", ok=True):
    named = {
        "PEERWORK_SOCKET": str(folder),
        "PEERWORK_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "tests.on_postgres",
    }
    done = subprocess.run(
        [sys.executable, *how], env=os.environ | named, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is ok, done.stderr
    return done


def came(folder, how, rounds=1, slips=SLIPS, role="postgres"):
    """What came in each round, as (mark, slip), in its order."""
    done = python(folder, "-m", "tests.flushed_on_postgres", how, str(rounds), str(slips), role=role)
    return json.loads(done.stdout)


def ask(folder, question, *values):
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as database:
        return database.execute(question, values).fetchall()


def do(folder, command):
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as database:
        database.execute(command)


def read(folder, one_round):
    """Everything that is kept of one round, as scores."""
    arrived = one_round["came"]
    as_bytes = [(mark.encode(), slip.encode()) for mark, slip in arrived]
    everything = "SELECT answer, id, xmin::text FROM ground_slip WHERE round_id = %s ORDER BY ctid"
    rows = ask(folder, everything, one_round["round"])
    places = [answer for answer, _id, _xmin in rows]
    moments = {answer: int(xmin) for answer, _id, xmin in rows}
    numbers = {answer: UUID(str(number)).bytes for answer, number, _xmin in rows}
    by_index = [(mark.encode(), numbers[slip]) for mark, slip in arrived]
    found = {
        "its place (ctid)": score([places.index(slip) for _mark, slip in arrived]),
        "its place, as the marks are sorted": score([places.index(slip) for _mark, slip in sorted(arrived)]),
        "its transaction (xmin)": score([moments[slip] for _mark, slip in arrived]),
    }
    raws = {
        "journal": (as_bytes, journal(folder)),
        "tables": (as_bytes, files(folder, "ground_spent", "ground_slip")),
        "indexes": (by_index, files(folder, "ground_spent_pkey", "ground_slip_pkey")),
    }
    for name, (needles, raw) in raws.items():
        found |= {f"{name}: {which}": value for which, value in told(needles, raw, PAGE).items()}
    return found


def journal(folder):
    """Its pages without what stands at the top of each, so that nothing is cut in two."""
    found = []
    for path in sorted((folder / "data" / "pg_wal").glob("0*")):
        raw = path.read_bytes()
        tops = [FIRST_TOP] + [TOP] * (len(raw) // PAGE)
        found += [raw[at + tops[at // PAGE] : at + PAGE] for at in range(0, len(raw), PAGE)]
    return b"".join(found).rstrip(b"\0")


def files(folder, *relations):
    paths = [ask(folder, "SELECT pg_relation_filepath(%s)", name)[0][0] for name in relations]
    return b"".join((folder / "data" / path).read_bytes() for path in paths)


def all_read(folder, rounds):
    do(folder, "CHECKPOINT")
    return [read(folder, one) for one in rounds]


def test_as_it_is_shipped_neither_order_nor_token_leads_to_a_slip(postgres):
    rounds = came(postgres, "shuffled", ROUNDS)
    assert leaks(all_read(postgres, rounds)) == {}
    for one in rounds:
        moments = ask(
            postgres, "SELECT DISTINCT xmin::text FROM ground_slip WHERE round_id = %s", one["round"]
        )
        assert len(moments) == 1


def test_it_is_found_where_nothing_is_shuffled(postgres):
    found = leaks(all_read(postgres, came(postgres, "in order")))
    assert abs(found["its place, as the marks are sorted"]) > 10
    assert abs(found["journal: slips as their marks are sorted, first"]) > 10


def test_it_is_found_where_each_slip_is_written_at_once(postgres):
    found = leaks(all_read(postgres, came(postgres, "at once")))
    assert {"its place (ctid)", "its transaction (xmin)", "journal: slips as they came, first"} <= set(found)


@pytest.mark.parametrize(("how", "shows"), [("hushed", False), ("loud", True)])
def test_a_flush_that_is_refused_leaves_no_word_in_the_log(postgres, how, shows):
    (one,) = came(postgres, how, slips=20)
    do(postgres, "ALTER TABLE ground_slip DROP CONSTRAINT narrow")
    assert one["refused"]
    log = (postgres / "log").read_text()
    assert "narrow" in log
    assert any(slip in log for _mark, slip in one["came"]) is shows


def test_a_role_that_may_not_hush_the_log_writes_nothing(postgres):
    do(postgres, "CREATE ROLE corner LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO corner")
    (one,) = came(postgres, "shuffled", slips=20, role="corner")
    assert one["refused"]
    names = "log_min_error_statement, log_error_verbosity, log_statement, log_min_duration_statement"
    do(postgres, f"GRANT SET ON PARAMETER {names} TO corner")
    (one,) = came(postgres, "shuffled", slips=20, role="corner")
    assert not one["refused"]
    log = (postgres / "log").read_text()
    assert not any(slip in log for _mark, slip in one["came"])
