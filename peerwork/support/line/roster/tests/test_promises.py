"""What is promised to whoever asks is never false, and nobody is rung who is not on duty.

Kas asks at four in the morning. What she fears is a sentence that does not hold: “we ring you back”, and nobody does.
Sam fears the other side of it: a promise somebody else's page made, with his evening. So rosters are made up by the
hundred, and whatever is promised is looked up in them, by a reckoning that shares no line with the code.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import MELBOURNE, someone
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import persons
from peerwork.people.vault.tests.rings import given as with_a_key
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import duty, load, never, promises, recipients, rest, supporters, terms
from peerwork.support.line.roster.models import Duty, Load, Rest, Shift
from peerwork.support.line.roster.tests.nights import FIRST, MONDAY, SECOND, a_shift, can_be_rung

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CLOCK = 1000.0
WITH_A_KEY = {0, 1}
END = MONDAY + timedelta(days=5)


@pytest.fixture
def crew(network):
    """Mick has no key yet, so a number could not be sealed to him."""
    there = [someone(name, "peer", "supporter") for name in ("Rosa", "Sam", "Mick")]
    for who in WITH_A_KEY:
        with_a_key(there[who])
    return there


def minutes_covered(spans, since, until):
    """Counted minute by minute, as slowly and plainly as can be."""
    count = int((until - since) / MINUTE)
    return [any(a <= since + n * MINUTE < b for a, b in spans) for n in range(count)]


def longest_run(covered):
    best = run = 0
    for here in covered:
        run = run + 1 if here else 0
        best = max(best, run)
    return best


SHIFTS = st.lists(
    st.tuples(
        st.integers(-600, 6000),  # minutes from Monday noon
        st.sampled_from([30, 45, 60, 240]),
        st.integers(0, 2),  # who
        st.sampled_from([FIRST, SECOND]),
    ),
    max_size=5,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=SHIFTS,
    at=st.integers(-30, 4000),
    resting=st.sets(st.integers(0, 2), max_size=2),
    days=st.integers(0, 2),
)
def test_a_promise_is_never_false(crew, made, at, resting, days):
    Shift.objects.all().delete()
    Rest.objects.all().delete()
    spans, who_can_open = [], []
    wakes = datetime(2026, 11, 24 + days, 5, tzinfo=ZoneInfo(MELBOURNE))
    for who in resting:
        Rest.objects.create(person=crew[who], off_until=(wakes - timedelta(days=1)).date())
    for begins, minutes, who, turn in made:
        shift = a_shift(in_hours=begins / 60, hours=minutes / 60)
        Duty.objects.create(shift=shift, person=crew[who], turn=turn)
        starts = max(shift.starts_at, wakes) if who in resting else shift.starts_at
        own = [(starts, shift.ends_at)] if starts < shift.ends_at else []
        spans += own
        who_can_open += own if who in WITH_A_KEY else []
    moment = MONDAY + at * MINUTE
    said = promises.promise(moment)

    ten = minutes_covered(spans, moment, moment + 10 * MINUTE)
    assert (said.kind == "now") == all(ten)
    weekend = any((moment + n * HOUR).astimezone(ZoneInfo(MELBOURNE)).weekday() >= 5 for n in range(25))
    far = moment + (48 if weekend else 24) * HOUR
    kept = longest_run(minutes_covered(who_can_open, moment, far - HOUR)) >= 15
    if said.back_by:
        assert longest_run(minutes_covered(who_can_open, moment, said.back_by)) >= 15
        assert far - HOUR < said.back_by <= far
    else:
        assert not kept
    if said.kind == "back":
        assert said.back_by
    if said.kind == "none":
        assert said.back_by is None
    if said.opens:
        assert all(minutes_covered(spans, said.opens, said.opens + 10 * MINUTE))
        assert not any(a <= said.opens - MINUTE < b for a, b in spans)
    else:
        assert said.kind == "now" or longest_run(minutes_covered(spans, moment + 10 * MINUTE, END)) < 10


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=SHIFTS, at=st.integers(-30, 4000))
def test_nobody_can_be_rung_outside_of_their_own_shifts(crew, made, at):
    Shift.objects.all().delete()
    spans = {str(person.pk): [] for person in crew}
    for begins, minutes, who, turn in made:
        shift = a_shift(in_hours=begins / 60, hours=minutes / 60)
        Duty.objects.create(shift=shift, person=crew[who], turn=turn)
        spans[str(crew[who].pk)].append((shift.starts_at, shift.ends_at))
    moment = MONDAY + at * MINUTE
    found = {one.person: one for one in duty.on_duty(moment, CLOCK)}
    for person, own in spans.items():
        assert (person in found) == any(a <= moment < b for a, b in own)
    for person, one in found.items():
        ends = moment + timedelta(seconds=one.until - CLOCK)
        assert all(minutes_covered(spans[person], moment, ends))
        assert not any(a <= ends < b for a, b in spans[person])


class TestWhatIsSaid:
    @pytest.fixture(autouse=True)
    def _can_open_a_number(self, rosa):
        with_a_key(rosa)

    def test_who_cannot_open_a_number_promises_no_call_back(self, sam):
        a_shift(first=sam, in_hours=5)
        assert promises.promise(MONDAY).kind == "none"
        with_a_key(sam)
        assert promises.promise(MONDAY).kind == "back"

    def test_with_ten_minutes_left_a_person_and_with_nine_a_call_back(self, rosa):
        a_shift(first=rosa, in_hours=-1, hours=2)
        assert promises.promise(MONDAY + 50 * MINUTE).kind == "now"
        assert promises.promise(MONDAY + 51 * MINUTE).kind == "none"  # nobody after her
        a_shift(first=rosa, in_hours=20)
        said = promises.promise(MONDAY + 51 * MINUTE)
        assert said.kind == "back"
        assert said.says == "Leave a number, and by Tuesday 24 November, noon we ring you back."
        assert said.says_without_a_number == "Nobody is on now."
        assert said.opens_says == "From Tuesday 24 November, 8 a.m. somebody is on again."

    def test_whoever_takes_over_at_the_hour_counts_as_being_there(self, rosa, sam):
        a_shift(first=rosa, in_hours=-1, hours=1.1)
        a_shift(first=sam, in_hours=0.1, hours=1)
        assert promises.promise(MONDAY).kind == "now"

    def test_a_person_now_and_nobody_afterwards_promises_no_call_back(self, rosa):
        a_shift(first=rosa, in_hours=-1, hours=1.2)
        said = promises.promise(MONDAY)
        assert (said.kind, said.back_by, said.says) == ("now", None, "A person is here now.")

    def test_over_a_weekend_it_is_two_days(self, rosa):
        friday = MONDAY + timedelta(days=4)
        a_shift(first=rosa, in_hours=4 * 24 + 40)
        assert promises.promise(friday).back_by == friday + 48 * HOUR
        thursday = MONDAY + timedelta(days=3)
        assert promises.promise(thursday).kind == "none"  # in a day, and nobody is on

    def test_where_nobody_is_on_it_says_when_somebody_is(self, rosa):
        a_shift(first=rosa, in_hours=24 * 20)
        said = promises.promise(MONDAY)
        assert said.kind == "none"
        assert "we cannot say when we would ring back" in said.says
        assert said.opens_says == "From Sunday 13 December, noon somebody is on again."
        Shift.objects.all().delete()
        assert promises.promise(MONDAY).opens_says == ""

    def test_the_network_may_promise_less(self, rosa):
        a_shift(first=rosa, in_hours=30)
        assert promises.promise(MONDAY).kind == "none"
        terms.change(back_hours=40)
        assert promises.promise(MONDAY).kind == "back"

    def test_a_roster_in_another_zone_is_promised_on_the_networks_clock(self, rosa):
        a_shift(first=rosa, in_hours=5)
        assert promises.promise(MONDAY + 7 * MINUTE).back_by == MONDAY + 24 * HOUR


class TestWhoCanBeRung:
    def test_paused_people_and_people_who_rest_are_left_out_at_once(self, rosa, sam):
        a_shift(first=rosa, second=sam, in_hours=-1)
        assert len(duty.on_duty(MONDAY, CLOCK)) == 2
        persons.pause(rosa)
        rest.rest_today(sam)
        assert duty.on_duty(MONDAY, CLOCK) == ()
        assert promises.promise(MONDAY).kind != "now"

    def test_where_the_first_is_gone_the_second_is_rung_first(self, rosa, sam):
        a_shift(first=rosa, second=sam, in_hours=-1)
        assert {one.turn for one in duty.on_duty(MONDAY, CLOCK)} == {Turn.FIRST, Turn.SECOND}
        rest.rest_today(rosa)
        assert [one.turn for one in duty.on_duty(MONDAY, CLOCK)] == [Turn.FIRST]

    def test_two_shifts_that_touch_are_one_duty(self, rosa):
        a_shift(first=rosa, in_hours=-1, hours=2)
        a_shift(second=rosa, in_hours=1, hours=2)
        (one,) = duty.on_duty(MONDAY, CLOCK)
        assert one.until == CLOCK + 3 * 3600

    def test_what_sam_says_of_himself_and_wishes_comes_with_him(self, sam, rosa, ash):
        from peerwork.people.workplaces import workplaces

        elm = workplaces.put_on_the_list("Elm Street")
        persons.work_at(sam, [elm])
        supporters.say(sam, is_woman=True, speaks=["vi"], only_women=True, not_my_workplace=True)
        never.wish(sam, "Ash")
        load.add(sam, 5)
        a_shift(first=sam, in_hours=-1)
        (one,) = duty.on_duty(MONDAY, CLOCK)
        assert one.side.carries == {f"person:{sam.pk}", f"workplace:{elm.pk}", "woman", "speaks:vi"}
        assert one.side.never == {f"person:{ash.pk}", f"workplace:{elm.pk}"}
        assert one.side.only == {"woman"}
        assert one.load == 5

    def test_it_asks_as_many_questions_for_three_as_for_one(self, crew, django_assert_num_queries):
        for n, person in enumerate(crew):
            a_shift(first=person, in_hours=-1 - n)
            with django_assert_num_queries(7):
                assert len(duty.on_duty(MONDAY, CLOCK)) == n + 1

    def test_a_rest_at_night_lasts_until_the_morning(self, sam):
        night = MONDAY + 11 * HOUR  # eleven in the evening
        a_shift(first=sam, in_hours=10, hours=8)
        with time_machine.travel(night, tick=False):
            rest.rest_today(sam)
        assert not can_be_rung(sam, night + 3 * HOUR)
        assert not can_be_rung(sam, night + 6 * HOUR - MINUTE)
        assert not can_be_rung(sam, night + 7 * HOUR - MINUTE)  # a shift that has begun is his no more

    def test_the_night_that_forgets_does_not_wake_him(self, sam):
        night = MONDAY + 11 * HOUR
        a_shift(first=sam, in_hours=10, hours=8)
        with time_machine.travel(night, tick=False):
            rest.rest_today(sam)
        with time_machine.travel(night + 2 * HOUR, tick=False):  # one in the morning
            forget(localdate())
            assert not can_be_rung(sam, night + 2 * HOUR)
        with time_machine.travel(night + 50 * HOUR, tick=False):
            forget(localdate())
            assert not Rest.objects.exists()

    def test_at_noon_the_next_day_sam_can_be_rung_again_also_where_no_clock_is_set(self, sam):
        rest.rest_today(sam)
        a_shift(first=sam, in_hours=20)
        with time_machine.travel(MONDAY, tick=False):
            from django.utils import timezone

            with timezone.override(UTC):
                assert can_be_rung(sam, MONDAY + 21 * HOUR)

    def test_a_longer_rest_is_not_cut_short_by_a_day_of_rest(self, sam):
        rest.rest_until(sam, (MONDAY + timedelta(days=9)).date())
        rest.rest_today(sam)
        assert Rest.objects.get().off_until == (MONDAY + timedelta(days=9)).date()


class TestRecipients:
    def test_only_the_keys_of_those_on_duty_then(self, rosa, sam, ash):
        key = with_a_key(rosa).recipient
        with_a_key(ash)
        a_shift(first=rosa, second=sam, in_hours=5)
        a_shift(first=sam, in_hours=50)
        assert recipients.recipients(MONDAY, MONDAY + 24 * HOUR) == [
            {"person": str(rosa.pk), "recipient": key}
        ]
        assert recipients.recipients(MONDAY + 20 * HOUR, MONDAY + 60 * HOUR) == []


class TestNever:
    def test_it_holds_both_ways_and_does_not_say_whose_wish_it_was(self, ash, rosa, sam):
        never.wish(ash, "rosa")
        never.wish(sam, "Ash")
        assert never.avoid(ash) == sorted([f"person:{rosa.pk}", f"person:{sam.pk}"])
        assert never.avoid(rosa) == [f"person:{ash.pk}"]

    def test_whoever_would_rather_not_meet_colleagues_is_in_their_lists(self, ash, rosa, sam):
        from peerwork.people.workplaces import workplaces

        persons.work_at(ash, [workplaces.put_on_the_list("Elm Street")])
        persons.work_at(rosa, [workplaces.put_on_the_list("Elm Street")])
        assert never.avoid(ash) == []
        supporters.say(rosa, not_my_workplace=True)
        assert never.avoid(ash) == [f"person:{rosa.pk}"]
        assert never.avoid(sam) == []

    def test_nobody_avoids_themselves(self, sam):
        never.wish(sam, "Sam")
        never.choose(sam, [sam], out_of=[sam])
        assert never.avoid(sam) == []


def test_the_languages_have_names_of_their_own():
    named = dict(supporters.languages())
    assert (named["vi"], named["en"]) == ("Tiếng Việt (Vietnamese)", "English")


def test_a_load_is_the_persons_own_row_and_no_call_stands_in_it(sam):
    load.add(sam, load.HARD)
    assert set(Load.objects.values().get()) == {"person_id", "points", "week"}
