"""You said, we did: the chain from what was found to what it came to, and nobody's name in it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils.timezone import localdate

from conftest import someone
from peerwork.ground.releases import signing_off
from peerwork.ground.releases.models import Release
from peerwork.voice.findings import answers, chains, findings, queries
from peerwork.voice.findings.chains import State, Whose
from peerwork.voice.findings.models import Answer, Finding

DAY = date(2026, 11, 2)
DUE = date(2026, 12, 24)


def put_up(words="Nobody debriefs after an overdose.", *, on=DAY, release=None):
    return findings.put_up(words, heard_in="the consultation in spring", on=on, release=release)


def promise(finding, *, on=DAY, words="Half an hour, paid, each time.", due_on=DUE):
    return answers.promise(finding, words=words, whose=Whose.CO_CHAIRS, due_on=due_on, on=on)


def said(verb, finding, words="Because there is no money for it.", *, on=DAY):
    return verb(finding, words=words, whose=Whose.COORDINATORS, on=on)


def chain_of(finding, *, today=DAY):
    return chains.of(Finding.objects.get(pk=finding.pk), today=today)


class TestTheChain:
    def test_it_goes_from_a_promise_over_steps_to_what_it_came_to(self, network):
        there = put_up()
        assert chain_of(there).state == State.WAITS
        promise(there)
        said(answers.step, there, "The pay is agreed.")
        said(answers.step, there, "It is in the roster.")
        assert chain_of(there).state == State.PROMISED
        said(answers.reply, there, "It happens now, most times.")
        chain = chain_of(there)
        assert chain.state == State.DONE
        assert [answer.place for answer in chain.answers] == [1, 2, 3, 4]
        assert [answer.kind for answer in chain.answers] == ["promise", "step", "step", "reply"]

    def test_a_no_needs_its_reason(self, network):
        there = put_up()
        for empty in ("", "  \n "):
            with pytest.raises(answers.NoReason):
                said(answers.refuse, there, empty)
        assert chain_of(there).state == State.WAITS
        said(answers.refuse, there)
        assert chain_of(there).state == State.REFUSED

    def test_there_are_no_steps_without_a_promise(self, network):
        there = put_up()
        for verb in (answers.step, answers.reply):
            with pytest.raises(answers.NotNow):
                said(verb, there)
        said(answers.refuse, there)
        for verb in (answers.step, answers.reply, answers.refuse):
            with pytest.raises(answers.NotNow):
                said(verb, there)

    def test_a_no_can_become_a_promise_and_a_promise_a_no_and_both_stay_to_be_read(self, network):
        there = put_up()
        said(answers.refuse, there)
        promise(there)
        said(answers.refuse, there, "The money did not come.")
        assert [answer.kind for answer in chain_of(there).answers] == ["no", "promise", "no"]
        assert chain_of(there).state == State.REFUSED

    def test_what_has_come_to_its_end_stays_as_it_is(self, network):
        there = put_up()
        promise(there)
        said(answers.reply, there)
        for verb in (answers.step, answers.reply, answers.refuse):
            with pytest.raises(answers.NotNow):
                said(verb, there)
        with pytest.raises(answers.NotNow):
            promise(there)

    def test_two_who_answer_at_once_do_not_stand_on_the_same_step(self, network):
        there = put_up()
        first = promise(there)
        with pytest.raises(IntegrityError):
            Answer.objects.create(
                finding=there, kind="no", words="No.", whose="co_chairs", written_on=DAY, place=first.place
            )

    def test_only_a_role_or_a_group_stands_for_it(self, network, kas):
        with pytest.raises(ValueError, match="Kas"):
            answers.refuse(put_up(), words="No.", whose="Kas", on=DAY)

    def test_no_column_holds_a_person(self):
        columns = {field.name for model in (Finding, Answer) for field in model._meta.concrete_fields}
        assert columns == {
            "id", "words", "heard_in", "release", "found_on", "answered_on", "finding", "kind", "whose", "due_on",
            "written_on", "place",
        }  # fmt: skip
        assert not any(
            field.is_relation and field.related_model is not Finding
            for model in (Finding, Answer)
            for field in model._meta.concrete_fields
        )


class TestItsAge:
    def test_it_counts_whole_weeks_while_nobody_answers(self, network):
        there = put_up()
        weeks = [chain_of(there, today=DAY + timedelta(days=days)).weeks for days in (0, 6, 7, 13, 70)]
        assert weeks == [0, 0, 1, 1, 10]

    def test_the_first_answer_has_its_day_and_the_second_does_not_move_it(self, network):
        there = put_up()
        promise(there, on=DAY + timedelta(days=9))
        said(answers.step, there, on=DAY + timedelta(days=20))
        there.refresh_from_db()
        assert there.answered_on == DAY + timedelta(days=9)

    def test_a_promise_is_late_from_the_day_after_until_somebody_says_what_it_came_to(self, network):
        there = put_up()
        promise(there)
        after = DUE + timedelta(days=1)
        assert [chain_of(there, today=day).is_late for day in (DUE, after)] == [False, True]
        said(answers.reply, there, on=after)
        assert not chain_of(there, today=after).is_late

    def test_a_new_promise_has_its_own_day(self, network):
        there = put_up()
        promise(there)
        said(answers.refuse, there)
        promise(there, due_on=DUE + timedelta(days=30))
        assert chain_of(there).due_on == DUE + timedelta(days=30)

    def test_what_waits_stands_first_the_oldest_on_top(self, network, ash):
        young, old, kept, done = (
            put_up(str(days), on=DAY - timedelta(days=days)) for days in (3, 40, 20, 30)
        )
        promise(kept)
        said(answers.refuse, done)
        found = queries.listed(ash, today=DAY)
        assert [chain.finding for chain in found.waiting] == [old, young]
        assert [chain.finding for chain in found.promised] == [kept]
        assert [chain.finding for chain in found.over] == [done]


class TestTakingItBack:
    def test_on_the_same_day_it_is_gone_as_if_it_had_never_been(self, network):
        there = put_up()
        findings.take_back(there, today=DAY)
        assert not Finding.objects.exists()

    def test_the_next_day_it_stays(self, network):
        with pytest.raises(findings.TooLate):
            findings.take_back(put_up(), today=DAY + timedelta(days=1))

    def test_once_it_is_answered_it_stays(self, network):
        there = put_up()
        promise(there)
        with pytest.raises(findings.TooLate):
            findings.take_back(there, today=DAY)

    def test_the_last_answer_too_on_its_own_day_and_then_the_finding_waits_again(self, network):
        there = put_up(on=DAY - timedelta(days=30))
        promise(there)
        answers.take_back(there, today=DAY)
        there.refresh_from_db()
        assert there.answered_on is None
        assert chain_of(there).state == State.WAITS
        assert chain_of(there).weeks == 4

    def test_only_the_last_and_not_a_day_later(self, network):
        there = put_up()
        promise(there)
        said(answers.step, there, on=DAY + timedelta(days=1))
        answers.take_back(there, today=DAY + timedelta(days=1))
        with pytest.raises(findings.TooLate):
            answers.take_back(there, today=DAY + timedelta(days=1))
        assert Finding.objects.get().answered_on == DAY


def a_release(title="What is hard?", *, out=False):
    made = Release.objects.create(
        population="peers", period="consultation.x", question=title, kind="words", title=title, body={},
        made_on=DAY - timedelta(days=10), outside_from=DAY - timedelta(days=3), mark="x",
    )  # fmt: skip
    for name in ("Rene", "Mick") if out else ():
        signing_off.sign(made, uuid4(), name)
    return made


class TestWhoReadsIt:
    @pytest.fixture
    def readers(self, network, ash, rene, jude, kim, morgan, priya, fran):
        def who(*, today):
            here = (ash, rene, jude, kim, morgan, priya, fran)
            return {p.name for p in here if queries.open_to(p, today=today).exists()}

        return who

    def test_on_its_first_day_peers_who_manage_nobody_and_from_then_on_everybody(self, readers):
        put_up()
        assert readers(today=DAY) == {"Ash", "Rene", "Jude"}
        everybody = {"Ash", "Rene", "Jude", "Kim", "Morgan", "Priya", "Fran"}
        assert readers(today=DAY + timedelta(days=1)) == everybody

    def test_what_rests_on_a_release_stays_with_them_until_that_is_out(self, readers):
        draft = a_release()
        put_up(release=draft.pk)
        later = DAY + timedelta(days=30)
        assert readers(today=later) == {"Ash", "Rene", "Jude"}
        signing_off.sign(draft, uuid4(), "Rene")
        assert readers(today=later) == {"Ash", "Rene", "Jude"}
        signing_off.sign(draft, uuid4(), "Mick")
        assert "Fran" in readers(today=later)

    def test_a_co_chair_who_manages_staff_waits_like_anybody_who_manages_staff(self, network):
        both = someone("Bo", "peer", "co_chair", "manager")
        put_up()
        assert not queries.open_to(both, today=DAY).exists()

    def test_a_stranger_reads_nothing(self, network):
        put_up()
        assert not queries.open_to(someone("Nobody"), today=DAY + timedelta(days=9)).exists()

    def test_for_the_bulletin_there_is_what_everybody_reads_the_newest_first(
        self, network, django_assert_num_queries
    ):
        today = localdate()
        put_up("of today", on=today)
        put_up("of a draft", on=today - timedelta(days=9), release=a_release().pk)
        out = put_up("of what is out", on=today - timedelta(days=8), release=a_release("Else", out=True).pk)
        newest = put_up("of yesterday", on=today - timedelta(days=1))
        promise(newest)
        with django_assert_num_queries(2):
            found = list(queries.recent()[:4])
            assert [answer.kind for answer in found[0].answers.all()] == ["promise"]
        assert found == [newest, out]
