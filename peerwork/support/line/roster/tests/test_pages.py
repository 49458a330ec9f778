"""The pages of the roster, as the cast would use them.

Sam, on a phone between two night shifts, fears being put on without a word. Rosa swaps because of court and gives no
reason. Jude plans, and fears the Sunday that everybody thought somebody else had. And Morgan, a peer who also manages
staff, must see none of it: not a name, not an hour, not that somebody is missing.
"""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils.timezone import localdate

from conftest import is_named
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import duties, load, never, swaps
from peerwork.support.line.roster.models import Duty, Rest, Shift, Supporter, SwapOffer
from peerwork.support.line.roster.tests.nights import FIRST, SECOND, a_shift, duty_of, on
from peerwork.support.line.roster.tests.pages import MINE, RUN, at, post, undo_in


class TestMine:
    def test_sam_sees_his_shifts_what_is_open_and_who_is_on(self, seen_by, sam, rosa):
        a_shift(first=sam, second=rosa, in_hours=-1)
        a_shift(first=sam, in_hours=30)
        a_shift(first=rosa, in_hours=60)
        page = seen_by(sam, MINE)
        for words in ("On at this moment", "You are first on call", "These are open", "No second", "Rosa"):
            assert words in page

    def test_where_nothing_is_planned_it_says_so(self, seen_by, sam):
        assert "You are only rung when you are on." in seen_by(sam, MINE)

    def test_what_is_open_is_offered_to_whoever_carried_less(self, seen_by, sam, rosa):
        a_shift(in_hours=30)
        load.add(rosa, 20)
        assert "offered to you first" in seen_by(sam, MINE)
        page = seen_by(rosa, MINE)
        assert "offered to you first" not in page
        assert "Also open" in page

    def test_nobody_reads_how_much_another_carried(self, seen_by, sam, rosa):
        load.add(rosa, 60)
        assert "You carried a lot" in seen_by(rosa, MINE)
        assert "carried a lot" not in seen_by(sam, MINE)
        assert "60" not in re.sub(r"<[^>]+>", "", seen_by(rosa, MINE))

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_page_asks_as_many_questions_however_long_the_roster_is(
        self, many, sign_in, sam, rosa, django_assert_num_queries
    ):
        for day in range(many):
            a_shift(first=sam, in_hours=30 + 24 * day)
            a_shift(second=rosa, in_hours=36 + 24 * day)
        client = sign_in(sam)
        with django_assert_num_queries(11):
            client.get(MINE)

    @pytest.mark.parametrize("many", [1, 3])
    def test_neither_do_the_pages_of_one_shift_and_of_all(
        self, many, sign_in, sam, rosa, jude, django_assert_num_queries
    ):
        made = [a_shift(first=sam, second=rosa, in_hours=30 + 24 * day) for day in range(many)]
        client = sign_in(sam)
        with django_assert_num_queries(10):
            client.get(at(made[0]))
        client = sign_in(jude)
        with django_assert_num_queries(5):
            client.get(RUN)


