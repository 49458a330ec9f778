"""The coordinators' desk, as Kim and Jude use it, and as nobody else can."""

import re
from itertools import chain

import pytest
from django.test import Client
from django.utils.timezone import localdate

from conftest import is_named, someone
from peerwork.people.members import invitations, persons, queries
from peerwork.people.members.models import HandOver, Invitation, Network, Person, Removal, Vouch
from peerwork.people.vault.tests.rings import as_sent, given, ring
from peerwork.people.workplaces import workplaces
from peerwork.people.workplaces.models import Workplace

DESK = "/run/welcome/"


def text(response):
    return response.content.decode()


def papers_on(page):
    """Each paper of a page: its words, and the address beside them."""
    return list(zip(re.findall(r'<p class="words">([a-z ]+)</p>', page),
                    re.findall(r'<p class="address">([^<]+)</p>', page), strict=True))  # fmt: skip


def at(person, *more):
    return f"{DESK}people/{person.pk}/" + "".join(f"{part}/" for part in more)


@pytest.fixture
def one_of_everything(ash, rosa, kim, jude):
    """One of each thing the desk has an address for."""
    persons.vouch("Ash", by=rosa)
    persons.ask_removal(ash, by=kim)
    paper, elm = invitations.write(roles=["peer"]), workplaces.put_on_the_list("Elm Street")
    return {
        "GET POST": [DESK + page for page in ("invitations/", "workplaces/", "network/", "hand-over/")] + [at(ash)],
        "GET": [DESK],
        "POST": [
            f"{DESK}invitations/{paper.invitation.pk}/", f"{DESK}vouches/{Vouch.objects.get().pk}/",
            f"{DESK}workplaces/{elm.pk}/", at(ash, "pause"), at(ash, "removal"),
        ],
    }  # fmt: skip


class TestWhoMaySitThere:
    @pytest.mark.parametrize("who", ["ash", "rosa", "morgan", "priya", "fran", "rene"])
    def test_for_everybody_else_there_is_no_such_desk(self, request, sign_in, one_of_everything, who):
        client = sign_in(request.getfixturevalue(who))
        before = _all_of_it()
        for method in ("get", "post", "put", "head", "options", "delete"):
            for address in chain(*one_of_everything.values()):
                assert getattr(client, method)(address).status_code == 404, (method, address)
        assert _all_of_it() == before

    def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(self, one_of_everything):
        before = _all_of_it()
        for method in ("get", "post", "put"):
            for address in chain(*one_of_everything.values()):
                assert getattr(Client(), method)(address).headers["Location"].startswith("/sign-in/")
        assert _all_of_it() == before

    @pytest.mark.parametrize("who", ["kim", "jude"])
    def test_both_coordinators_open_every_page(self, request, sign_in, one_of_everything, who):
        client = sign_in(request.getfixturevalue(who))
        for address in one_of_everything["GET"] + one_of_everything["GET POST"]:
            assert client.get(address).status_code == 200, address
        for address in one_of_everything["POST"]:
            assert client.get(address).status_code == 405, address

    def test_a_coordinator_who_is_paused_sits_there_no_more(self, sign_in, kim, jude):
        client = sign_in(kim)
        assert client.get(DESK).status_code == 200
        persons.pause(kim)
        assert client.get(DESK).headers["Location"].startswith("/sign-in/")


def _all_of_it():
    tables = (Person, Invitation, Vouch, Removal, HandOver, Workplace, Network)
    return [sorted(str(row) for row in table.objects.values_list()) for table in tables]


