"""What people wrote in their own hand: a few peers say it in other words, two more agree, and the writing is gone.

Who uses this, and what they fear. Ash wrote one sentence: fears that Kim knows the style, or that it is read out.
Rosa reads them: fears knowing whose it is, and saying it wrongly. Whoever manages staff would love to know.
"""

from uuid import uuid4

import pytest

from conftest import someone
from peerwork.ground.postbox.models import Slip
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members.persons import wear
from peerwork.voice.consultation import circle, consultations, queries
from peerwork.voice.consultation.consultations import round_of
from peerwork.voice.consultation.models import Wording
from peerwork.voice.consultation.tests.answered import answer, somebody
from peerwork.voice.consultation.tests.written import an_open_one, another_open_one, the_day_after

CIRCLE = "/run/circle/"
TEA = "i reckon the tea is crook an nobody listens"
VAN = "The van is never there when it rains"


@pytest.fixture
def open_one(network):
    consultation = an_open_one()
    answer(consultation, [("else:words", TEA), ("paid", "yes")], [("else:words", VAN)], somebody(1))
    return consultation


@pytest.fixture
def over(open_one):
    consultations.close_what_is_over(the_day_after(open_one))
    open_one.refresh_from_db()
    return open_one


@pytest.fixture
def advises(network):
    """Alex, of the advisory group."""
    return someone("Alex", "peer", "adviser")


def at(consultation, *more):
    return "/".join(["/run/circle", str(consultation.pk), *map(str, more), ""])


def slip_of(consultation, words):
    return next(slip for slip, _question, said in circle.waiting(round_of(consultation)) if said == words)


def says(response):
    return response.content.decode()


def test_while_people_still_answer_nobody_reads_anything(seen_by, open_one, rosa):
    assert circle.waiting(round_of(open_one)) == []
    assert "Nothing is over yet" in seen_by(rosa, CIRCLE)


def test_the_circle_reads_them_and_nobody_else_does(sign_in, over, request):
    wear(jude := request.getfixturevalue("jude"), {"peer", "coordinator"})
    assert TEA in says(sign_in(request.getfixturevalue("rosa")).get(at(over)))  # there is something to leak
    others = [jude, *(request.getfixturevalue(name) for name in ("ash", "kim", "morgan", "priya", "fran"))]
    others.append(someone("Max", "peer", "manager", "facilitator", "co_chair"))
    for person in others:
        slip = slip_of(over, TEA)
        for address in (CIRCLE, at(over), at(over, slip)):
            assert sign_in(person).get(address).status_code == 404, person.name
        assert sign_in(person).post(at(over, slip, "left-out")).status_code == 404
    assert slip_of(over, TEA)


def test_nothing_stands_beside_the_words(seen_by, over, rosa):
    page = seen_by(rosa, at(over))
    assert TEA in page
    assert VAN in page
    assert "Are you paid" not in page
    assert "Anything else?" not in page  # not even the question, until one is opened


def test_the_order_is_another_each_time(over):
    answers = {
        tuple(said for _slip, _question, said in circle.waiting(round_of(over))) for _time in range(40)
    }
    assert len(answers) == 2


