"""Nobody is found who did not want to be. Whoever only guesses learns no name."""

import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conftest import someone
from peerwork.people.members import persons
from peerwork.people.vault import cards, parcels
from peerwork.people.vault.models import AccountKey, Card, Parcel
from peerwork.people.vault.phrases import fingerprint
from peerwork.people.vault.tests.rings import given, ring
from peerwork.people.vault.tests.sealing import SEALED, a_parcel, signed_in

WORDS = fingerprint("lantern teapot gravel orchid saddle winter")
OTHERS = fingerprint("saddle winter lantern teapot gravel orchid")


def names(person):
    return [one["name"] for one in signed_in(person).get("/v/people/").json()["people"]]


def with_a_key(*people):
    """Keys without locks: nobody here opens anything, and many are made."""
    AccountKey.objects.bulk_create(
        AccountKey(person=one, recipient=ring().recipient, signer="0" * 64) for one in people
    )


def listed(*people):
    for person in people:
        cards.hand_out(person, words="", listed=True)


class TestACard:
    def test_who_holds_the_six_words_finds_the_key(self, ash, kas):
        made = given(ash)
        cards.hand_out(ash, words=WORDS, listed=False)
        assert signed_in(kas).get(f"/v/cards/{WORDS}/").json() == {
            "person": str(ash.pk), "name": "Ash", "recipient": made.recipient, "signer": ash.key.signer,
        }  # fmt: skip

    def test_new_words_end_the_old_ones(self, ash, kas):
        given(ash)
        for words in (WORDS, OTHERS):
            cards.hand_out(ash, words=words, listed=False)
        assert signed_in(kas).get(f"/v/cards/{WORDS}/").status_code == 404
        assert signed_in(kas).get(f"/v/cards/{OTHERS}/").status_code == 200

    def test_what_is_said_last_holds(self, ash):
        for words, is_listed in ((WORDS, True), ("", True), (WORDS, False)):
            cards.hand_out(ash, words=words, listed=is_listed)
            card = Card.objects.get()
            assert (card.words or "", card.listed) == (words, is_listed)
        cards.hand_out(ash, words="", listed=False)
        assert not Card.objects.exists()
        cards.hand_out(ash, words="", listed=False)  # nothing to take back is no trouble

    def test_two_people_are_listed_without_words(self, ash, kas):
        listed(ash, kas)
        assert Card.objects.filter(words=None).count() == 2

    @pytest.mark.parametrize(
        "odd", ["ab", "AB" * 32, "ab" * 33, "zz" * 32, "٣" * 64, WORDS + "\n", "six words"]
    )
    def test_what_is_no_fingerprint_changes_nothing(self, ash, odd):
        cards.hand_out(ash, words=WORDS, listed=True)
        with pytest.raises(cards.CardUnclear):
            cards.hand_out(ash, words=odd, listed=False)
        assert (Card.objects.get().words, Card.objects.get().listed) == (WORDS, True)

    def test_the_words_on_one_card_are_not_put_on_another(self, ash, kas):
        given(ash)
        cards.hand_out(ash, words=WORDS, listed=False)
        with pytest.raises(cards.CardUnclear):
            cards.hand_out(kas, words=WORDS, listed=True)
        assert cards.find(WORDS).person == ash
        assert not Card.objects.filter(person=kas).exists()

    def test_a_card_goes_with_its_owner(self, ash):
        cards.hand_out(ash, words=WORDS, listed=True)
        ash.delete()
        assert not Card.objects.exists()


class TestTheList:
    """For peers who manage nobody; they are who is on it."""

    def test_a_peer_finds_those_who_asked_to_be_listed_and_have_keys(self, ash, kas, rosa, sam, jude):
        with_a_key(ash, kas, rosa)
        cards.hand_out(ash, words=WORDS, listed=True)
        cards.hand_out(kas, words=OTHERS, listed=False)
        listed(rosa, sam)
        assert names(jude) == ["Ash", "Rosa"]
        assert signed_in(jude).get("/v/people/").json()["people"][0] == {"person": str(ash.pk), "name": "Ash"}

    def test_nobody_finds_themselves(self, ash, kas):
        with_a_key(ash, kas)
        listed(ash, kas)
        assert (names(ash), names(kas)) == (["Kas"], ["Ash"])

    def test_a_peer_with_many_hats_is_listed_one_time(self, network, kas):
        busy = someone("Lou", "peer", "peer_elsewhere", "supporter", "coordinator")
        with_a_key(busy)
        listed(busy)
        assert names(kas) == ["Lou"]

    def test_it_is_for_peers_who_manage_nobody(self, ash, kas, rosa, jude, rene, morgan, kim, priya, fran):
        with_a_key(ash, kas)
        listed(ash, kas)
        seen = {person.name: names(person) for person in (rosa, jude, rene, morgan, kim, priya, fran)}
        both, nobody = ["Ash", "Kas"], []
        assert seen == {
            "Rosa": both, "Jude": both, "Rene": both,
            "Morgan": nobody, "Kim": nobody, "Priya": nobody, "Fran": nobody,
        }  # fmt: skip

    def test_and_of_them(self, ash, morgan, kim, jude, priya, fran):
        everybody = (ash, morgan, kim, jude, priya, fran)
        with_a_key(*everybody)
        listed(*everybody)
        assert names(ash) == ["Jude"]

    def test_the_moment_somebody_starts_to_manage_staff_it_is_gone(self, ash, kas):
        with_a_key(ash, kas)
        listed(ash, kas)
        assert names(ash) == ["Kas"]
        persons.wear(ash, {"peer", "manager"})
        assert (names(ash), names(kas)) == ([], [])

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_more_names_cost_no_more_questions(self, ash, how_many, django_assert_num_queries):
        others = [someone(f"P{n}", "peer") for n in range(how_many)]
        with_a_key(*others)
        listed(*others)
        client = signed_in(ash)
        with django_assert_num_queries(3):  # the network, who is here, who is listed
            assert len(client.get("/v/people/").json()["people"]) == how_many