class TestTheList:
    def test_it_shows_who_is_here_what_they_do_and_where(self, seen_by, kim, ash, jude):
        persons.work_at(
            ash, [workplaces.put_on_the_list("Elm Street"), workplaces.put_on_the_list("Oak House")]
        )
        persons.pause(ash)
        persons.ask_removal(ash, by=kim)
        page = re.sub(r"\s+", " ", seen_by(kim, DESK))
        assert "Peer worker — Elm Street, Oak House" in page
        assert "Paused" in page
        assert "Removal asked" in page
        assert "Peer worker · Coordinator" in page or "Coordinator · Peer worker" in page

    def test_it_says_nothing_about_when_anybody_was_here(self, sign_in, kim, ash):
        """No last visit, no joining day: the page with Ash signed in is the page without."""

        def shown():
            return re.sub(r'(nonce|value)="[^"]*"', "", text(sign_in(kim).get(DESK)))

        before = shown()
        assert "Ash" in before
        Client().post("/sign-in/", {"door": given(ash).phrase.door})
        assert shown() == before

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_a_longer_list_costs_no_more_questions(self, sign_in, kim, how_many, django_assert_num_queries):
        elm, vouching = workplaces.put_on_the_list("Elm Street"), someone("Vouching", "peer")
        for n in range(how_many):
            one = someone(f"P{n}", "peer", "mentor")
            persons.work_at(one, [elm])
            persons.ask_removal(one, by=kim)
            persons.vouch(one.name, by=vouching)
            invitations.write(roles=["peer"], workplace=elm)
            persons.vouch(f"P{n}", by=vouching)
            invitations.write_again(Vouch.objects.get(name=f"P{n}"), somebody=one, by=kim)
            persons.vouch(f"P{n}", by=vouching)
        client = sign_in(kim)
        # the network, who is here, people, roles, posts, removals, words, papers
        with django_assert_num_queries(8):
            page = text(client.get(DESK))
        assert page.count("Tear it up") == 2 * how_many
        assert page.count("Print a new paper") == how_many
        assert page.count("Removal asked") == how_many

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_neither_does_one_person_with_more_hats_and_places(
        self, sign_in, kim, how_many, django_assert_num_queries
    ):
        ash = someone("Ash", *["peer", "mentor", "trainer"][:how_many])
        persons.work_at(ash, [workplaces.put_on_the_list(f"Elm Street {n}") for n in range(how_many)])
        client = sign_in(kim)
        # the network, who is here, the person, roles, posts, removal, the places to choose from
        with django_assert_num_queries(7):
            page = text(client.get(at(ash)))
        assert page.count("checked") == 2 * how_many


class TestPapers:
    def test_they_are_shown_once_with_their_words_and_kept_nowhere(self, sign_in, kim):
        client = sign_in(kim)
        elm = workplaces.put_on_the_list("Elm Street")
        said = {"roles": ["peer", "mentor"], "workplace": elm.pk, "how_many": 3, "days": 5}
        answer = client.post(DESK + "invitations/", said)
        papers = papers_on(text(answer))
        assert len(papers) == 3
        assert {address for _words, address in papers} == {"http://localhost:8000/join/"}
        assert "no-store" in answer.headers["Cache-Control"]
        for words, _address in papers:
            found = invitations.find(words)
            assert (found.roles, found.workplace) == (["mentor", "peer"], elm)
            for page in (DESK, DESK + "invitations/"):
                assert words not in text(client.get(page))
        assert "Elm Street" in text(client.get(DESK))

    def test_which_is_which_is_said_on_the_screen_and_not_on_paper(self, sign_in, kim, ash, rosa):
        """One that is found must not say what somebody is."""
        client, elm = sign_in(kim), workplaces.put_on_the_list("Elm Street")
        said = {"roles": ["peer", "mentor"], "workplace": elm.pk, "how_many": 2, "days": 5}
        made, what = text(client.post(DESK + "invitations/", said)), "Mentor · Peer worker — Elm Street"
        assert made.count(f'<p class="no-print small quiet">{what}') == 2
        assert made.count("Peer worker") == made.count("Elm Street") == 2  # and nowhere else
        assert "data-print" in made
        persons.vouch("Ash", by=rosa)
        client.post(f"{DESK}vouches/{Vouch.objects.get().pk}/", {"person": ash.pk})
        desk = text(client.get(DESK))
        assert desk.count(what) == 2
        assert "A way back in for Ash" in desk

    def test_whoever_holds_one_comes_in_with_it(self, sign_in, kim):
        said = {"roles": ["mentor"], "how_many": 1, "days": 28}
        ((words, _address),) = papers_on(text(sign_in(kim).post(DESK + "invitations/", said)))
        newcomer = Client()
        newcomer.post("/join/", {"words": words})
        newcomer.post("/join/keys/", as_sent(ring(), name="Bo"))
        assert Person.objects.get(name="Bo").hats == {"mentor"}

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"roles": []}, "This field is required"),
            ({"roles": ["boss"]}, "boss is not one of the available choices"),
            ({"how_many": 41}, "less than or equal to 40"),
            ({"how_many": 0}, "greater than or equal to 1"),
            ({"days": 91}, "less than or equal to 90"),
            ({"workplace": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
        ],
        ids=str,
    )
    def test_what_cannot_be_is_answered_beside_the_field_and_nothing_is_lost(self, sign_in, kim, wrong, says):
        said = {"roles": ["mentor"], "how_many": 2, "days": 30} | wrong
        page = text(sign_in(kim).post(DESK + "invitations/", said))
        assert says in page
        assert f'name="how_many" value="{said["how_many"]}"' in page
        assert f'name="days" value="{said["days"]}"' in page
        assert not Invitation.objects.exists()

    def test_torn_up_it_opens_nothing(self, sign_in, kim):
        paper = invitations.write(roles=["peer"])
        page = text(sign_in(kim).post(f"{DESK}invitations/{paper.invitation.pk}/", follow=True))
        assert "That paper opens nothing any more." in page
        assert invitations.find(paper.words) is None

    def test_one_torn_up_already_is_not_there(self, sign_in, kim):
        client, paper = sign_in(kim), invitations.write(roles=["peer"])
        client.post(f"{DESK}invitations/{paper.invitation.pk}/")
        assert client.post(f"{DESK}invitations/{paper.invitation.pk}/").status_code == 404