class TestSayingItOtherwise:
    def test_once_it_is_said_in_other_words_the_writing_is_gone(self, sign_in, over, rosa):
        slip, rosas = slip_of(over, TEA), sign_in(rosa)
        page = says(rosas.get(at(over, slip)))
        assert "Anything else?" in page
        assert page.count(TEA) == 1
        page = says(rosas.post(at(over, slip), {"in_other_words": "Someone feels unheard."}, follow=True))
        assert "What was written is deleted" in page
        assert TEA not in page
        assert not Slip.objects.filter(answer=TEA).exists()
        wording = Wording.objects.get()
        assert (wording.question, wording.in_other_words, wording.agreed) == (
            "else",
            "Someone feels unheard.",
            0,
        )

    def test_what_could_point_at_somebody_is_pointed_out_first_and_nothing_is_deleted(
        self, sign_in, over, rosa, ash
    ):
        slip, rosas = slip_of(over, TEA), sign_in(rosa)
        words = {"in_other_words": "People find that Ash is unheard."}
        page = says(rosas.post(at(over, slip), words))
        assert "Could this give somebody away" in page
        assert words["in_other_words"] in page
        assert slip_of(over, TEA) == slip
        rosas.post(at(over, slip), words | {"anyway": "yes"})
        assert Wording.objects.exists()

    def test_whether_somebody_is_here_cannot_be_asked_of_it(self, sign_in, over, rosa, kas):
        """Rosa has no list of people. A name of somebody here is pointed out as any other: by its capital."""
        slip, rosas = slip_of(over, TEA), sign_in(rosa)
        pages = [
            says(rosas.post(at(over, slip), {"in_other_words": f"People say that {name} knows."}))
            for name in ("Kas", "Zorblax")
        ]
        assert all("Could this give somebody away" in page for page in pages)
        assert not any("here has this name" in page for page in pages)
        assert rosas.post(at(over, slip), {"in_other_words": "what kas said"}).status_code == 302

    def test_whoever_has_the_list_of_people_anyway_is_told_more(self, sign_in, over, kas):
        both = someone("Jo", "peer", "facilitator", "coordinator")
        page = says(sign_in(both).post(at(over, slip_of(over, TEA)), {"in_other_words": "what kas said"}))
        assert "here has this name" in page

    def test_two_who_work_on_the_same_words_make_one_wording(self, sign_in, over, rosa, rene):
        slip = slip_of(over, TEA)
        circle.say_otherwise(round_of(over), slip, "Someone feels unheard.", by=rosa)
        with pytest.raises(circle.SaidAlready):
            circle.say_otherwise(round_of(over), slip, "Nobody listens.", by=rene)
        assert sign_in(rene).post(at(over, slip), {"in_other_words": "Nobody listens."}).status_code == 404
        assert Wording.objects.count() == 1

    def test_what_cannot_be_said_is_left_out(self, sign_in, over, rosa):
        sign_in(rosa).post(at(over, slip_of(over, TEA), "left-out"))
        assert [said for _slip, _question, said in circle.waiting(round_of(over))] == [VAN]
        assert not Wording.objects.exists()

    def test_an_answer_that_is_a_number_cannot_be_reached_from_here(self, sign_in, over, rosa):
        tick = Slip.objects.filter(question="paid").first()
        assert sign_in(rosa).get(at(over, tick.pk)).status_code == 404
        assert sign_in(rosa).post(at(over, tick.pk, "left-out")).status_code == 404
        assert Slip.objects.filter(pk=tick.pk).exists()

    def test_nothing_is_found_through_another_consultation(self, sign_in, over, rosa):
        other = another_open_one(title="Other", audience="members")
        consultations.close_what_is_over(the_day_after(other))
        assert sign_in(rosa).get(at(other, slip_of(over, TEA))).status_code == 404

    def test_after_thirty_days_what_is_left_is_gone(self, over):
        from peerwork.ground.postbox.models import WORDS_LAST

        forget(over.closes_on + WORDS_LAST)
        assert circle.waiting(round_of(over))
        forget(the_day_after(over) + WORDS_LAST)
        assert circle.waiting(round_of(over)) == []

    def test_what_nobody_may_count_any_more_is_gone_after_a_year(self, over):
        from peerwork.ground.postbox.models import UNCOUNTED_LAST

        forget(over.closes_on + UNCOUNTED_LAST)
        assert Slip.objects.filter(question="paid").exists()
        forget(the_day_after(over) + UNCOUNTED_LAST)
        assert not Slip.objects.exists()