class TestOneShift:
    def test_rosa_takes_what_is_open_and_takes_it_back(self, sign_in, rosa):
        shift, client = a_shift(), sign_in(rosa)
        page = post(client, at(shift, "duty"), duty="take", turn=FIRST)
        assert "You are on. Thank you." in page
        page = post(client, "/line/undo/", undo=undo_in(page))
        assert "It is as it was before." in page
        assert on(shift) == {}
        post(client, "/line/undo/", undo=undo_in(page))
        assert on(shift) == {FIRST: "Rosa"}

    def test_the_undo_stands_on_the_next_page_and_no_longer(self, sign_in, rosa):
        client = sign_in(rosa)
        assert 'name="undo"' in post(client, at(a_shift(), "duty"), duty="take", turn=FIRST)
        assert 'name="undo"' not in client.get(MINE).content.decode()

    def test_tapped_twice_it_can_still_be_undone(self, sign_in, rosa, sam):
        shift, client = a_shift(first=sam), sign_in(rosa)
        client.post(at(shift, "duty"), {"duty": "take", "turn": FIRST})
        page = post(client, at(shift, "duty"), duty="take", turn=FIRST)
        post(client, "/line/undo/", undo=undo_in(page))
        assert on(shift) == {FIRST: "Sam"}

    @pytest.mark.django_db(transaction=True)
    def test_what_mick_did_in_the_same_moment_is_not_undone_with_it(
        self, sign_in, rosa, sam, mick, monkeypatch
    ):
        shift, client, take = a_shift(first=sam), sign_in(rosa), duties.take

        def micks_hand():
            take(shift, Turn.SECOND, by=mick)
            connection.close()

        hand = Thread(target=micks_hand)

        def in_the_same_moment(*said, **more):
            hand.start()
            hand.join(0.3)  # as far as he is let
            return take(*said, **more)

        monkeypatch.setattr(duties, "take", in_the_same_moment)
        page = post(client, at(shift, "duty"), duty="take", turn=FIRST)
        hand.join()
        post(client, "/line/undo/", undo=undo_in(page))
        assert on(shift)[SECOND] == "Mick"

    def test_a_rule_is_told_where_the_button_would_be(self, sign_in, seen_by, rosa):
        a_shift(first=rosa, in_hours=6)
        shift = a_shift(in_hours=20)
        page = seen_by(rosa, at(shift))
        assert "There are 12 hours of rest between two shifts." in page
        assert "I take it" not in page
        page = post(sign_in(rosa), at(shift, "duty"), duty="take", turn=FIRST)
        assert "Nothing changed. There are 12 hours of rest" in page
        assert on(shift) == {}

    def test_rosa_asks_for_cover_stays_on_and_sam_does_it_for_her(self, sign_in, rosa, sam):
        shift = a_shift(first=rosa)
        page = post(sign_in(rosa), at(shift, "duty"), duty="cover", turn=FIRST)
        assert "You are on until somebody takes it." in page
        assert on(shift) == {FIRST: "Rosa"}
        client = sign_in(sam)
        assert "Somebody asks for cover" in client.get(MINE).content.decode()
        page = post(client, at(shift, "duty"), duty="take", turn=FIRST)
        assert "You are on instead of Rosa." in page
        assert on(shift) == {FIRST: "Sam"}

    def test_rosa_changes_her_mind(self, sign_in, rosa):
        shift = a_shift(first=rosa)
        client = sign_in(rosa)
        post(client, at(shift, "duty"), duty="cover", turn=FIRST)
        post(client, at(shift, "duty"), duty="keep", turn=FIRST)
        assert not duty_of(rosa, shift).wants_out

    def test_nobody_asks_for_cover_in_anothers_name(self, sign_in, rosa, sam):
        shift = a_shift(first=rosa)
        assert sign_in(sam).post(at(shift, "duty"), {"duty": "cover", "turn": FIRST}).status_code == 404
        assert not duty_of(rosa, shift).wants_out

    def test_a_button_that_is_none_changes_nothing(self, sign_in, rosa):
        shift, client = a_shift(), sign_in(rosa)
        for said in ({"duty": "all", "turn": FIRST}, {"duty": "take", "turn": "third"}, {}):
            assert "Nothing changed." in post(client, at(shift, "duty"), **said)
        assert not Duty.objects.exists()

    def test_too_late_an_undo_says_so(self, sign_in, rosa):
        assert "Too late to undo" in post(sign_in(rosa), "/line/undo/", undo="made up")

    def test_a_swap_is_offered_and_sam_says_yes(self, sign_in, rosa, sam):
        friday, sunday = a_shift(first=rosa, in_hours=102), a_shift(second=sam, in_hours=150)
        client = sign_in(rosa)
        assert f'value="{sunday.pk}.second"' in client.get(at(friday)).content.decode()
        page = post(client, at(friday, "swap"), **{"for": f"{sunday.pk}.second"})
        assert "Sam is asked. Until they say yes, nothing changes." in page
        client = sign_in(sam)
        assert "Rosa asks you to swap" in client.get(MINE).content.decode()
        page = post(client, f"/line/swaps/{SwapOffer.objects.get().pk}/", swap="yes")
        assert "Swapped with Rosa." in page
        assert (on(friday), on(sunday)) == ({FIRST: "Sam"}, {SECOND: "Rosa"})
        post(client, "/line/undo/", undo=undo_in(page))
        assert (on(friday), on(sunday)) == ({FIRST: "Rosa"}, {SECOND: "Sam"})

    def test_whoever_asked_cannot_say_yes_for_the_other(self, sign_in, rosa, sam, mick):
        friday, sunday = a_shift(first=rosa, in_hours=102), a_shift(first=sam, in_hours=150)
        offered = swaps.offer(duty_of(rosa, friday), theirs=duty_of(sam, sunday))
        assert sign_in(mick).post(f"/line/swaps/{offered.pk}/", {"swap": "yes"}).status_code == 404
        sign_in(rosa).post(f"/line/swaps/{offered.pk}/", {"swap": "yes"})  # to her it is a taking back
        assert on(friday) == {FIRST: "Rosa"}
        assert not SwapOffer.objects.exists()

    def test_a_shift_that_does_not_fit_both_is_not_in_the_list(self, seen_by, rosa, sam):
        friday = a_shift(first=rosa, in_hours=102)
        a_shift(first=sam, in_hours=100, hours=1)
        fits = a_shift(first=sam, in_hours=150)
        assert f"{fits.pk}.first" not in seen_by(rosa, at(friday))  # Sam is on two hours before Friday's
        Shift.objects.exclude(pk__in=[friday.pk, fits.pk]).delete()
        assert f"{fits.pk}.first" in seen_by(rosa, at(friday))

    def test_a_made_up_swap_changes_nothing_and_an_impossible_one_says_why(self, sign_in, rosa, sam):
        friday, near = a_shift(first=rosa, in_hours=102), a_shift(first=sam, in_hours=100, hours=1)
        also = a_shift(first=sam, in_hours=150)
        client = sign_in(rosa)
        for said in ("", "x.first", f"{near.pk}.third", f"{near.pk}.second"):
            assert "Nothing changed. That shift is over." in post(client, at(friday, "swap"), **{"for": said})
        assert "Nothing changed." in post(client, at(friday, "swap"), **{"for": f"{also.pk}.first"})
        assert not SwapOffer.objects.exists()


