"""The line, for stories told on several screens: who is on duty, and how somebody asks, takes a call and talks."""

import json
import sqlite3
from typing import ClassVar

from tests.journeys.conftest import PHRASES
from tests.journeys.test_themes import in_the_house
from tests.test_kept_running import wait_until

BEGINS = """
from datetime import timedelta
from peerwork.people.members.models import Person
from peerwork.support.line.roster.models import Duty, Shift, ShiftSeries
from peerwork.support.line.switchboard import tokens
Shift.objects.all().delete()
tokens.keep_open(today, 10)
now = timezone.now()
series = ShiftSeries.objects.create(first="2026-01-01T00:00", minutes=240, zone="Australia/Melbourne")
"""
ON_DUTY = """
shift = Shift.objects.create(
    series=series, on="2026-01-01", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours={hours}))
for name, turn in zip({names}, ("first", "second")):
    Duty.objects.create(shift=shift, person=Person.objects.get(name=name), turn=turn)
"""

# A phone that is shared remembers nothing. It may draw a token spent another day, is told so, and takes the next.
SPENT_ELSEWHERE = "Failed to load resource: the server responded with a status of 403 (Forbidden)"

CUT_OFF = [
    f"Failed to load resource: net::ERR_{why}"
    for why in (
        "CONNECTION_REFUSED", "CONNECTION_RESET", "EMPTY_RESPONSE", "INCOMPLETE_CHUNKED_ENCODING", "FAILED",
        "INTERNET_DISCONNECTED", "NETWORK_CHANGED",
    )
]  # fmt: skip


def put_on_duty(house, *names, hours=3):
    """These, the first of them first on call, from now on, and nobody else. Tokens for asking can be drawn."""
    in_the_house(house, BEGINS + (ON_DUTY.format(names=names, hours=hours) if names else ""))


def on_call(somebody, *, here=True):
    """On the page that rings."""
    somebody.open("/line/on/").page.locator("[data-duty].when").wait_for()
    return somebody.press("I’m here") if here else somebody


def asks(somebody, who, *, way="Write", needs_the_phrase=True, before=lambda page: None):
    """From the first press on, until the server has it."""
    somebody.expected = [*somebody.expected, SPENT_ELSEWHERE]
    somebody.open("/talk/").page.locator("[data-promise]:not(.quiet)").wait_for()
    somebody.press("Talk to a peer")
    somebody.page.get_by_label(way, exact=True).check()
    before(somebody.page)
    somebody.press("Ask now")
    if needs_the_phrase:
        somebody.page.get_by_label("Your phrase").fill(PHRASES[who])
        somebody.press("Open")
    somebody.page.get_by_role("heading", name="You asked.").wait_for(timeout=60_000)
    return somebody


def writes(somebody, words):
    somebody.page.get_by_label("Write here").fill(words)
    return somebody.press("Send").sees(words)


def unfolds(somebody, name):
    somebody.page.locator("summary:visible", has_text=name).click()
    return somebody


def words_of(somebody):
    """The four words, as they stand on this screen."""
    words = somebody.page.locator("details[data-words]")
    words.wait_for()
    if not words.evaluate("(one) => one.open"):
        words.locator("summary").click()
    return words.locator("[data-four]").inner_text()


def is_at(somebody, words):
    """Whoever goes by the keyboard, or hears the page, is at these words."""
    where = "document.activeElement.textContent"
    assert wait_until(lambda: somebody.page.wait_for_timeout(50) or somebody.page.evaluate(where) == words)


def ends_it(somebody):
    return unfolds(somebody, "End the talk").press("End it now")


class Memory:
    """What the house has in its memory folder, as whoever sits at the machine could see it."""

    held: ClassVar[dict] = {}

    def __init__(self, house):
        self.folder = house.data.with_name(house.data.name + "-memory")
        path = self.folder / "line.db"
        # Held open: whoever closes a database as the last one takes its journal along.
        if path.exists() and path not in self.held:
            self.held[path] = sqlite3.connect(path, timeout=20)

    def ask(self, sql, *said):
        disk = self.held.get(self.folder / "line.db")
        if disk is None:
            return []
        with disk:
            return disk.execute(sql, said).fetchall()

    def everything(self):
        return b"".join(path.read_bytes() for path in self.folder.rglob("line.db*"))

    def half_an_hour_of_silence(self):
        """As if whoever has a call had not been heard of for so long."""
        self.ask("UPDATE call SET person_heard = person_heard - 1800 WHERE person_secret <> ''")

    def an_hour_of_waiting(self):
        """As if whoever waits had asked an hour ago."""
        for call, board in self.ask("SELECT id, board FROM call"):
            said = json.loads(board)
            said["waits_since"] -= 3600
            self.ask("UPDATE call SET board = ? WHERE id = ?", json.dumps(said), call)

    def they_were_away_for_too_long(self):
        """As if whoever asked had not been heard of until their place was given up."""
        for call, board in self.ask("SELECT id, board FROM call"):
            said = json.loads(board)
            if said["state"] in {"asked", "offered"}:
                said |= {"state": "ended", "end": "left", "offer": None, "ended_at": said["asked_at"]}
                self.ask("UPDATE call SET board = ? WHERE id = ?", json.dumps(said), call)

    def and_they_do_not_come_back(self):
        for call, board in self.ask("SELECT id, board FROM call"):
            said = json.loads(board)
            if said["person_away"] is not None:
                said["person_away"] -= 1800
                self.ask("UPDATE call SET board = ? WHERE id = ?", json.dumps(said), call)
