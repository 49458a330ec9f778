"""Signing in and getting back in: right, wrong, paused, and never away from this place."""

import json

import pytest
from django.test import Client
from django.utils.encoding import iri_to_uri

from peerwork.people.door.sessions import SessionStore
from peerwork.people.members import persons
from peerwork.people.members.models import Person
from peerwork.people.vault import keys, log
from peerwork.people.vault.tests.rings import as_sent, given, ring

SIGN_IN, RECOVER, NEW_KEYS = "/sign-in/", "/recover/", "/recover/keys/"
WRONG = "That phrase opens nothing here. Check each word, and their order."


def text(response):
    return response.content.decode()


@pytest.fixture
def hers(ash):
    return given(ash)


class TestThePhrase:
    def test_the_right_one_opens_the_door(self, client, hers):
        answer = client.post(SIGN_IN, {"door": hers.phrase.door, "rest": "10"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert client.get("/mine/").status_code == 200

    @pytest.mark.parametrize(
        "wrong", ["a stranger's", "the code's", "the key itself", "another case", "a line more"]
    )
    def test_any_other_does_not_and_is_told_so_in_one_sentence(self, client, hers, wrong):
        shown = {
            "a stranger's": "0" * 64, "the code's": hers.code.door, "the key itself": hers.identity,
            "another case": hers.phrase.door.upper(), "a line more": hers.phrase.door + "\n",
        }[wrong]  # fmt: skip
        page = text(client.post(SIGN_IN, {"door": shown, "rest": "480"}))
        assert WRONG in page or "Please press the button again" in page
        assert shown not in page
        assert client.get("/mine/").status_code == 302

    def test_somebody_paused_hears_what_a_stranger_hears(self, client, hers, ash, kim):
        persons.pause(ash)
        paused = text(client.post(SIGN_IN, {"door": hers.phrase.door}))
        stranger = text(client.post(SIGN_IN, {"door": "0" * 64}))
        assert WRONG in paused
        assert WRONG in stranger
        assert client.get("/mine/").status_code == 302

    def test_what_was_chosen_beside_it_is_still_chosen_after_a_wrong_one(self, client, hers):
        page = text(client.post(SIGN_IN, {"door": "0" * 64, "rest": "20160", "next": "/together/"}))
        assert page.count("checked") == 1
        assert 'value="20160" required id="id_rest_2" checked' in page
        assert 'name="next" value="/together/"' in page

    def test_there_is_one_question_about_rest_and_one_answer(self, client, network):
        """A hidden field of the same name once made every passkey rest for ten minutes only."""
        page = text(client.get(SIGN_IN))
        assert page.count('name="rest"') == 3
        assert page.count('type="hidden" name="rest"') == 0

    @pytest.mark.parametrize(
        ("rest", "minutes"),
        [("10", 10), ("480", 480), ("20160", 20160), ("", 10), ("99999999", 10), ("x", 10)],
    )
    def test_it_rests_as_long_as_its_owner_chose_from_the_list(self, client, hers, rest, minutes):
        client.post(SIGN_IN, {"door": hers.phrase.door, "rest": rest})
        assert client.session["rest"] == minutes
        cookie = client.cookies["s"]
        assert cookie["max-age"] == ("" if minutes == 10 else minutes * 60)  # a shared phone keeps no cookie
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_whoever_planted_a_session_before_does_not_share_the_one_after(self, hers):
        """Session fixation: a key somebody else knows opens nothing once its owner signs in."""
        victim, thief = Client(), Client()
        planted = SessionStore()
        planted["said"] = "hello"
        planted.save()
        victim.cookies["s"] = thief.cookies["s"] = planted.session_key
        victim.post(SIGN_IN, {"door": hers.phrase.door})
        assert victim.cookies["s"].value != planted.session_key
        assert victim.get("/mine/").status_code == 200
        assert thief.get("/mine/").status_code == 302
        assert not SessionStore().exists(planted.session_key)

    def test_a_cookie_for_a_session_that_is_gone_is_no_trouble(self, hers, network):
        """The server started anew, and memory with it. Everything works as for somebody who never came."""
        for cookie in ("a" * 32, "A" * 32, "é" * 12, "../../etc/passwd", "x", "a" * 3000, ""):
            client = Client()
            client.cookies["s"] = cookie
            assert client.get("/sign-in/passkey/").status_code == 200
            client.cookies["s"] = cookie
            assert client.post(SIGN_IN, {"door": hers.phrase.door}).status_code == 302
            assert client.get("/mine/").status_code == 200


class TestWhereTheyWereGoing:
    @pytest.mark.parametrize("wanted", ["/mine/", "/together/?x=1", "/mine/held/#top", "/ünïcode/", "/a:b/"])
    def test_they_get_there(self, client, hers, wanted):
        answer = client.post(SIGN_IN, {"door": hers.phrase.door, "next": wanted})
        assert answer.headers["Location"] == iri_to_uri(wanted)

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "//evil.example", "///evil.example", "////evil.example", "https://evil.example", "http:evil.example",
            "https:/evil.example", "\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example",
            "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)",
            "data:text/html,x", "evil.example", "@evil.example", "/%09/evil.example\\@x",
            "http://localhost@evil.example",
            "//localhost:8000@evil.example/", "//evil.example/%2f..", "https:evil.example",
            "\x00//evil.example", "?x=1", "",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("how", ["posted", "asked"])
    def test_it_never_leads_away_from_here(self, client, hers, elsewhere, how):
        sent = {"door": hers.phrase.door}
        if how == "posted":
            answer = client.post(SIGN_IN, sent | {"next": elsewhere})
        else:
            answer = client.post(SIGN_IN, sent, query_params={"next": elsewhere})
        to = answer.headers["Location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\"))
        assert "evil.example" not in to or to.startswith("/%09/evil")
        assert "\n" not in to
        assert "\r" not in to

    def test_the_page_does_not_carry_it_along_either(self, client, network):
        for elsewhere in (
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            '"><script>x</script>',
        ):
            page = text(client.get(SIGN_IN, {"next": elsewhere}))
            assert 'name="next" value=""' in page
            assert "evil" not in page
            assert "<script>x" not in page


class TestThePrintedCode:
    def test_it_gives_back_the_locked_key_and_nothing_else(self, client, hers):
        assert client.post(RECOVER, {"door": hers.code.door}).json() == {"locked": hers.code.locked}
        assert client.get("/mine/").status_code == 302  # nobody is signed in by that alone

    def test_a_wrong_one_a_phrase_and_somebody_paused_get_the_same_answer(self, client, hers, ash, kim):
        answers = [
            client.post(RECOVER, {"door": door}) for door in ("0" * 64, hers.phrase.door, "", "x", "\x00")
        ]
        persons.pause(ash)
        answers.append(client.post(RECOVER, {"door": hers.code.door}))
        assert {(answer.status_code, text(answer)) for answer in answers} == {
            (400, json.dumps({"says": "That code opens nothing here. Check each letter."}))
        }

    def test_with_it_ash_makes_a_new_phrase_and_a_new_code_and_loses_nothing(self, client, hers, ash):
        from django.utils.timezone import localdate

        log.seal_day(localdate(), {})
        new = ring("Ash again")
        page = text(client.post(NEW_KEYS, as_sent(new, door=hers.code.door, rest="480"), follow=True))
        assert "You are back." in page
        assert client.session["rest"] == 480
        assert [keys.at_the_door(lock.door) for lock in (hers.phrase, hers.code)] == [None, None]
        assert keys.at_the_door(new.phrase.door).person == ash
        assert len(log.pages_of(ash)) == 1
        assert keys.recipients([ash]) == {ash.pk: hers.recipient}  # the key itself is the same

    def test_it_ends_every_other_session(self, sign_in, hers, ash):
        older = sign_in(ash)
        Client().post(NEW_KEYS, as_sent(ring("Ash again"), door=hers.code.door))
        assert older.get("/mine/").status_code == 302

    @pytest.mark.parametrize(
        "wrong",
        [
            {"door": "0" * 64}, {"door": ""}, {"phrase_door": ""}, {"phrase_locked": "plain"}, {"code_locked": "plain"},
            {"code_door": "x"}, {"door": "the phrase's"}, {"code_door": "the new phrase's"},
        ],
        ids=str,
    )  # fmt: skip
    def test_what_does_not_fit_changes_nothing(self, client, hers, ash, wrong):
        before, new = ash.door_round, ring("Ash again")
        real = {"the phrase's": hers.phrase.door, "the new phrase's": new.phrase.door}
        sent = as_sent(new, door=hers.code.door) | {
            name: real.get(value, value) for name, value in wrong.items()
        }
        answer = client.post(NEW_KEYS, sent)
        assert answer.headers["Location"] == RECOVER
        assert "nothing changed" in text(client.get(RECOVER)).lower()
        assert keys.at_the_door(hers.phrase.door).person == ash
        assert keys.at_the_door(hers.code.door).person == ash
        assert Person.objects.get(pk=ash.pk).door_round == before
        assert client.get("/mine/").status_code == 302

    def test_nobody_who_is_paused_comes_back_with_it(self, client, hers, ash, kim):
        persons.pause(ash)
        assert (
            client.post(NEW_KEYS, as_sent(ring("Ash again"), door=hers.code.door)).headers["Location"]
            == RECOVER
        )
        assert client.get("/mine/").status_code == 302