class TestAgreeing:
    @pytest.fixture
    def wording(self, over, rosa):
        circle.say_otherwise(round_of(over), slip_of(over, TEA), "Someone feels unheard.", by=rosa)
        return Wording.objects.get()

    def shown(self, over):
        return [one.in_other_words for one in queries.agreed_wordings(round_of(over))]

    def test_it_takes_two_beside_whoever_said_it(self, sign_in, over, wording, rosa, rene, advises):
        for _press in range(2):
            sign_in(rosa).post(f"{CIRCLE}wordings/{wording.pk}/agreement/")
            sign_in(rene).post(f"{CIRCLE}wordings/{wording.pk}/agreement/")
        assert self.shown(over) == []
        sign_in(advises).post(f"{CIRCLE}wordings/{wording.pk}/agreement/")
        assert self.shown(over) == ["Someone feels unheard."]

    def test_it_is_put_before_those_who_can_still_agree(self, seen_by, over, wording, rosa, rene):
        assert "Someone feels unheard." not in seen_by(rosa, at(over))
        assert "Someone feels unheard." in seen_by(rene, at(over))
        circle.agree(wording, by=rene)
        assert "Someone feels unheard." not in seen_by(rene, at(over))

    def test_said_in_yet_other_words_everybody_is_asked_again(
        self, sign_in, over, wording, rosa, rene, advises
    ):
        circle.agree(wording, by=rene)
        sign_in(advises).post(f"{CIRCLE}wordings/{wording.pk}/", {"in_other_words": "Tea matters."})
        wording.refresh_from_db()
        assert (wording.in_other_words, wording.agreed) == ("Tea matters.", 0)
        assert not circle.agree(wording, by=advises)
        assert circle.agree(wording, by=rosa)
        assert circle.agree(wording, by=rene)
        assert self.shown(over) == ["Tea matters."]

    def test_or_it_is_struck_out(self, sign_in, over, wording, rene):
        sign_in(rene).post(f"{CIRCLE}wordings/{wording.pk}/", {"strike": "yes"})
        assert not Wording.objects.exists()

    def test_what_is_agreed_is_no_longer_touched(self, sign_in, over, wording, rene, advises):
        circle.agree(wording, by=rene)
        circle.agree(wording, by=advises)
        for more in ("", "agreement/"):
            assert (
                sign_in(rene).post(f"{CIRCLE}wordings/{wording.pk}/{more}", {"strike": "yes"}).status_code
                == 404
            )
        assert Wording.objects.exists()

    def test_two_who_agree_and_reword_at_once_do_not_undo_each_other(
        self, over, wording, rosa, rene, advises
    ):
        circle.agree(wording, by=rene)
        circle.agree(wording, by=advises)
        with pytest.raises(circle.SaidAlready):  # Rosa's page still showed it
            circle.say_again(wording, "Other words.", by=rosa)
        assert self.shown(over) == ["Someone feels unheard."]

    def test_nobody_outside_the_circle_agrees_to_anything(self, sign_in, wording, request):
        for name in ("ash", "jude", "kim", "morgan", "fran"):
            client = sign_in(request.getfixturevalue(name))
            assert client.post(f"{CIRCLE}wordings/{wording.pk}/agreement/").status_code == 404
            assert client.post(f"{CIRCLE}wordings/{wording.pk}/", {"strike": "yes"}).status_code == 404
        wording.refresh_from_db()
        assert wording.agreed == 0

    def test_a_stolen_disk_does_not_say_who_agreed(self, wording, rosa, rene):
        circle.agree(wording, by=rene)
        wording.refresh_from_db()
        assert len(set(wording.agreed_by)) == 2
        stored = str(wording.__dict__)
        assert str(rene.pk) not in stored
        assert rene.pk.hex not in stored

    def test_once_two_have_agreed_no_mark_of_anybody_is_kept(self, wording, rene, advises):
        circle.agree(wording, by=rene)
        circle.agree(wording, by=advises)
        wording.refresh_from_db()
        assert (wording.agreed, wording.agreed_by) == (2, [])

    def test_a_wording_that_is_not_there_is_nowhere(self, sign_in, rosa):
        assert sign_in(rosa).get(f"{CIRCLE}wordings/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_as_for_three(
    sign_in, network, rosa, rene, many, django_assert_max_num_queries
):
    consultation = an_open_one()
    answer(consultation, *([("else:words", f"Tea number {number}")] for number in range(2 * many)))
    consultations.close_what_is_over(the_day_after(consultation))
    for slip, _question, _said in circle.waiting(round_of(consultation))[:many]:
        circle.say_otherwise(round_of(consultation), slip, "Tea.", by=rene)
    client = sign_in(rosa)
    with django_assert_max_num_queries(8):
        client.get(at(consultation))
