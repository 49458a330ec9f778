"""A friend's code through the pages a browser uses: left under My keys, and of use beside a second paper only."""

import pytest
from django.test import Client

from peerwork.people.members import invitations, persons
from peerwork.people.members.models import Vouch
from peerwork.people.vault import keys, queries, shelf
from peerwork.people.vault.tests.rings import as_sent, friends_lock, given, locks, opened, ring

JOIN, KEYS, FRIEND, MINE = "/join/", "/join/keys/", "/join/friend/", "/mine/keys/friend/"
NOT_HERE = "That code opens nothing here. Check each letter."


def text(response):
    return response.content.decode()


def sent(lock, now):
    return {"door": lock.door, "locked": lock.locked, "now": now}


@pytest.fixture
def hers(ash):
    return given(ash)


@pytest.fixture
def left(sign_in, hers, ash):
    """What Ash left with a friend."""
    lock = friends_lock(hers)
    sign_in(ash).post(MINE, sent(lock, hers.phrase.door))
    return lock


def with_a_second_paper(person, rosa, kim):
    persons.vouch(person.name, by=rosa)
    paper = invitations.write_again(Vouch.objects.get(), somebody=person, by=kim)
    client = Client()
    client.post(JOIN, {"words": paper.words})
    return client


@pytest.fixture
def lost(left, ash, rosa, kim):
    """Ash with a second paper in her hand, on a phone that was never here."""
    return with_a_second_paper(ash, rosa, kim)


def same_key_anew(made, **more):
    new = ring("Ash again")
    return as_sent(new, recipient=made.recipient, signer=made.signer, **more)


class TestLeavingIt:
    def test_the_page_says_in_plain_words_what_it_does_alone(self, seen_by, hers, ash):
        page = seen_by(ash, MINE)
        assert "code alone opens nothing. The new paper alone opens nothing that was sealed." in page
        assert "Somebody keeps a code for you" not in page

    def test_with_the_phrase_it_is_kept_and_the_page_says_so(self, sign_in, hers, ash):
        client = sign_in(ash)
        page = text(client.post(MINE, sent(friends_lock(hers), hers.phrase.door), follow=True))
        assert "From now on this code helps you back in, beside a new paper." in page
        assert "Somebody keeps a code for you. We do not know who." in page
        assert queries.has_left_a_code(ash)

    def test_a_screen_somebody_left_open_is_not_enough(self, sign_in, hers, ash, kas):
        client, his = sign_in(ash), given(kas)
        for now in ("0" * 64, hers.code.door, his.phrase.door):
            page = text(client.post(MINE, sent(friends_lock(hers), now)))
            assert "That is not your phrase as it is now. Nothing changed." in page
        assert "Please press the button again" in text(client.post(MINE, sent(friends_lock(hers), "")))
        assert not queries.has_left_a_code(ash)

    def test_the_phrase_or_somebody_elses_code_is_refused_in_a_sentence(self, sign_in, left, hers, kas):
        his = given(kas)
        for lock in (his.phrase, left):
            page = text(sign_in(kas).post(MINE, sent(lock, his.phrase.door)))
            assert "Your browser could not make the keys. Nothing changed." in page
        assert not queries.has_left_a_code(kas)

    def test_taken_back_it_is_gone(self, sign_in, left, ash):
        client = sign_in(ash)
        page = text(client.post(MINE, {"answer": "back"}, follow=True))
        assert "code opens nothing any more" in page
        assert "Somebody keeps a code for you" not in page
        assert not queries.has_left_a_code(ash)


