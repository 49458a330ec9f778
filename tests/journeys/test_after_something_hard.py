"""After something hard: a path that only Ash can open, and a debrief that somebody asked for."""

import re
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
import vobject

from tests.journeys.browser import DESK, PHONE
from tests.journeys.conftest import PHRASES, Screen, same_person
from tests.journeys.tapped import tapped
from tests.journeys.vaults import open_as_before

OVERDOSE = "An overdose that was turned round"
DUE = "You chose a step for these days."
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def the_page(somebody, who=None):
    """The page, with the vault open on it: with the phrase, or because it was open a moment ago."""
    if who:
        open_as_before(somebody, who, at="/mine/hard/")
    else:
        somebody.open("/mine/hard/")
    somebody.page.get_by_role("heading", name="Start a path").wait_for()
    return somebody


def start(somebody, what="overdose_reversed", title=OVERDOSE):
    somebody.page.locator("#what").select_option(what)
    somebody.press("Start")
    somebody.page.locator("[data-paths]").get_by_role("heading", name=title).first.wait_for()
    return path(somebody)


def path(somebody, at=0):
    return somebody.page.locator("[data-paths] > li").nth(at)


def step(card, code):
    """One step, unfolded."""
    place = card.locator(f"[data-step={code}]")
    if place.get_attribute("open") is None:
        place.locator("summary").click()
    return place


def is_kept(somebody, change):
    """Do it, and wait until the server has it."""
    with somebody.page.expect_response(
        lambda a: "/v/shelf/" in a.url and a.request.method == "PUT" and "/0/" in a.url
    ):
        change()


def stop_all(somebody):
    for _path in range(somebody.page.locator("[data-paths] > li").count()):
        somebody.press("Stop this path").sees("It is stopped")
        somebody.page.evaluate(
            "document.querySelector('[data-stopped]:not([hidden])').closest('li').remove()"
        )


@pytest.fixture(scope="module")
def modules(chromium, house):
    """The page with its modules, for what they work out. Nothing is written down there."""
    ash = Screen(chromium, house).sign_in(PHRASES["Ash"]).open("/mine/hard/")
    yield ash.page
    ash.check_nothing_went_wrong()
    ash.close()


class TestThePath:
    def test_ash_starts_one_chooses_a_step_and_finds_it_again_on_another_screen(self, screen, chromium):
        ash = the_page(screen("Ash"), "Ash")
        card = start(ash)
        day = step(card, "next_day")
        assert not any(box.is_checked() for box in card.locator("[data-want]").all())  # nothing by itself
        is_kept(ash, day.get_by_label("I want this step").check)
        is_kept(ash, day.get_by_label("What can wait, waits.").check)
        with same_person(ash, chromium) as tablet:
            there = path(the_page(tablet, "Ash"))
            assert there.get_by_role("heading").inner_text() == OVERDOSE
            assert step(there, "next_day").get_by_label("What can wait, waits.").is_checked()
            is_kept(tablet, step(there, "next_week").get_by_label("I want this step").check)
            # The first screen changes something too. Neither change is lost.
            is_kept(ash, day.get_by_label("A talk with one peer.").check)
            assert step(card, "next_week").get_by_label("I want this step").is_checked()
            assert day.get_by_label("What can wait, waits.").is_checked()
        ash.expected += [t for t in ash.troubles if "412" in t]  # how the browser heard of the other screen
        stop_all(ash)

    def test_several_at_a_time_without_a_word_about_what_it_was(self, screen):
        ash = the_page(screen("Ash"), "Ash")
        start(ash)
        start(ash, "", "Something hard")
        the_page(ash)
        path(ash, 1).wait_for()
        titles = sorted(ash.page.locator("[data-paths] h3").all_inner_texts())
        assert titles == [OVERDOSE, "Something hard"]
        stop_all(ash)
        the_page(ash)
        assert ash.page.locator("[data-paths] > li").count() == 0

    def test_one_press_stops_it_and_it_can_be_put_back(self, screen, chromium):
        kas = the_page(screen("Kas"), "Kas")
        card = start(kas)
        is_kept(kas, step(card, "next_week").get_by_label("I want this step").check)
        with same_person(kas, chromium) as tablet:
            late = step(path(the_page(tablet, "Kas")), "next_day")
            kas.press("Stop this path").sees("It is stopped, and nothing of it is kept.")
            assert kas.page.evaluate("document.activeElement.textContent") == "Put it back"
            late.get_by_label("I want this step").click()
            tablet.sees("That is not there any more.")
            assert not late.get_by_label("I want this step").is_checked()  # the screen follows what is kept
            tablet.expected += [t for t in tablet.troubles if "412" in t]
        kas.press("Put it back")
        card.get_by_role("button", name="Stop this path").wait_for()
        the_page(kas)
        assert step(path(kas), "next_week").get_by_label("I want this step").is_checked()
        stop_all(kas)

    def test_nothing_of_it_leaves_the_device_but_sealed_pages(self, screen):
        ash = screen("Ash")
        sent = []
        ash.context.on(
            "request",
            lambda r: sent.append(f"{r.method} {r.url} {r.headers}".encode() + (r.post_data_buffer or b"")),
        )
        card = start(the_page(ash, "Ash"))
        is_kept(ash, step(card, "anniversary").get_by_label("I want this step").check)
        is_kept(ash, step(card, "anniversary").get_by_label("Let the date pass like any other.").check)
        written = [each for each in sent if each.startswith(b"PUT ")]
        assert len(written) >= 4
        assert all(b"age-encryption.org/v1" in each for each in written)
        assert not any(
            word in each for each in sent for word in (b"overdose", b"anniversary", b"let_pass", b"next_day")
        )
        stop_all(ash)

    def test_when_it_cannot_be_kept_the_screen_says_so_and_shows_what_is_kept(self, screen):
        ash = the_page(screen("Ash"), "Ash")
        want = step(start(ash), "next_day").get_by_label("I want this step")
        ash.context.set_offline(True)
        want.click()
        ash.sees("There is no connection just now.")
        assert not want.is_checked()
        ash.check_accessibility()
        ash.context.set_offline(False)
        ash.expected += [t for t in ash.troubles if "ERR_INTERNET_DISCONNECTED" in t]
        is_kept(ash, want.check)
        assert "no connection" not in path(ash).inner_text()
        stop_all(ash)


