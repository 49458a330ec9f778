"""Peers write their own list. They fear that old numbers mean something else afterwards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerwork.ground.packs import packs
from peerwork.voice.themes import changing, frame
from peerwork.voice.themes.models import Frame

TODAY, NOW, NEXT = date(2026, 11, 22), "2026-Q4", "2027-Q1"
WHY = "We said so in October."


@pytest.fixture
def the_list(db):
    return frame.first(TODAY)


def codes(version):
    return [theme.code for theme in frame.themes(version)]


def sentences(old, new):
    return [str(change.says) for change in frame.differences(old, new)]


def in_force():
    return changing.put_in_force(today=TODAY)


class TestTheFirst:
    def test_it_is_made_of_the_pack_and_counts_from_the_quarter_in_which_it_was_made(self, the_list):
        assert (the_list.version, the_list.from_quarter, the_list.words_on) == (1, NOW, False)
        pack = [theme["code"] for group in packs.load("themes")["groups"] for theme in group["themes"]]
        assert codes(the_list) == pack

    def test_making_it_twice_changes_nothing(self, the_list):
        frame.first(date(2028, 1, 1))
        assert [one.from_quarter for one in Frame.objects.all()] == [NOW]

    def test_before_there_is_one_the_pack_is_shown(self, db):
        assert codes(frame.of_quarter(NOW))
        assert not Frame.objects.exists()


class TestChanging:
    def test_an_added_theme_gets_a_code_of_its_own_and_counts_from_the_next_quarter_on(self, the_list):
        changing.add("lss", label="Sorry letters", plain="Writing them", sensitivity="high", why=WHY)
        new = in_force()
        assert "lss.sorrylet" in codes(new)
        assert (new.from_quarter, frame.of_quarter(NOW).version, frame.of_quarter(NEXT).version) == (
            NEXT,
            1,
            2,
        )
        assert sentences(the_list, new) == ["New: “Sorry letters”."]

    def test_no_code_is_used_for_something_else_later(self, the_list):
        changing.retire("wrk.pay", why=WHY)
        in_force()
        changing.add("wrk", label="Pay", plain="Wages again", sensitivity="low", why=WHY)
        now = codes(in_force())
        assert "wrk.pay2" in now
        assert "wrk.pay" not in now

    def test_other_words_keep_the_code(self, the_list):
        changing.say_otherwise("wrk.pay", label="Money for work", plain="Wages and hours", why=WHY)
        new = in_force()
        assert codes(new) == codes(the_list)
        was = "Pay and hours: Wages, casual shifts, unpaid time, late pay"
        says = f"Said in other words: “{was}” is now “Money for work: Wages and hours”."
        assert sentences(the_list, new) == [says]

    def test_a_split_says_what_it_was_so_that_versions_stay_comparable(self, the_list):
        changing.split("wrk.pay", into=[("Pay", "Wages"), ("Hours", "Shifts")], why=WHY)
        new = in_force()
        came = {theme.label: theme.came_from for theme in frame.themes(new) if theme.came_from}
        assert came == {"Pay": ("wrk.pay",), "Hours": ("wrk.pay",)}
        assert sentences(the_list, new) == ["“Pay and hours” was split into “Pay” · “Hours”."]

    def test_a_merge_is_as_careful_as_the_most_careful_of_them(self, the_list):
        changing.merge(["wrk.load", "wel.use"], label="Too much", plain="All of it", why=WHY)
        new = in_force()
        (made,) = [theme for theme in frame.themes(new) if theme.came_from]
        assert (made.came_from, made.sensitivity, made.group) == (("wrk.load", "wel.use"), "high", "wrk")
        assert sentences(the_list, new) == [
            "“Too much work” went into “Too much”.",
            "“Own use and work” went into “Too much”.",
        ]

    def test_what_it_came_from_is_told_in_that_version_and_not_in_every_later_one(self, the_list):
        changing.split("wrk.pay", into=[("Pay", "Wages"), ("Hours", "Shifts")], why=WHY)
        in_force()
        changing.let_words_in(on=True, why=WHY)
        newest = in_force()
        assert not any(theme.came_from for theme in frame.themes(newest))
        assert newest.words_on

    def test_changes_gather_in_one_proposal_with_every_reason_and_no_name(self, the_list, ash):
        changing.retire("wrk.role", why="Nobody picked it.")
        changing.retire("wrk.path", why="It is under skills.")
        assert frame.proposed().why == "Nobody picked it.\nIt is under skills."
        assert Frame.objects.count() == 2
        assert frame.of_quarter(NEXT).version == 1  # a proposal counts for nothing

    def test_starting_over_leaves_what_is_in_force(self, the_list):
        changing.retire("wrk.role", why=WHY)
        changing.drop()
        assert [one.version for one in Frame.objects.all()] == [1]

    @pytest.mark.parametrize("code", ["wrk", "wrk.nothing", "", "oth"])
    def test_what_is_not_on_the_list_cannot_be_retired_and_neither_can_a_group(self, the_list, code):
        with pytest.raises(changing.CannotChange):
            changing.retire(code, why=WHY)
        assert frame.proposed() is None

    def test_nothing_is_put_in_force_where_nothing_was_proposed(self, the_list):
        with pytest.raises(changing.CannotChange):
            in_force()

    def test_a_list_ends_somewhere(self, the_list):
        for number in range(changing.MOST_THEMES - len(codes(the_list))):
            changing.add("wrk", label=f"Theme {number}", plain="x", sensitivity="low", why=WHY)
        with pytest.raises(changing.CannotChange):
            changing.add("wrk", label="One too many", plain="x", sensitivity="low", why=WHY)
        assert len(codes(frame.proposed())) == changing.MOST_THEMES


class TestWhatIsCounted:
    def test_in_a_small_network_a_theme_counts_for_its_group(self, the_list):
        assert frame.counted_as(the_list, "wel.use", by_group=True) == "wel"
        assert frame.counted_as(the_list, "wel", by_group=True) == "wel"
        assert frame.counted_as(the_list, "oth.wel", by_group=True) == "oth"

    def test_in_a_larger_one_it_counts_for_itself(self, the_list):
        assert frame.counted_as(the_list, "wel.use", by_group=False) == "wel.use"
        assert frame.counted_as(the_list, "oth.wel", by_group=False) == "oth.wel"
        assert frame.counted_as(the_list, "wel", by_group=False) is None

    @given(code=st.text(max_size=12), by_group=st.booleans())
    def test_nothing_else_is_counted(self, code, by_group):
        first = Frame(version=1, themes=frame.in_the_pack(), from_quarter=NOW)
        there = {known for known, _words in frame.cells(first, by_group=by_group)}
        assert frame.counted_as(first, code, by_group=by_group) in there | {None}
