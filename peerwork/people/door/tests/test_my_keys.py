"""My keys: a new phrase and a new code for whoever knows the phrase as it is now."""

import pytest
from django.test import Client

from peerwork.people.vault import keys
from peerwork.people.vault.tests.rings import given, locks, ring

PHRASE, CODE = "/mine/keys/phrase/", "/mine/keys/code/"


def sent(lock, now):
    return {"door": lock.door, "locked": lock.locked, "now": now}


def text(response):
    return response.content.decode()


@pytest.fixture
def hers(ash):
    return given(ash)


def test_with_a_new_phrase_this_screen_stays_open_and_every_other_is_closed(sign_in, hers, ash):
    client, other = sign_in(ash), Client()
    other.post("/sign-in/", {"door": hers.phrase.door})
    assert other.get("/mine/").status_code == 200
    new = ring("Ash again")
    page = text(client.post(PHRASE, sent(new.phrase, hers.phrase.door), follow=True))
    assert "From now on your new phrase opens the door." in page
    assert client.get("/mine/").status_code == 200
    assert other.get("/mine/").status_code == 302
    assert keys.at_the_door(hers.phrase.door) is None


def test_a_new_code_leaves_every_screen_open(sign_in, hers, ash):
    client = sign_in(ash)
    page = text(client.post(CODE, sent(ring("Ash again").code, hers.phrase.door), follow=True))
    assert "From now on only the new code on paper works." in page
    assert keys.at_the_door(hers.code.door) is None
    assert client.get("/mine/").status_code == 200


@pytest.mark.parametrize("address", [PHRASE, CODE])
def test_a_screen_somebody_left_open_is_not_enough(sign_in, hers, ash, kas, address):
    """Whoever picks up the phone could lock its owner out for good, and lose them all that is sealed."""
    client, lock, his = sign_in(ash), ring("Ash again").phrase, given(kas)
    before = locks()
    for now in ("0" * 64, hers.code.door, his.phrase.door):
        assert "That is not your phrase as it is now. Nothing changed." in text(
            client.post(address, sent(lock, now))
        )
    assert "Please press the button again" in text(client.post(address, sent(lock, "")))
    assert locks() == before


@pytest.mark.parametrize(
    "wrong", [{"door": ""}, {"door": "x"}, {"locked": "plain"}, {"locked": ""}, {"locked": "\x00"}]
)
@pytest.mark.parametrize("address", [PHRASE, CODE])
def test_keys_that_are_none_change_nothing(sign_in, hers, ash, address, wrong):
    page = text(sign_in(ash).post(address, sent(ring("Ash again").phrase, hers.phrase.door) | wrong))
    assert "Your browser could not make the keys" in page
    assert keys.at_the_door(hers.phrase.door).person == ash
    assert keys.at_the_door(hers.code.door).person == ash


def test_the_phrase_as_a_code_is_refused_in_a_sentence(sign_in, hers, ash):
    page = text(sign_in(ash).post(CODE, sent(hers.phrase, hers.phrase.door)))
    assert "Your browser could not make the keys. Nothing changed." in page


def test_somebody_who_has_no_keys_yet_changes_none(sign_in, rosa):
    page = text(sign_in(rosa).post(PHRASE, sent(ring().phrase, ring().phrase.door)))
    assert "That is not your phrase as it is now" in page
    assert locks() == set()