def test_on_my_own_phone_it_opens_with_no_network_and_what_i_choose_waits(screen, chromium):
    kas = the_page(screen().sign_in(PHRASES["Kas"], rest="14 days"), "Kas")
    start(kas)
    kas.page.evaluate("navigator.serviceWorker.ready")
    kas.open("/").page.wait_for_timeout(500)
    the_page(kas).page.wait_for_timeout(500)
    kas.context.set_offline(True)
    kas.expected = ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]
    kas.open("/mine/hard/").sees("Ask one person to stay near.")
    kas.page.get_by_label("Your phrase").fill(PHRASES["Kas"])
    kas.press("Open")
    path(kas).wait_for()
    want = step(path(kas), "next_day").get_by_label("I want this step")
    want.click()
    kas.sees("Some of it waits on this phone for a connection.")
    assert want.is_checked()
    kas.context.set_offline(False)
    path(the_page(kas, "Kas")).wait_for()
    kas.page.get_by_text("Some of it waits").first.wait_for(state="hidden")
    with same_person(kas, chromium) as tablet:
        assert step(path(the_page(tablet, "Kas")), "next_day").get_by_label("I want this step").is_checked()
    stop_all(kas)


class TestTheDays:
    def test_on_its_day_the_step_is_there_gently_and_put_away_it_is_quiet(self, screen, chromium):
        ash = screen()
        ash.context.clock.set_fixed_time("2026-11-24T10:00:00+11:00")
        place = step(start(the_page(ash.sign_in(PHRASES["Ash"]), "Ash")), "next_day")
        is_kept(ash, place.get_by_label("I want this step").check)
        assert place.get_by_label("On this day").input_value() == "2026-11-25"
        assert not ash.page.get_by_text(DUE).first.is_visible()
        with same_person(ash, chromium) as tomorrow:
            tomorrow.context.clock.set_fixed_time("2026-11-25T07:00:00+11:00")
            place = path(the_page(tomorrow, "Ash")).locator("[data-step=next_day]")
            tomorrow.sees(DUE)
            assert place.get_attribute("open") is not None
            assert "these days" in place.inner_text()
            tomorrow.check_accessibility()
            is_kept(tomorrow, place.get_by_role("button", name="Put this step away").click)
            assert tomorrow.page.evaluate("document.activeElement.tagName") == "SUMMARY"
            path(the_page(tomorrow)).wait_for()
            assert not tomorrow.page.get_by_text(DUE).first.is_visible()
            stop_all(tomorrow)

    def test_a_step_nobody_looked_at_is_quiet_by_itself_after_some_days(self, screen):
        begun = {"what": "", "day": "2026-11-24", "kept": []}
        page = screen("Ash").open("/mine/hard/").page
        steps = {"next_day": {"on": "2026-11-25"}, "next_week": {"on": "2026-12-01", "away": "2026-12-01"}}
        steps["anniversary"] = {"on": "2028-02-29", "yearly": True, "away": "2028-02-29"}
        found = {}
        for day in (
            "2026-11-24",
            "2026-11-25",
            "2026-11-30",
            "2026-12-01",
            "2028-03-01",
            "2029-02-27",
            "2029-02-28",
            "2032-02-29",
        ):
            page.clock.set_fixed_time(f"{day}T23:30:00+11:00")
            found[day] = page.evaluate(
                """async (body) => (await import("/static/care/hard_due.js")).due(
                    {readAll: async (doc) => new Map(doc === "hard" ? [["a", {body, version: 1}]] : [])})""",
                begun | {"steps": steps},
            )
        due = {day: [one["step"] for one in found[day]] for day in found if found[day]}
        assert due == {
            "2026-11-25": ["next_day"], "2026-11-30": ["next_day"],
            "2029-02-28": ["anniversary"], "2032-02-29": ["anniversary"],
        }  # fmt: skip
        assert found["2026-11-25"] == [{"section": "a", "what": "", "step": "next_day"}]

    @pytest.mark.parametrize(
        ("happened", "today", "days"),
        [
            ("2026-11-24", "2026-11-24", ["2026-11-25", "2026-12-01", "2027-11-24"]),
            ("2026-01-05", "2026-11-24", ["2026-11-24", "2026-11-24", "2027-01-05"]),  # never in the past
            ("2024-02-29", "2026-11-24", ["2026-11-24", "2026-11-24", "2027-02-28"]),
            ("2026-12-31", "2026-12-31", ["2027-01-01", "2027-01-07", "2027-12-31"]),
            (
                "2026-04-04",
                "2026-04-04",
                ["2026-04-05", "2026-04-11", "2027-04-04"],
            ),  # the night the clocks go back
        ],
    )
    def test_the_day_that_is_offered(self, modules, happened, today, days):
        offered = modules.evaluate(
            """async ([day, now]) => { const { proposed } = await import("/static/care/hard_days.js");
                return [{after: "1"}, {after: "7"}, {yearly: ""}, {}]
                    .map((one) => proposed(one, day, now) ?? null); }""",
            [happened, today],
        )
        assert offered == [*days, None]


