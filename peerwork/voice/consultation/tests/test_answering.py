"""Answering: one page for everybody, in every language, and a door for what comes in without a name."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from conftest import someone
from peerwork.ground.postbox import paper, rounds, staging
from peerwork.ground.postbox.models import Slip
from peerwork.voice.consultation import answering, answers, consultations, queries
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.tests.answered import somebody, votes
from peerwork.voice.consultation.tests.written import a_draft, an_open_one, another_open_one
from tests.blinding import Client, body

DOOR = "/a/consultation/"


def where(name, one):
    return reverse(f"consultation:{name}", args=[one.pk])


def a_token(one):
    there = rounds.find(consultations.round_of(one))
    device = Client(there.modulus)
    hidden, kept = device.make(there.pk, there.tokens)
    rounds.one_more_drew(there)
    return device.finish(kept, rounds.sign_for(there, hidden))[0]


def a_code(one):
    return paper.print_tokens(rounds.find(consultations.round_of(one)), 1)[0]


def sent(client, one, token, pieces):
    client.cookies.clear()
    said = body(consultations.round_of(one), token, pieces)
    return client.post(DOOR, said, content_type="application/json").status_code


def without_chance(html):
    """What differs on each page by chance alone."""
    return re.sub(r'nonce="[^"]+"|value="\w{64}"', "", html)


class TestThePage:
    def test_ash_and_kas_get_the_same_page_to_the_byte(self, network, ash, kas, seen_by):
        one = an_open_one()
        mine, theirs = (without_chance(seen_by(who, where("answer", one))) for who in (ash, kas))
        assert "Are you paid for meetings?" in mine
        assert mine == theirs

    def test_every_text_is_there_in_every_language_and_one_is_shown(self, network, ash, seen_by):
        page = seen_by(ash, where("answer", an_open_one()))
        assert '<span lang="en" dir="ltr" data-in="en">Are you paid for meetings?</span>' in page
        assert '<span lang="ar" dir="rtl" data-in="ar" hidden>هل يُدفع لك؟</span>' in page

    def test_the_readers_own_language_comes_first(self, network, ash, seen_by):
        ash.language = "ar"
        ash.save()
        page = seen_by(ash, where("answer", an_open_one()))
        assert '<span lang="ar" dir="rtl" data-in="ar">هل يُدفع لك؟</span>' in page

    def test_what_was_not_translated_is_read_as_it_was_written(self):
        form = {"languages": ["en", "ar"], "sections": []}
        (first, second) = answering.every_language(form, {"en": "Yes"}, first="ar")
        assert (first.words, first.spoken, first.shown) == ("Yes", "en", False)
        assert (second.words, second.spoken, second.shown) == ("Yes", "en", True)

    def test_it_may_be_kept_on_ones_own_phone(self, network, ash, sign_in):
        assert sign_in(ash).get(where("answer", an_open_one())).headers["X-Keep"] == "consultation"

    def test_nothing_is_asked_before_the_first_day_or_after_the_last(self, network, ash, seen_by):
        one = an_open_one()
        for days in (3, -30):
            first = localdate() + timedelta(days=days)
            Consultation.objects.update(opens_on=first, closes_on=first + timedelta(days=14))
            assert "Are you paid for meetings?" not in seen_by(ash, where("answer", one))

    def test_a_draft_is_nobodys(self, network, ash, sign_in):
        assert sign_in(ash).get(where("answer", a_draft())).status_code == 404

    def test_what_is_for_peers_is_a_wall_for_priya_and_kim_helps_with_the_paper(
        self, network, priya, kim, fran, sign_in
    ):
        one = an_open_one()
        for name in ("answer", "paper", "questionnaire"):
            assert sign_in(priya).get(where(name, one)).status_code == 404
            assert sign_in(fran).get(where(name, one)).status_code == 404
        assert sign_in(kim).get(where("answer", one)).status_code == 404
        assert sign_in(kim).get(where("paper", one)).status_code == 200
        assert sign_in(kim).get(where("questionnaire", one)).status_code == 200

    def test_what_is_for_all_members_is_for_priya_too_and_not_for_fran(self, network, priya, fran, sign_in):
        one = an_open_one(audience="members")
        assert sign_in(priya).get(where("answer", one)).status_code == 200
        assert sign_in(fran).get(where("answer", one)).status_code == 404

    def test_the_reminder_is_the_same_whoever_answered(self, network, ash, kas, client, seen_by):
        one = an_open_one()
        before = without_chance(seen_by(ash, reverse("consultation:list")))
        assert sent(client, one, a_token(one), somebody(1)) == 204
        assert without_chance(seen_by(ash, reverse("consultation:list"))) == before
        assert without_chance(seen_by(kas, reverse("consultation:list"))) == before

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_list_asks_as_little_for_three_as_for_one(
        self, network, ash, sign_in, many, django_assert_max_num_queries
    ):
        one = an_open_one()
        for _copy in range(many - 1):  # the year has no room for three that are counted
            one.pk = uuid4()
            one.save(force_insert=True)
        client = sign_in(ash)
        with django_assert_max_num_queries(9):
            client.get(reverse("consultation:list"))


class TestOnPaper:
    def test_every_printed_copy_is_the_same(self, network, ash, kas, seen_by):
        one = an_open_one()
        first, second = (without_chance(seen_by(who, where("questionnaire", one))) for who in (ash, kas))
        assert "Are you paid for meetings?" in first
        assert first == second

    def test_it_is_printed_in_the_language_somebody_reads(self, network, ash, seen_by):
        page = seen_by(ash, where("questionnaire", an_open_one()) + "?in=ar")
        assert '<html lang="ar" dir="rtl">' in page
        assert 'data-in="ar">هل يُدفع لك؟' in page

    def test_a_language_nobody_wrote_is_answered_in_the_first(self, network, ash, seen_by):
        page = seen_by(ash, where("questionnaire", an_open_one()) + "?in=xx")
        assert 'data-in="en">Are you paid' in page

    def test_a_paper_is_good_once(self, network, client):
        one = an_open_one()
        code = a_code(one)
        assert sent(client, one, code, [("paid", "yes")]) == 204
        assert (
            sent(client, one, code.lower().replace("-", " "), [("paid", "yes")]) == 204
        )  # the same paper again
        assert sent(client, one, code, [("paid", "no")]) == 409

    def test_a_code_nobody_printed_is_told_apart_from_answers_that_fit_nowhere(self, network, client):
        one = an_open_one()
        assert sent(client, one, "AAAA-BBBB-CCCC-DDDD", [("paid", "yes")]) == 400
        assert sent(client, one, a_code(one), [("paid", "perhaps")]) == 422


class TestTheDoor:
    def test_an_answer_waits_in_memory_and_says_nothing_of_who(self, network, client):
        one = an_open_one()
        assert sent(client, one, a_token(one), somebody(1)) == 204
        assert not Slip.objects.exists()
        assert staging.how_many(consultations.round_of(one)) == 1

    def test_the_same_again_is_fine_and_anything_else_is_not(self, network, client):
        one = an_open_one()
        token = a_token(one)
        assert [sent(client, one, token, somebody(1)) for _time in range(2)] == [204, 204]
        assert sent(client, one, token, somebody(2)) == 409

    def test_what_a_round_is_called_leads_to_its_own_consultation_alone(self, network):
        one, other = an_open_one(), another_open_one(title="Another")
        for each in (one, other):
            assert answers.of_round(consultations.round_of(each)) == each
        assert answers.of_round(consultations.round_of(a_draft())) is None

    def test_a_database_that_keeps_numbers_as_numbers_finds_it_too(self, network):
        """PostgreSQL knows no beginning of a number, only what lies between two of them."""
        one = an_open_one()
        with CaptureQueriesContext(connection) as asked:
            answers.of_round(consultations.round_of(one))
        (question,) = [query["sql"] for query in asked]
        assert "LIKE" not in question
        assert "BETWEEN" in question or (">=" in question and "<=" in question)

    @pytest.mark.parametrize(
        "called",
        ["", "themes.2026-Q4", "consultation.", "consultation.1A2B3C4D5E6F", "consultation.1a2b_c4d5e6f"],
    )
    def test_what_is_no_name_of_a_round_is_found_nowhere(self, network, called):
        an_open_one()
        assert answers.of_round(called) is None

    def test_a_token_of_another_consultation_is_none_here(self, network, client):
        one, other = an_open_one(), another_open_one(title="Another")
        assert sent(client, one, a_token(other), somebody(1)) == 400

    @pytest.mark.parametrize(
        "pieces",
        [
            [],
            [("paid", "yes"), ("paid", "no")],
            [("nothing", "yes")],
            [("said", '{"s1": 1}')],
            [("else:words", "two\nlines")],
            [("else", "no words")],
        ],
    )
    def test_what_fits_no_question_is_not_taken_and_the_token_stays_good(self, network, client, pieces):
        one = an_open_one()
        token = a_token(one)
        assert sent(client, one, token, pieces) == 422
        assert sent(client, one, token, [("said", votes(s1=1))]) == 204

    def test_after_the_last_day_nothing_comes_in(self, network, client):
        one = an_open_one()
        token = a_token(one)
        rounds.close(rounds.find(consultations.round_of(one)))
        assert sent(client, one, token, somebody(1)) == 410

    @pytest.mark.parametrize(
        "junk", [b"", b"{}", b"[]", b'{"round": "consultation.x"}', b"\xff" * 40, b"9" * 20000]
    )
    def test_junk_is_refused_in_words(self, network, client, junk):
        answer = client.post(DOOR, junk, content_type="application/json")
        assert answer.status_code == 400
        assert answer.content.endswith(b".\n")

    def test_a_cookie_is_refused(self, network, ash, sign_in):
        one = an_open_one()
        said = body(consultations.round_of(one), a_token(one), somebody(1))
        assert sign_in(ash).post(DOOR, said, content_type="application/json").status_code == 400
        assert staging.how_many(consultations.round_of(one)) == 0

    def test_before_there_is_a_network_there_is_no_answer(self, db, client):
        assert client.post(DOOR, b"{}", content_type="application/json").status_code == 400


def test_somebody_who_joins_later_may_answer_too(network, seen_by):
    one = an_open_one()
    assert list(queries.open_for(someone("New", "peer"), localdate())) == [one]
