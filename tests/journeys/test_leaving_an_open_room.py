"""Somebody comes in. Ash leaves fast, from a room that is open, on a phone that keeps pages. What is left of it?

Not only at rest: also while something is being opened, written or kept for later, and where the line is slow, so that
the old page lives on for a while behind the one that is to come.
"""

import time

import pytest

from tests.journeys.conftest import PHRASES
from tests.journeys.slow_line import slow_line
from tests.journeys.test_leaving_and_coming_back import LEFT_BEHIND
from tests.journeys.test_on_the_road import wait_for_the_copy
from tests.journeys.vaults import Vault, open_with_the_phrase

LINE = "I stop humming the kerosene waltz"
LEAVE = """() => {
    const began = performance.now();
    document.querySelector('#leave button').click();
    return [performance.now() - began, document.documentElement.childElementCount];
}"""
WRITE_ON_AND_ON = """() => {
    for (let n = 0; n < 30; n += 1) vault.write('busy', `${n}`, 'x'.repeat(3000)).catch(() => {});
}"""


# What the browser says of a request that was under way when its page was left.
BROKEN_OFF = "Failed to load resource: net::ERR_FAILED"


def leaves(ash):
    """In milliseconds: until the page was empty, and until the clock was there."""
    ash.expected.append(BROKEN_OFF)
    began = time.perf_counter()
    emptied, left_on_screen = ash.page.evaluate(LEAVE)
    ash.page.wait_for_url("**/clock/")
    assert left_on_screen == 0
    return emptied, (time.perf_counter() - began) * 1000


def nothing_is_left(ash):
    ash.page.wait_for_timeout(500)
    left = ash.page.evaluate(LEFT_BEHIND)
    assert left == {"local": 0, "session": 0, "caches": 0, "databases": 0, "cookies": ""}
    assert [cookie["name"] for cookie in ash.context.cookies() if cookie["name"] == "s"] == []
    assert ash.page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def with_a_line_of_a_plan(ash):
    vault = Vault(open_with_the_phrase(ash, "Ash", at="/mine/plan/"))
    had = vault.read("plan", "p.signs") or {"version": 0}
    vault.write("plan", "p.signs", {"lines": [{"id": "a", "text": LINE}], "options": []}, had["version"])
    return ash.open("/mine/plan/").sees(LINE)


@pytest.mark.parametrize("busy", [False, True], ids=["at rest", "while it writes"])
def test_nothing_is_left_and_back_shows_nothing(screen, busy):
    ash = screen().sign_in(PHRASES["Ash"], rest="14 days")
    wait_for_the_copy(ash)
    with_a_line_of_a_plan(ash)
    kept = ash.page.evaluate(LEFT_BEHIND)
    assert all(kept[place] for place in ("session", "caches", "databases"))  # there was something to leave
    if busy:
        Vault(ash).page.evaluate(WRITE_ON_AND_ON)
    print("\nempty after {:.0f} ms, the clock there after {:.0f} ms".format(*leaves(ash)))
    assert ash.page.title() == "World clock"
    nothing_is_left(ash)
    ash.page.go_back()
    ash.sees("Sign in")
    assert LINE not in ash.page.content()


class TestOnASlowLine:
    """What was asked for before is answered after. It must not be kept then."""

    @pytest.fixture
    def line(self, house):
        with slow_line(house) as line:
            yield line

    def test_a_page_that_comes_too_late_is_not_kept(self, screen, line):
        ash = screen(at=line).sign_in(PHRASES["Ash"], rest="14 days")
        ash.page.evaluate("navigator.serviceWorker.ready")
        ash.page.wait_for_timeout(500)
        line.slow = {b"GET /mine/plan/": 1.5}
        ash.page.reload()
        assert line.is_asked(b"GET /mine/plan/")  # by the service worker, for when there is no network
        leaves(ash)
        ash.page.wait_for_timeout(1500)
        nothing_is_left(ash)

    def test_nor_is_a_picture_or_a_script(self, screen, line):
        ash = screen(at=line).sign_in(PHRASES["Ash"], rest="14 days")
        wait_for_the_copy(ash)
        line.slow = {b"GET /static/ui/clock.svg": 1.0}
        ash.page.evaluate("() => { fetch('/static/ui/clock.svg'); }")
        assert line.is_asked(b"GET /static/ui/clock.svg")
        leaves(ash)
        ash.page.wait_for_timeout(1000)
        nothing_is_left(ash)

    @pytest.mark.parametrize("rest", ["10 minutes", "14 days"])
    @pytest.mark.parametrize("asked", ["key", "half", "shelf"])
    def test_a_room_that_was_just_being_opened_keeps_nothing(self, screen, line, rest, asked):
        ash = screen(at=line).sign_in(PHRASES["Ash"], rest=rest).open("/mine/sealed/")
        ash.page.wait_for_load_state("networkidle")
        wanted = f"GET /v/{asked}/".encode()
        before = line.many(wanted)
        line.slow = {wanted: 0.5, b"GET /clock/": 2.0}
        ash.page.get_by_label("Your phrase").fill(PHRASES["Ash"])
        ash.press("Open")
        assert line.is_asked(wanted, since=before)
        leaves(ash)
        nothing_is_left(ash)

    def test_a_room_that_was_just_being_written_in_keeps_nothing(self, screen, line):
        ash = screen(at=line).sign_in(PHRASES["Ash"], rest="14 days")
        vault = Vault(open_with_the_phrase(ash, "Ash"))
        line.slow = {b"PUT /v/shelf/": 0.5, b"GET /clock/": 2.0}
        vault.page.evaluate(WRITE_ON_AND_ON)
        assert line.is_asked(b"PUT /v/shelf/")
        leaves(ash)
        nothing_is_left(ash)
