"""Coming in with a paper, from the six words to the first page, as a browser would post it."""

import re
from html.parser import HTMLParser

import pytest

from peerwork.people.door.sessions import SessionStore
from peerwork.people.members import invitations, persons
from peerwork.people.members.models import Invitation, Person, Vouch
from peerwork.people.vault import keys
from peerwork.people.vault.tests.rings import as_sent, given, locks, ring
from peerwork.people.workplaces import workplaces

JOIN, KEYS = "/join/", "/join/keys/"
MADE = ("phrase_door", "phrase_locked", "code_door", "code_locked")


def text(response):
    return response.content.decode()


class Inputs(HTMLParser):
    """Every field of a page, by name or else by id, with its value."""

    def __init__(self, page):
        super().__init__()
        self.named, self.unnamed = {}, set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag in {"input", "textarea", "select"} and "name" in said:
            self.named[said["name"]] = said.get("value")
        elif tag in {"input", "textarea", "select"}:
            self.unnamed.add(said.get("id") or said.get("type"))


@pytest.fixture
def paper(network):
    return invitations.write(roles=["peer", "mentor"], workplace=workplaces.put_on_the_list("Elm Street"))


@pytest.fixture
def at_the_keys(client, paper):
    """Somebody who has typed the words."""
    client.post(JOIN, {"words": paper.words})
    return client


def test_six_words_a_name_and_keys_and_bo_is_in(client, paper):
    typed = client.post(JOIN, {"words": f"  {paper.words.upper().replace(' ', '-')} "})
    assert (typed.status_code, typed.headers["Location"]) == (302, KEYS)
    page = text(client.get(KEYS))
    assert "This is Kerbside Peer Network." in page
    assert "Your paper says you work at Elm Street." in page

    sent = as_sent(ring(), name="Bo")
    answer = client.post(KEYS, sent, headers={"Accept-Language": "ar-EG,ar;q=0.9"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/mine/welcome/")
    bo = Person.objects.get()
    assert (bo.name, bo.language, set(bo.hats)) == ("Bo", "ar", {"peer", "mentor"})
    assert keys.at_the_door(sent["phrase_door"]).person == bo
    assert client.get("/mine/").status_code == 200
    assert invitations.find(paper.words) is None
    assert client.get(KEYS).headers["Location"] == JOIN  # the paper is gone with it


def test_the_name_of_the_network_is_told_to_nobody_without_a_paper(client, paper):
    pages = [
        text(client.get(at))
        for at in ("/", JOIN, "/sign-in/", "/recover/", "/locked/", "/clock/", "/nowhere/")
    ]
    client.post(JOIN, {"words": paper.words})
    assert "Kerbside" in text(client.get(KEYS))  # there is something to leak,
    assert not any("Kerbside" in page for page in pages)  # and it does not


def test_the_browser_holds_a_number_and_never_the_words(at_the_keys, paper):
    """Sessions are in memory. Even there the words would open the door for whoever reads them."""
    said = SessionStore(at_the_keys.cookies["s"].value).load()
    assert said["paper"] == str(paper.invitation.pk)
    assert not any(paper.words in str(value) for value in said.values())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "This field is required"),
        ("lantern teapot", "There are six words on the paper"),
        ("lantern teapot violin orbit maple kettle seven", "There are six words on the paper"),
        ("lantern teapot violin orbit maple kettle", "These words are not on a paper we know"),
        ("x" * 121, "at most 120 characters"),
        ("\x00 a b c d e", "Null characters are not allowed"),
        ("😀 😀 😀 😀 😀 😀", "There are six words on the paper"),
    ],
)
def test_wrong_words_are_answered_beside_the_field_and_stay_there(client, network, typed, says):
    page = text(client.post(JOIN, {"words": typed}))
    assert page.count(says) == 2  # on top, with a link, and beside the field
    assert 'href="#id_words"' in page
    assert 'aria-invalid="true"' in page
    if typed and "\x00" not in typed:
        assert f'value="{typed}"' in page


def test_a_paper_past_its_day_and_one_that_never_was_get_the_same_answer(client, paper, time_machine):
    time_machine.move_to("2030-01-01T00:00:00Z")
    never, past = (
        text(client.post(JOIN, {"words": "a b c d e f"})),
        text(client.post(JOIN, {"words": paper.words})),
    )
    assert Invitation.objects.exists()
    assert re.sub(r'value="[^"]*"', "", _plain(past)) == re.sub(r'value="[^"]*"', "", _plain(never))


def _plain(page):
    return re.sub(r'nonce="[^"]*"', "", page)


