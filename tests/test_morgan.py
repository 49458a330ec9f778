"""Morgan is a peer who also manages staff. What is for peers alone is not there for Morgan, however he looks.

Two networks are compared: one in which the Friday group exists, with seats, an agenda, a note and a count;
and one in which it never did. Everything Morgan can get out of either is the same, to the byte.
"""

import re
import statistics
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils.timezone import localdate, now

from conftest import a_gathering, it_is_over
from peerwork.people.door.sessions import SessionStore
from peerwork.people.vault.tests.rings import given
from peerwork.support.gatherings import agenda, counts, feeds, notes, seats, settling
from tests.test_the_matrix import _patterns, addresses

# Every address without a thing in it: what Morgan can ask for without guessing.
PLAIN = sorted(
    "/" + _route
    for _route in (
        [str(p.pattern) for p in get_resolver().url_patterns if not hasattr(p, "url_patterns")]
        + [
            f"{outer.pattern}{inner.pattern}"
            for outer in get_resolver().url_patterns
            if hasattr(outer, "url_patterns")
            for inner in outer.url_patterns
        ]
    )
    if "<" not in _route
)
SEARCHES = [
    "/together/?words=friday", "/together/?words=%25", "/together/?kind=support", "/together/?hours=after",
    "/together/?more=yes", "/run/quarters/2026-Q4/", "/run/quarters/2026-Q4/numbers.csv",
]  # fmt: skip


def test_there_are_addresses_to_try():
    assert len(PLAIN) > 30
    assert len(dict(addresses())) > 60
    assert list(_patterns())


def signed_in(person):
    client = Client()
    session = SessionStore()
    session["person"], session["round"], session["rest"] = str(person.pk), person.door_round, 10
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def without_chance(text):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    text = re.sub(r'"page": "[\w+/=]+"', "SEALED", text)
    text = re.sub(r"\d+ bytes, sealed", "SEALED", text)
    text = re.sub(r'"half": "[\w+/=]+"', "HALF", text)
    text = re.sub(r'(nonce|"challenge")(=|: )"[\w-]+"', "", text)
    text = re.sub(r"person:[\w-]{59}", "MARK", text)
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "ID", text)


def everything_seen_by(person):
    """Status, headers and body of every address, for GET and POST."""
    seen = {}
    for address in [*PLAIN, *SEARCHES]:
        for method in ("GET", "POST"):
            if method == "POST" and address in LEAVES:
                continue
            answer = signed_in(person).generic(method, address)
            headers = {k: v for k, v in answer.headers.items() if k not in VARYING}
            seen[method, address] = (answer.status_code, without_chance(answer.content.decode()), headers)
    secret, feed = feeds.make(person, everything=True, with_place=True)
    seen["feed"] = without_chance(Client().get(f"/a/calendar/{secret}.ics").content.decode())
    feed.delete()
    return seen


LEAVES = {"/mine/leave/", "/exit/", "/sign-out/"}
VARYING = {"Content-Security-Policy", "Content-Length", "Set-Cookie", "Expires"}


def a_whole_life(rosa, ash, kas):
    """A Friday group with everything a gathering can have, before and after."""
    held = it_is_over(a_gathering("Friday group", hosts=[rosa]), days_ago=3)
    notes.write(held, new="strips", surprising="", to_share="")
    counts.count(held, heads=7, minutes=90)
    coming = a_gathering("Friday group", hosts=[rosa], capacity=1, in_days=5)
    for person in (ash, kas):
        seats.take(coming, by=person)
    agenda.suggest(coming, says="friday things")
    return coming


def a_week_of_nights():
    for days_ago in reversed(range(7)):
        settling.settle_past_days(localdate() - timedelta(days=days_ago))
    counts.tally_what_is_due(localdate())


@contextmanager
def a_world_of_its_own():
    """What happens in it is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _clock_stands_still():
    """The page with the time in some cities would differ by a minute."""
    with time_machine.travel(now(), tick=False):
        yield


@pytest.mark.usefixtures("_clock_stands_still")
@pytest.mark.parametrize("who", ["morgan", "priya", "fran"])
def test_no_page_differs_by_a_byte(request, network, rosa, ash, kas, who):
    person = request.getfixturevalue(who)
    given(person)  # a log has a page for every day, also for those on which only peers met
    a_gathering("Open evening", company="managers_welcome")
    with a_world_of_its_own():
        a_week_of_nights()
        before = everything_seen_by(person)
    with a_world_of_its_own():
        a_whole_life(rosa, ash, kas)
        a_week_of_nights()
        after = everything_seen_by(person)
    assert before["GET", "/v/hours/"][1].count("SEALED") == 7
    different = [address for address in before if before[address] != after[address]]
    assert different == []
    assert any("Open evening" in str(seen) for seen in before.values()) is (who != "fran")


def test_a_peer_who_manages_nobody_does_see_the_difference(network, rosa, ash, kas):
    """The comparison has teeth: for Ash the pages differ."""
    before = everything_seen_by(kas)
    a_whole_life(rosa, ash, kas)
    after = everything_seen_by(kas)
    assert {address for address in before if before[address] != after[address]} >= {
        ("GET", "/"), ("GET", "/together/"), ("GET", "/held/"), "feed",
    }  # fmt: skip


def test_the_moment_somebody_starts_to_manage_staff_it_is_gone(network, rosa, ash, kas):
    from peerwork.people.members import persons

    coming = a_whole_life(rosa, ash, kas)
    assert signed_in(ash).get(f"/together/{coming.pk}/").status_code == 200
    persons.wear(ash, {"peer", "manager"})
    assert signed_in(ash).get(f"/together/{coming.pk}/").status_code == 404
    assert "Friday" not in signed_in(ash).get("/").content.decode()


def test_asking_for_what_is_hidden_takes_as_many_questions_as_asking_for_what_is_not_there(
    network, rosa, ash, kas, morgan, django_assert_num_queries
):
    """Timing, measured in what takes the time: the same questions are asked of the database, in the same words."""
    from uuid import uuid4

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    coming = a_whole_life(rosa, ash, kas)
    asked = []
    for key in (coming.pk, uuid4()):
        with CaptureQueriesContext(connection) as told:
            signed_in(morgan).get(f"/together/{key}/")
        asked.append([query["sql"].replace(key.hex, "KEY") for query in told.captured_queries])
    assert asked[0] == asked[1]


def test_and_about_as_long(network, rosa, ash, kas, morgan):
    """Interleaved, medians of many: within a fifth of one another. Printed, and far from tight: machines are noisy."""
    from uuid import uuid4

    coming = a_whole_life(rosa, ash, kas)
    client, took = signed_in(morgan), {"hidden": [], "never was": []}
    for _round in range(60):
        for what, key in (("hidden", coming.pk), ("never was", uuid4())):
            began = time.thread_time_ns()
            client.get(f"/together/{key}/")
            took[what].append(time.thread_time_ns() - began)
    hidden, never = statistics.median(took["hidden"]), statistics.median(took["never was"])
    print(f"CPU, hidden {hidden / 1e6:.2f} ms, never was {never / 1e6:.2f} ms")
    assert 0.5 < hidden / never < 2
