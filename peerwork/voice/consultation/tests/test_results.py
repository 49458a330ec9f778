"""What came of it: who reads it when, what stands on the page, and that it is light."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from peerwork.ground.postbox import rounds
from peerwork.ground.postbox.models import Round
from peerwork.ground.releases import signing_off
from peerwork.ground.releases.models import Release
from peerwork.voice.consultation import consultations, counting
from peerwork.voice.consultation.models import Consultation, Wording
from peerwork.voice.consultation.tests.answered import answer, somebody
from peerwork.voice.consultation.tests.written import an_open_one, another_open_one

ENOUGH = 24


def counted(people=ENOUGH, *, days_ago=1, title="What matters", **how):
    """A consultation that so many answered, closed and counted as every night does."""
    one = an_open_one(title=title, **how)
    answer(one, *(somebody(number) for number in range(people)))
    last = localdate() - timedelta(days=days_ago)
    first = last - timedelta(days=14)
    Consultation.objects.filter(pk=one.pk).update(opens_on=first, closes_on=last)
    Round.objects.filter(pk=consultations.round_of(one)).update(opens_on=first, closes_on=last)
    consultations.close_what_is_over(last + timedelta(days=1))
    counting.count_what_is_closed(last + timedelta(days=1))
    one.refresh_from_db()
    return one


def signed(one, *people):
    for release in Release.objects.filter(period=consultations.round_of(one)):
        for person in people:
            signing_off.sign(release, person.pk, person.name)


def where(one):
    return reverse("consultation:results", args=[one.pk])


def status(person, one, sign_in):
    return sign_in(person).get(where(one)).status_code


class TestWhoReadsItWhen:
    def test_peers_first_and_nobody_who_manages_staff(self, ash, morgan, kim, priya, fran, sign_in, seen_by):
        one = counted()
        assert "Are you paid for meetings?" in seen_by(ash, where(one))
        assert "Peers read it first" in seen_by(ash, where(one))
        assert "Are you paid for meetings?" not in seen_by(morgan, where(one))  # was asked, and waits
        assert [status(who, one, sign_in) for who in (kim, priya, fran)] == [404] * 3

    def test_everybody_when_two_signed_and_the_days_are_over(
        self, ash, rene, jude, kim, priya, fran, morgan, sign_in, seen_by
    ):
        one = counted(days_ago=9)
        signed(one, rene)
        assert status(fran, one, sign_in) == 404
        signed(one, jude)
        for who in (ash, kim, priya, fran, morgan):
            assert "Are you paid for meetings?" in seen_by(who, where(one))
            assert "Peers read it first" not in seen_by(who, where(one))

    def test_seven_days_are_the_peers_whoever_signed(self, rene, jude, fran, sign_in):
        one = counted(days_ago=3)
        signed(one, rene, jude)
        assert status(fran, one, sign_in) == 404

    def test_fran_finds_only_what_is_out_and_no_word_of_the_rest(self, rene, jude, fran, seen_by):
        out, inside = counted(days_ago=9, title="Out"), another_open_one(title="Inside")
        signed(out, rene, jude)
        page = seen_by(fran, reverse("consultation:list"))
        assert out.title in page
        assert inside.title not in page
        assert "Open now" not in page

    def test_words_that_peers_agreed_on_stay_among_peers(self, ash, rene, jude, fran, seen_by):
        one = counted(days_ago=9)
        signed(one, rene, jude)
        period = consultations.round_of(one)
        Wording.objects.create(round=period, question="else", in_other_words="More rest.", agreed=2)
        Wording.objects.create(round=period, question="else", in_other_words="Not agreed yet.", agreed=1)
        assert "More rest." in seen_by(ash, where(one))
        assert "Not agreed yet." not in seen_by(ash, where(one))
        assert "More rest." not in seen_by(fran, where(one))


class TestWhatItSays:
    def test_common_ground_stands_before_the_numbers_of_each_statement(self, ash, seen_by):
        page = seen_by(ash, where(counted()))
        assert page.index("What people agree on") < page.index("Where people see it differently")
        assert page.index("Where people see it differently") < page.index("Each of them in numbers")

    def test_too_few_is_an_answer_and_no_number_is_near_it(self, ash, seen_by):
        page = seen_by(ash, where(counted(people=12)))
        assert "Too few to say" in page
        assert "About 12" not in page
        assert '<svg class="bars"' not in page

    def test_last_time_stands_beside_it_where_the_code_is_the_same(self, ash, seen_by):
        first = counted(days_ago=400, title="Last year")
        assert "last time" not in seen_by(ash, where(first)).replace("difference to last time", "")
        page = seen_by(ash, where(counted()))
        assert "Each answer beside last time" in page

    def test_what_fran_may_not_read_is_beside_nothing_she_reads(self, rene, jude, fran, seen_by):
        counted(days_ago=400, title="Last year")  # never signed
        one = counted(days_ago=9)
        signed(one, rene, jude)
        assert "beside last time" not in seen_by(fran, where(one))

    def test_before_it_is_counted_the_page_says_what_comes(self, ash, seen_by):
        one = an_open_one()
        Consultation.objects.update(opens_on=localdate() - timedelta(9), closes_on=localdate() - timedelta(1))
        Round.objects.update(opens_on=localdate() - timedelta(9), closes_on=localdate() - timedelta(1))
        rounds.close(rounds.find(consultations.round_of(one)))
        page = seen_by(ash, where(one))
        assert "There is nothing to read yet" in page
        assert "counted in the coming night" in page

    def test_in_arabic_each_question_is_in_arabic(self, ash, seen_by):
        one = counted()
        ash.language = "ar"
        ash.save()
        assert "هل يُدفع لك؟" in seen_by(ash, where(one))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_little_beside_two_years_as_beside_none(network, ash, sign_in, many):
    for year in range(many):
        one = counted(days_ago=1 + 400 * (many - 1 - year), title=f"Year {year}")
    client = sign_in(ash)
    client.get(where(one))
    with CaptureQueriesContext(connection) as asked:
        client.get(where(one))
    assert len(asked) <= 9, [query["sql"][:90] for query in asked.captured_queries]


def test_a_piece_is_made_once_for_everybody(network, ash, kas, sign_in, monkeypatch):
    one = counted()
    sign_in(ash).get(where(one))
    made = []
    monkeypatch.setattr("peerwork.ground.releases.shown.render_to_string", lambda *said: made.append(said))
    assert "Are you paid" in sign_in(kas).get(where(one)).content.decode()
    assert made == []
