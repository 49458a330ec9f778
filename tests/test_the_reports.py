"""What stands on stderr: what of ours broke, and nothing of whoever was there when it did."""

import io
import logging
import logging.config
import sqlite3

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client

from peerwork.site import pages

TYPED = "what-somebody-typed"


@pytest.fixture
def said(monkeypatch):
    """What a running house prints, with its own logging in place."""
    out, kept = io.StringIO(), {}
    for name in ("", "django", "django.server"):
        logger = logging.getLogger(name)
        kept[logger] = (logger.handlers[:], logger.level, logger.propagate)
    monkeypatch.setattr("sys.stderr", out)
    logging.config.dictConfig(settings.LOGGING)
    yield out.getvalue
    for logger, (handlers, level, propagate) in kept.items():
        logger.handlers, logger.level, logger.propagate = handlers, level, propagate


@pytest.fixture
def breaks(monkeypatch, network):
    """Ask for a page that raises this, with something of whoever asks wherever a trace could find it."""

    def ask(error):
        def broken(template, context):
            typed = TYPED * 2
            raise error from ValueError(typed)

        monkeypatch.setattr(pages, "render", lambda request, template: broken(template, {}))
        return Client(raise_request_exception=False).get(
            f"/offline/?words={TYPED}", REMOTE_ADDR="203.0.113.7"
        )

    return ask


def test_a_page_that_could_not_be_made_leaves_a_trace_and_nothing_of_who_asked(said, breaks):
    assert breaks(KeyError(TYPED)).status_code == 500
    assert said().startswith("A page could not be made.\n")
    assert said().count("A page could not be made.") == 1
    assert "in broken" in said()
    assert said().endswith("builtins.KeyError\n")
    assert not any(clue in said() for clue in (TYPED, "offline/?", "203.0.113.7"))


def test_what_the_machine_says_is_kept(said, breaks):
    breaks(OSError(28, "No space left on device", f"/memory/{TYPED}"))
    assert said().endswith("builtins.OSError: No space left on device\n")
    assert TYPED not in said()


def test_what_the_database_says_is_its_name_for_it(said, network):
    with pytest.raises(DatabaseError) as trouble, connection.cursor() as cursor:
        cursor.execute(f"SELECT '{TYPED}' FROM nowhere")
    logging.getLogger("django.request").error("%s", TYPED, exc_info=trouble.value)
    assert "sqlite3.OperationalError: SQLITE_ERROR\n" in said()
    assert TYPED not in said()
    assert isinstance(trouble.value.__cause__, sqlite3.Error)


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get(f"/{TYPED}/"),
        lambda client: client.post(f"/sign-in/?words={TYPED}", {"door": TYPED}),
        lambda client: client.get(f"/?words={TYPED}", headers={"Host": f"{TYPED}.example"}),
        lambda client: client.get("/", headers={"Cookie": f"s={TYPED}!!"}),
        lambda client: client.post("/join/", {f"{TYPED}{n}": "" for n in range(600)}),
        lambda client: client.get(f"/sign-in/?next=%00{TYPED}"),
    ],
    ids=["nowhere", "forged", "other host", "odd cookie", "too much", "odd bytes"],
)
def test_nonsense_from_outside_leaves_no_line(said, network, ask):
    answer = ask(Client(enforce_csrf_checks=True, raise_request_exception=False))
    assert answer.status_code < 500
    assert said() == ""


def test_before_there_is_a_network_nothing_is_broken(said, db):
    assert Client().get("/").status_code == 503
    assert said() == ""


def test_a_job_that_failed_leaves_a_line(said):
    logging.getLogger("django.tasks").error("Task state=%s", "FAILED", exc_info=ValueError(TYPED))
    assert said().startswith("Task state=FAILED\n")
    assert TYPED not in said()
