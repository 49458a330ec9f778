"""Being on call: Rosa on her phone in the kitchen, Sam between two shifts. Nothing on the screen says who asks."""

import time

import pytest

from tests.journeys.browser import DESK
from tests.journeys.conftest import PHRASES, same_person
from tests.journeys.on_the_line import CUT_OFF, Memory, asks, ends_it, is_at, on_call, put_on_duty, writes
from tests.test_kept_running import wait_until

ROUNDS_ARE_OPEN = True
NUMBER = "0491 570 006"
BUSY = "Failed to load resource: the server responded with a status of 409 (Conflict)"
# Each note that is played.
HEARS = """(() => {
  const start = OscillatorNode.prototype.start;
  window.notes = 0;
  OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };
})()"""


@pytest.fixture(autouse=True)
def _on_duty(house):
    put_on_duty(house, "Rosa", "Sam")
    yield
    Memory(house).ask("DELETE FROM call")


def leaves_a_number(page):
    page.get_by_label("Your number").first.fill(NUMBER)


def test_a_number_is_opened_by_whoever_is_on_duty_and_by_nobody_else(screen, house):
    rosa, kas = on_call(screen("Rosa")), screen("Kas")
    asks(kas, "Kas", way="Ring me back", before=leaves_a_number).sees("It rings at somebody.")
    rosa.sees("Somebody would like to be rung back").press("I’ll take it").sees("You ring somebody back")
    kas.sees("Somebody rings you now.").check_accessibility()
    assert NUMBER not in rosa.text()
    rosa.press("Open what they left")
    rosa.page.get_by_label("Your phrase").fill(PHRASES["Rosa"])
    rosa.press("Open")
    rosa.page.get_by_role("link", name=NUMBER).wait_for()
    assert rosa.page.get_by_role("link", name=NUMBER).get_attribute("href") == "tel:0491570006"
    rosa.check_accessibility()
    kept = Memory(house).everything()
    assert b"age-encryption" in kept or b"YWdlLWVuY3J5cHRpb24" in kept  # there was something to find,
    assert NUMBER.encode() not in kept  # and it is sealed
    rosa.press("We have talked").sees("Nobody asks just now.")
    kas.sees("No word of it was kept")
    assert b"YWdlLWVuY3J5cHRpb24" not in Memory(house).ask("SELECT sealed FROM call")[0][0].encode()


def test_what_rings_is_there_in_the_blink_of_an_eye(screen):
    """Measured and said, never a gate: this machine is shared."""
    rosa, kas = on_call(screen("Rosa")), screen("Kas")
    kas.page.on("request", lambda one: began.append(time.monotonic()) if one.url.endswith("/asks/") else None)
    began: list[float] = []
    asks(kas, "Kas")
    rosa.sees("Somebody would like to write")
    print(f"from asking to ringing, as two browsers see it: {time.monotonic() - began[0]:.2f} s")
    kas.press("I do not want it any more")
    rosa.sees("Nobody asks just now.")


def test_a_talk_goes_on_from_another_screen(screen, chromium):
    rosa, tran = on_call(screen("Rosa")), screen("Tran")
    asks(tran, "Tran")
    rosa.sees("Somebody would like to write").press("I’ll take it")
    tran.sees("Somebody is here.")
    with same_person(rosa, chromium, viewport=DESK, color_scheme="dark") as desk:
        on_call(desk).sees("You are in a talk on another screen").check_accessibility()
        desk.press("Go on here")
        tran.sees("They changed screens, or somebody else has come.")
        writes(desk, "On the large screen now.")
        tran.sees("On the large screen now.")
        desk.check_accessibility()
        ends_it(desk).sees("Nothing of it was kept.")


def test_what_is_still_hers_is_not_said_to_be_somebody_elses(screen, house):
    """Two wait to be rung back, and Rosa begins with the second before she said how the first one ended."""
    put_on_duty(house, "Rosa")
    rosa = on_call(screen("Rosa"))
    rosa.expected = [BUSY]
    for who in ("Kas", "Tran"):
        asks(screen(who), who, way="Ring me back", before=leaves_a_number).sees("It rings at somebody.")
        rosa.sees("Somebody would like to be rung back").press("I can’t right now")
        is_at(rosa, "On call")  # and not nowhere
    owed = rosa.page.get_by_role("button", name="I ring now")
    assert wait_until(lambda: rosa.page.wait_for_timeout(50) or owed.count() == 2)
    rosa.press("I ring now").sees("You ring somebody back")
    rosa.press("I ring now").sees("One at a time. First say how the other one ended.").check_accessibility()
    assert not rosa.page.get_by_text("Somebody else has it now.").is_visible()
    assert owed.count() == 1
    rosa.press("We have talked").press("I ring now").sees("You ring somebody back").press("We have talked")
    rosa.sees("Nobody asks just now.")


def test_a_ring_ends_though_the_connection_is_gone(screen, house):
    put_on_duty(house, "Rosa")
    rosa, kas = screen("Rosa"), screen("Kas")
    rosa.page.add_init_script(HEARS)
    rosa.page.clock.install()
    on_call(rosa)
    asks(kas, "Kas")
    rosa.sees("Somebody would like to write")
    rosa.expected = [*rosa.expected, *CUT_OFF]
    rosa.context.set_offline(True)
    heard = rosa.page.evaluate("window.notes")
    assert heard > 0
    rosa.page.clock.run_for(10_000)
    assert rosa.page.evaluate("window.notes") > heard  # it goes on for as long as it was said to last,
    rosa.page.clock.run_for(20_000)
    heard = rosa.page.evaluate("window.notes")
    rosa.page.clock.run_for(20_000)
    assert rosa.page.evaluate("window.notes") == heard  # and no longer
    rosa.context.set_offline(False)
    kas.press("I do not want it any more").sees("You left.")


def test_off_duty_nothing_rings(screen, house):
    put_on_duty(house, "Sam")
    rosa = on_call(screen("Rosa"), here=False).sees("You are not on duty. Nothing rings here.")
    rosa.check_accessibility()
