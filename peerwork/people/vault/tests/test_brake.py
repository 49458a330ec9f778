"""One sitting gives so much and no more, however many hands it has. What was not given does not count."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from peerwork.people.door.sessions import SessionStore
from peerwork.people.vault import brake, giving_pages, parcels
from peerwork.people.vault.models import Parcel
from peerwork.people.vault.tests.rings import given
from peerwork.people.vault.tests.sealing import SEALED, a_parcel, signed_in

WORD = "1a" * 32


@pytest.fixture
def with_keys(ash, kas):
    given(ash), given(kas)


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(brake, "_given", Counter())
    return brake._given


def session_of(person):
    return SessionStore(signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value)


def test_what_was_not_given_does_not_count(with_keys, sign_in, ash, kas, monkeypatch):
    monkeypatch.setattr(giving_pages, "GIVEN_IN_A_SESSION", 1)
    client, number = sign_in(ash), parcels.fingerprint(WORD)
    address = f"/v/people/{kas.pk}/parcels/{number}/"
    assert client.put(address, a_parcel(size=2048), SEALED).status_code == 400
    assert [client.put(address, a_parcel(), SEALED).status_code for _time in range(2)] == [204, 429]


def test_what_was_given_before_counts_as_much_as_what_was_not(sign_in, with_keys, ash, kas, monkeypatch):
    monkeypatch.setattr(giving_pages, "GIVEN_IN_A_SESSION", 2)
    client, address = sign_in(ash), f"/v/people/{kas.pk}/parcels/{parcels.fingerprint(WORD)}/"
    assert [client.put(address, a_parcel(), SEALED).status_code for _time in range(3)] == [204, 204, 429]


@pytest.mark.django_db(transaction=True)
def test_ten_at_a_time_give_no_more_than_one_after_another(sign_in, with_keys, ash, kas, monkeypatch):
    monkeypatch.setattr(giving_pages, "GIVEN_IN_A_SESSION", 20)
    key = sign_in(ash).cookies[settings.SESSION_COOKIE_NAME].value
    parcel, ready, answers = a_parcel(), Barrier(10), []

    def gives(hand):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
        ready.wait()
        for number in range(6):
            address = f"/v/people/{kas.pk}/parcels/{hand * 100 + number:064x}/"
            answers.append(browser.put(address, parcel, SEALED).status_code)
        connection.close()

    hands = [Thread(target=gives, args=(hand,)) for hand in range(10)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert Counter(answers) == {204: 20, 429: 40}
    assert Parcel.objects.count() == 20


def test_another_sitting_begins_at_nothing(with_keys, ash, kas, monkeypatch):
    monkeypatch.setattr(giving_pages, "GIVEN_IN_A_SESSION", 1)

    def gives(client, number):
        return client.put(f"/v/people/{kas.pk}/parcels/{number:064x}/", a_parcel(), SEALED)

    one, other = signed_in(ash), signed_in(ash)
    assert [gives(one, number).status_code for number in (0, 1)] == [204, 429]
    assert gives(other, 1).status_code == 204
    assert gives(other, 2).content.decode().startswith("That was a lot for one sitting.")


def test_a_sitting_that_has_ended_is_forgotten(network, ash, counted):
    over, goes_on = session_of(ash), session_of(ash)
    for sitting in (over, goes_on):
        brake.count(sitting, most=9)
    over.delete()
    brake.count(another := session_of(ash), most=9)
    assert set(counted) == {goes_on.session_key, another.session_key}


def test_it_remembers_a_thousand_sittings_and_no_more(network, ash, counted, monkeypatch):
    monkeypatch.setattr(brake, "MOST_SITTINGS", 3)
    sittings = [session_of(ash) for _sitting in range(5)]
    for sitting in sittings:
        brake.count(sitting, most=9)
    assert list(counted) == [sitting.session_key for sitting in sittings[2:]]
