"""The roster of the line: a swap, taking over, doing it for somebody, undoing; and a Sunday that wants somebody.

Who uses it, and what they fear. Sam, between two night shifts: being rung when he is off, and finding himself put on.
Rosa, who has court on Thursday, or dosing: having to explain. Jude, who plans: the hole that everybody thought
somebody else had. Bel, on a phone with a cracked screen: pressing the wrong thing. And Morgan, who manages staff, sees
none of it. Each of the four is two taps from the page of the line.
"""

import re

import pytest

from tests.journeys.rosters import a_shift_for, nobody_is_on, put_on_duty, who_is_on

LINE = "/line/"


@pytest.fixture(autouse=True)
def _an_empty_roster(house):
    nobody_is_on(house)


def card(somebody, shift):
    return somebody.page.locator(f"li.card a[href='/line/shifts/{shift}/']").first


def first_place(somebody):
    return somebody.page.locator("section.card").filter(has_text="First on call")


class TestTwoTaps:
    def test_rosa_swaps_and_gives_no_reason(self, screen, house):
        """Given her evening and Sam's; when she asks, and he says yes; then each has the other's, until he undoes."""
        hers = a_shift_for(house, "Rosa", in_hours=30)
        his = a_shift_for(house, "Sam", in_hours=60)
        rosa = screen("Rosa").open(LINE)
        card(rosa, hers).click()
        rosa.page.get_by_role("button", name=re.compile("Ask to swap.*Sam")).click()
        rosa.sees("Sam is asked. Until they say yes, nothing changes.")
        assert who_is_on(house, hers) == {"first": "Rosa"}
        rosa.check_accessibility()
        sam = screen("Sam").open(LINE).sees("Rosa asks you to swap")
        sam.check_accessibility()
        sam.press("Yes, swap").sees("Swapped with Rosa.")
        assert (who_is_on(house, hers), who_is_on(house, his)) == ({"first": "Sam"}, {"first": "Rosa"})
        sam.press("Undo").sees("It is as it was before.")
        assert (who_is_on(house, hers), who_is_on(house, his)) == ({"first": "Rosa"}, {"first": "Sam"})
        sam.press("Undo").sees("It is as it was before.")  # and back again
        assert who_is_on(house, hers) == {"first": "Sam"}
        sam.check_accessibility()

    def test_bel_takes_over_now(self, screen, house):
        shift = put_on_duty(house, "Sam")
        bel = screen("Bel").open(LINE).sees("On at this moment")
        card(bel, shift).click()
        bel.sees("Calls come to you from this moment, and not to Sam.")
        bel.press("I take over now").sees("You are on instead of Sam.")
        assert who_is_on(house, shift) == {"first": "Bel"}
        bel.check_accessibility()
        bel.press("Undo").sees("It is as it was before.")
        assert who_is_on(house, shift) == {"first": "Sam"}

    def test_mick_does_it_for_rosa_who_asks_for_cover(self, screen, house):
        shift = a_shift_for(house, "Rosa", in_hours=30)
        rosa = screen("Rosa").open(LINE)
        card(rosa, shift).click()
        rosa.press("Ask for cover").sees("You are on until somebody takes it.")
        assert who_is_on(house, shift) == {"first": "Rosa"}
        mick = screen("Mick").open(LINE).sees("Rosa asks for cover")
        mick.check_accessibility()
        card(mick, shift).click()
        mick.press("I do it for Rosa").sees("You are on instead of Rosa.")
        assert who_is_on(house, shift) == {"first": "Mick"}
        mick.check_accessibility()
        rosa.open(LINE).sees("You have no shift ahead. You are only rung when you are on.")

    def test_a_slip_of_the_thumb_is_undone(self, screen, house):
        shift = a_shift_for(house, in_hours=30)
        bel = screen("Bel").open(LINE).sees("These are open")
        card(bel, shift).click()
        first_place(bel).get_by_role("button", name="I take it").click()
        bel.sees("You are on. Thank you.")
        bel.press("Undo").sees("It is as it was before.")
        assert who_is_on(house, shift) == {}
        bel.check_accessibility()


def test_after_a_hard_call_sam_is_off_at_once_and_back_when_he_likes(screen, house):
    put_on_duty(house, "Sam")
    sam = screen("Sam").open(LINE)
    sam.press("Off until the morning").sees("You are off from this moment.")
    sam.check_accessibility()
    sam.press("I am back").sees("Welcome back.")
    sam.follow("For longer").page.get_by_label("A week").check()
    sam.check_accessibility()
    sam.press("Rest from now on").sees("You are off from this moment.")
    sam.press("I am back").sees("Welcome back.")


def test_otis_says_what_he_likes_and_whom_he_never_wants_to_meet(screen):
    otis = screen("Otis").open("/line/me/")
    otis.page.get_by_label("Tiếng Việt").check()
    otis.press("Save").sees("Saved. It counts from the next call.")
    otis.check_accessibility()
    otis.follow("Whom I never want to meet on the line")
    otis.page.get_by_label("Sam", exact=True).check()
    otis.press("Save").sees("Saved. Nobody is told.")
    otis.page.get_by_label("The name they use here").fill("Zephyr")
    otis.press("Never bring us together").sees("If there is somebody of that name")
    otis.check_accessibility()


def test_jude_sees_the_hole_on_sunday_and_plans_a_weekend(screen):
    jude = screen("Jude").open("/run/line/").sees("Eight weeks ahead")
    jude.check_accessibility()
    jude.follow("Plan hours")
    for day in ("Saturday", "Sunday"):
        jude.page.get_by_label(day).check()
    jude.page.get_by_label("Starts at").fill("10:00")
    jude.page.get_by_label("Ends at").fill("09:00")
    jude.press("Save these hours").sees("A shift is 4 hours at most.")
    assert jude.page.get_by_label("Starts at").input_value() == "10:00"
    jude.page.get_by_label("Ends at").fill("12:00")
    jude.press("Save these hours").sees("The line is open at these hours.")
    jude.sees("Saturday, Sunday: 10 a.m. to noon, every week").sees("Open: first on call")
    jude.check_accessibility()
    jude.follow("What we promise")
    jude.page.get_by_label("We ring back within so many hours").fill("12")
    jude.press("Save").sees("What was promised before stands as it was said.")
    jude.check_accessibility()


def test_morgan_finds_a_wall(screen):
    morgan = screen("Morgan")
    for path in (LINE, "/run/line/", "/line/never/"):
        assert morgan.page.request.get(morgan.house.address + path).status == 404