class TestTheCalendarFile:
    def test_it_says_what_its_owner_words_and_the_days_and_no_more(self, screen):
        ash = screen()
        ash.context.clock.set_fixed_time("2026-11-24T10:00:00+11:00")
        card = start(the_page(ash.sign_in(PHRASES["Ash"]), "Ash"))
        for code in ("next_day", "anniversary"):
            is_kept(ash, step(card, code).get_by_label("I want this step").check)
        card.get_by_text("Put my days in a calendar").click()
        title = card.get_by_label("What shall your calendar call it?")
        assert title.input_value() == "Catch-up"  # the network's own neutral word
        asked = len(ash.requests)
        with ash.page.expect_download() as taken:
            card.get_by_role("button", name="Make the file").click()
        ash.check_accessibility()
        assert [url for url in ash.requests[asked:] if not url.startswith("blob:")] == []  # made here
        assert taken.value.suggested_filename == "event.ics"
        content = Path(taken.value.path()).read_bytes()
        days = [(event.start, str(event["summary"]), "RRULE" in event) for event in events(content)]
        assert days == [(date(2026, 11, 25), "Catch-up", False), (date(2027, 11, 24), "Catch-up", True)]
        assert b"VALARM" not in content
        assert not any(
            word in content.lower()
            for word in (b"overdose", b"step", b"peer", b"hard", b"anniversary", b"ash")
        )
        stop_all(ash)

    def test_without_a_day_there_is_no_file(self, screen):
        ash = the_page(screen("Ash"), "Ash")
        card = start(ash)
        card.get_by_text("Put my days in a calendar").click()
        card.get_by_role("button", name="Make the file").click()
        ash.sees("Choose a step with a day first.")
        stop_all(ash)

    @pytest.mark.parametrize(
        "words",
        [
            "Tea",
            "Tea; cake, and \\n a walk",
            "Größe " * 12,
            "مرور ساعة " * 9,
            "🕯️" * 40,
            "BEGIN:VEVENT\r\nSUMMARY:x",
            "a" * 75,
            "é" * 75,
        ],
    )
    def test_two_readers_of_calendars_read_what_was_written(self, modules, words):
        content = modules.evaluate(
            """async (words) => (await import("/static/care/hard_file.js")).fileOf(
                [{on: "2027-04-04"}, {on: "2028-02-29", yearly: true}, {on: "2027-12-31", yearly: true}],
                words, true)""",
            words,
        ).encode()
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert content.count(b"\n") == content.count(b"\r\n")
        plain = " ".join(words.split())
        days = [date(2027, 4, 4), date(2028, 2, 29), date(2027, 12, 31)]
        for event, day in zip(events(content), days, strict=True):
            assert (str(event["summary"]), event.start, event.end) == (plain, day, day + timedelta(days=1))
            assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
            (alarm,) = event.walk("VALARM")
            assert (alarm["action"], str(alarm["description"]), alarm["trigger"].dt) == (
                "DISPLAY",
                plain,
                timedelta(hours=9),
            )
        again = list(vobject.readOne(content.decode()).vevent_list)
        assert [event.summary.value for event in again] == [plain] * 3
        assert [event.dtstart.value for event in again] == days
        leap = list(again[1].rruleset)[:5]
        assert [f"{day:%Y-%m-%d}" for day in leap] == [
            "2028-02-29",
            "2029-02-28",
            "2030-02-28",
            "2031-02-28",
            "2032-02-29",
        ]
        assert len({event["uid"] for event in events(content)}) == 3


