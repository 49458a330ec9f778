"""Somebody rang the number and left theirs, and words after the tone. Rosa hears them, and the line rings back.

There is no trunk here: what the gateway would write is written by the gateway's own means, and what it would take to
dial is looked at where it would take it. The gateway itself is told about in peerwork/support/line/number/tests.
"""

import pytest

from tests.journeys.conftest import PHRASES
from tests.journeys.on_the_line import Memory, on_call, put_on_duty, unfolds
from tests.journeys.test_themes import in_the_house

ASH = "+61491570156"
LEFT = f"""
from array import array
import math
from peerwork.support.line.number import call_backs, messages, sealing
from peerwork.support.line.number.at_the_switchboard import Switchboard
from peerwork.support.line.number.gateway.listening import SIZE, Listening
desk, words = Switchboard(), Listening()
words.hear(array("h", (int(9000 * math.sin(n / 8)) for n in range(16000))).tobytes())
held = call_backs.keep("{ASH}", None, desk)
messages.keep(held.call, sealing.words(words.wav(), recipients=desk.recipients(), size=SIZE))
"""
HOLDS = """
from peerwork.people.members.models import Person
from peerwork.support.line.number import phones
from peerwork.support.line.number.at_the_switchboard import Switchboard, duty_ends
rosa = Person.objects.get(name="Rosa")
phones.ring_at(str(rosa.pk), "0491570157", until=duty_ends(rosa))
Switchboard().ask(phones=phones.those_with_one())
"""
PRESSES_ONE = """
from peerwork.support.line.switchboard import board, calls
with board.desk() as desk:
    (call,) = (one for one in desk.board.calls.values() if one.offer)
calls.take(call.id, call.offer.to)
calls.begin(call.id)
"""
TAKEN = (
    "from peerwork.support.line.number import dials; taken = dials.take_next(); print(taken and taken.number)"
)
WORDS = """
from peerwork.support.line.number import store
with store.opened() as memory: print(memory.execute("SELECT count(*) FROM messages").fetchone()[0])
"""
HEARD = """async (sound) => {
  if (!sound.duration) await new Promise((done, failed) => { sound.onloadedmetadata = done; sound.onerror = failed; });
  sound.muted = true;
  await sound.play();
  return sound.duration;
}"""
CONFLICT = "Failed to load resource: the server responded with a status of 409 (Conflict)"
BAD = "Failed to load resource: the server responded with a status of 400 (Bad Request)"


@pytest.fixture(autouse=True)
def _a_number(house):
    chosen = house.data / "number.toml"
    chosen.write_text('number = "+61385550100"\n[trunk]\ndomain = "sip.example.net"\nuser = "line"\n')
    chosen.chmod(0o600)
    put_on_duty(house, "Rosa")
    yield
    Memory(house).ask("DELETE FROM call")


def rings_at(somebody, at):
    somebody.page.get_by_label("A telephone number, or a SIP address").fill(at)
    return somebody.press("Ring me there")


def opens_what_they_left(somebody, *, sees="They left words after the tone:"):
    on_call(somebody).sees("Somebody would like to be rung back").press("I’ll take it").press(
        "Open what they left"
    )
    somebody.page.get_by_label("Your phrase").fill(PHRASES["Rosa"])
    somebody.press("Open").sees(sees).check_accessibility()


def test_rosa_says_where_to_ring_her_and_takes_it_back(screen):
    rosa = screen("Rosa")
    rosa.expected = [BAD]
    unfolds(on_call(rosa), "Where do we ring you?").sees("No telephone of yours rings now.")
    rings_at(rosa, "at home").sees("We cannot ring this.").check_accessibility()
    rings_at(rosa, "0491 570 157").sees("It rings at 0491570157, until your duty ends.").check_accessibility()
    unfolds(on_call(rosa), "Where do we ring you?").sees("It rings at 0491570157")
    rosa.press("Ring no telephone").sees("No telephone of yours rings now.")


def test_rosa_hears_the_words_once_and_the_line_dials_the_number(screen, house):
    in_the_house(house, LEFT)
    rosa = screen("Rosa")
    rosa.expected = [BAD]
    opens_what_they_left(rosa)
    assert ASH not in rosa.text()
    assert rosa.page.locator("audio").evaluate(HEARD) > 1
    rosa.press("I have heard it. Delete it").sees("The words are gone.")
    assert not rosa.page.locator("audio").is_visible()
    assert in_the_house(house, WORDS).strip() == "0"

    rosa.press("Ring through the line").sees("Say first at which number we ring you.").check_accessibility()
    rings_at(unfolds(rosa, "Where do we ring you?"), "0491 570 157").sees("It rings at 0491570157")
    with rosa.page.expect_response(lambda one: one.request.method == "DELETE") as looked:
        rosa.press("Ring through the line").sees("Your telephone rings in a moment.")
        assert in_the_house(house, TAKEN).strip() == ASH
    assert looked.value.json() == {"waited": False}
    assert ASH not in rosa.text()
    rosa.press("We have talked").sees("Nobody asks just now.")


def test_where_the_line_does_not_dial_rosa_hears_so_and_is_told_who_sees_whose_number(screen, house):
    in_the_house(house, LEFT)
    rosa = screen("Rosa")
    rosa.expected = [CONFLICT]
    opens_what_they_left(rosa)
    rings_at(unfolds(rosa, "Where do we ring you?"), "0491 570 157").sees("It rings at 0491570157")
    rosa.press("Ring through the line").sees("Your telephone rings in a moment.")
    rosa.sees("The line did not dial.").sees("they may see your number").check_accessibility()
    assert rosa.page.get_by_role("link", name=ASH).get_attribute("href") == f"tel:{ASH}"
    assert in_the_house(house, TAKEN).strip() == "None"
    (house.data / "number.toml").write_text('[twilio]\ntoken = "kettle"\n')
    rosa.press("Ring through the line").sees("The line itself cannot dial here.")
    rosa.press("We have talked").sees("Nobody asks just now.")


def test_words_that_did_not_come_through_are_asked_for_again(screen, house):
    in_the_house(house, LEFT)
    rosa = screen("Rosa")
    rosa.expected = ["Failed to load resource: net::ERR_FAILED"]
    rosa.page.route("**/message/", lambda one: one.abort())
    opens_what_they_left(rosa, sees="That did not get through.")
    rosa.page.unroute("**/message/")
    rosa.press("Open what they left").sees("They left words after the tone:")
    assert not rosa.page.get_by_role("button", name="Open what they left").is_visible()
    rosa.press("We have talked").sees("Nobody asks just now.")


def test_whoever_holds_is_taken_with_a_key_and_not_on_the_page(screen, house):
    in_the_house(house, HOLDS)
    rosa = on_call(screen("Rosa")).sees("Somebody rang the number, and waits").sees("Your telephone rings.")
    rosa.check_accessibility()
    assert not rosa.page.get_by_role("button", name="I’ll take it").is_visible()
    in_the_house(house, PRESSES_ONE)
    rosa.sees("You talk on your telephone").check_accessibility()
    assert not rosa.page.get_by_role("button", name="Open what they left").is_visible()
    rosa.press("Hand it over").sees("Nobody asks just now.")
