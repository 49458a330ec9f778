"""What lets somebody into the relay: ten minutes at most, a number that says nothing, and nobody in it."""

import base64
from dataclasses import replace

import pytest
import time_machine
from django.conf import settings
from django.test import override_settings

from peerwork.support.line import relay


@pytest.fixture
def chosen(tmp_path):
    (tmp_path / "relay-secret").write_text("kettle")
    with override_settings(OPTIONS=replace(settings.OPTIONS, memory=tmp_path, relay="voices.example:3478")):
        yield settings.OPTIONS


def test_it_is_sealed_as_turn_servers_read_it():
    """RFC 2202, second case: HMAC-SHA-1 of a name under a secret both know."""
    word = relay.sealed("what do ya want for nothing?", secret="Jefe")
    assert base64.b64decode(word).hex() == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"


@time_machine.travel(1_800_000_000, tick=False)
def test_it_says_until_when_and_nothing_of_anybody(chosen):
    first, other = relay.credentials("one side"), relay.credentials("the other side")
    until, number = first["username"].split(":")
    assert until == "1800000600"
    assert len(bytes.fromhex(number)) == 8
    assert first["username"] != other["username"]
    assert first["credential"] == relay.sealed(first["username"], secret="kettle")
    assert set(first) == {"urls", "username", "credential"}


def test_whoever_looks_often_has_one_name_a_minute(chosen):
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        names = set()
        for _second in range(120):
            names.add(relay.credentials("one side")["username"])
            clock.shift(1)
    assert len(names) == 2


def test_it_leads_to_the_relay_of_the_network_alone(chosen):
    assert relay.credentials()["urls"] == [
        "turn:voices.example:3478?transport=udp",
        "turn:voices.example:3478?transport=tcp",
    ]


def test_with_a_certificate_there_is_a_way_through_walls(chosen):
    with override_settings(OPTIONS=replace(chosen, relay_certificate=chosen.memory)):
        assert relay.credentials()["urls"][-1] == "turns:voices.example:3478?transport=tcp"


def test_where_the_relay_is_somebody_elses_its_secret_is_the_one_we_were_told(chosen):
    with override_settings(OPTIONS=replace(chosen, relay_secret="known to both")):
        given = relay.credentials()
    assert given["credential"] == relay.sealed(given["username"], secret="known to both")


def test_without_a_relay_or_before_it_started_there_is_no_talking_aloud(chosen):
    with override_settings(OPTIONS=replace(chosen, relay="")):
        assert relay.credentials() is None
    chosen.relay_key.unlink()
    assert relay.credentials() is None