def events(content):
    calendar = icalendar.Calendar.from_ical(content)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//calendar//EN")
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def asks(screen, tap, who, about="overdose_witnessed"):
    """Somebody asks, over a tapped wire. What the server gets, and what else went over that connection."""
    before = len(tap.sent)
    somebody = screen(who, at=tap).open("/mine/hard/")
    person = somebody.page.evaluate(
        "fetch('/v/key/').then((answer) => answer.json()).then((key) => key.person)"
    )
    somebody.page.locator("#about").select_option(about)
    somebody.press("Ask, without my name").sees("It is asked for, without your name.")
    somebody.check_accessibility()
    ((request, stream),) = tap.requests(b"POST /a/debrief/", since=before)
    return request, stream, person


def with_an_old_word(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'data-word="\w+"', 'data-word="0"', answer.text()))


class TestAskingForADebrief:
    def test_what_the_server_gets_is_the_same_whoever_asks(self, screen, house):
        with tapped(house) as tap:
            (ash, ashs_wire, ash_id), (kas, kass_wire, kas_id) = (
                asks(screen, tap, who) for who in ("Ash", "Kas")
            )
            everything = b"".join(map(bytes, tap.sent)).lower()
        assert ash == kas  # byte for byte
        assert ash_id != kas_id
        for secret in (b"\r\ncookie:", b"\r\nreferer:", b"csrf"):
            assert secret in everything  # the other requests do carry it,
            assert secret not in ash.lower()  # and this one does not
        for person in (ash_id, kas_id):
            assert person.encode() not in ash + kas
        _head, _, body = ash.partition(b"\r\n\r\n")
        assert body.startswith(b"word=")
        assert body.endswith(b"&about=overdose_witnessed")
        assert len(body) == len("word=") + 64 + len("&about=overdose_witnessed")
        for wire in (ashs_wire, kass_wire):
            assert (
                b"\r\ncookie:" not in wire.lower()
            )  # it does not even share a connection with what is named

    def test_whoever_plans_for_peers_sees_it_plans_one_and_lets_it_go(self, screen, house):
        with tapped(house) as tap:
            asks(screen, tap, "Ash", "colleague_death")
        assert "death of a colleague" not in screen("Rosa").open("/run/debriefs/").text()  # within the hour
        assert house.night().returncode == 0
        rosa = screen("Rosa").open("/run/debriefs/")
        card = rosa.page.locator("li.card", has_text="after the death of a colleague").first
        rosa.check_accessibility()
        card.get_by_text("One is planned").click()
        rosa.check_accessibility()
        card.get_by_role("button", name="Let it go, and plan a gathering").click()
        rosa.sees("It is let go.").sees("Put it in the calendar")
        assert "death of a colleague" not in rosa.open("/run/debriefs/").text()

    def test_for_morgan_there_is_no_such_page(self, screen):
        morgan = screen("Morgan").open("/run/debriefs/")
        assert "debrief" not in morgan.text().lower()
        morgan.expected += [t for t in morgan.troubles if "404" in t]

    def test_a_page_left_open_for_days_says_so_and_nothing_is_asked(self, screen):
        ash = screen("Ash")
        ash.page.route("**/mine/hard/", with_an_old_word)
        ash.open("/mine/hard/").press("Ask, without my name").sees("This page was open too long.")
        ash.check_accessibility()
        ash.context.set_offline(True)
        ash.press("Ask, without my name").sees("There is no connection just now.")
        ash.expected += [t for t in ash.troubles if "400" in t or "ERR_INTERNET" in t]
        ash.context.set_offline(False)

    def test_without_javascript_the_help_is_there_and_the_other_ways_to_ask(self, screen, chromium):
        with same_person(screen("Ash"), chromium, java_script_enabled=False) as ash:
            ash.open("/mine/hard/").sees("Ask one person to stay near.").sees("Not safe now?")
            assert "Asking without a name needs JavaScript." in ash.text()
            assert not ash.page.locator("#ask").is_visible()
            assert ash.page.get_by_role("link", name="Talk to a peer").get_attribute("href") == "/talk/"
            assert ash.page.get_by_role("link", name="Ring 1800").get_attribute("href").startswith("tel:")
            ash.page.get_by_text("Other ways to ask").click()
            ash.sees("Say it on the phone").follow(
                "Put it on the list of a gathering. No name is kept there either."
            )
            ash.sees("Together")


