"""Somebody who reads Arabic: every page turned round, nothing cut off, and no word left in English."""

import re
from pathlib import Path

import polib
import pytest

from peerwork import site
from peerwork.people.door.pages import CITIES
from peerwork.site.demo.script import script
from tests.journeys.conftest import same_person
from tests.journeys.test_every_page import (
    EVERYBODYS,
    OVERFLOWS,
    RUN,
    SIZES,
    SMALL_TARGETS,
    STRANGERS,
    addresses_of,
    voices_of,
)


def city_of(zone):
    return zone.split("/")[-1].replace("_", " ")


ARABIC = Path(site.__file__).parent / "locale" / "ar" / "LC_MESSAGES" / "django.po"
# Names of people, places and cities stay as they are.
WORKPLACES = {name for person in script()["people"] for name in person.get("works_at", ())}
STAY = re.compile(
    "|".join(["Corner", "Ash", "Jude", "CSV", *WORKPLACES, *(city_of(zone) for zone in CITIES)])
)

# Without what stands there in the language of a pack, and says so.
OUR_WORDS = """() => [...document.querySelectorAll(
        "h1, h2, button, label:not(.pick), legend, caption, th, nav a, .button")]
    .filter((one) => !one.closest("[lang=en]")).map((one) => {
        const copy = one.cloneNode(true);
        for (const part of copy.querySelectorAll("[lang=en]")) part.remove();
        return copy.textContent.trim();
    })"""


def look_at(somebody, path):
    page = somebody.open(path).page
    somebody.expected.append("Failed to load resource: the server responded with a status of 404 (Not Found)")
    assert page.locator("html").get_attribute("dir") == "rtl", path
    assert not page.evaluate(OVERFLOWS), f"{path} is wider than the screen"
    assert page.evaluate(SMALL_TARGETS) == [], path
    said = page.evaluate(OUR_WORDS)
    assert said
    left = [text for text in said if re.search(r"[A-Za-z]{3}", STAY.sub("", text))]
    assert left == [], path


def holds_what_peers_wrote(path):
    return "{" in path or path in {"/consultations/", "/said/", "/released/", "/released/ledger/"}


@pytest.mark.parametrize("size", SIZES)
class TestEveryPageTurnedRound:
    def test_at_the_door(self, screen, size):
        stranger = screen(locale="ar", viewport=SIZES[size])
        for path in STRANGERS:
            if not path.startswith("/a/"):  # no language is read there: a rare one would say who came
                look_at(stranger, path)
        stranger.open("/join/").check_accessibility()

    def test_for_a_peer(self, screen, chromium, size):
        here = screen("Ash")
        things = voices_of(here)  # what peers wrote stands there in their own language
        with same_person(here, chromium, locale="ar", viewport=SIZES[size]) as ash:
            for path in EVERYBODYS:
                if not holds_what_peers_wrote(path):
                    look_at(ash, path)
            for path in (path.format(**things) for path in EVERYBODYS if holds_what_peers_wrote(path)):
                assert not ash.open(path).page.evaluate(OVERFLOWS), path
            ash.open("/").check_accessibility()

    def test_for_somebody_who_runs_things(self, screen, chromium, size):
        jude = screen("Jude")
        things = addresses_of(jude)
        with same_person(jude, chromium, locale="ar", viewport=SIZES[size]) as jude:
            for path in RUN:
                if "{" not in path:
                    look_at(jude, path)
            for thing in things.values():
                assert not jude.open(thing).page.evaluate(OVERFLOWS), thing


def test_tran_keeps_a_seat_in_arabic(screen, chromium):
    says = polib.pofile(ARABIC)
    words = {
        word: says.find(word).msgstr for word in ("Keep me a seat", "There is a seat with your name on it.")
    }
    with same_person(screen("Tran"), chromium, locale="ar") as tran:
        main = tran.open("/together/").page.get_by_role("main")
        main.get_by_role("link", name="Community of practice").first.click()
        tran.press(words["Keep me a seat"]).page.wait_for_load_state()
        tran.sees(words["There is a seat with your name on it."])
