"""What every story needs: a browser, a house, and somebody in front of the screen."""

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from peerwork.site.demo.script import phrases
from tests.journeys.browser import CHROMIUM, PHONE, QUIETLY, House

AXE = (Path(__file__).parent.parent / "vendor" / "axe.js").read_text()


def pytest_collection_modifyitems(items):
    """On a machine that is shared, a browser may stand still for seconds in the middle of a story.

    So each is told once more before it counts as broken. What is really broken breaks twice, and the run names at its
    end what needed telling twice. Only real telephone calls get the same second chance (test_real_calls.py).
    """
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")  # gone with the last story: its event loop stands in the way of other tests
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield browser
        browser.close()


def between_rounds(data):
    with closing(sqlite3.connect(data / "peerwork.db")) as disk, disk:
        disk.execute("UPDATE ground_round SET state = 'closed' WHERE state = 'open'")


@pytest.fixture(scope="module")
def house(request, demo_data, tmp_path_factory):
    """A running house with the demo network in it.

    Between two rounds, unless the stories are about one: where a round is open, every device draws at its first
    opening, and that is a story of its own (test_tokens.py).
    """
    folder = tmp_path_factory.mktemp("house") / "data"
    shutil.copytree(demo_data, folder)
    if not getattr(request.module, "ROUNDS_ARE_OPEN", False):
        between_rounds(folder)
    house = House(folder, demo=True)
    house.start()
    yield house
    house.stop()


class Screen:
    """Somebody's screen. Everything that goes wrong in it is kept, and every request it makes."""

    def __init__(self, chromium, house, **options):
        self.house = house
        plain = {"viewport": PHONE, "locale": "en-AU", "timezone_id": "Australia/Melbourne"}
        self.context = chromium.new_context(**plain | options)
        self.page = self.context.new_page()
        self.troubles, self.requests, self.expected = [], [], []
        self.went_on = False
        self.page.on(
            "console", lambda said: self.troubles.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.context.on("request", lambda request: self.requests.append(request.url))

    def open(self, path):
        self.page.goto(self.house.address + path)
        return self

    def sign_in(self, phrase, *, rest="10 minutes"):
        self.open("/sign-in/")
        self.page.get_by_label("Your phrase").fill(phrase)
        self.page.get_by_label(rest).check()
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("heading", name="Today").wait_for()
        return self

    def goes_on(self, cookies):
        """With the session of a story before. False where there is none, or it has ended."""
        if not cookies:
            return False
        self.context.add_cookies(cookies)
        self.open("/")
        if self.page.get_by_role("heading", name="Today").is_visible():
            self.went_on = True
            return True
        self.context.clear_cookies()
        return False

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def sees(self, text):
        self.page.get_by_text(text).first.wait_for()
        return self

    def text(self):
        return self.page.locator("body").inner_text()

    def check_accessibility(self):
        """Axe finds nothing on this page."""
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]
        assert told == [], (self.page.url, told)

    def check_nothing_went_wrong(self):
        strangers = [
            url for url in self.requests if not url.startswith((self.house.address, "data:", "blob:"))
        ]
        assert strangers == []
        assert [trouble for trouble in self.troubles if trouble not in self.expected] == []

    def close(self):
        self.context.close()


@pytest.fixture
def screen(chromium, house):
    """Make screens: `screen("Ash")` is Ash's phone, signed in. Each is checked for troubles when it closes.

    Signing in works a phrase out for a second. So the first screen of somebody goes on with the session they had in
    the story before, where it still stands; another screen of theirs in the same story signs in by itself.
    """
    opened, here = [], set()

    def make(who=None, *, at=None, **options):
        made = Screen(chromium, at or house, **options)
        opened.append(made)
        if not who:
            return made
        sessions = getattr(made.house, "sessions", {})
        goes_on = who not in here and made.goes_on(sessions.get(who))
        here.add(who)
        if not goes_on:
            made.sign_in(PHRASES[who])
            sessions[who] = made.context.cookies()
        return made

    yield make
    for made in opened:
        made.check_nothing_went_wrong()
        made.close()


PHRASES = phrases()


def stops_the_clock(somebody):
    """It was installed. From here on it goes by what the story says, and not by how busy this machine is."""
    somebody.page.clock.pause_at(somebody.page.evaluate("Date.now() / 1000 + 10"))


@contextmanager
def same_person(signed_in, chromium, **options):
    """The same person in front of another screen: the session of one that is signed in."""
    cookies = signed_in.context.cookies()
    made = Screen(chromium, signed_in.house, **options)
    made.context.add_cookies(cookies)
    try:
        yield made
    finally:
        made.check_nothing_went_wrong()
        made.close()