class TestRest:
    def test_sam_rests_and_his_shift_asks_for_somebody(self, sign_in, sam):
        tonight, later = a_shift(first=sam, in_hours=6), a_shift(first=sam, in_hours=60)
        client = sign_in(sam)
        assert "You are off from this moment." in post(client, "/line/rest/", rest="today")
        assert duty_of(sam, tonight).wants_out
        assert not duty_of(sam, later).wants_out
        assert "Until Tuesday 24 November, 5 a.m. nobody rings you." in client.get(MINE).content.decode()
        post(client, "/line/rest/", rest="over")
        assert not Rest.objects.exists()

    def test_while_sam_rests_he_cannot_promise_to_be_there(self, sign_in, seen_by, sam, rosa):
        tonight, client = a_shift(first=sam, in_hours=6), sign_in(sam)
        post(client, "/line/rest/", rest="today")
        page = seen_by(rosa, at(tonight))
        assert "Sam is off then, and is not rung." in page
        assert "is on until somebody takes it" not in page
        client = sign_in(sam)
        page = client.get(at(tonight)).content.decode()
        assert "I do it after all" not in page
        assert "You rest then, and nobody rings you." in page
        assert "That is in a time of rest" in post(client, at(tonight, "duty"), duty="keep", turn=FIRST)
        assert duty_of(sam, tonight).wants_out
        post(client, "/line/rest/", rest="over", turn=FIRST)
        post(client, at(tonight, "duty"), duty="keep", turn=FIRST)
        assert not duty_of(sam, tonight).wants_out

    def test_a_week_and_a_day_of_ones_own_choice(self, sign_in, sam):
        client = sign_in(sam)
        post(client, "/line/rest/", rest="week")
        assert Rest.objects.get().off_until == localdate() + timedelta(days=7)
        day = localdate() + timedelta(days=20)
        post(client, "/line/rest/", rest="until", last_day=day.isoformat())
        assert Rest.objects.get().off_until == day

    def test_a_day_in_the_past_is_told_beside_the_field_and_nothing_is_lost(self, sign_in, sam):
        page = post(sign_in(sam), "/line/rest/", rest="until", last_day="2026-01-01")
        assert "Choose a day from today on" in page
        assert 'value="2026-01-01"' in page
        assert not Rest.objects.exists()


