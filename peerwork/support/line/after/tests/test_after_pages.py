"""After a call, and the numbers. Sam, after a hard one at night: wants out for today, and no questions.

Sam fears that resting is counted, and that Rosa is told why. Morgan manages staff and must not see any of it.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from peerwork.support.line.after import counts
from peerwork.support.line.roster import load, rest
from peerwork.support.line.roster.models import Load, Rest


@pytest.fixture(autouse=True)
def _wednesday():
    """Of the same week wherever somebody lives: each Monday what was carried is halved."""
    with time_machine.travel(datetime(2026, 11, 18, 1, tzinfo=UTC)):
        yield


@pytest.fixture
def calls(network):
    """Two weeks ago eight rang, and five the week before."""
    this_week = counts.week_of(localdate())
    for weeks, many in ((2, 8), (3, 5)):
        day = this_week - timedelta(weeks=weeks)
        counts.write_down(
            {"way.chat": many, "wait.under_1": many - 1, "wait.3_10": 1, "promise.kept": many}, on=day
        )


class TestAfterACall:
    def test_that_was_a_hard_one_gives_a_whole_rest_and_asks_nothing(self, sign_in, sam):
        page = sign_in(sam).get(reverse("after:after")).content.decode()
        assert "Until Thursday 19 November, 5 a.m. you are off, if you like." in page
        assert "<textarea" not in page
        assert not re.search(r"<input(?![^>]*csrf)", page)
        page = sign_in(sam).post(reverse("after:after"), follow=True).content.decode()
        assert "Until Thursday 19 November, 5 a.m. nobody rings you" in page
        assert "You are resting." in page
        assert rest.over_for(sam) == datetime(2026, 11, 18, 18, tzinfo=UTC)
        assert load.load_of(sam) == load.HARD

    def test_pressed_twice_it_counts_once(self, sign_in, sam):
        for _time in range(2):
            sign_in(sam).post(reverse("after:after"))
        assert load.load_of(sam) == load.HARD
        assert (Rest.objects.count(), Load.objects.count()) == (1, 1)

    @pytest.mark.parametrize(("points", "says"), [(7, "a little"), (10, "your part"), (40, "a lot")])
    def test_the_load_is_said_in_the_same_words_everywhere_and_to_sam_alone(
        self, seen_by, sam, rosa, points, says
    ):
        load.add(sam, points)
        for where in ("after:after", "roster:mine"):
            page = seen_by(sam, reverse(where))
            assert f"You carried {says} of the line lately." in page
            assert "Lately the line has asked nothing of you." in seen_by(rosa, reverse(where))
            assert not re.search(rf"carried[^<]*{points}", page)

    def test_the_three_doors_are_there(self, seen_by, sam):
        page = seen_by(sam, reverse("after:after"))
        for address in (reverse("themes:say"), reverse("care:hard"), reverse("care:plan")):
            assert address in page

    def test_nobody_who_does_not_answer_opens_it(self, sign_in, ash, kim, morgan):
        for who in (ash, kim, morgan):
            assert sign_in(who).get(reverse("after:after")).status_code == 404


class TestTheNumbers:
    def test_jude_who_plans_and_sam_who_answers_see_the_same(self, calls, seen_by, jude, sam):
        pages = [seen_by(who, reverse("after:numbers")) for who in (jude, sam)]
        mains = [page[page.index("<h1") : page.index("What is not counted")] for page in pages]
        assert mains[0] == mains[1]
        assert "The line was rung 13 times in these weeks." in mains[0]
        assert "Talked: 13. Of these, 2 waited over three minutes." in mains[0]
        assert "We kept our word 100 times out of 100." in mains[0]

    def test_before_the_first_whole_week_it_says_what_this_place_is_for(self, seen_by, sam):
        assert "There is nothing to show yet." in seen_by(sam, reverse("after:numbers"))

    def test_ash_morgan_and_priya_do_not_see_it(self, calls, sign_in, ash, morgan, priya):
        for who in (ash, morgan, priya):
            assert sign_in(who).get(reverse("after:numbers")).status_code == 404

    def test_the_page_asks_the_database_as_often_for_one_week_as_for_twelve(self, network, sign_in, jude):
        asked, this_week = [], counts.week_of(localdate())
        for weeks in range(1, 13):
            counts.write_down({"way.chat": 6}, on=this_week - timedelta(weeks=weeks))
            with CaptureQueriesContext(connection) as questions:
                sign_in(jude).get(reverse("after:numbers"))
            asked.append(len(questions))
        assert asked[0] == asked[-1] <= 3

    def test_there_is_nobody_in_it(self, calls, seen_by, jude, sam, rosa):
        page = seen_by(jude, reverse("after:numbers"))
        main = page[page.index("<main") :]
        assert not re.search(r"\b(Sam|Rosa)\b", main)
