"""The way out: it always works, it leaves nothing behind, and it says nothing about where one was."""

import re
from pathlib import Path

import pytest
from django.test import Client

from conftest import is_named
from peerwork.people.door.sessions import SessionStore

EVERYTHING = '"cache", "cookies", "storage"'


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(("way", "to"), [("/sign-out/", "/"), ("/exit/", "/clock/")])
def test_both_ways_end_the_session_and_tell_the_browser_to_let_go(sign_in, ash, way, to):
    client = sign_in(ash)
    key = client.cookies["s"].value
    assert Path(SessionStore(key)._key_to_file()).exists()
    answer = client.post(way)
    assert (answer.status_code, answer.headers["Location"]) == (302, to)
    assert answer.headers["Clear-Site-Data"] == EVERYTHING
    assert client.cookies["s"].value == ""
    assert not Path(SessionStore(key)._key_to_file()).exists()
    client.cookies["s"] = key
    assert client.get("/mine/").status_code == 302


@pytest.mark.parametrize("way", ["/sign-out/", "/exit/"])
def test_they_are_no_trouble_for_somebody_who_is_out_already(client, network, way):
    assert client.post(way).headers["Clear-Site-Data"] == EVERYTHING


@pytest.mark.parametrize("way", ["/sign-out/", "/exit/"])
def test_following_a_link_does_not_sign_anybody_out(sign_in, ash, way):
    client = sign_in(ash)
    assert client.get(way).status_code == 405
    assert client.get("/mine/").status_code == 200


def test_the_fast_way_works_from_a_page_that_waited_too_long(sign_in, ash):
    """Signing in again in another tab makes every older token stale. The way out must not depend on one."""
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = sign_in(ash).cookies
    answer = careful.post("/exit/", {"csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, EVERYTHING)
    assert careful.get("/mine/").status_code == 302


def test_a_screen_that_locked_is_closed_on_the_server_too(sign_in, ash):
    """Where the browser could not tell us, going to the locked page does."""
    client = sign_in(ash)
    key = client.cookies["s"].value
    page = text(client.get("/locked/"))
    client.cookies["s"] = key
    assert client.get("/mine/").status_code == 302
    assert not is_named("Ash", page)
    assert "Leave fast" not in page
    assert '<nav class="places"' not in page


def test_whoever_is_at_the_clock_before_their_leaving_was_heard_of_has_left(sign_in, ash):
    """On a slow line the two cross. Otherwise an answer on its way would leave its cookie on the device."""
    client = sign_in(ash)
    key = client.cookies["s"].value
    assert client.get("/clock/").cookies["s"].value == ""
    client.cookies["s"] = key
    assert client.get("/mine/").status_code == 302


class TestPagesThatSayNothing:
    WORDS = ("kerbside", "peer", "harm", "drug", "network", "support", "ash")

    def test_the_clock_is_a_clock(self, client, network, sign_in, ash):
        for somebody in (client, sign_in(ash)):
            page = text(somebody.get("/clock/"))
            shown = re.sub(r"<[^>]+>", " ", page).lower()
            assert "world clock" in shown
            assert "melbourne" in shown
            assert not any(word in shown for word in (*self.WORDS, "corner", "sign"))
            assert "csrf" not in page
            assert "<script" not in page

    def test_the_locked_page_names_no_place_and_nobody(self, client, network):
        shown = re.sub(r"<[^>]+>", " ", text(client.get("/locked/"))).lower()
        assert "nobody touched this screen" in shown
        assert not any(word in shown for word in self.WORDS)

    @pytest.mark.parametrize("address", ["/clock/", "/locked/", "/exit/"])
    def test_nobody_gets_a_session_from_them(self, client, network, address):
        answer = client.post(address) if address == "/exit/" else client.get(address)
        assert "s" not in answer.cookies
