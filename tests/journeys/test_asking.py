"""Somebody asks the line, and somebody answers: on two and three screens, over the real server.

Ash at four in the morning, one-handed, on a phone that falls asleep. Sam and Rosa are on duty.
"""

import json
import os
import re
import signal
from contextlib import suppress

import pytest

from tests.journeys.conftest import PHRASES, same_person
from tests.journeys.on_the_line import (
    CUT_OFF,
    SPENT_ELSEWHERE,
    Memory,
    asks,
    ends_it,
    is_at,
    on_call,
    put_on_duty,
    unfolds,
    words_of,
    writes,
)  # fmt: skip
from tests.test_kept_running import family, is_alive, wait_until

ROUNDS_ARE_OPEN = True
MOST_BYTES = 60_000
OPENS_THE_VAULT = re.compile(r"/vault/open(\.\w+)?\.js")
IN_THE_POCKET = """() => new Promise((done) => {
  const opening = indexedDB.open("pages", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("kept").objectStore("kept").get("pocket/line.");
    asked.onsuccess = () => { opening.result.close(); done(asked.result?.length ?? 0); };
  };
})"""
KEPT_HERE = """() => new Promise((done) => {
  const opening = indexedDB.open("pages", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("kept").objectStore("kept").getAllKeys();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""
IS_SEALED = """(name) => new Promise((done) => {
  const opening = indexedDB.open("pages", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("kept").objectStore("kept").get(name);
    asked.onsuccess = () => {
      opening.result.close();
      done(new TextDecoder().decode(asked.result).startsWith("age-encryption.org"));
    };
  };
})"""
A_PLACE = re.compile(r"1 before you, about \d+ minutes\.")
GONE = "Failed to load resource: the server responded with a status of 404 (Not Found)"


def goes_but_no_answer_comes(route):
    """Sent on as it was: from a context without cookies, as the page would. A no is handed back."""
    nobody = route.request.frame.page.context.browser.new_context()
    answer = nobody.request.fetch(route.request)
    nobody.close()
    return route.abort() if answer.ok else route.fulfill(status=answer.status, body="{}")


@pytest.fixture(autouse=True)
def _on_duty(house):
    put_on_duty(house, "Rosa", "Sam")
    yield
    Memory(house).ask("DELETE FROM call")


def test_from_the_first_press_to_the_way_home(screen):
    """Declined, taken by the next, handed over, ended: whoever asked is told each step, and nobody is asked why."""
    rosa, sam, ash = on_call(screen("Rosa")), on_call(screen("Sam")), screen("Ash")
    ash.open("/talk/").sees("A person is here now.").check_accessibility()
    ash.press("Talk to a peer").sees("A court can order records.").sees("Ask now").check_accessibility()
    is_at(ash.press("Back"), "Talk")
    asks(ash, "Ash").sees("It rings at somebody.").check_accessibility()
    rosa.sees("Somebody would like to write").check_accessibility()
    assert "peer" not in rosa.page.title().lower()
    rosa.press("I can’t right now")
    sam.sees("Somebody would like to write").press("I’ll take it")
    assert rosa.page.get_by_text("Somebody would like to write").count() == 0

    ash.sees("Somebody is here.")
    writes(ash, "It was a long night.")
    sam.sees("It was a long night.")
    writes(sam, "I have time.")
    ash.sees("I have time.").check_accessibility()
    assert words_of(ash) == words_of(sam)
    assert len(words_of(ash).split()) == 4
    sam.check_accessibility()

    unfolds(sam, "Hand it over").page.get_by_label("To whom?").select_option(label="Rosa")
    sam.press("Hand it over").sees("It goes on to somebody else.").check_accessibility()
    ash.sees("It rings at somebody else.")
    rosa.sees("Somebody would like to write").press("I’ll take it")
    ash.sees("Somebody else is here now.")
    assert "It was a long night." not in rosa.text()  # what was said to one is no other's
    writes(rosa, "Rosa here.")
    ash.sees("Rosa here.")
    unfolds(rosa, "Offer a way on").press("Come to a support group").sees("They see:")
    ash.sees("A way on, if you want it")

    ends_it(rosa).sees("Nothing of it was kept.").check_accessibility()
    ash.sees("Thank you for talking.").check_accessibility()
    assert "Rosa here." not in ash.page.content()
    assert ash.page.evaluate("sessionStorage.getItem('line')") is None
    assert rosa.page.get_by_role("link", name="Come down from it").get_attribute("href") == "/line/after/"
    rosa.follow("Say what it was about, in twenty seconds and without a name")
    rosa.page.wait_for_url("**/themes/")
    ash.follow("Come to a support group").page.wait_for_url("**/together/?kind=support")


class TestAnywhere:
    def test_what_leaves_the_device_bears_no_name_and_is_as_long_as_any_other(self, screen):
        sam, kas = on_call(screen("Sam")), screen("Kas")
        asked = []
        watched = ("/a/line/", "/live/")
        kas.context.on(
            "request", lambda one: asked.append(one) if any(w in one.url for w in watched) else None
        )
        asks(kas, "Kas")
        put_away = on_call(screen("Rosa"), here=False)
        put_away.sees("Somebody would like to write").press("I can’t right now")
        sam.sees("Somebody would like to write").press("I’ll take it")
        kas.sees("Somebody is here.")
        writes(kas, "Short.")
        writes(kas, "and a much longer line, twice as long as the other " * 8)
        sam.sees("and a much longer line")
        headers = [one.all_headers() for one in asked]
        assert len({one.url.split("/")[3] for one in asked}) == 2
        assert not [one for one in headers if "cookie" in one or "referer" in one]
        bodies = {len(one.post_data_buffer) for one in asked if one.method == "POST"}
        assert bodies == {4096}
        assert "much longer" not in Memory(kas.house).everything().decode(errors="ignore")
        ends_it(sam)

    def test_the_phone_slept_and_the_page_is_made_anew(self, screen):
        put_on_duty(screen("Rosa").house, "Rosa")
        rosa, tran = on_call(screen("Rosa")), screen("Tran")
        asks(tran, "Tran").sees("It rings at somebody.").page.reload()
        tran.sees("It rings at somebody.")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        tran.sees("Somebody is here.")
        writes(tran, "before")
        before = words_of(tran)
        tran.page.reload()
        tran.sees("This page was made anew.")
        assert words_of(tran) == before
        writes(tran, "after")
        rosa.sees("after")
        rosa.page.reload()
        rosa.sees("This page was made anew.")
        writes(rosa, "both are here")
        tran.sees("both are here")
        ends_it(tran).sees("Thank you for talking.")
        rosa.sees("Nothing of it was kept.")

    def test_leaving_fast_ends_it_and_leaves_nothing(self, screen):
        put_on_duty(screen("Rosa").house, "Rosa")
        rosa, bel = on_call(screen("Rosa")), screen("Bel")
        asks(bel, "Bel").sees("It rings at somebody.")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        bel.sees("Somebody is here.")
        bel.press("Leave fast")
        bel.page.wait_for_url("**/clock/")
        rosa.sees("Nothing of it was kept.")
        assert bel.page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]") == []

    def test_on_ones_own_phone_no_phrase_is_needed_the_next_time(self, screen):
        otis = screen().sign_in(PHRASES["Otis"], rest="14 days")
        asks(otis, "Otis").press("I do not want it any more").sees("You left.")
        otis.page.evaluate("sessionStorage.clear()")  # another day: the vault is closed
        asks(otis, "Otis", needs_the_phrase=False).sees("It rings at somebody.")
        otis.press("I do not want it any more").sees("You left.")

        assert otis.page.evaluate(IN_THE_POCKET) == 1  # of two, and no phrase was given to take more
        otis.page.evaluate("sessionStorage.clear()")
        otis.open("/mine/plan/").page.get_by_label("Your phrase").fill(PHRASES["Otis"])
        otis.press("Open")
        assert wait_until(lambda: otis.page.wait_for_timeout(100) or otis.page.evaluate(IN_THE_POCKET) == 2)

    def test_the_phone_says_that_somebody_asked_and_how_many_tokens_are_left(self, screen):
        jude = screen().sign_in(PHRASES["Jude"], rest="14 days")
        refused = []
        jude.page.on("response", lambda one: refused.append(one) if one.status == 403 else None)
        for times in range(3):
            asks(jude, "Jude", needs_the_phrase=times == 0).press("I do not want it any more").sees(
                "You left."
            )
        assert refused == []  # it is known which are spent,
        names = jude.page.evaluate(KEPT_HERE)
        assert "pocket/line." in names
        assert {name.partition("/")[0] for name in names} <= {
            "key", "many", "place", "pocket", "seen", "slips"
        }  # fmt: skip
        (sealed,) = [name for name in names if name.startswith("slips/")]
        assert jude.page.evaluate(IS_SEALED, sealed)  # and only the owner of the phrase can count them

    def test_on_a_slow_phone_the_phrase_is_asked_for_once_the_press_is_heard(self, screen):
        kas, on_its_way = screen("Kas"), []
        kas.page.route(OPENS_THE_VAULT, lambda route: on_its_way.append(route))  # noqa: PLW0108 — Playwright writes on it
        kas.open("/talk/").page.locator("[data-promise]:not(.quiet)").wait_for()
        kas.press("Talk to a peer").press("Ask now")
        assert wait_until(lambda: kas.page.wait_for_timeout(50) or on_its_way)
        kas.page.wait_for_timeout(300)
        assert not kas.page.get_by_label("Your phrase").is_visible()
        on_its_way[0].continue_()
        kas.page.get_by_label("Your phrase").fill(PHRASES["Kas"])
        kas.press("Open").sees("You asked.").sees("It rings at somebody.").press("I do not want it any more")
        kas.sees("You left.")

    def test_where_there_is_no_relay_talking_aloud_is_not_offered(self, screen):
        ash = screen("Ash").open("/talk/").sees("A person is here now.").press("Talk to a peer")
        ash.page.get_by_label("Ring me back", exact=True).wait_for()
        assert not ash.page.get_by_label("Talk aloud, on this device").is_visible()

    def test_who_talked_twice_is_offered_a_way_on_by_their_own_device(self, screen, house):
        put_on_duty(house, "Rosa")
        rosa, tran = on_call(screen("Rosa")), screen("Tran")
        for times in (1, 2):
            asks(tran, "Tran", needs_the_phrase=times == 1)
            rosa.sees("Somebody would like to write").press("I’ll take it")
            tran.sees("Somebody is here.")
            ends_it(rosa).press("Back to being on call")
            tran.sees("Thank you for talking.")
            offered = tran.page.get_by_text("You have talked here twice in thirty days.")
            if times == 1:
                tran.page.wait_for_timeout(1000)
                assert not offered.is_visible()
        offered.wait_for()
        tran.check_accessibility()
        tran.press("Stop counting, and forget it")
        offered.wait_for(state="hidden")


class TestInLine:
    def test_a_place_in_line_is_said_and_one_may_rather_be_rung_back(self, screen, house):
        put_on_duty(house, "Rosa")
        rosa, kas, tran, bel = on_call(screen("Rosa")), screen("Kas"), screen("Tran"), screen("Bel")
        asks(kas, "Kas")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        kas.sees("Somebody is here.")
        asks(tran, "Tran").sees("Everybody is with somebody else. You are next.")
        asks(bel, "Bel").page.get_by_text(A_PLACE).wait_for()
        bel.check_accessibility()
        put_on_duty(house, "Rosa", hours=0.3)  # she will have gone home by then
        bel.page.reload()
        bel.sees("1 before you. We cannot say how long it takes.")
        put_on_duty(house, "Rosa")
        unfolds(bel, "Rather be rung back").page.get_by_label("Your number").last.fill("0491 570 006")
        with bel.page.expect_request("**/talk/now/"):  # it is sealed to whoever is on duty by now
            bel.page.locator("[data-back-form]").get_by_role("button", name="Ring me back").click()
        bel.sees("Somebody rings you back by").check_accessibility()
        assert ".." not in bel.text()
        tran.press("I do not want it any more").sees("You left.")
        ends_it(rosa).press("Back to being on call").sees("Ring somebody back by")
        rosa.press("I can’t, pass it on")

    def test_when_nobody_could_take_it_one_may_ask_again(self, screen, house):
        put_on_duty(house)
        ash = screen("Ash").open("/talk/").sees("Nobody is on now").press("Talk to a peer").press("Ask now")
        ash.page.get_by_label("Your phrase").fill(PHRASES["Ash"])
        ash.press("Open").sees("Nobody who fits is on just now.")
        Memory(house).an_hour_of_waiting()
        ash.sees("Nobody could take it just now.").check_accessibility()
        put_on_duty(house, "Rosa")
        ash.press("Ask again").sees("Ask now").press("Ask now").sees("It rings at somebody.")
        ash.press("I do not want it any more").sees("You left.")


class TestAnAnswerThatGotLost:
    """On a bad line what was said arrives, and what is said back does not."""

    @pytest.mark.parametrize("wish", [None, "Rosa"], ids=["the same again", "another wish"])
    def test_asking_once_more_rings_once(self, screen, house, wish):
        put_on_duty(house, "Rosa", "Sam")
        rosa, sam, kas = on_call(screen("Rosa")), on_call(screen("Sam")), screen("Kas")
        kas.expected = [*CUT_OFF, SPENT_ELSEWHERE]
        kas.page.route("**/a/line/asks/", goes_but_no_answer_comes)
        kas.open("/talk/").page.locator("[data-promise]:not(.quiet)").wait_for()
        kas.press("Talk to a peer").press("Ask now").page.get_by_label("Your phrase").fill(PHRASES["Kas"])
        kas.press("Open").sees("That did not get through. Please try once more.")
        rosa.sees("Somebody would like to write")
        kas.page.unroute("**/a/line/asks/")
        called = Memory(house).ask("SELECT id, box FROM call")
        asked = []
        kas.page.on("request", lambda one: asked.append(one.url) if one.url.endswith("/asks/") else None)
        if wish:
            kas.page.get_by_text("Whom I would like, and whom not").click()
            kas.page.get_by_label(wish, exact=True).check()
        kas.press("Ask now").sees("It rings at somebody.")
        rings, not_any_more = (sam, rosa) if wish else (rosa, sam)
        rings.sees("Somebody would like to write")
        not_any_more.page.get_by_text("Somebody would like to write").wait_for(state="detached")
        boards = [json.loads(board) for (board,) in Memory(house).ask("SELECT board FROM call")]
        assert [one["state"] for one in boards].count("offered") == 1
        if not wish:  # no other box, no other token, and nothing was taken back
            assert (Memory(house).ask("SELECT id, box FROM call"), asked) == (called, [])
        rings.press("I’ll take it")
        kas.sees("Somebody is here.")
        ends_it(rings)

    def test_a_number_is_sealed_anew_each_time_and_is_still_the_same(self, screen, house):
        put_on_duty(house, "Rosa")
        kas = screen("Kas")
        kas.expected = [*CUT_OFF, SPENT_ELSEWHERE]
        kas.page.route("**/a/line/asks/", goes_but_no_answer_comes)
        kas.open("/talk/").page.locator("[data-promise]:not(.quiet)").wait_for()
        kas.press("Talk to a peer").page.get_by_label("Ring me back", exact=True).check()
        kas.page.get_by_label("Your number").first.fill("0491 570 006")
        kas.press("Ask now").page.get_by_label("Your phrase").fill(PHRASES["Kas"])
        kas.press("Open").sees("That did not get through. Please try once more.")
        kas.page.unroute("**/a/line/asks/")
        called = Memory(house).ask("SELECT id, box, sealed FROM call")
        assert len(called) == 1
        kas.press("Ask now").sees("It rings at somebody.")
        assert Memory(house).ask("SELECT id, box, sealed FROM call") == called
        kas.press("I do not want it any more").sees("You left.")

    def test_what_is_heard_late_of_one_call_does_not_end_the_next(self, screen, house):
        put_on_duty(house, "Rosa")
        rosa, kas, tran = on_call(screen("Rosa")), screen("Kas"), screen("Tran")
        asks(kas, "Kas")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        kas.sees("Somebody is here.")
        writes(rosa, "I have time.")
        on_its_way = []

        def the_first_is_slow(route):
            if on_its_way:
                return route.continue_()
            return on_its_way.append(route)

        rosa.page.route("**/a/line/asks/*/?after=*", the_first_is_slow)
        writes(kas, "Are you there?")
        assert wait_until(lambda: rosa.page.wait_for_timeout(50) or on_its_way)
        ends_it(rosa).press("Back to being on call")
        kas.sees("Thank you for talking.")
        asks(tran, "Tran")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        tran.sees("Somebody is here.")
        with rosa.page.expect_response(on_its_way[0].request.url):
            on_its_way[0].continue_()
        rosa.page.wait_for_timeout(300)
        writes(tran, "and here I am")
        rosa.sees("and here I am")
        ends_it(rosa).sees("Nothing of it was kept.")

    def test_leaving_twice_is_one_end(self, screen, house):
        put_on_duty(house, "Rosa")
        rosa, otis = on_call(screen("Rosa")), screen("Otis")
        otis.expected = CUT_OFF
        asks(otis, "Otis")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        otis.sees("Somebody is here.")
        unfolds(rosa, "Offer a way on").press("Come to a support group").sees("They see:")
        otis.sees("A way on, if you want it")
        left = []

        def is_lost_once(route):
            if "leave" in (route.request.post_data or "") and not left:
                left.append("lost")
                return goes_but_no_answer_comes(route)
            left.append(route.request.method)
            return route.continue_()

        otis.page.route("**/a/line/asks/*/*", is_lost_once)
        ends_it(otis).sees("Thank you for talking.")
        assert wait_until(lambda: otis.page.wait_for_timeout(100) or left.count("POST"))  # said once more
        otis.page.wait_for_timeout(500)
        assert not otis.page.get_by_role("button", name="Ask again").is_visible()
        assert otis.page.get_by_role("link", name="Come to a support group").is_visible()
        assert not otis.page.get_by_text("You have talked here twice").is_visible()

    def test_who_was_away_for_too_long_did_not_leave_and_may_ask_again(self, screen, house):
        put_on_duty(house, "Rosa")
        bel = asks(screen("Bel"), "Bel").sees("It rings at somebody.")
        bel.sees("We keep your place for half an hour").page.goto("about:blank")
        Memory(house).they_were_away_for_too_long()
        bel.open("/talk/").sees("The line was lost for too long, so it ended.")
        bel.press("Ask again").sees("Ask now").page.get_by_text("Whom I would like, and whom not").click()
        bel.page.get_by_label("Rosa", exact=True).wait_for()


class TestNobodyCan:
    def test_when_nobody_is_on_the_page_says_so_and_has_the_number(self, screen, house):
        put_on_duty(house)
        ash = screen("Ash").open("/talk/").sees("Nobody is on now")
        assert ash.page.get_by_role("link", name="Ring 1800 555 010").is_visible()
        ash.check_accessibility()

    def test_without_javascript_it_says_what_is_promised_and_the_number(self, screen, chromium):
        with same_person(screen("Ash"), chromium, java_script_enabled=False) as ash:
            said = ash.open("/talk/").text()
            assert "A person is here now." in said
            assert "A court can order records." in said
            assert ash.page.get_by_role("link", name="Ring 1800 555 010").is_visible()
            assert ash.page.get_by_role("button", name="Talk to a peer").is_disabled()

    def test_on_ones_own_phone_it_opens_without_a_network_and_promises_nothing(self, screen):
        mick = screen().sign_in(PHRASES["Mick"], rest="14 days")
        mick.page.evaluate("navigator.serviceWorker.ready")
        mick.open("/talk/").sees("A person is here now.")
        mick.page.wait_for_timeout(500)
        mick.expected = CUT_OFF
        mick.context.set_offline(True)
        mick.page.reload()
        mick.sees("There is no connection just now. The number works without one.")
        assert "A person is here now." not in mick.page.locator("[data-step=begin]").inner_text()
        assert mick.page.get_by_role("link", name="Ring 1800 555 010").is_visible()

    def test_whom_somebody_never_wants_is_not_rung(self, screen):
        rosa, sam, kas = on_call(screen("Rosa")), on_call(screen("Sam")), screen("Kas")

        def not_rosa(page):
            page.get_by_text("Whom I would like, and whom not").click()
            page.get_by_label("Rosa", exact=True).check()

        asks(kas, "Kas", before=not_rosa)
        sam.sees("Somebody would like to write").press("I can’t right now")
        kas.sees("Nobody could take it yet.")
        assert rosa.page.get_by_text("Somebody would like to write").count() == 0
        kas.press("I do not want it any more").sees("You left.")


class TestLost:
    def test_the_laptop_of_whoever_answers_is_closed(self, screen, house, chromium):
        ash, rosa = screen("Ash"), screen("Rosa")
        with same_person(screen("Sam"), chromium) as sam:
            put_on_duty(house, "Sam", "Rosa")
            on_call(sam)
            asks(ash, "Ash")
            sam.sees("Somebody would like to write").press("I’ll take it")
            ash.sees("Somebody is here.")
        memory = Memory(house)
        boards = "SELECT board FROM call"  # those of the stories before are still there, and over
        # again each time: something Sam's laptop sent may still have been on its way
        assert wait_until(
            lambda: (
                memory.half_an_hour_of_silence()
                or any('"person_away":null' not in board for (board,) in memory.ask(boards))
            )
        )
        memory.and_they_do_not_come_back()
        ash.sees("They are not there any more.").check_accessibility()
        on_call(rosa).sees("Somebody would like to write").press("I’ll take it")
        ash.sees("Somebody else is here now.")
        writes(rosa, "I am here now.")
        ash.sees("I am here now.")
        ends_it(rosa)

    def test_the_server_is_killed_in_the_middle_and_they_go_on(self, screen, house):
        put_on_duty(house, "Rosa")
        rosa, kas = on_call(screen("Rosa")), screen("Kas")
        rosa.expected = kas.expected = CUT_OFF
        asks(kas, "Kas")
        rosa.sees("Somebody would like to write").press("I’ll take it")
        kas.sees("Somebody is here.")
        writes(kas, "before")
        rosa.sees("before")
        all_of_it = [house.process.pid, *family(house.process.pid)]
        for pid in all_of_it:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        house.process.wait(timeout=20)
        assert wait_until(lambda: not any(map(is_alive, all_of_it)))
        house.start()
        writes(kas, "and after")
        rosa.sees("and after")
        writes(rosa, "Still here.")
        kas.sees("Still here.")
        ends_it(rosa)
        kas.sees("Thank you for talking.")


@pytest.mark.parametrize(
    ("who", "path", "ready"), [("Ash", "/talk/", "promise"), ("Rosa", "/line/on/", "duty")]
)
def test_the_page_is_light(screen, chromium, who, path, ready):
    """A first visit, with nothing kept from before. It may go on listening after that."""
    with same_person(screen(who), chromium) as somebody:
        network, sizes = somebody.context.new_cdp_session(somebody.page), []
        network.send("Network.enable")
        network.on("Network.dataReceived", lambda said: sizes.append(said["encodedDataLength"]))
        somebody.open(path).page.locator(
            f"[data-{ready}]:not(.quiet)", has_text="is here" if who == "Ash" else "until"
        ).wait_for()
        somebody.page.wait_for_timeout(500)
        print(f"{path}: {sum(sizes)} bytes")
        assert 0 < sum(sizes) <= MOST_BYTES