class TestASecondPaper:
    """Ash is locked out. Rosa gives her word."""

    @pytest.fixture
    def word(self, ash, rosa):
        persons.vouch("ash", by=rosa)
        return f"{DESK}vouches/{Vouch.objects.get().pk}/"

    def test_on_a_peers_word_kim_prints_a_way_back_in(self, sign_in, word, ash, kim):
        client = sign_in(kim)
        assert "Rosa gives their word for Ash." in text(client.get(DESK))
        ((words, _address),) = papers_on(text(client.post(word, {"person": ash.pk})))
        assert invitations.find(words).for_person == ash
        assert "Rosa gives their word" not in text(client.get(DESK))
        assert client.post(word, {"person": ash.pk}).status_code == 404

    def test_one_coordinator_alone_does_not_become_somebody(self, sign_in, ash, kim, jude):
        """Jude vouches as a peer and would print the paper as a coordinator. A peer's hat put on for it is no help."""
        persons.vouch("Ash", by=jude)
        word = f"{DESK}vouches/{Vouch.objects.get().pk}/"
        client = sign_in(jude)
        own = "You gave your word for them yourself. Another coordinator has to print the paper."
        assert own in text(client.get(DESK))
        assert "Print a new paper" not in text(client.get(DESK))
        assert own in text(client.post(word, {"person": ash.pk}, follow=True))
        assert not Invitation.objects.exists()
        assert "Print a new paper" in text(sign_in(kim).get(DESK))
        assert len(papers_on(text(client.post(word, {"person": ash.pk})))) == 1

    def test_without_a_word_there_is_none(self, sign_in, word, ash, kas, kim):
        client = sign_in(kim)
        for somebody in (kas.pk, kim.pk, "x", "", "\x00"):
            assert client.post(word, {"person": somebody}).status_code == 404
        assert client.post(f"{DESK}vouches/{ash.pk}/", {"person": ash.pk}).status_code == 404
        assert not Invitation.objects.exists()

    def test_where_two_have_that_name_kim_says_which(self, sign_in, word, ash, kas, kim):
        persons.rename(kas, name="Ash")
        persons.wear(kas, {"mentor"})
        client = sign_in(kim)
        assert text(client.get(DESK)).count("Rosa gives their word for Ash.") == 2
        assert client.post(word).status_code == 404  # which of them was not said
        assert len(papers_on(text(client.post(word, {"person": kas.pk})))) == 1
        assert Invitation.objects.get().for_person == kas


