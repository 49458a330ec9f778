"""Two frames without anybody in them. Who uses them and what they fear stands in policy.py; here is what keeps it.

A boss sees who talks to whom: no name but one's own is on a page, and parcels, cards and time change nothing there.
A lost phone: nothing is on a page before a key is there. Being pressed to answer: no page knows what came or was
read. Being impersonated: tests/journeys/test_letters.py.
"""

import re
import secrets
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
import time_machine
from django.utils.timezone import now

from peerwork.ground.ui.reading import grade, longest_sentence
from peerwork.people.vault import cards, parcels
from peerwork.people.vault.tests.rings import given, ring
from peerwork.support import letters
from peerwork.support.letters import queries

PAGES = ("/mine/people/", "/talk/letters/")
WORDS = parcels.fingerprint("river lamp olive seven goat moon")
EVERYBODY = ("ash", "rosa", "morgan", "kim", "jude", "priya", "rene", "fran")


def given_something(person, *, many=1, week=True):
    recipient = pyrage.x25519.Recipient.from_str(ring(person.name).recipient)
    for _one in range(many):
        sealed = pyrage.encrypt(b"x".ljust(4096), [recipient])
        gone_on = parcels.a_week_from(now().date()) if week else None
        parcels.give(sealed, to=person.pk, under=parcels.fingerprint(secrets.token_hex(32)), gone_on=gone_on)


def card_of(person):
    return queries.card_of(type(person).objects.get(pk=person.pk))


def without_chance(page):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r'nonce="[\w-]+"', "", page)


@pytest.fixture
def look(seen_by):
    return lambda person: [without_chance(seen_by(person, page)) for page in PAGES]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_who_is_here_may_write(request, sign_in, who):
    person = request.getfixturevalue(who)
    assert [sign_in(person).get(page).status_code for page in PAGES] == [200, 200]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_the_door(client, network, page):
    assert client.get(page).headers["Location"] == f"/sign-in/?next={page.replace('/', '%2F')}"


class TestABossSeesNothing:
    def test_nobody_is_named_but_oneself(self, look, ash, kas, rosa, sam):
        for person in (ash, kas, rosa, sam):
            given(person)
            cards.hand_out(person, words="", listed=True)
        given_something(ash, many=3)
        pages = "".join(look(ash))
        assert "Ash" in pages  # one's own name is on one's own card,
        assert not re.search(r"\b(Kas|Rosa|Sam)\b", pages)  # and nobody else's anywhere
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", pages)

    def test_nothing_on_a_page_tells_that_something_came(self, look, ash):
        given(ash)
        before = look(ash)
        given_something(ash, many=3)
        given_something(ash, week=False)
        assert len(parcels.in_box(ash)) == 4
        assert look(ash) == before

    def test_time_changes_nothing(self, look, ash):
        given(ash)
        given_something(ash)
        before = look(ash)
        with time_machine.travel(now() + timedelta(minutes=9)):
            assert look(ash) == before

    @pytest.mark.parametrize("who", ["morgan", "priya", "fran", "kim"])
    def test_what_peers_do_changes_nothing_for_somebody_who_is_no_peer_or_manages(
        self, request, look, ash, kas, who
    ):
        person = request.getfixturevalue(who)
        given(person)
        before = look(person)
        for peer in (ash, kas):
            given(peer)
            cards.hand_out(peer, words=parcels.fingerprint(peer.name), listed=True)
            given_something(peer, many=2)
        assert look(person) == before


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("page", "questions"), [("/mine/people/", 3), ("/talk/letters/", 2)])
def test_a_page_asks_as_much_for_one_as_for_three(
    sign_in, ash, kas, rosa, sam, django_assert_num_queries, page, questions, many
):
    for person in (kas, rosa, sam)[:many]:
        given(person)
        cards.hand_out(person, words="", listed=True)
    given(ash)
    given_something(ash, many=many)
    client = sign_in(ash)
    with django_assert_num_queries(questions):
        client.get(page)


