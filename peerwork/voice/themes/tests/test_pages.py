"""Ash says something on a cracked phone, at four in the morning. Kim is no peer. Morgan manages, too."""

import pytest
import time_machine

from peerwork.voice.themes import changing, frame, rounds
from peerwork.voice.themes.models import Frame
from peerwork.voice.themes.tests.telling import OPENS

SAY, LIST, PROPOSAL = "/themes/", "/themes/frame/", "/themes/frame/proposal/"
ADD = {
    "group": "sys",
    "label": "Test strips",
    "plain": "Too few, too late",
    "sensitivity": "low",
    "why": "It came up.",
}


@pytest.fixture
def sign_in(sign_in):
    """For good: a test that travels through quarters would find every session over."""
    return lambda person: sign_in(person, rest=10_000_000)


@pytest.fixture(autouse=True)
def _october(network):
    with time_machine.travel("2026-10-05T01:00:00Z", tick=True):
        frame.first(OPENS)
        yield


class TestSaying:
    def test_the_page_is_the_same_for_every_peer(self, seen_by, ash, rosa, morgan):
        rounds.keep_open(OPENS, 40)

        def bare(text):
            cut = [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]
            return [line for line in cut if "place" not in line and "/run/" not in line]

        pages = [bare(seen_by(person, SAY)) for person in (ash, morgan)]
        assert pages[0] == pages[1]

    def test_in_a_small_network_groups_are_picked_and_their_themes_say_what_is_meant(self, seen_by, ash):
        rounds.keep_open(OPENS, 40)
        page = seen_by(ash, SAY)
        assert page.count('name="theme"') == 9
        assert "Only what you tick here is sent." in page
        assert "Responding to overdose" in page

    def test_in_a_larger_one_themes_are(self, seen_by, ash):
        rounds.keep_open(OPENS, 61)
        page = seen_by(ash, SAY)
        assert 'value="lss.od"' in page
        assert 'value="oth.lss"' in page
        assert "Only what you tick here is sent." not in page

    def test_before_a_round_is_open_it_says_so(self, seen_by, ash):
        assert "It opens in the night" in seen_by(ash, SAY)

    def test_words_are_asked_for_only_where_the_list_says_so(self, seen_by, ash):
        rounds.keep_open(OPENS, 40)
        assert "<textarea" not in seen_by(ash, SAY)
        Frame.objects.update(words_on=True)
        page = seen_by(ash, SAY)
        assert 'maxlength="200"' in page
        assert "read by the peer circle alone. They are gone 30 days after the last day." in page

    @pytest.mark.parametrize("who", ["kim", "priya", "fran"])
    def test_whoever_is_no_peer_finds_nothing_here(self, sign_in, request, who):
        assert sign_in(request.getfixturevalue(who)).get(SAY).status_code == 404

    def test_looking_at_it_writes_nothing(self, sign_in, ash, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        rounds.keep_open(OPENS, 40)
        client = sign_in(ash)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(SAY)
        assert not [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]


class TestTheList:
    def test_every_member_reads_it_and_its_history_and_a_funder_does_not(
        self, sign_in, ash, kim, priya, fran
    ):
        assert [sign_in(p).get(LIST).status_code for p in (ash, kim, priya, fran)] == [200, 200, 200, 404]
        changing.retire("wrk.role", why="Nobody picked it.")
        changing.put_in_force(today=OPENS)
        page = sign_in(priya).get(LIST).content.decode()
        assert "No longer asked: “Unclear role”." in page
        assert "Nobody picked it." in page
        assert "No longer asked" in sign_in(kim).get("/themes/frame/2/").content.decode()

    def test_a_proposal_is_seen_by_peers_who_manage_nobody(self, sign_in, ash, morgan, kim):
        changing.retire("wrk.role", why="Nobody picked it.")
        assert [sign_in(p).get(PROPOSAL).status_code for p in (ash, morgan, kim)] == [200, 404, 404]
        assert "proposed" not in sign_in(morgan).get(LIST).content.decode()
        assert sign_in(kim).get("/themes/frame/2/").status_code == 404

    def test_ash_proposes_and_rene_puts_it_in_force(self, sign_in, ash, rene):
        sent = sign_in(ash).post(f"{PROPOSAL}add/", ADD, follow=True)
        assert "New: “Test strips”." in sent.content.decode()
        assert sign_in(ash).post(PROPOSAL, {"in_force": "yes"}).status_code == 404
        assert frame.in_force().count() == 1
        sign_in(rene).post(PROPOSAL, {"in_force": "yes"})
        assert frame.in_force().first().from_quarter == "2027-Q1"

    def test_a_change_without_a_reason_comes_back_with_all_that_was_typed(self, sign_in, ash):
        page = sign_in(ash).post(f"{PROPOSAL}add/", ADD | {"why": ""}).content.decode()
        assert "Nothing you typed is lost." in page
        assert 'value="Test strips"' in page
        assert frame.proposed() is None

    def test_other_words_need_the_promise_that_they_mean_the_same(self, sign_in, ash):
        said = {"code": "wrk.pay", "label": "Money", "plain": "Wages", "why": "Shorter."}
        page = sign_in(ash).post(f"{PROPOSAL}words/", said).content.decode()
        assert "If it means something else, add a theme and retire this one." in page
        sign_in(ash).post(f"{PROPOSAL}words/", said | {"same": "on"})
        assert frame.proposed()

    @pytest.mark.parametrize(
        ("what", "said"),
        [
            ("group", {"label": "Our own"}),
            ("retire", {"code": "wrk.pay"}),
            (
                "split",
                {
                    "code": "wrk.pay",
                    "first": "Pay",
                    "first_plain": "a",
                    "second": "Hours",
                    "second_plain": "b",
                },
            ),
            ("merge", {"codes": ["wrk.pay", "wrk.load"], "label": "Both", "plain": "c"}),
            ("own-words", {"on": "on"}),
        ],
    )
    def test_each_kind_of_change_ends_in_the_proposal(self, sign_in, ash, what, said):
        assert sign_in(ash).get(f"{PROPOSAL}{what}/").status_code == 200
        assert sign_in(ash).post(f"{PROPOSAL}{what}/", said | {"why": "x"}).status_code == 302
        assert frame.differences(frame.of_quarter("2026-Q4"), frame.proposed())

    def test_merging_one_is_nothing_to_merge(self, sign_in, ash):
        said = {"codes": ["wrk.pay"], "label": "Both", "plain": "c", "why": "x"}
        assert "Pick two or more." in sign_in(ash).post(f"{PROPOSAL}merge/", said).content.decode()

    def test_there_is_no_other_kind_of_change(self, sign_in, ash):
        assert sign_in(ash).get(f"{PROPOSAL}else/").status_code == 404

    def test_no_name_is_written_down(self, sign_in, ash):
        sign_in(ash).post(f"{PROPOSAL}add/", ADD)
        assert {field.name for field in Frame._meta.concrete_fields} == {
            "version", "themes", "why", "words_on", "from_quarter",
        }  # fmt: skip
        assert "Ash" not in str(Frame.objects.values().last())