class TestOnePerson:
    def test_hats_and_workplaces_are_set_together(self, sign_in, kim, ash):
        elm = workplaces.put_on_the_list("Elm Street")
        page = text(
            sign_in(kim).post(at(ash), {"roles": ["mentor", "trainer"], "workplaces": [elm.pk]}, follow=True)
        )
        assert "Saved." in page
        assert Person.objects.get(pk=ash.pk).hats == {"mentor", "trainer"}
        assert ash.posts.get().workplace == elm

    @pytest.mark.parametrize(
        "wrong", [{"roles": []}, {"roles": ["boss"]}, {"roles": ["peer"], "workplaces": ["x"]}], ids=str
    )
    def test_what_cannot_be_changes_nothing(self, sign_in, kim, ash, wrong):
        assert "Something needs another look" in text(sign_in(kim).post(at(ash), {"x": "x"} | wrong))
        assert Person.objects.get(pk=ash.pk).hats == {"peer"}

    def test_the_only_coordinator_keeps_the_hat_and_is_told_why(self, sign_in, kim):
        elm = workplaces.put_on_the_list("Elm Street")
        page = text(sign_in(kim).post(at(kim), {"roles": ["mentor"], "workplaces": [elm.pk]}))
        assert "They are the only coordinator" in page
        assert re.search(r'value="mentor"[^>]*checked', page)  # what was picked is still picked
        assert Person.objects.get().hats == {"coordinator"}
        assert not kim.posts.exists()

    def test_paused_and_let_back_in(self, sign_in, kim, ash):
        client = sign_in(kim)
        assert "They are paused" in text(client.post(at(ash, "pause"), {"answer": "pause"}, follow=True))
        assert Person.objects.get(pk=ash.pk).paused
        page = text(client.post(at(ash, "pause"), {"answer": "back"}, follow=True))
        assert "While paused they cannot come in" in page
        assert not Person.objects.get(pk=ash.pk).paused

    def test_two_coordinators_who_press_pause_at_once_both_pause(self, sign_in, kim, jude, ash):
        """The second press came from a page that still said Pause. It must not let anybody back in."""
        for coordinator in (kim, jude):
            sign_in(coordinator).post(at(ash, "pause"), {"answer": "pause"})
        assert Person.objects.get(pk=ash.pk).paused

    def test_the_only_coordinator_is_not_paused(self, sign_in, kim):
        page = text(sign_in(kim).post(at(kim, "pause"), {"answer": "pause"}, follow=True))
        assert "The only coordinator cannot be paused" in page
        assert not Person.objects.get().paused


class TestRemoving:
    def answer(self, sign_in, coordinator, somebody, what):
        return text(sign_in(coordinator).post(at(somebody, "removal"), {"answer": what}, follow=True))

    def test_kim_asks_and_jude_agrees(self, sign_in, kim, jude, ash):
        assert "You asked for this. Another coordinator has to agree." in self.answer(
            sign_in, kim, ash, "ask"
        )
        assert "Kim asked for this." in text(sign_in(jude).get(at(ash)))
        assert "They are gone from here" in self.answer(sign_in, jude, ash, "yes")
        assert not Person.objects.filter(pk=ash.pk).exists()

    @pytest.mark.parametrize("again", ["yes", "ask", ""])
    def test_kim_alone_cannot_however_often(self, sign_in, kim, jude, ash, again):
        for what in ("ask", again, again):
            page = self.answer(sign_in, kim, ash, what)
        assert "Another coordinator has to agree" in page
        assert Person.objects.filter(pk=ash.pk).exists()

    @pytest.mark.parametrize("what", ["ask", "", "YES"])
    def test_two_who_ask_at_once_have_not_agreed(self, sign_in, kim, jude, ash, what):
        """Jude pressed “Ask for their removal” on a page from before Kim did. That is no yes to deleting."""
        self.answer(sign_in, kim, ash, "ask")
        assert "Kim asked for this." in self.answer(sign_in, jude, ash, what)
        assert Person.objects.filter(pk=ash.pk).exists()

    def test_a_yes_nobody_asks_for_any_more_is_told_so(self, sign_in, kim, jude, ash):
        self.answer(sign_in, kim, ash, "ask")
        self.answer(sign_in, kim, ash, "no")
        page = self.answer(sign_in, jude, ash, "yes")
        assert "That request was taken back, or is past its day. Nobody was removed." in page
        assert not Removal.objects.exists()
        assert Person.objects.filter(pk=ash.pk).exists()

    @pytest.mark.parametrize("who", ["kim", "jude"])
    def test_either_takes_it_back(self, request, sign_in, kim, jude, ash, who):
        self.answer(sign_in, kim, ash, "ask")
        assert "Ask for their removal" in self.answer(sign_in, request.getfixturevalue(who), ash, "no")
        assert not Removal.objects.exists()

    def test_the_only_coordinator_left_is_not_removed(self, sign_in, kim, jude):
        persons.ask_removal(jude, by=kim)
        persons.pause(kim)
        page = self.answer(sign_in, jude, jude, "yes")
        assert "The only coordinator cannot be removed" in page
        assert Person.objects.filter(pk=jude.pk).exists()

    def test_somebody_who_is_gone_is_not_there(self, sign_in, kim, jude, ash):
        persons.leave(ash)
        for more in ((), ("pause",), ("removal",)):
            assert sign_in(kim).post(at(ash, *more), {"answer": "yes"}).status_code == 404