class TestAloneItOpensNothing:
    @pytest.mark.parametrize("address", ["/recover/", "/sign-in/", FRIEND])
    def test_at(self, left, ash, address):
        stranger = Client()
        answer = stranger.post(address, {"door": left.door})
        assert left.locked not in text(answer)
        assert answer.status_code == (200 if address == "/sign-in/" else 400)
        assert stranger.get("/mine/").status_code == 302

    def test_nor_does_it_make_a_new_phrase(self, left, hers):
        before = locks()
        Client().post("/recover/keys/", {**as_sent(ring("Ash again")), "door": left.door})
        assert locks() == before

    def test_nor_beside_a_paper_for_somebody_new(self, left):
        client = Client()
        client.post(JOIN, {"words": invitations.write(roles=["peer"]).words})
        answer = client.post(FRIEND, {"door": left.door})
        assert (answer.status_code, answer.json()) == (400, {"says": NOT_HERE})

    def test_nor_beside_a_paper_for_somebody_else(self, left, kas, rosa, kim):
        given(kas)
        his = with_a_second_paper(kas, rosa, kim)
        assert his.post(FRIEND, {"door": left.door}).status_code == 400
        answer = his.post(KEYS, as_sent(ring("Ash again"), friend_door=left.door))
        assert "code opens nothing any more. Nothing changed." in text(answer)
        assert keys.at_the_door(ring("Kas").phrase.door).person == kas

    def test_a_code_that_is_none_and_one_that_is_not_hers_get_the_same_answer(self, lost, hers):
        said = {
            lost.post(FRIEND, {"door": door}).content
            for door in ("0" * 64, "", "x", hers.code.door, hers.phrase.door)
        }
        assert len(said) == 1


class TestBesideASecondPaper:
    def test_the_page_says_what_the_paper_does_not_open(self, lost):
        page = text(lost.get(KEYS))
        assert "This paper opens nothing that was sealed to you." in page
        assert "The code a friend keeps for you, if somebody does" in page

    def test_the_page_is_the_same_whether_a_friend_keeps_a_code_or_not(self, lost, kas, rosa, kim):
        given(kas)
        his = text(with_a_second_paper(kas, rosa, kim).get(KEYS))
        assert "The code a friend keeps for you, if somebody does" in his

    def test_somebody_new_is_not_asked_for_one(self, client, network):
        client.post(JOIN, {"words": invitations.write(roles=["peer"]).words})
        assert "The code a friend keeps" not in text(client.get(KEYS))

    def test_it_gives_the_locked_key_and_everything_is_still_there(self, lost, left, hers, ash):
        page = shelf.read(ash)[0].sealed
        assert lost.post(FRIEND, {"door": left.door}).json() == {"locked": left.locked}
        answer = lost.post(KEYS, same_key_anew(hers, friend_door=left.door))
        assert answer.headers["Location"] == "/mine/welcome/"
        assert lost.get("/v/key/").json()["recipient"] == hers.recipient
        assert shelf.read(ash)[0].sealed == page
        assert opened(page, hers)
        assert keys.at_the_door(ring("Ash again").phrase.door).person == ash
        assert not queries.has_left_a_code(ash)

    def test_taken_back_a_moment_ago_the_key_is_not_replaced(self, lost, left, hers, ash):
        lost.post(FRIEND, {"door": left.door})
        persons.take_back_the_code(ash)
        page = text(lost.post(KEYS, same_key_anew(hers, friend_door=left.door)))
        assert "code opens nothing any more. Nothing changed." in page
        assert keys.recipients([ash]) == {ash.pk: hers.recipient}
        assert text(lost.get(KEYS)).count("Welcome back")  # the paper is still good

    def test_another_key_in_its_place_is_refused(self, lost, left, hers, ash):
        page = text(lost.post(KEYS, as_sent(ring("Ash again"), friend_door=left.door)))
        assert "Your browser could not make the keys" in page
        assert keys.recipients([ash]) == {ash.pk: hers.recipient}

    def test_somebody_paused_hears_what_a_stranger_hears(self, lost, left, ash, kim):
        persons.pause(ash)
        answer = lost.post(FRIEND, {"door": left.door})
        assert (answer.status_code, answer.json()) == (400, {"says": NOT_HERE})
