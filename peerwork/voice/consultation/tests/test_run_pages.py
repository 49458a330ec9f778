"""Run: how Rene and Kim write a consultation. Nothing that was typed is ever lost, and every change can be undone.

Who uses this, and what they fear. Rene chairs and wants answers that count: fears asking forty things and learning
nothing. Kim writes at her desk between calls: fears pressing the wrong button. Both fear that what they open cannot be
mended, so they see what will be fixed before it is.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from conftest import MELBOURNE
from peerwork.voice.consultation import consultations, languages, queries, questions
from peerwork.voice.consultation.form import questions as all_of
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.tests.written import FORM, a_draft, an_open_one

START = "/run/consultations/"


def at(consultation, *more):
    return "/".join(["/run/consultations", str(consultation.pk), *more, ""])


def says(response):
    return response.content.decode()


@pytest.fixture
def draft(network):
    return a_draft()


@pytest.fixture
def renes(sign_in, rene):
    return sign_in(rene)


def asked_in(consultation):
    consultation.refresh_from_db()
    return all_of(consultation.form)


def test_rene_starts_with_an_empty_page(renes):
    page = renes.post(START, {"title": "What matters", "audience": "peers", "like": ""}, follow=True)
    assert "Nothing is asked yet" in says(page)
    assert Consultation.objects.get().form["sections"] == []


def test_or_with_the_questions_of_last_year(renes, draft):
    renes.post(START, {"title": "2027", "audience": "peers", "like": str(draft.pk)})
    assert Consultation.objects.get(title="2027").form == FORM


@pytest.mark.parametrize(
    "more", [(), ("preview",), ("versions",), ("name",), ("opening",), ("parts",), ("removal",)]
)
def test_nobody_else_finds_a_draft(sign_in, draft, ash, morgan, fran, rene, more):
    assert sign_in(rene).get(at(draft, *more)).status_code == 200
    for person in (ash, morgan, fran):
        assert sign_in(person).get(at(draft, *more)).status_code == 404


class TestWriting:
    def test_a_part_and_a_question_are_added(self, renes, network, rene):
        made = consultations.start(title="x", audience="peers")
        renes.post(at(made, "parts"), {"title_en": "Your work", "says_en": ""})
        made.refresh_from_db()
        part = made.form["sections"][0]["code"]
        said = {
            "text_en": "Are you paid?",
            "most": "1",
            "option_0_en": "Yes",
            "option_1_en": "",
            "option_2_en": "No",
        }
        page = renes.post(at(made, "parts", part, "choose"), said, follow=True)
        assert "Are you paid?" in says(page)
        (question,) = asked_in(made)
        assert [option["text"]["en"] for option in question["options"]] == ["Yes", "No"]

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("scale", {"low_en": "never", "high_en": "always"}),
            ("rank", {"option_0_en": "pay", "option_1_en": "time"}),
            ("statements", {"option_0_en": "I am heard."}),
            ("words", {}),
        ],
    )
    def test_every_kind_can_be_asked(self, renes, draft, kind, said):
        renes.post(at(draft, "parts", "work", kind), {"text_en": "New one", **said})
        new = asked_in(draft)[3]
        assert (new["kind"], new["text"]) == (kind, {"en": "New one"})
        assert says(renes.get(at(draft))).count("New one") >= 1

    def test_an_answer_that_is_emptied_goes_and_the_others_keep_their_codes(self, renes, draft):
        said = {
            "text_en": "Paid?",
            "text_ar": "؟",
            "most": "2",
            "option_1_en": "Not at all",
            "option_2_en": "Sometimes",
        }
        renes.post(at(draft, "questions", "paid"), said | {"was": was(renes, draft, "paid")})
        question = asked_in(draft)[0]
        assert question["most"] == 2
        assert question["options"][0] == {"code": "no", "text": {"en": "Not at all"}}
        assert question["options"][1]["code"] not in {"yes", "no"}

    def test_nothing_typed_is_lost_when_something_is_missing(self, renes, draft):
        page = says(
            renes.post(at(draft, "parts", "work", "scale"), {"text_en": "", "low_en": "never at all"})
        )
        assert "Something needs another look" in page
        assert "never at all" in page
        assert len(asked_in(draft)) == 5

    def test_two_who_change_one_question_at_once_are_told(self, renes, draft):
        before = was(renes, draft, "else")
        consultations.change(draft, lambda form: questions.change(form, "else", text={"en": "Kim was here"}))
        said = {"text_en": "Rene was here", "was": before}
        page = says(renes.post(at(draft, "questions", "else"), said))
        assert "Somebody changed this meanwhile" in page
        assert "Rene was here" in page
        renes.post(at(draft, "questions", "else"), said | {"was": token_in(page)})
        assert asked_in(draft)[4]["text"] == {"en": "Rene was here"}

    def test_up_down_out_and_back_again(self, renes, draft):
        renes.post(at(draft, "pieces", "next", "place"), {"place": "up"})
        assert [question["code"] for question in asked_in(draft)][:3] == ["paid", "next", "safe"]
        renes.post(at(draft, "pieces", "think", "place"), {"place": "up"})
        assert asked_in(draft)[0]["code"] == "said"
        page = says(renes.post(at(draft, "pieces", "work", "removal"), follow=True))
        assert "brings it back" in page
        assert len(asked_in(draft)) == 2
        renes.post(at(draft, "undo"), {"version": draft.version})
        assert len(asked_in(draft)) == 5

    def test_what_somebody_took_out_meanwhile_is_nowhere(self, renes, draft):
        for more in (
            ("questions", "gone"),
            ("parts", "gone"),
            ("parts", "gone", "words"),
            ("parts", "work", "essay"),
        ):
            assert renes.get(at(draft, *more)).status_code == 404
        assert renes.post(at(draft, "pieces", "gone", "removal")).status_code == 404

    @pytest.mark.parametrize("version", ["", "x", "99999999999999", "²"])
    def test_an_odd_undo_undoes_nothing(self, renes, draft, version):
        renes.post(at(draft, "undo"), {"version": version})
        assert len(asked_in(draft)) == 5


def was(client, consultation, code):
    return token_in(says(client.get(at(consultation, "questions", code))))


def token_in(page):
    return page.split('name="was" value="')[1].split('"')[0]


class TestLanguages:
    def test_a_second_language_stands_beside_the_first_and_runs_its_own_way(self, renes, network):
        made = consultations.start(title="x", audience="peers")
        renes.post(at(made, "language"), {"language": "ar"})
        page = says(renes.get(at(made, "parts")))
        assert 'name="title_en"' in page
        assert 'dir="rtl"' in page.split('name="title_ar"')[1].split(">")[0]

    def test_it_goes_again_and_undo_brings_back_what_was_written(self, renes, draft):
        renes.post(at(draft, "language"), {"remove": "ar"})
        draft.refresh_from_db()
        assert draft.form["languages"] == ["en"]
        renes.post(at(draft, "undo"), {"version": draft.version})
        draft.refresh_from_db()
        assert draft.form == FORM

    def test_a_language_nobody_knows_is_none(self, renes, draft):
        renes.post(at(draft, "language"), {"language": "klingon"})
        draft.refresh_from_db()
        assert draft.form == FORM

    def test_the_fifth_is_too_many_and_says_so(self, renes, draft):
        for code in ("vi", "tr"):
            consultations.change(draft, lambda form, code=code: languages.add(form, code))
        assert "no room" in says(renes.post(at(draft, "language"), {"language": "pl"}, follow=True))


class TestHelp:
    def test_a_hard_word_is_pointed_out_beside_the_question_and_nothing_is_stopped(self, renes, draft):
        renes.post(at(draft, "parts", "work", "words"), {"text_en": "What do clients say?"})
        page = says(renes.get(at(draft)))
        assert "Could be plainer" in page
        assert "Instead of “clients”" in page
        assert len(asked_in(draft)) == 6

    def test_rene_sees_what_will_be_known_while_writing(self, renes, draft, network, monkeypatch):
        assert "Under twenty no numbers are made" in says(renes.get(at(draft)))
        monkeypatch.setattr(queries, "roster", lambda audience: 40)
        page = says(renes.get(at(draft)))
        assert "40 people may answer, and 5 things are counted" in page
        assert "Each number may be off by 7" in page

    def test_a_question_that_was_asked_before_asks_if_it_is_still_the_same(self, renes, network):
        last = an_open_one()
        new = consultations.start(title="2027", audience="peers", like=last)
        page = says(renes.get(at(new, "questions", "else")))
        assert "something else than last time" in page
        said = {"text_en": "And now?", "is_new": "on", "was": token_in(page)}
        renes.post(at(new, "questions", "else"), said)
        assert asked_in(new)[4]["code"] != "else"

    def test_what_was_changed_can_be_seen(self, renes, draft):
        consultations.change(draft, lambda form: questions.change(form, "else", text={"en": "What else?"}))
        consultations.change(draft, lambda form: questions.move(form, "safe", by=1))
        page = says(renes.get(at(draft, "versions")))
        assert "What else?" in page
        assert "Anything else?" in page
        assert "Something was moved" in page

    def test_the_preview_is_what_others_will_see_in_each_language(self, renes, draft):
        assert "How safe do you feel" in says(renes.get(at(draft, "preview")))
        page = says(renes.get(at(draft, "preview") + "?language=ar"))
        assert "كم تشعر" in page


class TestOpening:
    def days(self, first=0, last=14):
        today = localdate(timezone=ZoneInfo(MELBOURNE))
        return {
            "opens_on": (today + timedelta(days=first)).isoformat(),
            "closes_on": (today + timedelta(days=last)).isoformat(),
            "sure": "on",
        }

    def test_rene_opens_it_and_from_then_on_nobody_changes_it(self, renes, draft):
        assert "What is fixed from then on" in says(renes.get(at(draft, "opening")))
        page = says(renes.post(at(draft, "opening"), self.days(), follow=True))
        assert "nobody can change it" in page
        assert "Take out" not in page
        assert renes.get(at(draft, "questions", "paid")).status_code == 404
        assert renes.post(at(draft, "pieces", "paid", "removal")).status_code == 404

    def test_kim_writes_and_a_peer_opens(self, sign_in, draft, kim):
        kims = sign_in(kim)
        assert "A peer who advises, chairs or coordinates opens it" in says(kims.get(at(draft)))
        assert kims.post(at(draft, "opening"), self.days()).status_code == 404
        draft.refresh_from_db()
        assert draft.state == "written"

    @pytest.mark.parametrize(
        ("days", "beside"),
        [
            ({"first": -1}, "That day is over"),
            ({"last": 3}, "a week at least"),
            ({"first": 20, "last": 14}, "a week at least"),
            ({"last": 200}, "Four months is the most"),
            ({"first": 200, "last": 220}, "too far away"),
        ],
    )
    def test_odd_days_are_refused_beside_the_field(self, renes, draft, days, beside):
        assert beside in says(renes.post(at(draft, "opening"), self.days(**days)))
        draft.refresh_from_db()
        assert draft.state == "written"

    def test_without_a_second_yes_nothing_is_opened(self, renes, draft):
        days = self.days()
        del days["sure"]
        renes.post(at(draft, "opening"), days)
        draft.refresh_from_db()
        assert draft.state == "written"

    def test_what_lacks_something_does_not_open(self, renes, network):
        made = consultations.start(title="x", audience="peers")
        page = says(renes.post(at(made, "opening"), self.days()))
        assert "There is no question yet" in page
        made.refresh_from_db()
        assert made.state == "written"

    def test_a_full_year_says_so_and_keeps_the_days(self, renes, network):
        an_open_one(title="First")
        second, days = a_draft(title="Second"), self.days()
        page = says(renes.post(at(second, "opening"), days))
        assert "The year has no room for it" in page
        assert days["closes_on"] in page

    def test_a_draft_is_thrown_away_in_two_steps(self, renes, draft):
        assert "cannot be undone" in says(renes.get(at(draft, "removal")))
        renes.post(at(draft, "removal"))
        assert not Consultation.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_three(
    renes, many, network, django_assert_max_num_queries
):
    for number in range(many):
        a_draft(title=f"Number {number}")
    with django_assert_max_num_queries(6):
        renes.get(START)


@pytest.mark.parametrize("many", [1, 30])
def test_and_the_page_of_one_as_often_for_one_question_as_for_thirty(
    renes, many, draft, django_assert_max_num_queries
):
    for number in range(many):
        consultations.change(
            draft,
            lambda form, number=number: questions.add(
                form, "work", kind="words", text={"en": f"And {number}?"}
            ),
        )
    with django_assert_max_num_queries(7):
        renes.get(at(draft))