class TestWhatISay:
    def test_rosa_says_what_she_likes_and_takes_it_back(self, sign_in, rosa):
        client = sign_in(rosa)
        post(client, "/line/me/", is_woman="on", speaks=["vi", "en"], not_my_workplace="on")
        kept = Supporter.objects.get()
        assert (kept.is_woman, kept.speaks, kept.only_women, kept.not_my_workplace) == (
            True, ["vi", "en"], False, True,
        )  # fmt: skip
        post(client, "/line/me/", speaks=["vi"])
        assert not Supporter.objects.get().is_woman

    def test_ash_who_asks_chooses_whom_never_to_meet_and_nobody_is_told(
        self, sign_in, seen_by, ash, rosa, sam
    ):
        client = sign_in(ash)
        post(client, "/line/never/", whom=[str(sam.pk)], whom_shown="yes")
        assert [one.name for one in never.of(ash)] == ["Sam"]
        assert not is_named("Ash", seen_by(sam, "/line/never/"))
        post(sign_in(ash), "/line/never/", whom_shown="yes")
        assert not never.of(ash).exists()

    def test_by_name_nobody_learns_who_is_here(self, sign_in, sam, ash):
        client = sign_in(sam)
        there = post(client, "/line/never/by-name/", name=" ash ", never="yes")
        nobody = post(client, "/line/never/by-name/", name="Zephyr", never="yes")
        assert [one.name for one in never.of(sam)] == ["Ash"]
        assert _plain(there) == _plain(nobody)
        assert not is_named("Ash", there)
        post(client, "/line/never/by-name/", name="Ash", never="no")
        assert not never.of(sam).exists()

    def test_saving_the_list_keeps_a_wish_that_is_not_in_it(self, sign_in, sam, rosa, ash):
        never.wish(sam, "Ash")
        post(sign_in(sam), "/line/never/", whom=[str(rosa.pk)], whom_shown="yes")
        assert {one.name for one in never.of(sam)} == {"Ash", "Rosa"}

    def test_an_empty_name_is_told(self, sign_in, sam):
        assert "wrong" in post(sign_in(sam), "/line/never/by-name/", name="", never="yes")


def _plain(page):
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)


class TestMorgan:
    @pytest.mark.parametrize("who", ["morgan", "priya", "fran", "ash"])
    def test_the_roster_is_a_wall_to_all_who_neither_answer_nor_plan(self, request, sign_in, who, sam):
        shift = a_shift(first=sam)
        client = sign_in(request.getfixturevalue(who))
        for address in (MINE, at(shift), RUN, f"{RUN}plan/", f"{RUN}terms/", "/line/me/"):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404

    def test_morgan_who_answered_before_he_managed_sees_nothing_any_more(self, sign_in, seen_by, sam):
        from peerwork.people.members import persons

        shift = a_shift(first=sam)
        assert "first on call" in seen_by(sam, MINE)
        persons.wear(sam, {"peer", "supporter", "manager", "coordinator"})
        for address in (MINE, at(shift), RUN, "/line/never/"):
            assert sign_in(sam).get(address).status_code == 404

    def test_a_shift_that_is_over_is_a_wall_even_for_sam(self, sign_in, sam):
        assert sign_in(sam).get(at(a_shift(first=sam, in_hours=-9))).status_code == 404


def test_taking_over_now_says_what_it_does(seen_by, rosa, sam):
    shift = a_shift(first=sam, in_hours=-1)
    page = seen_by(rosa, at(shift))
    assert "I take over now" in page
    assert "Calls come to you from this moment, and not to Sam." in page
