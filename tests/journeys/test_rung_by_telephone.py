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
from peerwork.support.line.number import messages, sealing
from peerwork.support.line.number.at_the_switchboard import Switchboard
from peerwork.support.line.number.gateway.listening import SIZE, Listening
desk, words = Switchboard(), Listening()
words.hear(array("h", (int(9000 * math.sin(n / 8)) for n in range(16000))).tobytes())
keys = desk.recipients()
held = desk.ask_back(sealing.number("{ASH}", recipients=keys))
messages.keep(held.call, sealing.words(words.wav(), recipients=keys, size=SIZE))
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
    chosen.write_text('number = "+61385550100"\n[twilio]\ntoken = "kettle"\n')
    chosen.chmod(0o600)
    put_on_duty(house, "Rosa")
    yield
    Memory(house).ask("DELETE FROM call")


def rings_at(somebody, at):
    somebody.page.get_by_label("A telephone number, or a SIP address").fill(at)
    return somebody.press("Ring me there")


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
    rosa.expected = [CONFLICT]
    on_call(rosa).sees("Somebody would like to be rung back").press("I’ll take it").press("Show the number")
    rosa.page.get_by_label("Your phrase").fill(PHRASES["Rosa"])
    rosa.press("Open").sees("They left words after the tone:").check_accessibility()
    assert rosa.page.get_by_role("link", name=ASH).is_visible()
    assert rosa.page.locator("audio").evaluate(HEARD) > 1
    rosa.press("I have heard it. Delete it").sees("The words are gone.")
    assert not rosa.page.locator("audio").is_visible()
    assert in_the_house(house, WORDS).strip() == "0"

    rosa.press("Ring through the line").sees("Say first at which number we ring you.").check_accessibility()
    rings_at(unfolds(rosa, "Where do we ring you?"), "0491 570 157").sees("It rings at 0491570157")
    rosa.press("Ring through the line").sees("Your telephone rings in a moment.")
    assert in_the_house(house, TAKEN).strip() == ASH
    rosa.press("We have talked").sees("Nobody asks just now.")