# Everything in the vault that can be asked for without guessing.
ASKED = ["/v/people/", "/v/people/?only=x", "/v/box/", "/v/shelf/", "/v/key/", "/v/hours/"]


class TestWhoIsToldNothing:
    def world(self, person, ash, kas, *, with_cards):
        """All that somebody gets out of the vault, and the questions it took. What happens is undone."""
        with transaction.atomic():
            if with_cards:
                cards.hand_out(ash, words=WORDS, listed=True)
                cards.hand_out(kas, words=OTHERS, listed=True)
                Parcel.objects.create(pk="ab" * 32, to=ash, sealed=a_parcel("Ash"))
            client = signed_in(person)
            with CaptureQueriesContext(connection) as asked:
                answers = [
                    client.generic(how, address) for address in ASKED for how in ("GET", "HEAD", "POST")
                ]
            transaction.set_rollback(True)
        told = [(answer.status_code, _without_chance(answer.content), _headers(answer)) for answer in answers]
        return told, [query["sql"] for query in asked.captured_queries]

    @pytest.mark.parametrize("who", ["morgan", "priya", "fran", "kim"])
    def test_no_byte_and_no_question_differs_whether_or_not_somebody_is_listed(self, request, ash, kas, who):
        person = request.getfixturevalue(who)
        given(ash), given(kas), given(person, "Morgan")
        told, asked = self.world(person, ash, kas, with_cards=True)
        assert (told, asked) == self.world(person, ash, kas, with_cards=False)
        assert asked
        assert not any("people_card" in question for question in asked)

    def test_the_comparison_has_teeth(self, ash, kas, rosa):
        given(ash), given(kas), given(rosa)
        told, _asked = self.world(rosa, ash, kas, with_cards=True)
        untold, _asked = self.world(rosa, ash, kas, with_cards=False)
        assert told != untold
        assert b"Kas" in told[0][1]

    def test_somebody_paused_or_without_keys_is_not_found_and_neither_is_nobody(self, ash, kas, rosa, sam):
        given(ash), given(kas), given(rosa)
        for person, words in ((kas, WORDS), (sam, OTHERS)):
            cards.hand_out(person, words=words, listed=True)
        persons.pause(kas)
        client, parcel = signed_in(ash), a_parcel()
        assert client.get(f"/v/people/{rosa.pk}/").status_code == 200  # there is something to find
        assert names(ash) == []
        numbers, words = [kas.pk, sam.pk, uuid4()], [WORDS, OTHERS, "ab" * 32]
        under = f"parcels/{parcels.fingerprint('x')}/"
        for answers in (
            [client.get(f"/v/people/{number}/") for number in numbers],
            [client.get(f"/v/cards/{one}/") for one in words],
            [client.put(f"/v/people/{number}/{under}", parcel, SEALED) for number in numbers],
        ):
            assert {answer.status_code for answer in answers} == {404}
            assert len({_without_chance(answer.content) for answer in answers}) == 1
            assert all(name not in _without_chance(answers[0].content) for name in (b"Kas", b"Sam"))

    def test_somebody_let_back_in_is_found_again(self, ash, kas):
        given(ash), given(kas)
        listed(kas)
        persons.pause(kas)
        persons.let_back_in(kas)
        assert names(ash) == ["Kas"]
        assert signed_in(ash).get(f"/v/people/{kas.pk}/").json()["name"] == "Kas"

    def test_whoever_was_told_the_number_finds_the_key_without_a_card(self, ash, morgan):
        made = given(ash)
        said = signed_in(morgan).get(f"/v/people/{ash.pk}/").json()
        assert said == {
            "person": str(ash.pk), "name": "Ash", "recipient": made.recipient, "signer": ash.key.signer,
        }  # fmt: skip


def _without_chance(content):
    """What differs by chance between two pages, and what differs between two keys of one person."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", content)
    return re.sub(rb'nonce="[\w-]+"', b"", content)


def _headers(answer):
    return {k: v for k, v in answer.headers.items() if k not in {"Content-Security-Policy", "Expires"}}
