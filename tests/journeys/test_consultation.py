"""A consultation from both ends: answered on a screen, a phone and paper; read by peers, signed, and then by Fran."""

import json
import re
import shutil

import pytest

from tests.journeys.browser import DESK, House
from tests.journeys.conftest import PHRASES, same_person
from tests.journeys.consulting import a_consultation, answered, codes_of, forget_what_was_asked, it_is_over

ROUNDS_ARE_OPEN = True

OFFLINE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
REFUSED = "Failed to load resource: the server responded with a status of 400 (Bad Request)"
USED = "Failed to load resource: the server responded with a status of 409 (Conflict)"
SECRET = "The cold van by the river"
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    """A network that has never asked its people anything."""
    folder = tmp_path_factory.mktemp("asking") / "data"
    shutil.copytree(demo_data, folder)
    house = House(folder, demo=True)
    house.start()
    forget_what_was_asked(house)
    yield house
    house.stop()


@pytest.fixture(scope="module")
def asked(house):
    """One that is open all through these stories."""
    return a_consultation(house, "Our year")


def the_page(somebody, number, who=None):
    """The questions, with the vault open: with the phrase, or because it was open a moment ago."""
    somebody.open(f"/consultations/{number}/")
    if who:
        somebody.page.get_by_label("Your phrase").fill(PHRASES[who])
        somebody.press("Open")
    somebody.page.locator("#sheet:not([hidden])").wait_for()
    return somebody


def pick(somebody, *names):
    for name in names:
        for role in ("radio", "checkbox"):
            found = somebody.page.get_by_role(role, name=name, exact=True)
            if found.count():
                found.first.check()
                break
        else:
            pytest.fail(f"there is nothing called {name}")
    return somebody


def look_over(somebody):
    for _part in range(5):
        if somebody.page.get_by_role("button", name="Send my answers").is_visible():
            return somebody
        somebody.press("Next")
    pytest.fail("there is no end to it")


def is_sent(somebody, says="It is sent"):
    look_over(somebody).press("Send my answers")
    somebody.page.get_by_role("heading", name=says).wait_for()
    return somebody


def in_the_tab(somebody):
    return somebody.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")


def is_kept_in_the_tab(somebody):
    """Wait until what was typed last is sealed and put away."""
    somebody.page.wait_for_timeout(900)
    return somebody


class TestOnAScreenAndAPhone:
    def test_ash_answers_on_a_phone_part_by_part_and_looks_it_over(self, screen, asked):
        sent = []
        ash = screen("Ash")
        ash.context.on("request", lambda one: sent.append(one) if "/a/consultation/" in one.url else None)
        the_page(ash, asked, "Ash").check_accessibility()
        pick(ash, "For some of it", "4").press("Next")
        pick(ash, "Better pay", "More rest", "Agree")
        ash.page.locator("textarea").fill("More time to talk")
        ash.press("Next").sees("Look over what you said")
        told = ash.page.locator("[data-answers]").inner_text()
        for words in (
            "For some of it",
            "4",
            "Better pay",
            "More rest",
            "Nobody should work a night alone.",
            "Agree",
        ):
            assert words in told
        assert sent == []
        ash.check_accessibility()
        assert not ash.page.evaluate(OVERFLOWS)
        ash.page.locator("[data-answers]").get_by_role("button", name="Change").first.click()
        pick(ash, "For all of it")
        is_sent(ash).check_accessibility()

        (slip,) = sent
        assert "cookie" not in slip.all_headers()
        assert "referer" not in slip.all_headers()
        assert len(slip.post_data_buffer) == 8192
        assert json.loads(slip.post_data)["pieces"] == [
            ["paid", "all"], ["safe", "4"], ["first", "pay"], ["first", "rest"], ["say", '{"night":1}'],
            ["more:words", "More time to talk"],
        ]  # fmt: skip

    def test_on_a_desk_with_the_keyboard_alone(self, screen, asked):
        tran = the_page(screen("Tran", viewport=DESK), asked, "Tran")
        press = tran.page.keyboard.press
        tran.page.locator("[name=paid]").first.focus()
        press("Space")
        for _step in range(20):
            if tran.page.evaluate("document.activeElement.textContent") == "Next":
                break
            press("Tab")
        press("Enter")
        assert tran.page.evaluate("document.activeElement.textContent").startswith("What comes next")
        press("Tab")
        press("Space")
        while tran.page.evaluate("document.activeElement.textContent") != "Next":
            press("Tab")
        press("Enter")
        assert tran.page.evaluate("document.activeElement.textContent") == "Look over what you said"
        assert "Better pay" in tran.page.locator("[data-answers]").inner_text()
        tran.check_accessibility()

    def test_the_questions_turn_arabic_at_once_and_what_was_picked_stays(self, screen, asked):
        bel = the_page(screen("Bel"), asked, "Bel")
        pick(bel, "For none of it")
        before = len(bel.requests)
        bel.page.locator("[name=read-in][value=ar]").check()
        bel.sees("هل دُفع لك عن كل ما عملت؟")
        assert bel.page.get_by_role("radio", name="لا شيء").is_checked()
        assert bel.page.locator("[data-read]").get_attribute("dir") == "rtl"
        assert bel.requests[before:] == []  # nobody is told who reads what
        assert not bel.page.evaluate(OVERFLOWS)
        bel.check_accessibility()

    def test_one_tick_too_many_is_taken_back_and_said(self, screen, asked):
        bel = the_page(screen("Bel"), asked, "Bel").press("Next")
        pick(bel, "Better pay", "More rest", "More to learn")
        bel.page.get_by_role("checkbox", name="Somebody to talk to").click()
        bel.sees("That is one too many")
        assert not bel.page.get_by_role("checkbox", name="Somebody to talk to").is_checked()
        bel.check_accessibility()

    def test_skipping_everything_sends_nothing(self, screen, asked):
        bel = look_over(the_page(screen("Bel"), asked, "Bel"))
        bel.press("Send my answers").sees("You have skipped everything")
        assert not [url for url in bel.requests if url.endswith("/a/consultation/")]

    def test_what_could_give_somebody_away_is_pointed_at_and_held_up_by_nobody(self, screen, asked):
        bel = the_page(screen("Bel"), asked, "Bel").press("Next")
        bel.page.locator("textarea").fill("Ring Pat on 0400 111 222")
        look_over(bel).sees("This could give somebody away").sees("This looks like a phone number.")
        bel.check_accessibility()
        assert bel.page.get_by_role("button", name="Send my answers").is_enabled()


