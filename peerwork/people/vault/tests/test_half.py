"""Half of a lock stays in memory here, the other half on the phone: neither opens anything alone."""

from base64 import b64decode

import pytest
from django.conf import settings
from django.db import connection

from peerwork.people.door.sessions import SessionStore
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


def test_it_is_in_no_cache(ash):
    assert "no-store" in signed_in(ash).get("/v/half/").headers["Cache-Control"]
