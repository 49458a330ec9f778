"""The pages of what was found, as the cast would use them."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate, override

from conftest import MELBOURNE, someone
from peerwork.voice.findings import answers, findings
from peerwork.voice.findings.chains import Whose
from peerwork.voice.findings.models import Answer, Finding

SAID = "/said/"
WORDS = "Nobody debriefs after an overdose."


@pytest.fixture(autouse=True)
def _on_the_networks_clock():
    """Where the pages are: in some hours of the day it is tomorrow there already."""
    with override(ZoneInfo(MELBOURNE)):
        yield


def put_up(words=WORDS, *, days_ago=0):
    return findings.put_up(words, heard_in="the spring", on=localdate() - timedelta(days=days_ago))


def promise(finding, *, days_ago=0):
    day = localdate() - timedelta(days=days_ago)
    return answers.promise(
        finding, words="Half an hour, paid.", whose=Whose.CO_CHAIRS, due_on=day + timedelta(days=5), on=day
    )


def at(finding, *more):
    return "/".join(["/said", str(finding.pk), *more, ""])


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def form(**more):
    return {"words": WORDS, "heard_in": "the consultation in spring", "release": ""} | more


def answered(**more):
    return {"words": "There is no money for it.", "whose": "co_chairs"} | more


class TestPuttingItUp:
    @pytest.mark.parametrize(
        ("hats", "may"),
        [
            ({"peer", "co_chair"}, True), ({"peer", "adviser"}, True), ({"peer", "coordinator"}, True),
            ({"peer"}, False), ({"coordinator"}, False), ({"adviser"}, False), ({"funder"}, False),
            ({"peer", "co_chair", "manager"}, False), ({"peer", "adviser", "manager"}, False), ({"manager"}, False),
        ],
    )  # fmt: skip
    def test_peers_who_steer_and_manage_nobody_put_it_up(self, sign_in, network, hats, may):
        client = sign_in(someone("Bo", *hats))
        assert client.get(f"{SAID}new/").status_code == (200 if may else 404)
        assert client.post(f"{SAID}new/", form()).status_code == (302 if may else 404)
        assert Finding.objects.exists() == may
        assert ("Put up what was found" in text(client.get(SAID))) == may

    def test_it_is_up_and_says_so(self, sign_in, rene):
        page = sign_in(rene).post(f"{SAID}new/", form(), follow=True)
        assert WORDS in text(page)
        assert "Until tonight it can be taken back." in text(page)

    def test_whether_somebody_is_here_cannot_be_asked_of_it(self, sign_in, rene, kas):
        """Rene has no list of people. A name of somebody here is pointed out as any other: by its capital."""
        client = sign_in(rene)
        pages = [
            text(client.post(f"{SAID}new/", form(words=f"what {name} said"))) for name in ("Kas", "Zorblax")
        ]
        assert all("Could this give somebody away?" in page for page in pages)
        assert not any("here has this name" in page for page in pages)
        assert client.post(f"{SAID}new/", form(words="what kas said")).status_code == 302

    def test_a_name_is_pointed_out_before_it_is_saved_and_nothing_is_lost(self, sign_in, rene, kas):
        client, words = sign_in(rene), "what Kas said about the van"
        page = client.post(f"{SAID}new/", form(words=words))
        assert "Could this give somebody away?" in text(page)
        assert "Kas" in text(page)
        assert words in page.content.decode()
        assert not Finding.objects.exists()
        client.post(f"{SAID}new/", form(words=words, anyway="yes"))
        assert Finding.objects.get().words == words

    def test_a_name_in_where_it_was_heard_is_pointed_out_too(self, sign_in, rene, kas):
        page = sign_in(rene).post(f"{SAID}new/", form(heard_in="a talk with Kas"))
        assert "Could this give somebody away?" in text(page)
        assert not Finding.objects.exists()

    def test_too_much_is_refused_beside_the_field_and_nothing_is_lost(self, sign_in, rene):
        page = sign_in(rene).post(f"{SAID}new/", form(words="so " * 120))
        assert "Nothing you typed is lost" in text(page)
        assert "so so so" in text(page)

    def test_a_release_nobody_made_cannot_be_rested_on(self, sign_in, rene):
        sign_in(rene).post(f"{SAID}new/", form(release="0f0f0f0f-0000-4000-8000-000000000000"))
        assert not Finding.objects.exists()


class TestReadingIt:
    def test_everybody_sees_how_long_nobody_has_answered(self, seen_by, ash, kim, morgan, priya, fran):
        there = put_up(days_ago=37)
        for somebody in (ash, kim, morgan, priya, fran):
            assert "Has waited 5 weeks" in seen_by(somebody, SAID)
            assert "Nobody has answered for 5 weeks." in seen_by(somebody, at(there))

    def test_on_its_first_day_nobody_who_manages_staff_can_tell_it_is_there(
        self, sign_in, ash, morgan, priya
    ):
        there = put_up()
        assert WORDS in text(sign_in(ash).get(SAID))
        for somebody in (morgan, priya):
            client = sign_in(somebody)
            assert WORDS not in text(client.get(SAID))
            hidden, missing = (
                re.sub(r'(nonce|value)="[\w-]+"', "", client.get(address).content.decode())
                for address in (at(there), "/said/0f0f0f0f-0000-4000-8000-000000000000/")
            )
            assert hidden == missing

    def test_the_whole_chain_stands_there_with_who_stands_for_it(self, seen_by, fran):
        there = put_up(days_ago=30)
        promise(there, days_ago=20)
        page = seen_by(fran, at(there))
        assert "Half an hour, paid." in page
        assert "The co-chairs" in page
        assert "The day of the promise is over" in page
        assert "Was promised for" in seen_by(fran, SAID)

    def test_whoever_only_reads_is_offered_no_button(self, seen_by, ash, kim):
        there = put_up(days_ago=9)
        assert "Promise something" in seen_by(kim, at(there))
        assert "Promise something" not in seen_by(ash, at(there))

    @pytest.mark.parametrize("many", [1, 3])
    def test_a_longer_list_asks_no_more_of_the_database(
        self, sign_in, ash, many, django_assert_max_num_queries
    ):
        for number in range(many):
            promise(put_up(f"Found {number}", days_ago=9))
        client = sign_in(ash)
        client.get(SAID)
        with django_assert_max_num_queries(5):
            client.get(SAID)

    def test_an_empty_list_says_what_it_is_for(self, seen_by, ash):
        assert "Nothing is up yet" in seen_by(ash, SAID)

    def test_today_says_nothing_of_it(self, seen_by, ash):
        put_up(days_ago=9)
        assert WORDS not in seen_by(ash, "/")


class TestAnsweringIt:
    @pytest.mark.parametrize(
        ("hats", "may"),
        [
            ({"peer", "co_chair"}, True), ({"coordinator"}, True), ({"coordinator", "manager"}, True),
            ({"peer"}, False), ({"adviser"}, False), ({"manager"}, False), ({"funder"}, False),
        ],
    )  # fmt: skip
    def test_co_chairs_and_coordinators_answer(self, sign_in, network, hats, may):
        there, client = put_up(days_ago=9), sign_in(someone("Bo", *hats))
        assert client.get(at(there, "answer") + "?kind=no").status_code == (200 if may else 404)
        assert client.post(at(there, "answer"), answered(kind="no")).status_code == (302 if may else 404)
        assert Answer.objects.exists() == may

    def test_a_promise_has_a_day_and_a_step_has_none(self, sign_in, kim):
        there, client = put_up(days_ago=9), sign_in(kim)
        assert "This field is required" in text(client.post(at(there, "answer"), answered(kind="promise")))
        due = localdate() + timedelta(days=30)
        client.post(at(there, "answer"), answered(kind="promise", due_on=due))
        client.post(at(there, "answer"), answered(kind="step", due_on=due))
        assert list(Answer.objects.order_by("place").values_list("due_on", flat=True)) == [due, None]

    @pytest.mark.parametrize("days", [-1, 800])
    def test_a_day_that_holds_nobody_to_anything_is_refused(self, sign_in, kim, days):
        there = put_up(days_ago=9)
        sign_in(kim).post(
            at(there, "answer"), answered(kind="promise", due_on=localdate() + timedelta(days=days))
        )
        assert not Answer.objects.exists()

    def test_a_no_without_a_reason_is_refused(self, sign_in, kim):
        there = put_up(days_ago=9)
        assert "Why not?" in text(sign_in(kim).post(at(there, "answer"), answered(kind="no", words=" ")))
        assert not Answer.objects.exists()

    def test_there_is_no_place_for_a_name(self, sign_in, kim):
        there = put_up(days_ago=9)
        sign_in(kim).post(at(there, "answer"), answered(kind="no", whose="Kas"))
        assert not Answer.objects.exists()

    def test_names_are_pointed_out_and_to_somebody_who_manages_staff_no_name_is_given_away(
        self, sign_in, network, kim, kas
    ):
        there, boss = put_up(days_ago=9), someone("Bo", "coordinator", "manager")
        words = answered(kind="no", words="we will ask kas.")
        assert "Could this give somebody away?" in text(sign_in(kim).post(at(there, "answer"), words))
        assert not Answer.objects.exists()
        assert sign_in(boss).post(at(there, "answer"), words).status_code == 302

    def test_what_cannot_be_said_now_leads_back_and_saves_nothing(self, sign_in, kim):
        there, client = put_up(days_ago=9), sign_in(kim)
        for kind in ("step", "reply"):
            page = client.post(at(there, "answer"), answered(kind=kind), follow=True)
            assert "Nothing was saved." in text(page)
        assert not Answer.objects.exists()

    def test_on_its_first_day_a_coordinator_who_is_no_peer_has_not_heard_of_it(self, sign_in, kim):
        assert sign_in(kim).get(at(put_up(), "answer") + "?kind=no").status_code == 404


class TestTakingItBack:
    def test_rene_takes_it_back_the_same_day_after_a_second_look(self, sign_in, rene):
        there, client = put_up(), sign_in(rene)
        assert "From tomorrow on it stays." in text(client.get(at(there)))
        assert "as if it had never been up" in text(client.post(at(there, "removal"), follow=True))
        assert not Finding.objects.exists()

    def test_the_next_day_nobody_does(self, sign_in, rene):
        there, client = put_up(days_ago=1), sign_in(rene)
        assert "Take it back" not in text(client.get(at(there)))
        assert "It stays." in text(client.post(at(there, "removal"), follow=True))
        assert Finding.objects.exists()

    def test_somebody_who_only_reads_takes_nothing_back(self, sign_in, ash):
        assert sign_in(ash).post(at(put_up(), "removal")).status_code == 404
        assert Finding.objects.exists()

    def test_an_answer_is_taken_back_on_its_own_day(self, sign_in, kim):
        there, client = put_up(days_ago=9), sign_in(kim)
        promise(there)
        assert "Take the newest answer back" in text(client.get(at(there)))
        client.post(at(there, "answer", "newest"))
        assert not Answer.objects.exists()
        promise(there, days_ago=1)
        assert "It stays." in text(client.post(at(there, "answer", "newest"), follow=True))
        assert Answer.objects.exists()
