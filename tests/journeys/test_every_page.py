"""Every page a person can open, looked at by a machine that checks accessibility, in both themes."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.browser import DESK, PHONE

ROUNDS_ARE_OPEN = True

STRANGERS = (
    "/", "/a/line/", "/a/line/complaints/", "/join/", "/sign-in/", "/recover/",
    "/locked/", "/clock/", "/offline/", "/nothing-here/",
)  # fmt: skip
EVERYBODYS = (
    "/", "/together/", "/together/?words=zzz", "/mine/", "/mine/welcome/", "/mine/name/", "/mine/settings/",
    "/mine/held/", "/mine/leave/", "/mine/vouch/", "/mine/keys/", "/mine/keys/phrase/", "/mine/keys/code/",
    "/mine/keys/key/", "/mine/keys/friend/", "/mine/hours/", "/mine/sealed/", "/mine/plan/", "/mine/plan/print/",
    "/mine/plan/word/", "/mine/check-in/", "/mine/hard/", "/mine/people/", "/talk/letters/",
    "/talk/", "/talk/complaints/", "/line/never/",
    "/mine/calendar/", "/now/", "/who-may/", "/held/", "/patterns/", "/steer/", "/themes/", "/themes/frame/",
    "/themes/frame/proposal/", "/themes/bulletins/", "/themes/{bulletin}/", "/consultations/", "{asked}",
    "{asked}questions/", "{asked}paper/", "{told}", "/said/", "{finding}", "/released/", "/released/ledger/",
    "{reading}", "/counted/",
)  # fmt: skip
RUN = (
    "/run/", "/run/debriefs/", "/run/plan/", "/run/calendar-file/", "/run/welcome/", "/run/welcome/invitations/",
    "/run/welcome/list/", "/run/welcome/workplaces/", "/run/welcome/network/", "/run/welcome/hand-over/",
    "/run/quarters/", "{quarter}", "{quarter}closing/", "{person}", "{gathering}", "{gathering}date/", "{series}",
    "{series}end/", "/run/consultations/", "{asked_run}", "/run/paper/{round}/", "/themes/{bulletin}/words/",
    "/said/new/", "{finding}answer/", "/run/line/", "/run/line/terms/", "/run/line/numbers/", "{shift}",
    "/run{shift}off/",
)  # fmt: skip

SIZES = {"phone": PHONE, "desk": DESK}
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL_TARGETS = """[...document.querySelectorAll(
        'button, .button, .pick, input:not([type=hidden], [type=checkbox], [type=radio]), select')]
    .filter((e) => e.checkVisibility()).map((e) => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)])
    .filter(([height]) => height < 43.5)"""


def look_at(somebody, path):
    somebody.open(path)
    somebody.expected.append("Failed to load resource: the server responded with a status of 404 (Not Found)")
    somebody.check_accessibility()
    assert not somebody.page.evaluate(OVERFLOWS), f"{path} is wider than the screen"
    assert somebody.page.evaluate(SMALL_TARGETS) == [], path
    title = somebody.page.title()
    assert not re.search(r"peer|harm|drug|support|group|friday", title, re.IGNORECASE), title


def addresses_of(somebody):
    """The addresses of Run that have a thing in them, as this person finds them."""
    first = somebody.open("/together/").page.get_by_role("link", name="Community of practice").first
    gathering = first.get_attribute("href")
    series = (
        somebody.open(gathering).page.get_by_role("link", name="Change all from now on").get_attribute("href")
    )
    person = somebody.open("/run/welcome/").page.get_by_role("link", name="Kas").get_attribute("href")
    main = somebody.open("/run/quarters/").page.get_by_role("main")
    quarter = main.get_by_role("link").last.get_attribute("href")
    shifts = somebody.open("/run/line/").page.locator("main a[href^='/line/shifts/']")
    return {
        "gathering": gathering, "series": series, "person": person, "quarter": quarter,
        "shift": shifts.first.get_attribute("href"),
    }  # fmt: skip


def voices_of(somebody):
    """The addresses of what is said without a name that have a thing in them."""

    def leads_to(page, beginning, *, ends=""):
        links = somebody.open(page).page.locator(f"main a[href^='{beginning}'][href$='{ends}/']")
        return links.first.get_attribute("href")

    quarter = leads_to("/themes/bulletins/", "/themes/2").split("/")[2]
    asked = somebody.open("/").page.locator("main a[href^='/consultations/']").first.get_attribute("href")
    return {
        "bulletin": quarter, "asked": asked, "asked_run": asked.replace("/consultations/", "/run/consultations/"),
        "told": leads_to("/consultations/", "/consultations/", ends="results"), "round": f"themes.{this_quarter()}",
        "finding": leads_to("/said/", "/said/"), "reading": leads_to("/released/", "/released/of/"),
    }  # fmt: skip


def this_quarter():
    today = datetime.now(ZoneInfo("Australia/Melbourne"))
    return f"{today.year}-Q{(today.month - 1) // 3 + 1}"


# Each size and each theme. Colours do not know how wide a page is, so not all four.
@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desk", "dark")])
class TestEveryPage:
    def test_at_the_door(self, screen, size, theme):
        stranger = screen(viewport=SIZES[size], color_scheme=theme)
        for path in STRANGERS:
            look_at(stranger, path)

    def test_for_a_peer(self, screen, size, theme):
        ash = screen("Ash", viewport=SIZES[size], color_scheme=theme)
        things = voices_of(ash)
        for path in EVERYBODYS:
            look_at(ash, path.format(**things))

    def test_for_somebody_who_runs_things(self, screen, size, theme):
        jude = screen("Jude", viewport=SIZES[size], color_scheme=theme)
        things = addresses_of(jude) | voices_of(jude)
        for path in RUN:
            look_at(jude, path.format(**things))

    def test_for_somebody_who_answers_the_line(self, screen, size, theme):
        sam = screen("Sam", viewport=SIZES[size], color_scheme=theme)
        shift = sam.open("/line/").page.locator("main a[href^='/line/shifts/']").first.get_attribute("href")
        for path in ("/", "/talk/", "/line/", "/line/me/", "/line/on/", "/line/after/", shift):
            look_at(sam, path)


@pytest.mark.parametrize("who", ["Priya", "Fran", "Morgan"])
def test_for_a_manager_a_funder_and_both_at_once(screen, who):
    somebody = screen(who)
    for path in ("/", "/mine/", "/mine/plan/words/", "/talk/letters/", "/who-may/", "/held/", "/mine/held/"):
        look_at(somebody, path)


def test_with_the_keyboard_alone_ash_keeps_a_seat(screen):
    ash = screen("Tran").open("/together/")
    press = ash.page.keyboard.press
    press("Tab")
    assert ash.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    for _step in range(12):
        press("Tab")
        if ash.page.evaluate("document.activeElement.textContent") == "Community of practice":
            break
    press("Enter")
    ash.page.wait_for_url("**/together/*-*/")
    while ash.page.evaluate("document.activeElement.textContent") != "Keep me a seat":
        press("Tab")
    press("Enter")
    ash.sees("There is a seat with your name on it")


def test_with_text_twice_as_large_nothing_is_cut_off(screen):
    ash = screen("Ash", viewport={"width": 640, "height": 900})
    for path in ("/", "/together/", "/mine/"):
        ash.open(path).page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not ash.page.evaluate(OVERFLOWS), path


def test_very_long_names_stay_on_the_page(screen):
    kas = screen("Kas").open("/mine/name/")
    kas.page.get_by_label("What shall we call you?").fill("W" * 40)
    kas.press("Save")
    assert not kas.page.evaluate(OVERFLOWS)
    kas.check_accessibility()
    kas.open("/mine/name/").page.get_by_label("What shall we call you?").fill("Kas")
    kas.press("Save")