class TestWhatStaysWhere:
    def test_half_an_answer_stays_sealed_in_the_tab_and_nowhere_else(self, screen, asked):
        sam = the_page(screen("Sam"), asked, "Sam").press("Next")
        sam.page.locator("textarea").fill(SECRET)
        pick(sam, "More rest")
        is_kept_in_the_tab(sam)
        assert "sheet/consultation." in in_the_tab(sam)  # there is something to leak:
        assert SECRET not in in_the_tab(sam)
        assert "rest" not in in_the_tab(sam).split("sheet/")[1][:60]
        assert not any(SECRET in (url or "") for url in sam.requests)
        sam.page.reload()
        sam.page.locator("#sheet:not([hidden])").wait_for()
        assert sam.page.locator("textarea").input_value() == SECRET
        assert sam.page.get_by_role("checkbox", name="More rest").is_checked()

        sam.press("Lock it")
        sam.page.get_by_label("Your phrase").wait_for()
        assert SECRET not in in_the_tab(sam)
        assert SECRET not in sam.page.content()
        the_page(sam, asked, "Sam")
        assert sam.page.locator("textarea").input_value() == SECRET

        sam.press("Leave fast")
        sam.page.wait_for_url("**/clock/")
        assert in_the_tab(sam) == "[{},{}]"

    def test_clearing_is_put_back_at_one_press(self, screen, asked):
        rosa = the_page(screen("Rosa"), asked, "Rosa")
        pick(rosa, "For all of it").press("Clear all I typed")
        assert not rosa.page.get_by_role("radio", name="For all of it").is_checked()
        rosa.press("Put it back")
        assert rosa.page.get_by_role("radio", name="For all of it").is_checked()
        rosa.press("Clear all I typed")
        rosa.page.reload()
        rosa.page.locator("#sheet:not([hidden])").wait_for()
        assert not rosa.page.get_by_role("radio", name="For all of it").is_checked()

    def test_without_a_connection_on_a_shared_phone_it_stays_typed(self, screen, asked):
        rosa = the_page(screen("Rosa"), asked, "Rosa")
        rosa.expected = [OFFLINE]
        pick(rosa, "For all of it")
        look_over(rosa).context.set_offline(True)
        rosa.press("Send my answers").sees("There is no connection just now")
        rosa.check_accessibility()
        rosa.context.set_offline(False)
        is_sent(rosa)
        assert "For all of it" not in in_the_tab(rosa)
        rosa.page.reload()
        rosa.sees("You have answered")

    def test_without_a_connection_on_ones_own_phone_it_waits_and_goes_by_itself(self, screen, asked):
        otis = the_page(screen().sign_in(PHRASES["Otis"], rest="14 days"), asked, "Otis")
        otis.expected = [OFFLINE, "Failed to load resource: net::ERR_FAILED"]
        went = []
        otis.context.on(
            "response", lambda one: went.append(one.status) if "/a/consultation/" in one.url else None
        )
        pick(otis, "For some of it")
        look_over(otis).context.set_offline(True)
        is_sent(otis, says="It waits on this phone").check_accessibility()
        otis.context.set_offline(False)
        otis.page.reload()
        otis.sees("You have answered")
        for _try in range(50):
            if went:
                break
            otis.page.wait_for_timeout(100)
        assert went == [204]

    def test_the_same_token_says_nothing_twice(self, screen, chromium, asked):
        """Two tabs of one person on a shared phone. The second is told, and keeps what was typed."""
        kas = the_page(screen("Kas"), asked, "Kas")
        with same_person(kas, chromium) as tablet:
            tablet.expected = [USED]
            pick(the_page(tablet, asked, "Kas"), "For none of it")
            pick(kas, "For all of it")
            is_sent(kas)
            look_over(tablet).press("Send my answers").sees("Your token was used already")
            assert "For none of it" in tablet.page.locator("[data-answers]").inner_text()


