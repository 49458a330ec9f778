"""Half of a lock stays in memory here, the other half on the phone: neither opens anything alone."""

from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from peerwork.people.door.sessions import RESTS, SessionStore
from peerwork.people.vault.tests.sealing import signed_in


def half_of(client):
    return client.get("/v/half/").json()["half"]


def test_it_stays_the_same_until_it_is_forgotten(ash):
    client = signed_in(ash)
    first, again = (half_of(client) for _time in range(2))
    assert first == again
    assert client.delete("/v/half/").status_code == 204
    assert half_of(client) != first
    assert len(b64decode(first)) == 32


def test_another_session_has_another_one(ash):
    assert len({half_of(signed_in(ash)) for _session in range(5)}) == 5


def test_it_never_reaches_the_database(ash):
    client = signed_in(ash)
    before = list(connection.connection.iterdump())
    half = half_of(client)
    assert list(connection.connection.iterdump()) == before
    assert half not in str(before)


@pytest.mark.parametrize("leave", ["/sign-out/", "/exit/"])
def test_it_is_gone_with_the_session(network, ash, leave):
    client = signed_in(ash)
    key, half = client.cookies[settings.SESSION_COOKIE_NAME].value, half_of(client)
    assert SessionStore(key).get("half") == half
    client.post(leave)
    assert SessionStore(key).get("half") is None


@pytest.fixture
def on_a_phone_of_her_own(sign_in, ash):
    """A session that rests for eight hours, so that it is the half that ends and not the session."""
    return sign_in(ash, rest=RESTS["480"][0])


def test_a_tab_that_asks_on_each_page_keeps_it(on_a_phone_of_her_own):
    with time_machine.travel(now(), tick=False) as clock:
        first = half_of(on_a_phone_of_her_own)
        for _page in range(6):
            clock.shift(timedelta(minutes=15))
            assert half_of(on_a_phone_of_her_own) == first


@pytest.mark.parametrize("later", [timedelta(minutes=16), timedelta(hours=5), -timedelta(minutes=2)])
def test_a_quarter_of_an_hour_after_the_last_page_it_is_another_one(on_a_phone_of_her_own, later):
    with time_machine.travel(now(), tick=False) as clock:
        first = half_of(on_a_phone_of_her_own)
        clock.shift(later)
        assert half_of(on_a_phone_of_her_own) != first


def test_one_from_before_this_was_counted_is_made_anew(sign_in, ash):
    client = sign_in(ash)
    session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    session["half"] = "old"
    session.save()
    assert half_of(client) != "old"


def test_the_session_is_written_once_a_minute_and_not_with_every_page(on_a_phone_of_her_own, monkeypatch):
    saved, save = [], SessionStore.save
    monkeypatch.setattr(SessionStore, "save", lambda *a, **more: saved.append(1) or save(*a, **more))
    with time_machine.travel(now().replace(second=10), tick=False) as clock:
        for _page in range(5):
            half_of(on_a_phone_of_her_own)
            clock.shift(timedelta(seconds=5))
        assert len(saved) == 1
        clock.shift(timedelta(minutes=1))
        half_of(on_a_phone_of_her_own)
    assert len(saved) == 2


def test_what_is_noted_is_a_minute_and_goes_with_the_half(ash):
    client = signed_in(ash)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with time_machine.travel(now(), tick=False):
        half_of(client)
        assert SessionStore(key)["half_asked"] == int(now().timestamp()) // 60
        client.delete("/v/half/")
    assert not {"half", "half_asked"} & set(SessionStore(key).load())


def test_it_is_in_no_cache(ash):
    assert "no-store" in signed_in(ash).get("/v/half/").headers["Cache-Control"]