@pytest.mark.parametrize(
    ("size", "theme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
)
def test_in_every_state_everybody_can_use_it(screen, size, theme):
    ash = screen("Ash", viewport=size, color_scheme=theme).open("/mine/hard/")
    for summary in ash.page.locator("#debrief summary").all():
        summary.click()
    ash.check_accessibility()
    card = start(the_page(ash, "Ash"))
    for code in ("now", "next_day", "next_week", "anniversary"):
        is_kept(ash, step(card, code).get_by_label("I want this step").check)
    card.get_by_text("Put my days in a calendar").click()
    ash.check_accessibility()
    assert not ash.page.evaluate(OVERFLOWS)
    ash.press("Stop this path").sees("It is stopped")
    ash.check_accessibility()


def test_with_the_keyboard_alone(screen):
    ash = screen("Ash").open("/mine/hard/")
    go_to(ash, "A path of my own")
    ash.page.keyboard.press("Enter")
    go_to(ash, "phrase")
    ash.page.keyboard.type(PHRASES["Ash"])
    ash.page.keyboard.press("Enter")
    ash.sees("Start a path")
    go_to(ash, "what")
    ash.page.keyboard.type("Seeing")
    go_to(ash, "Start")
    ash.page.keyboard.press("Enter")
    ash.page.locator("[data-paths] h3").wait_for()
    assert ash.page.evaluate("document.activeElement.textContent") == "Seeing an overdose"
    go_to(ash, "The next day")
    ash.page.keyboard.press("Enter")
    ash.page.keyboard.press("Tab")
    is_kept(ash, lambda: ash.page.keyboard.press("Space"))
    assert step(path(ash), "next_day").get_by_label("I want this step").is_checked()
    go_to(ash, "Stop this path")
    ash.page.keyboard.press("Enter")
    ash.sees("It is stopped")
    go_to(ash, "about", key="Shift+Tab")
    go_to(ash, "Ask, without my name")
    ash.page.keyboard.press("Enter")
    ash.sees("It is asked for")
    assert "It is asked for" in ash.page.evaluate("document.activeElement.textContent")


def go_to(somebody, what, key="Tab"):
    """Move on until what has the focus is called this."""
    for _step in range(80):
        somebody.page.keyboard.press(key)
        if somebody.page.evaluate(
            "[document.activeElement.id, document.activeElement.textContent.trim()]"
        ).count(what):
            return
    raise AssertionError(what)
