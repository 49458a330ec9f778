"""Who is on duty, and how it changes hands.

Sam works nights and fears a phone that rings when he is off, and being put on without a word. Rosa has to swap because
of dosing, or of court, and should not have to explain. Jude fears the hole that everybody thought somebody else had.
"""

import pytest
import time_machine

from conftest import someone
from peerwork.people.members import persons
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import duties, duty, limits, rest, swaps, terms, undoing
from peerwork.support.line.roster.limits import Broken, Why
from peerwork.support.line.roster.models import Duty, SwapOffer
from peerwork.support.line.roster.tests.nights import FIRST, MONDAY, SECOND, a_shift, can_be_rung, duty_of, on

TEN_MINUTES_AND_A_BIT = 601


def broken_by(move):
    with pytest.raises(Broken) as told:
        move()
    assert told.value.says
    return set(told.value.why)


class TestTaking:
    def test_rosa_takes_an_open_place_and_twice_is_once(self, rosa):
        shift = a_shift()
        duties.take(shift, Turn.FIRST, by=rosa)
        duties.take(shift, Turn.FIRST, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}

    def test_nobody_is_second_alone(self, rosa, sam):
        shift = a_shift()
        assert broken_by(lambda: duties.take(shift, Turn.SECOND, by=rosa)) == {Why.ALONE}
        duties.take(shift, Turn.FIRST, by=sam)
        duties.take(shift, Turn.SECOND, by=rosa)
        assert broken_by(lambda: duties.take(shift, Turn.SECOND, by=sam)) == {Why.ALONE}
        assert on(shift) == {FIRST: "Sam", SECOND: "Rosa"}

    def test_nobody_is_on_twice_at_a_time(self, rosa):
        a_shift(first=rosa)
        other = a_shift(in_hours=8)
        assert broken_by(lambda: duties.take(other, Turn.FIRST, by=rosa)) == {Why.TWICE}

    def test_twelve_hours_lie_between_two_shifts(self, rosa):
        a_shift(first=rosa, in_hours=6)
        early, late = a_shift(in_hours=21), a_shift(in_hours=22)
        assert broken_by(lambda: duties.take(early, Turn.FIRST, by=rosa)) == {Why.REST}
        duties.take(late, Turn.FIRST, by=rosa)
        assert on(late) == {FIRST: "Rosa"}

    def test_the_rest_before_counts_as_the_rest_after(self, rosa):
        a_shift(first=rosa, in_hours=21)
        assert broken_by(lambda: duties.take(a_shift(in_hours=6), Turn.FIRST, by=rosa)) == {Why.REST}

    def test_two_shifts_that_touch_are_one_and_have_an_end(self, rosa):
        a_shift(first=rosa, in_hours=6, hours=2)
        duties.take(a_shift(in_hours=8, hours=2), Turn.FIRST, by=rosa)
        assert broken_by(lambda: duties.take(a_shift(in_hours=10, hours=1), Turn.FIRST, by=rosa)) == {
            Why.LONG
        }

    def test_twenty_hours_in_two_weeks_and_then_it_is_enough(self, rosa):
        for day in (0, 2, 4, 6, 13):
            a_shift(first=rosa, in_hours=6 + 24 * day)
        assert broken_by(lambda: duties.take(a_shift(in_hours=6 + 24 * 8), Turn.FIRST, by=rosa)) == {
            Why.HOURS
        }
        duties.take(a_shift(in_hours=6 + 24 * 18), Turn.FIRST, by=rosa)

    def test_the_network_chooses_these_numbers(self, rosa):
        terms.change(rest_hours=8)
        a_shift(first=rosa, in_hours=6)
        duties.take(a_shift(in_hours=18), Turn.FIRST, by=rosa)

    def test_what_is_over_is_not_taken(self, rosa):
        shift = a_shift(in_hours=-5)
        assert broken_by(lambda: duties.take(shift, Turn.FIRST, by=rosa)) == {Why.OVER}

    def test_whoever_does_not_answer_the_line_is_not_put_on(self, ash, morgan):
        for person in (ash, someone("Ida", "peer", "supporter", "manager"), morgan):
            shift = a_shift()
            assert broken_by(lambda shift=shift, by=person: duties.take(shift, Turn.FIRST, by=by)) == {
                Why.NOT_ANSWERING
            }

    def test_whoever_rests_comes_back_first(self, rosa):
        rest.rest_today(rosa)
        shift = a_shift()
        assert broken_by(lambda: duties.take(shift, Turn.FIRST, by=rosa)) == {Why.RESTS}
        rest.come_back(rosa)
        duties.take(shift, Turn.FIRST, by=rosa)


