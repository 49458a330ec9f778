"""Counting what is over. Sam fears that a number says which of the calls was the long one, and so who had it.

A funder fears that the numbers are made up. Whoever takes two backups fears nothing, and should learn nothing.
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from peerwork.ground.packs import packs
from peerwork.ground.tallies import tallies
from peerwork.support.line import bands
from peerwork.support.line.after import counts
from peerwork.support.line.after.models import WeekCount
from peerwork.support.line.engine.words import Call, End, Side, State, Way, Why
from peerwork.support.line.switchboard import counts as in_memory
from peerwork.support.line.switchboard import store

WEDNESDAY = datetime(2026, 11, 18, 14, 7, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 0, 7, tzinfo=UTC)
LAST_WEEK = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _memory(settings, tmp_path):
    settings.OPTIONS = replace(settings.OPTIONS, memory=tmp_path)


def a_call(end, *, way=Way.CHAT, waited=20, talked=600, back_by=None):
    """One that is over. `waited` and `talked` in seconds; talked None: nobody here knows, or nobody did."""
    began = None if talked is None else 1000 + waited
    ended = 1000 + waited + (talked or 0)
    return Call(
        "c",
        Side(),
        way,
        1000,
        1000,
        state=State.ENDED,
        end=end,
        talked_from=began,
        ended_at=ended,
        back_by=back_by,
    )


def waits(*calls):
    with store.alone() as database:
        for call in calls:
            in_memory.add(database, bands.names_of(call))


def written(week=LAST_WEEK):
    return dict(WeekCount.objects.filter(week=week).values_list("what", "count"))


class TestWhatIsCountedOfACall:
    def test_a_talk_counts_how_long_it_took_and_how_long_somebody_waited(self):
        named = bands.names_of(a_call(End.TALKED, waited=70, talked=16 * 60))
        assert named == ("way.chat", "end.talked", "wait.1_3", "length.15_30", "promise.kept")

    def test_of_a_telephone_nobody_knows_how_long_somebody_talked(self):
        named = bands.names_of(a_call(End.TALKED, way=Way.PHONE, talked=None, back_by=9000))
        assert named == ("way.phone", "end.talked", "back.in_time", "promise.kept")

    def test_whoever_was_rung_back_in_the_chat_hours_later_did_not_wait_for_hours(self):
        named = bands.names_of(a_call(End.TALKED, waited=5 * 3600, back_by=9e4))
        assert named == ("way.chat", "end.talked", "back.in_time", "promise.kept")

    @pytest.mark.parametrize(("end", "why"), [(End.EXPIRED, None), (End.NO_WAY_BACK, Why.NO_ANSWER)])
    def test_where_nobody_came_the_promise_was_broken(self, end, why):
        assert "promise.broken" in bands.names_of(replace(a_call(end, talked=None), why=why))

    def test_where_nobody_was_on_nothing_was_promised(self):
        nobody_on = replace(a_call(End.NO_WAY_BACK, talked=None), why=Why.NOBODY_ON)
        assert bands.names_of(nobody_on) == ("way.chat", "end.no_way_back")

    def test_who_was_told_that_somebody_is_there_and_waited_until_they_went_home_was_let_down(self):
        went_home = replace(a_call(End.NO_WAY_BACK, talked=None), why=Why.NOBODY_ON, waits_since=3400)
        assert "promise.broken" in bands.names_of(went_home)

    def test_forty_minutes_in_line_are_a_wait_and_no_call_back(self):
        named = bands.names_of(a_call(End.TALKED, waited=2400))
        assert named == ("way.chat", "end.talked", "wait.over_10", "length.5_15", "promise.kept")

    @pytest.mark.parametrize("end", [End.EXPIRED, End.LEFT, End.UNREACHED, End.TALKED])
    def test_what_was_talked_before_a_call_back_is_not_the_length_of_it(self, end):
        first_they_wrote = replace(a_call(end, talked=86_395, back_by=9e4), taken_at=1010)
        assert not [name for name in bands.names_of(first_they_wrote) if name.startswith("length")]

    @pytest.mark.parametrize("end", [End.LEFT, End.LOST])
    def test_whoever_left_before_anybody_came_kept_nobody_from_their_word(self, end):
        assert not [name for name in bands.names_of(a_call(end, talked=None)) if name.startswith("promise")]

    def test_a_line_that_broke_in_the_middle_of_a_talk_was_a_talk(self):
        assert {"end.lost", "length.5_15", "promise.kept"} <= set(bands.names_of(a_call(End.LOST)))

    def test_rung_as_often_as_was_said_is_a_promise_kept(self):
        assert "promise.kept" in bands.names_of(a_call(End.UNREACHED, talked=None, back_by=9000))

    @pytest.mark.parametrize("end", list(End))
    def test_no_call_keeps_a_promise_and_breaks_it(self, end):
        for talked in (None, 600):
            named = bands.names_of(a_call(end, talked=talked))
            assert len(named) == len(set(named))
            assert sum(name.startswith("promise") for name in named) <= 1

    def test_the_lengths_are_the_packs_and_leave_no_gap(self):
        codes = list(packs.load("support_line")["minutes_bands"])
        minutes = {0: 0, 4.9: 0, 5: 1, 14.9: 1, 15: 2, 30: 3, 59.9: 3, 60: 4, 600: 4}
        assert {at: codes.index(bands.length_band(60 * at)) for at in minutes} == minutes

    def test_the_waits_leave_no_gap_either(self):
        found = [bands.wait_band(60 * at) for at in (0, 0.9, 1, 2.9, 3, 9.9, 10, 99)]
        assert found == ["under_1", "under_1", "1_3", "1_3", "3_10", "3_10", "over_10", "over_10"]

    def test_why_somebody_had_to_wait_and_when_is_in_no_name(self):
        call = replace(a_call(End.EXPIRED, talked=None), why=Why.BUSY, by="sam", tried=frozenset({"rosa"}))
        assert set(bands.names_of(call)) == {"way.chat", "end.expired", "promise.broken"}


@pytest.mark.django_db
class TestWritingItDown:
    def test_nine_calls_wait_in_memory_and_the_tenth_takes_them_along(self):
        waits(*[a_call(End.TALKED)] * 9)
        assert not counts.write_down_the_week(WEDNESDAY)
        assert written() == {}
        waits(a_call(End.EXPIRED, talked=None))
        assert counts.write_down_the_week(WEDNESDAY)
        assert written()["way.chat"] == 10
        assert (written()["promise.kept"], written()["promise.broken"]) == (9, 1)
        assert in_memory.waiting() == {}

    def test_in_the_first_hour_of_a_monday_all_that_waits_goes_into_the_week_before(self):
        waits(a_call(End.TALKED))
        assert counts.write_down_the_week(MONDAY)
        assert written()["end.talked"] == 1
        assert not WeekCount.objects.exclude(week=LAST_WEEK).exists()

    def test_before_the_server_rests_few_go_on_waiting(self):
        """Two backups, one on each side of a night in which the server was asked to stop: nothing between them."""
        waits(a_call(End.TALKED))
        assert not counts.write_down_what_is_enough(WEDNESDAY)
        assert in_memory.waiting()["end.talked"] == 1
        waits(*[a_call(End.TALKED)] * 9)
        assert counts.write_down_what_is_enough(WEDNESDAY)
        assert written()["end.talked"] == 10

    def test_what_cannot_be_written_down_waits_again(self, monkeypatch):
        waits(*[a_call(End.TALKED)] * 10)
        before = in_memory.waiting()
        monkeypatch.setattr(counts, "write_down", lambda *_what, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            counts.write_down_the_week(WEDNESDAY)
        assert in_memory.waiting() == before != {}

    def test_twice_adds_up(self):
        for _time in range(2):
            counts.write_down({"way.chat": 10, "end.talked": 7}, on=WEDNESDAY.date())
        assert written() == {"way.chat": 20, "end.talked": 14}

    def test_the_quarter_learns_how_often_and_nothing_of_how_long(self):
        waits(*[a_call(End.TALKED)] * 7, *[a_call(End.EXPIRED, talked=None)] * 3)
        counts.write_down_the_week(WEDNESDAY)
        assert tallies.of_quarter("2026-Q4", under="line.") == {
            "line.asked": 10, "line.end.talked": 7, "line.promise.kept": 7, "line.promise.broken": 3,
        }  # fmt: skip

    def test_no_row_holds_two_things_a_day_or_anybody(self):
        """Whoever takes the disk sees sums: any pairing of lengths with waits would give the same rows."""
        waits(
            *[a_call(End.TALKED, waited=10, talked=60)] * 5,
            *[a_call(End.TALKED, waited=700, talked=4000)] * 5,
        )
        counts.write_down_the_week(WEDNESDAY)
        one = written()
        WeekCount.objects.all().delete()
        waits(
            *[a_call(End.TALKED, waited=700, talked=60)] * 5,
            *[a_call(End.TALKED, waited=10, talked=4000)] * 5,
        )
        counts.write_down_the_week(WEDNESDAY)
        assert written() == one
        assert Counter(one)["wait.over_10"] == 5
        names = {field.name for field in WeekCount._meta.get_fields()}
        assert names == {"id", "week", "what", "count"}

    def test_it_is_gone_after_two_years_and_a_month(self):
        from peerwork.ground.retention.forgetting import forget

        counts.write_down({"way.chat": 10}, on=date(2024, 9, 30))
        counts.write_down({"way.chat": 11}, on=date(2024, 11, 5))
        forget(date(2026, 11, 20))
        assert [one.count for one in WeekCount.objects.all()] == [11]