class TestWhenSomethingIsMissing:
    def test_a_name_left_out_is_asked_for_beside_the_field(self, at_the_keys):
        page = text(at_the_keys.post(KEYS, as_sent(ring(), name="")))
        assert 'href="#id_name"' in page
        assert not Person.objects.exists()

    def test_the_name_stays_when_the_browser_made_no_keys_and_the_sentence_is_one_for_people(
        self, at_the_keys
    ):
        page = text(at_the_keys.post(KEYS, {"name": "Bo", "rest": "480"}))
        assert 'value="Bo"' in page
        assert re.search(r'value="480"[^>]*checked', page)
        assert page.count("Your browser could not make the keys. Please press the button again.") == 1
        for inner in ("Phrase door", "Code locked", "Recipient", "#id_phrase_door"):
            assert inner not in page
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"recipient": "age1qqqq"},
            {"recipient": "x" * 71},
            {"signer": ""},
            {"signer": "0" * 63},
            {"signer": "G" * 64},
            {"phrase_door": "0" * 63},
            {"phrase_door": "G" * 64},
            {"phrase_locked": "my key in plain words"},
            {"phrase_locked": "x" * 4001},
            {"code_door": "\x00" * 64},
            {"code_locked": ""},
        ],
        ids=str,
    )
    def test_keys_that_are_none_are_not_kept_and_the_paper_stays_good(self, at_the_keys, paper, wrong):
        page = text(at_the_keys.post(KEYS, as_sent(ring(), name="Bo") | wrong))
        assert "Your browser could not make the keys" in page
        assert not Person.objects.exists()
        assert locks() == set()
        assert invitations.find(paper.words)

    def test_one_phrase_for_both_doors_is_refused_in_a_sentence(self, at_the_keys):
        made = ring()
        page = text(at_the_keys.post(KEYS, as_sent(made, name="Bo", code_door=made.phrase.door)))
        assert "Your browser could not make the keys" in page
        assert not Person.objects.exists()

    def test_a_rest_nobody_offers_is_not_taken(self, at_the_keys):
        page = text(at_the_keys.post(KEYS, as_sent(ring(), name="Bo", rest="99999999")))
        assert "Something needs another look" in page
        assert not Person.objects.exists()

    def test_what_the_browser_made_is_never_written_back_into_a_page(self, at_the_keys):
        sent = as_sent(ring(), name="")
        page = text(at_the_keys.post(KEYS, sent))
        for name in (*MADE, "recipient", "signer"):
            assert f'name="{name}"' in page  # the field is there to be filled,
            assert sent[name] not in page  # and it is empty

    def test_a_paper_torn_up_in_the_meantime_leads_back_to_the_words(self, at_the_keys, paper):
        invitations.tear_up(paper.invitation)
        answer = at_the_keys.post(KEYS, as_sent(ring(), name="Bo"))
        assert answer.headers["Location"] == JOIN
        assert not Person.objects.exists()

    def test_without_words_there_is_no_second_step(self, client, network):
        assert client.get(KEYS).headers["Location"] == JOIN
        assert client.post(KEYS, as_sent(ring(), name="Bo")).headers["Location"] == JOIN
        assert not Person.objects.exists()


class TestASecondPaper:
    @pytest.fixture
    def lost(self, client, ash, rosa, kim):
        given(ash, "Ash")
        persons.vouch("Ash", by=rosa)
        paper = invitations.write_again(Vouch.objects.get(), somebody=ash, by=kim)
        client.post(JOIN, {"words": paper.words})
        return client

    def test_it_says_welcome_back_and_keeps_the_name_whatever_is_posted(self, lost, ash):
        page = text(lost.get(KEYS))
        assert "Welcome back" in page
        assert re.search(r'name="name" value="Ash"[^>]* disabled', page)
        lost.post(KEYS, as_sent(ring("Ash again"), name="Morgan"))
        assert Person.objects.get(pk=ash.pk).name == "Ash"
        assert keys.at_the_door(ring("Ash").phrase.door) is None
        assert "Good to have you here, Ash" in text(lost.get("/mine/welcome/"))

    def test_every_older_session_ends(self, lost, ash, client):
        from django.test import Client

        older = Client()
        session = SessionStore()
        session["person"], session["round"], session["rest"] = str(ash.pk), ash.door_round, 10
        session.save()
        older.cookies["s"] = session.session_key
        assert older.get("/mine/").status_code == 200
        lost.post(KEYS, as_sent(ring("Ash again")))
        assert older.get("/mine/").status_code == 302


class TestNothingAboutThePhraseIsInAForm:
    """What people type or read there stays on the device: those fields have no name, so no browser sends them."""

    @pytest.mark.parametrize(
        ("address", "stays_here", "is_sent"),
        [
            ("/sign-in/", {"phrase"}, {"door", "next", "rest"}),
            ("/recover/", {"typed", "checkbox"}, {"door", *MADE, "rest"}),
            ("/mine/keys/phrase/", {"phrase", "checkbox"}, {"now", "door", "locked"}),
            ("/mine/keys/code/", {"phrase", "checkbox"}, {"now", "door", "locked"}),
            ("/mine/hours/", {"phrase"}, set()),
            ("/mine/keys/friend/", {"phrase"}, {"now", "door", "locked", "given", "sealed"}),
            ("/mine/keys/key/", {"phrase", "checkbox"}, {"now", "recipient", "signer", *MADE, "carried"}),
            ("/mine/keys/", {"phrase"}, {"now", "made", "label"}),
        ],
    )  # fmt: skip
    def test_at(self, sign_in, ash, address, stays_here, is_sent):
        client = sign_in(ash)
        if not address.startswith("/mine/"):
            client.cookies.clear()
        fields = Inputs(text(client.get(address)))
        assert fields.unnamed == stays_here
        assert set(fields.named) - {"csrfmiddlewaretoken"} == is_sent
        secret = is_sent - {"next", "rest"}
        assert {fields.named[name] for name in secret} <= {None}

    def test_while_joining(self, at_the_keys):
        fields = Inputs(text(at_the_keys.get(KEYS)))
        assert fields.unnamed == {"checkbox"}
        sent = {"name", "recipient", "signer", "friend_door", *MADE, "rest"}
        assert set(fields.named) - {"csrfmiddlewaretoken"} == sent

    def test_while_coming_back(self, client, ash, rosa, kim):
        given(ash)
        persons.vouch("Ash", by=rosa)
        client.post(JOIN, {"words": invitations.write_again(Vouch.objects.get(), somebody=ash, by=kim).words})
        assert Inputs(text(client.get(KEYS))).unnamed == {"friend", "none", "checkbox"}
