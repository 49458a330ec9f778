"""A consultation from its first draft to the day after it closed. Once it is open, nothing about it can be bent."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils.timezone import localdate

from conftest import someone
from peerwork.ground.postbox import rounds
from peerwork.ground.releases import ledger
from peerwork.ground.releases.models import Charge
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation import consultations, knowing, queries, questions
from peerwork.voice.consultation.form import questions as all_of
from peerwork.voice.consultation.models import Consultation, OldForm
from peerwork.voice.consultation.policy import is_of_the_circle, may_answer, opens, writes
from peerwork.voice.consultation.tests.written import FORM, a_draft, an_open_one, the_day_after


def codes_of(consultation):
    consultation.refresh_from_db()
    return [question["code"] for question in all_of(consultation.form)]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("rene", "w o a c"),
        ("jude", "w o a"),
        ("kim", "w"),
        ("rosa", "a c"),
        ("ash", "a"),
        ("morgan", "a"),
        ("priya", ""),
        ("fran", ""),
    ],
)
def test_who_may_do_what(request, network, who, may):
    person, consultation = request.getfixturevalue(who), a_draft()
    does = {
        "w": writes(person), "o": opens(person), "a": may_answer(person, consultation), "c": is_of_the_circle(person),
    }  # fmt: skip
    assert " ".join(letter for letter, allowed in does.items() if allowed) == may


def test_whoever_manages_staff_has_no_hand_in_it_whatever_else_they_do(network):
    max_ = someone("Max", "peer", "manager", "co_chair", "coordinator", "facilitator")
    assert not any(rule(max_) for rule in (writes, opens, is_of_the_circle))
    assert not queries.written_by(max_).exists()


def test_all_members_may_be_asked_and_a_funder_never_is(network, ash, kim, priya, fran):
    everybody = a_draft(audience="members")
    assert [may_answer(person, everybody) for person in (ash, kim, priya, fran)] == [True, True, True, False]


class TestWriting:
    def test_each_change_keeps_how_it_was(self, network):
        draft = a_draft()
        consultations.change(draft, lambda form: questions.remove(form, "paid"))
        assert "paid" not in codes_of(draft)
        assert [old.version for old in queries.old_forms(draft)] == [1, 2]
        assert OldForm.objects.get(version=2).form == FORM

    def test_a_change_that_changes_nothing_is_none(self, network):
        draft = a_draft()
        consultations.change(draft, lambda form: questions.move(form, "paid", by=-1))
        assert queries.old_forms(draft).count() == 1

    def test_undo_goes_back_once_however_often_it_is_pressed(self, network):
        draft = a_draft()
        for code in ("paid", "safe"):
            consultations.change(draft, lambda form, code=code: questions.remove(form, code))
        assert codes_of(draft) == ["next", "said", "else"]
        assert consultations.undo(draft, version=4)
        assert not consultations.undo(draft, version=4)
        assert codes_of(draft) == ["safe", "next", "said", "else"]
        assert consultations.undo(draft, version=3)
        assert codes_of(draft) == ["paid", "safe", "next", "said", "else"]

    def test_two_who_write_at_once_do_not_lose_each_others_work(self, network):
        draft = a_draft()
        rosas, sams = Consultation.objects.get(), Consultation.objects.get()
        consultations.change(rosas, lambda form: questions.remove(form, "paid"))
        consultations.change(sams, lambda form: questions.remove(form, "else"))
        assert codes_of(draft) == ["safe", "next", "said"]

    def test_last_years_questions_keep_their_codes_in_the_new_one(self, network):
        last = an_open_one()
        new = consultations.start(title="2027", audience="peers", like=last)
        assert codes_of(new) == codes_of(last)
        assert queries.asked_before(new) == set(codes_of(last))
        assert new.state == "written"
        consultations.change(new, lambda form: questions.remove(form, "paid"))
        assert "paid" in codes_of(last)

    def test_a_draft_can_be_thrown_away_with_every_version_of_it(self, network):
        consultations.throw_away(a_draft())
        assert not Consultation.objects.exists()
        assert not OldForm.objects.exists()


class TestOpening:
    def test_everything_that_could_be_bent_later_is_fixed(self, network):
        consultation = an_open_one(roster=40)
        its_round = rounds.find(consultations.round_of(consultation))
        assert (its_round.audience, its_round.roster, its_round.tokens) == ("peers", 40, 1)
        assert (its_round.floor, its_round.price) == (20, 4_000_000)
        assert (its_round.opens_on, its_round.closes_on) == (consultation.opens_on, consultation.closes_on)

    @pytest.mark.parametrize(
        "bend",
        [
            lambda one: consultations.change(one, lambda form: questions.remove(form, "paid")),
            lambda one: consultations.undo(one, version=2),
            lambda one: consultations.call(one, title="Other", audience="members"),
            consultations.throw_away,
            lambda one: consultations.open_up(
                one, roster=3, opens_on=localdate(), closes_on=localdate() + timedelta(days=300)
            ),
        ],
    )  # fmt: skip
    def test_and_stays_so(self, network, bend):
        consultation = an_open_one()
        before = Consultation.objects.values().get()
        with pytest.raises(consultations.Fixed):
            bend(consultation)
        assert Consultation.objects.values().get() == before

    def test_a_year_has_room_for_what_it_has_room_for(self, network):
        """Better to hear it before than when everybody has answered."""
        an_open_one(title="First")
        with pytest.raises(consultations.NoRoomThisYear):
            an_open_one(title="Second")
        assert Consultation.objects.get(title="Second").state == "written"
        assert len(rounds.all_public()) == 1

    @pytest.mark.parametrize("audience", ["peers", "members"])
    def test_four_quarters_of_themes_can_be_paid_beside_it(self, network, audience):
        """Peers pay for what all members are asked, too."""
        consultation = an_open_one(audience=audience)
        assert consultations.room_in_the_year("peers", consultation.closes_on) == 0
        quarter = first = quarters.of(consultation.closes_on)
        ledger.charge(audience, consultations.round_of(consultation), first, "paid", consultations.PRICE)
        for _each in range(4):
            ledger.charge("peers", f"themes.{quarter}", quarter, "themes", 1_000_000)
            quarter = quarters.after(quarter)
        assert Charge.objects.count() == 5

    def test_what_the_themes_paid_already_is_not_kept_for_them_twice(self, network):
        today = localdate()
        ledger.charge("peers", "themes.x", quarters.before(quarters.of(today)), "themes", 1_000_000)
        assert consultations.room_in_the_year("peers", today) == consultations.PRICE

    def test_a_year_later_there_is_room_again_and_not_before(self, network):
        consultation = an_open_one()
        quarter, room = quarters.of(consultation.closes_on), []
        for _each in range(4):
            quarter = quarters.after(quarter)
            room.append(consultations.room_in_the_year("peers", quarters.first_day(quarter)))
        assert room == [0, 0, 0, consultations.PRICE]

    def test_what_was_paid_already_counts(self, network):
        ledger.charge("peers", "themes.2026-Q1", quarters.of(localdate()), "themes", 5_000_000)
        with pytest.raises(consultations.NoRoomThisYear):
            an_open_one()

    def test_the_roster_is_everybody_who_could_answer_now(self, network, ash, kas, morgan, kim, fran):
        kas.paused = True
        kas.save()
        assert queries.roster("peers") == 2  # Ash, and Morgan who is a peer too
        assert queries.roster("members") == 3  # and Kim


class TestClosing:
    def test_the_day_after_the_last_it_is_over_and_its_key_is_gone(self, network):
        consultation = an_open_one()
        consultations.close_what_is_over(consultation.closes_on)
        consultation.refresh_from_db()
        assert consultation.state == "open"  # the whole last day long
        for _night in range(2):
            consultations.close_what_is_over(the_day_after(consultation))
        consultation.refresh_from_db()
        assert consultation.state == "closed"
        its_round = rounds.find(consultations.round_of(consultation))
        assert its_round.state == "closed"
        with pytest.raises(ObjectDoesNotExist):
            its_round.key  # noqa: B018 — asking is enough

    def test_a_round_the_night_closed_before_is_no_trouble(self, network):
        consultation = an_open_one()
        rounds.close(rounds.find(consultations.round_of(consultation)))
        consultations.close_what_is_over(the_day_after(consultation))
        consultation.refresh_from_db()
        assert consultation.state == "closed"


class TestReminding:
    def test_everybody_it_is_for_sees_the_same_note_until_it_closes(self, network, ash, morgan, kim, fran):
        consultation = an_open_one()
        today, late = consultation.opens_on, the_day_after(consultation)
        assert [list(queries.open_for(person, today)) for person in (ash, morgan)] == [[consultation]] * 2
        assert [list(queries.open_for(person, today)) for person in (kim, fran)] == [[]] * 2
        assert list(queries.open_for(ash, late)) == []
        assert list(queries.open_for(ash, today - timedelta(days=1))) == []

    def test_a_draft_is_nothing_to_remind_of(self, network, ash):
        a_draft()
        assert not queries.open_for(ash, localdate()).exists()
        assert not queries.for_the_audience(ash).exists()

    def test_one_question_to_the_database_whatever_there_is(self, network, ash, django_assert_num_queries):
        an_open_one()
        _ = ash.hats
        with django_assert_num_queries(1):
            list(queries.open_for(ash, localdate()))


class TestKnowing:
    def test_ask_fewer_know_more(self, network):
        """With 12 things to count and 40 people each number is off by 18. With 3 it is off by 4."""
        by_parts = {rung.parts: (rung.width, rung.says) for rung in knowing.expected(FORM, people=40).ladder}
        assert by_parts == {3: (4, "well"), 6: (9, "well"), 12: (18, "rough"), 24: (36, "nothing")}

    def test_each_sentence_costs_and_own_words_do_not(self, network):
        known = knowing.expected(FORM, people=40)
        assert known.parts == 5  # one to choose, one scale, one to rank, two sentences
        assert set(known.widths) == {"paid", "safe", "next", "said"}
        assert known.widths["next"] > 2 * known.widths["paid"]  # three marks each

    def test_under_the_floor_there_will_be_words_alone(self, network):
        assert knowing.expected(FORM, people=19).says == "few"
        assert knowing.expected(FORM, people=20).says != "few"