class TestTakingOver:
    def test_in_the_middle_of_a_shift_rosa_takes_over_though_she_had_one_this_morning(self, rosa, sam):
        a_shift(first=rosa, in_hours=-8)
        shift = a_shift(first=sam, in_hours=-1)
        duties.take(shift, Turn.FIRST, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}
        assert can_be_rung(rosa, MONDAY)
        assert not can_be_rung(sam, MONDAY)

    def test_tomorrow_the_same_rest_would_stand_in_the_way(self, rosa, sam):
        a_shift(first=rosa, in_hours=1)
        shift = a_shift(first=sam, in_hours=6)
        assert broken_by(lambda: duties.take(shift, Turn.FIRST, by=rosa)) == {Why.REST}

    def test_even_now_nobody_is_in_two_places(self, rosa, sam):
        a_shift(first=rosa, in_hours=-1)
        shift = a_shift(first=sam, in_hours=-1)
        assert broken_by(lambda: duties.take(shift, Turn.FIRST, by=rosa)) == {Why.TWICE}

    def test_the_second_moves_up_and_the_second_place_is_open(self, rosa, sam):
        shift = a_shift(first=sam, second=rosa, in_hours=-1)
        duties.take(shift, Turn.FIRST, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}

    def test_who_asks_for_cover_is_on_duty_until_somebody_has_it(self, rosa, sam):
        shift = a_shift(first=sam, in_hours=-1)
        duties.ask_for_cover(duty_of(sam, shift))
        assert can_be_rung(sam, MONDAY)
        duties.take(shift, Turn.FIRST, by=rosa)
        assert not can_be_rung(sam, MONDAY)
        assert not duty_of(rosa, shift).wants_out

    def test_whoever_rests_comes_back_before_they_do_it_after_all(self, sam):
        shift = a_shift(first=sam)
        rest.rest_today(sam)
        assert broken_by(lambda: duties.keep(duty_of(sam, shift))) == {Why.RESTS}
        assert duty_of(sam, shift).wants_out
        rest.come_back(sam)
        duties.keep(duty_of(sam, shift))
        assert not duty_of(sam, shift).wants_out

    def test_what_changed_hands_meanwhile_is_not_asked_for_in_anothers_name(self, rosa, sam):
        shift = a_shift(first=sam)
        was_his = duty_of(sam, shift)
        duties.take(shift, Turn.FIRST, by=rosa)
        duties.ask_for_cover(was_his)
        assert not duty_of(rosa, shift).wants_out

    def test_the_night_opens_the_places_of_whoever_stopped_answering(self, rosa, sam):
        shift = a_shift(first=sam, second=rosa)
        persons.wear(sam, {"peer", "supporter", "manager"})
        assert {str(one.person) for one in duty.stretches(MONDAY, shift.ends_at)} == {str(rosa.pk)}  # at once
        duties.let_go_of_those_who_stopped()
        assert on(shift) == {SECOND: "Rosa"}


class TestSwapping:
    @pytest.fixture
    def friday(self, rosa):
        return a_shift(first=rosa, in_hours=102)

    @pytest.fixture
    def sunday(self, sam):
        return a_shift(second=sam, in_hours=150)

    @pytest.fixture
    def offered(self, rosa, sam, friday, sunday):
        return swaps.offer(duty_of(rosa, friday), theirs=duty_of(sam, sunday))

    def test_until_sam_says_yes_nothing_changes_and_then_both_do(self, offered, friday, sunday):
        assert (on(friday), on(sunday)) == ({FIRST: "Rosa"}, {SECOND: "Sam"})
        swaps.accept(offered)
        assert (on(friday), on(sunday)) == ({FIRST: "Sam"}, {SECOND: "Rosa"})
        assert not SwapOffer.objects.exists()

    def test_a_duty_is_offered_for_one_other_at_a_time(self, offered, rosa, friday, mick):
        other = a_shift(first=mick, in_hours=200)
        swaps.offer(duty_of(rosa, friday), theirs=duty_of(mick, other))
        assert SwapOffer.objects.get().theirs.person == mick

    def test_declined_and_taken_back_leave_the_same_nothing(self, offered, friday, sunday):
        swaps.let_go(offered)
        assert not SwapOffer.objects.exists()
        assert (on(friday), on(sunday)) == ({FIRST: "Rosa"}, {SECOND: "Sam"})
        assert broken_by(lambda: swaps.accept(offered)) == {Why.OVER}

    def test_an_offer_is_gone_when_one_of_the_two_changes_hands(self, offered, mick, friday):
        duties.take(friday, Turn.FIRST, by=mick)
        assert not SwapOffer.objects.exists()

    def test_an_offer_that_does_not_fit_any_more_changes_nothing(self, offered, sam, friday, sunday):
        a_shift(first=sam, in_hours=100, hours=1)
        assert broken_by(lambda: swaps.accept(offered)) == {Why.REST}
        assert (on(friday), on(sunday)) == ({FIRST: "Rosa"}, {SECOND: "Sam"})

    def test_each_gives_one_away_so_that_one_is_not_in_the_way(self, rosa, sam):
        """Rosa's Friday evening is too near Sam's Saturday morning, but she gives it away."""
        evening, morning = a_shift(first=rosa, in_hours=102), a_shift(first=sam, in_hours=114)
        swaps.accept(swaps.offer(duty_of(rosa, evening), theirs=duty_of(sam, morning)))
        assert (on(evening), on(morning)) == ({FIRST: "Sam"}, {FIRST: "Rosa"})

    def test_whoever_is_on_for_too_long_already_may_still_swap_and_it_becomes_no_more(self, rosa, sam):
        for day in range(1, 7):
            a_shift(first=rosa, in_hours=6 + 24 * day)
        hers, his = a_shift(first=rosa, in_hours=6 + 24 * 7), a_shift(first=sam, in_hours=6 + 24 * 8)
        longer = a_shift(first=sam, in_hours=6 + 24 * 9, hours=4.5)
        assert broken_by(lambda: swaps.offer(duty_of(rosa, hers), theirs=duty_of(sam, longer))) >= {Why.HOURS}
        swaps.accept(swaps.offer(duty_of(rosa, hers), theirs=duty_of(sam, his)))
        assert on(hers) == {FIRST: "Sam"}

    def test_what_has_begun_is_not_swapped(self, rosa, sam, sunday):
        begun = a_shift(first=rosa, in_hours=-1)
        assert broken_by(lambda: swaps.offer(duty_of(rosa, begun), theirs=duty_of(sam, sunday))) == {Why.OVER}

    def test_two_of_one_shift_have_nothing_to_swap(self, rosa, sam):
        shift = a_shift(first=rosa, second=sam)
        assert broken_by(lambda: swaps.offer(duty_of(rosa, shift), theirs=duty_of(sam, shift))) == {Why.TWICE}


