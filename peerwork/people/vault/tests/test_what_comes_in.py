"""Into the vault comes what is sealed, and nothing else: tried ten thousand times, through the whole house."""

import random
from collections import Counter
from datetime import date

import pyrage
import pytest
from django.db import connection
from django.test import Client

from peerwork.people.vault import log, outside, parcels, shelf
from peerwork.people.vault.models import Parcel
from peerwork.people.vault.tests.mutants import KINDS, drawn, payload_starts
from peerwork.people.vault.tests.rings import given, ring
from peerwork.people.vault.tests.sealing import SEALED, a_page, a_parcel, opened, sealed_to, signed_in

LOTS, IN_A_LOT, REFUSED = 10, 1000, {400, 413, 415}
DAY = date(2026, 1, 2)
# A lot draws from as many real files as this: each has another stanza without meaning.
FILES = 20


def everything_in_the_database():
    return list(connection.connection.iterdump())


@pytest.fixture
def doors(ash, kas):
    """The three addresses that take something in: what they take, and how Ash sends it there."""
    given(ash), given(kas)
    log.seal_day(DAY, {})
    put, parcel = signed_in(ash).put, f"/v/people/{kas.pk}/parcels/{'ab' * 32}/"
    right = {"If-Match": shelf.read(ash, [0])[0].mark}  # so nothing but the content can be wrong
    return [
        (a_page, lambda content: put("/v/shelf/0/", content, SEALED, headers=right)),
        (a_parcel, lambda content: put(parcel, content, SEALED)),
        (hours_page, lambda content: put(f"/v/hours/{DAY}/", content, SEALED)),
    ]


def hours_page():
    return sealed_to(ring("Ash"), content=b" " * log.PAGE_SIZE)


def tried(doors, seed, how_many):
    """So many spoiled files, at each door in turn: what kind each was, what it was answered, and the file."""
    lot = random.Random(seed)  # noqa: S311 — a lot that can be drawn again
    files = [[make() for _file in range(FILES)] for make, _send in doors]
    for number in range(how_many):
        door, kind = number % len(doors), KINDS[number % len(KINDS)]
        spoiled = drawn(lot, kind, lot.choice(files[door]))
        yield kind.__name__, doors[door][1](spoiled).status_code, spoiled


@pytest.mark.parametrize("seed", range(LOTS))
def test_ten_thousand_that_are_not_sealed_are_refused_and_nothing_of_them_is_kept(doors, seed):
    before = everything_in_the_database()
    answers = list(tried(doors, seed, IN_A_LOT))
    assert Counter(kind for kind, _status, _file in answers).keys() == {kind.__name__ for kind in KINDS}
    assert [(kind, status, file.hex()) for kind, status, file in answers if status not in REFUSED] == []
    assert len(answers) == IN_A_LOT
    assert everything_in_the_database() == before


def test_the_files_they_were_made_from_come_in(doors):
    """So it was their content, and not the way they were sent."""
    assert [send(make()).status_code for make, send in doors] == [204, 204, 204]


def test_the_trial_has_teeth(doors, monkeypatch):
    """Where nobody looks, nearly all of them get past, and some are kept."""
    monkeypatch.setattr("peerwork.site.zones.check_sealed", lambda _content: None)
    monkeypatch.setattr(outside, "check", lambda _content, sizes: None)
    before = everything_in_the_database()
    answers = list(tried(doors, 0, 380))
    assert sum(status in {204, 409, 412} for _kind, status, _file in answers) > 350
    assert everything_in_the_database() != before


def test_where_only_the_sealed_bytes_were_changed_it_is_still_well_formed(doors, ash):
    """What counts as sealed is the shape. Such a page comes in, does not open, and its owner is told so."""
    lot, (make, _send) = random.Random(1), doors[0]  # noqa: S311
    for _page in range(60):
        content = bytearray(make())
        content[lot.randrange(payload_starts(content), len(content))] ^= 1 << lot.randrange(8)
        read = shelf.read(ash, [0])[0].mark
        answer = signed_in(ash).put("/v/shelf/0/", bytes(content), SEALED, headers={"If-Match": read})
        assert answer.status_code == 204
        assert shelf.read(ash, [0])[0].sealed == bytes(content)
        with pytest.raises(pyrage.DecryptError):
            opened(bytes(content))


@pytest.mark.parametrize(("size", "status"), [(300 * 1024, 413), (600 * 1024, 400)])
def test_more_than_a_page_is_not_read_to_the_end(doors, size, status):
    content = sealed_to(ring("Ash"), content=b" " * size)
    assert {send(content).status_code for _make, send in doors} == {status}


class TestWordsThatSomethingMayGo:
    """A DELETE brings nothing. With anything in it, it has to be sealed like all the rest."""

    @pytest.fixture
    def number(self, doors, kas):
        word = "1a" * 32
        Parcel.objects.create(
            pk=parcels.lies_under(kas.pk, parcels.fingerprint(word)), to=kas, sealed=a_parcel()
        )
        return word

    def test_an_empty_one_comes_in(self, number, ash):
        assert signed_in(ash).delete(f"/v/given/{number}/").status_code == 204
        assert not Parcel.objects.exists()

    @pytest.mark.parametrize("body", [b"x", b" ", b"\0", b"{}", b"page=plain"])
    def test_one_with_words_in_it_does_not(self, number, ash, kas, body):
        for person, address in (
            (ash, f"/v/given/{number}/"),
            (kas, f"/v/box/{parcels.fingerprint(number)}/"),
        ):
            assert signed_in(person).delete(address, body, SEALED).status_code == 415
        assert Parcel.objects.exists()

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "OPTIONS", "TRACE", "LINK"])
    @pytest.mark.parametrize("address", ["/v/shelf/0/", "/v/key/", "/v/half/", "/v/people/", "/v/nowhere/"])
    def test_nothing_else_may_come_empty(self, number, ash, method, address):
        assert signed_in(ash).generic(method, address).status_code == 415

    def test_a_stranger_is_shown_the_door_before_anything_is_read(self, number):
        for method, address in (("DELETE", f"/v/given/{number}/"), ("PUT", "/v/shelf/0/")):
            answer = Client().generic(method, address, b"Dear diary", SEALED)
            assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
        assert Parcel.objects.exists()

    def test_a_form_from_elsewhere_takes_nothing_away(self, number, ash):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = signed_in(ash).cookies
        assert careful.delete(f"/v/given/{number}/").status_code == 403
        assert Parcel.objects.exists()