class TestTheCard:
    def test_the_server_keeps_a_fingerprint_of_the_words_and_finds_the_key_by_it(self, sign_in, ash):
        made = given(ash)
        client = sign_in(ash)
        assert client.post("/mine/people/card/", {"words": WORDS}).headers["Location"] == "/mine/people/"
        assert "Saved." in client.get("/mine/people/").content.decode()
        assert card_of(ash) == {"words": WORDS, "listed": False}
        assert cards.find(WORDS).recipient == made.recipient

    def test_what_the_browser_goes_by_is_on_the_page_again(self, sign_in, seen_by, ash):
        given(ash)
        sign_in(ash).post("/mine/people/card/", {"words": WORDS, "listed": "on"})
        page = seen_by(ash, "/mine/people/")
        assert f'data-now="{WORDS}"' in page
        assert 'name="listed" checked' in page

    @pytest.mark.parametrize(
        "sent", ["river lamp olive seven goat moon", "A" * 64, WORDS[:-1], WORDS + "\n", "0x" + WORDS]
    )
    def test_words_in_the_clear_or_anything_else_are_refused_and_not_kept(self, sign_in, seen_by, ash, sent):
        given(ash)
        cards.hand_out(ash, words=WORDS, listed=True)
        page = sign_in(ash).post("/mine/people/card/", {"words": sent}, follow=True).content.decode()
        assert "That was no card. Nothing changed." in page
        assert card_of(ash) == {"words": WORDS, "listed": True}
        assert "olive" not in page

    def test_a_card_is_taken_away(self, sign_in, ash):
        given(ash)
        cards.hand_out(ash, words=WORDS, listed=True)
        sign_in(ash).post("/mine/people/card/", {"words": ""})
        assert card_of(ash) == {"words": "", "listed": False}
        assert not hasattr(type(ash).objects.get(pk=ash.pk), "card")

    def test_somebody_elses_words_are_no_card(self, sign_in, ash, kas):
        cards.hand_out(kas, words=WORDS, listed=False)
        page = sign_in(ash).post("/mine/people/card/", {"words": WORDS}, follow=True).content.decode()
        assert "That was no card." in page
        assert card_of(kas)["words"] == WORDS


class TestFoundByName:
    @pytest.mark.parametrize("who", ["ash", "rosa", "jude", "rene"])
    def test_peers_who_manage_nobody_may_be_found(self, request, sign_in, seen_by, who):
        person = request.getfixturevalue(who)
        assert "Peers may find me by name" in seen_by(person, "/mine/people/")
        sign_in(person).post("/mine/people/card/", {"words": "", "listed": "on"})
        assert card_of(person)["listed"]

    @pytest.mark.parametrize("who", ["morgan", "kim", "priya", "fran"])
    def test_nobody_else_is_on_the_list_however_they_ask(self, request, sign_in, seen_by, who):
        person = request.getfixturevalue(who)
        assert "Peers may find me by name" not in seen_by(person, "/mine/people/")
        sign_in(person).post("/mine/people/card/", {"words": WORDS, "listed": "on"})
        assert card_of(person) == {"words": WORDS, "listed": False}  # a card they may hand out


TEMPLATES = sorted((Path(letters.__file__).parent / "templates").rglob("*.html"))
SENTENCES = [
    said
    for template in TEMPLATES
    for said in re.findall(r'{% translate "((?:[^"]|"(?=[^%]*"))*?)" %}', template.read_text())
]


@pytest.mark.parametrize("said", SENTENCES)
def test_a_sentence_is_for_somebody_who_is_tired(said):
    assert longest_sentence(said) <= 20


def test_and_all_of_them_together_read_easily():
    assert len(SENTENCES) > 60
    assert grade("\n".join(said if said.endswith((".", "?")) else f"{said}." for said in SENTENCES)) <= 7


FORMS = [
    (template.name, form)
    for template in TEMPLATES
    for form in re.findall(r"<form\b.*?</form>", template.read_text(), re.DOTALL)
]
TYPED = r'<(?:textarea|select|input(?![^>]*type="(?:hidden|radio|checkbox)"))\b[^>]* name='


@pytest.mark.parametrize(("template", "form"), FORMS)
def test_what_is_typed_cannot_end_in_an_address(template, form):
    """Where our script is slow or fails, a form of the script's own sends nothing anywhere."""
    way = re.match(r'<form[^>]* method="(post|dialog)"', form)
    assert way, template
    if way[1] == "dialog":
        assert not re.search(TYPED, form)
        assert not re.search(
            r"<button(?![^>]*(?:type=\"button\"|disabled))", form
        )  # off until something listens