class TestOnPaper:
    def test_the_questions_print_with_large_boxes_and_no_mark(self, screen, asked):
        rosa = screen("Rosa").open(f"/consultations/{asked}/questions/")
        rosa.check_accessibility()
        rosa.page.emulate_media(media="print")
        assert not rosa.page.get_by_role("button", name="Print").is_visible()
        box = rosa.page.locator(".paper-sheet .box").first.bounding_box()
        assert min(box["width"], box["height"]) >= 26  # seven millimetres
        shown = rosa.page.locator(".paper-sheet").inner_text()
        assert "Were you paid for all you did?" in shown
        assert "Rosa" not in shown
        assert not re.search(r"\d{1,2}:\d\d", shown)
        rosa.page.emulate_media(media="screen")

    def test_papers_are_typed_in_one_after_another_and_nothing_typed_is_lost(self, screen, house, asked):
        codes = codes_of(house, asked, 2)
        sent = []
        jude = screen("Jude")
        jude.expected = [REFUSED, USED]
        jude.context.on("request", lambda one: sent.append(one) if "/a/consultation/" in one.url else None)
        jude.open("/consultations/").follow("Type in papers from the box").check_accessibility()

        def done(code):
            jude.page.get_by_label("The code on the paper").fill(code)
            jude.press("This paper is done")

        pick(jude, "For all of it")
        done("ABC")
        jude.sees("A code has sixteen letters and digits")
        done("AAAA-BBBB-CCCC-DDDD")
        jude.sees("Nobody printed this code")
        jude.check_accessibility()
        assert jude.page.evaluate("document.activeElement.id") == "code"
        assert jude.page.get_by_role("radio", name="For all of it").is_checked()
        done(codes[0].lower().replace("-", " "))
        jude.sees("This paper is in. Typed in on this page so far: 1")
        assert jude.page.get_by_label("The code on the paper").input_value() == ""
        assert not jude.page.get_by_role("radio", name="For all of it").is_checked()

        pick(jude, "For none of it")
        done(codes[0])
        jude.sees("This code was used before")
        done(codes[1])
        jude.sees("so far: 2")
        assert all("cookie" not in one.all_headers() for one in sent)
        assert {len(one.post_data_buffer) for one in sent} == {8192}


class TestWhatComesOfIt:
    def test_from_a_phone_to_the_board_to_two_signatures_to_fran(self, screen, house):
        given = a_consultation(house, "What next", opens=-420)  # a year has room for one
        answered(house, given, [[["paid", "some"], ["first", "rest"], ["say", '{"night":1}']]] * 24)
        it_is_over(house, given, days_ago=8)
        ash, fran = screen("Ash"), screen("Fran")
        ash.open("/consultations/").follow("What next").sees("Were you paid for all you did?")
        ash.sees("Peers read it first").check_accessibility()
        assert not ash.page.evaluate(OVERFLOWS)
        fran.expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
        assert "What next" not in fran.open("/consultations/").text()
        fran.open(f"/consultations/{given}/results/").sees("There is nothing here")

        for who in ("Auntie Rene", "Mick"):
            co_chair = screen(who).open("/released/").follow("What next")
            assert "Were you paid" in co_chair.text()
            co_chair.press("Sign it")
        fran.open("/consultations/").follow("What next").sees("Were you paid for all you did?")
        assert "Peers read it first" not in fran.text()
        assert "Anything else?" not in fran.text()  # words stay among peers
        fran.check_accessibility()

    def test_ash_finds_theirs_on_the_board(self, screen, house, asked):
        """The last of the stories: the one that was open all the time is over."""
        it_is_over(house, asked)
        ash = screen("Ash").open("/counted/")
        ash.page.get_by_label("Your phrase").fill(PHRASES["Ash"])
        ash.press("Open").sees("Yours on the board: 1 of 1.")