class TestWorkplaces:
    def test_one_is_put_on_the_list_and_taken_off(self, sign_in, kim):
        client = sign_in(kim)
        for _time in range(2):
            page = text(client.post(DESK + "workplaces/", {"name": " Elm  Street "}, follow=True))
        assert page.count(">Elm Street</span>") == 1
        page = text(client.post(f"{DESK}workplaces/{Workplace.objects.get().pk}/", follow=True))
        assert "It is off the list." in page
        assert not Workplace.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\x00"])
    def test_one_without_a_name_is_none(self, sign_in, kim, name):
        assert "Something needs another look" in text(sign_in(kim).post(DESK + "workplaces/", {"name": name}))
        assert not Workplace.objects.exists()

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_a_longer_list_costs_no_more_questions(self, sign_in, kim, how_many, django_assert_num_queries):
        for n in range(how_many):
            workplaces.put_on_the_list(f"Elm Street {n}")
        client = sign_in(kim)
        with django_assert_num_queries(3):  # the network, who is here, the workplaces
            assert text(client.get(DESK + "workplaces/")).count("Take off the list") == how_many


class TestTheNetworksWords:
    WORDS = {
        "name": "Elsewhere",
        "public_name": "Plain",
        "meeting_word": "Coffee",
        "talk_number": "+61 (0)3 0000-0000",
    }

    def test_they_are_changed(self, sign_in, kim, network):
        salt = network.salt
        assert "Saved." in text(sign_in(kim).post(DESK + "network/", self.WORDS, follow=True))
        network.refresh_from_db()
        assert {word: getattr(network, word) for word in self.WORDS} == self.WORDS
        assert network.salt == salt

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"public_name": "x" * 31},
            {"talk_number": "javascript:x"},
            {"talk_number": "ring me"},
        ],
        ids=str,
    )
    def test_what_cannot_be_changes_nothing_and_stays_to_be_mended(self, sign_in, kim, network, wrong):
        page = text(sign_in(kim).post(DESK + "network/", self.WORDS | wrong))
        assert "Something needs another look" in page
        assert 'value="Coffee"' in page
        network.refresh_from_db()
        assert network.name == "Kerbside Peer Network"


class TestHandingOver:
    def test_kim_asks_ash_who_says_yes(self, sign_in, kim, ash):
        page = text(sign_in(kim).post(DESK + "hand-over/", {"to": ash.pk}, follow=True))
        assert "They will be asked on their first page" in page
        assert "Kim asks you to take over" in text(sign_in(ash).get("/"))
        sign_in(ash).post("/mine/hand-over/", {"answer": "yes"})
        assert sign_in(kim).get(DESK).headers.get("Location", "").startswith("/sign-in/")  # Kim's only hat
        assert sign_in(Person.objects.get(pk=ash.pk)).get(DESK).status_code == 200

    def test_only_people_who_are_here_can_be_asked(self, sign_in, kim, ash, kas):
        persons.pause(kas)
        client = sign_in(kim)
        page = text(client.get(DESK + "hand-over/"))
        assert is_named("Ash", page)
        assert not is_named("Kas", page)
        for nobody in (kim.pk, kas.pk, "x", ""):
            assert "Something needs another look" in text(client.post(DESK + "hand-over/", {"to": nobody}))
        assert not HandOver.objects.exists()


def test_papers_past_their_day_are_not_on_the_desk_after_the_night(sign_in, kim):
    from datetime import timedelta

    from peerwork.ground.retention.forgetting import forget

    invitations.write(roles=["peer"], days=1)
    assert list(queries.invitations_waiting())
    forget(localdate() + timedelta(days=2))
    assert "None. Every paper has been used" in text(sign_in(kim).get(DESK))