class TestUndoing:
    def taken_over(self, shift, by):
        before = undoing.state_of([shift.pk])
        duties.take(shift, Turn.FIRST, by=by)
        return undoing.ticket(before, by=by)

    def test_it_goes_back_and_forth(self, rosa, sam):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        again = undoing.undo(shown, by=rosa)
        assert on(shift) == {FIRST: "Sam"}
        undoing.undo(again, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}

    def test_a_swap_is_undone_whole(self, rosa, sam):
        friday, sunday = a_shift(first=rosa, in_hours=102), a_shift(second=sam, in_hours=150)
        offered = swaps.offer(duty_of(rosa, friday), theirs=duty_of(sam, sunday))
        before = undoing.state_of([friday.pk, sunday.pk])
        swaps.accept(offered)
        undoing.undo(undoing.ticket(before, by=sam), by=sam)
        assert (on(friday), on(sunday)) == ({FIRST: "Rosa"}, {SECOND: "Sam"})

    def test_moving_up_is_undone(self, rosa, sam):
        shift = a_shift(first=sam, second=rosa)
        undoing.undo(self.taken_over(shift, rosa), by=rosa)
        assert on(shift) == {FIRST: "Sam", SECOND: "Rosa"}

    def test_after_ten_minutes_it_is_too_late(self, rosa, sam):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        later = time_machine.travel(MONDAY.timestamp() + TEN_MINUTES_AND_A_BIT, tick=False)
        with later, pytest.raises(undoing.TooLate):
            undoing.undo(shown, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}

    def test_nobody_undoes_what_somebody_else_did(self, rosa, sam):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        with pytest.raises(undoing.TooLate):
            undoing.undo(shown, by=sam)
        with pytest.raises(undoing.TooLate):
            undoing.undo("made up", by=rosa)

    def test_what_somebody_changed_since_stays(self, rosa, sam, mick):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        duties.take(shift, Turn.SECOND, by=mick)
        with pytest.raises(undoing.TooLate):
            undoing.undo(shown, by=rosa)
        assert on(shift) == {FIRST: "Rosa", SECOND: "Mick"}

    def test_nobody_is_on_twice_because_somebody_undid_something(self, rosa, sam):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        duties.take(a_shift(in_hours=7), Turn.FIRST, by=sam)
        with pytest.raises(Broken):
            undoing.undo(shown, by=rosa)
        assert on(shift) == {FIRST: "Rosa"}

    def test_what_a_rule_stands_against_leaves_nothing_half_done(self, rosa, sam):
        shift = a_shift(first=sam)

        def half():
            duties.take(shift, Turn.FIRST, by=rosa)
            raise Broken(Why.OVER)

        with pytest.raises(Broken):
            undoing.moved([shift.pk], half, by=rosa)
        assert on(shift) == {FIRST: "Sam"}

    def test_whoever_rests_by_now_comes_back_onto_the_roster_asking_for_cover(self, rosa, sam):
        shift = a_shift(first=sam)
        shown = self.taken_over(shift, rosa)
        rest.rest_today(sam)
        undoing.undo(shown, by=rosa)
        assert duty_of(sam, shift).wants_out

    def test_where_nothing_changed_there_is_nothing_to_undo(self, rosa):
        shift = a_shift(first=rosa)
        assert undoing.ticket(undoing.state_of([shift.pk]), by=rosa) == ""


def test_every_reason_has_words(network):
    assert all(limits.said(list(Why), terms.terms()))


def test_nothing_of_an_undo_is_kept_anywhere(rosa, sam):
    shift = a_shift(first=sam)
    duties.take(shift, Turn.FIRST, by=rosa)
    assert set(Duty.objects.values().get()) == {"id", "shift_id", "person_id", "turn", "wants_out"}
    assert not Duty.objects.filter(person=sam).exists()
