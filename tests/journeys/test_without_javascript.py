"""Everything that needs no key works with JavaScript off."""

from tests.journeys.conftest import same_person


def test_ash_looks_keeps_a_seat_suggests_something_and_takes_a_calendar_along(screen, chromium):
    with same_person(screen("Kas"), chromium, java_script_enabled=False) as kas:
        kas.open("/").follow("See all of it")
        kas.page.get_by_role("link", name="After the night shift").first.click()
        kas.press("I cannot come").sees("They know you cannot come")
        kas.press("Keep me a seat").sees("There is a seat with your name on it")
        kas.page.get_by_label("Something I would like to talk about").fill("sleep, and how")
        kas.press("Put it on the list").sees("without your name")
        kas.open("/mine/calendar/").page.get_by_label("Everything I may come to").check()
        kas.press("Make an address")
        address = kas.page.locator("#address").inner_text()
        kas.context.clear_cookies()
        assert kas.context.request.get(address).status == 200


def test_kim_plans_calls_off_and_invites(screen, chromium):
    with same_person(screen("Kim"), chromium, java_script_enabled=False) as kim:
        kim.open("/run/plan/")
        kim.page.get_by_label("What it is called").fill("Board games")
        kim.page.get_by_label("Day", exact=True).fill("2027-02-02")
        kim.page.get_by_label("Starts at").fill("19:00")
        kim.press("Put it in the calendar").sees("It is in the calendar")
        kim.open("/together/?words=games").follow("Board games").press("Call this date off").sees(
            "Called off"
        )
        kim.press("Bring it back").sees("Change this date")
        kim.open("/run/welcome/invitations/").press("Make the papers").sees("Print this page now")


def test_what_needs_a_key_says_so(screen, chromium):
    with same_person(screen("Ash"), chromium, java_script_enabled=False) as ash:
        assert "only your device can open what is sealed to you" in ash.open("/mine/hours/").text()
        ash.context.clear_cookies()
        assert "Signing in needs JavaScript" in ash.open("/sign-in/").text()


def test_a_page_left_alone_goes_to_the_locked_page_by_itself(screen, chromium):
    with same_person(screen("Ash"), chromium, java_script_enabled=False) as ash:
        ash.open("/")
        ask = ash.page.content()
        assert '<meta http-equiv="refresh" content="600;url=/locked/">' in ask
