"""Talking aloud, in two real browsers and through a real relay: who hears whom, and what anybody else could learn."""

import os
import re
import shutil
import signal
from pathlib import Path

import pytest

from tests.journeys.conftest import PHRASES, Screen
from tests.journeys.on_the_line import asks, ends_it, on_call, put_on_duty
from tests.journeys.talking import (
    RELAY,
    STATS,
    WATCHED,
    Side,
    Two,
    addresses,
    talking_house,
    with_a_microphone,
)
from tests.test_kept_running import family, wait_until


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("talking") / "data"
    shutil.copytree(demo_data, folder)
    house = talking_house(folder)
    yield house
    house.stop()


@pytest.fixture(scope="module")
def browser(chromium):
    made = with_a_microphone(chromium)
    yield made
    made.close()


@pytest.fixture
def two(browser, house):
    """Ash asked, and Rosa answered: they write already."""
    made = []

    def make(**how):
        made[:] = [Side(browser, house, **how).begins(polite=polite) for polite in (True, False)]
        return Two(*made)

    yield make
    for side in made:
        assert side.troubles == []
        side.context.close()


NOWHERE = "0.0.0.0"  # noqa: S104 — written where an address would be
# 120 bytes of sound and a sum over them; 12 that count them.
A_PACKET = (120, 12)
WITHOUT_A_RELAY = """async () => {
  const line = new RTCPeerConnection(), found = [];
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  line.addTrack(sound.getTracks()[0], sound);
  line.onicecandidate = ({ candidate }) => found.push(candidate?.candidate ?? "");
  await line.setLocalDescription();
  while (found.at(-1) !== "") await new Promise((done) => setTimeout(done, 20));
  return found.join(" ");
}"""


# The browser's own question stands on the screen until somebody answers it.
SLOWLY = """() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const answered = new Promise((done) => { window.letItIn = done; });
  navigator.mediaDevices.getUserMedia = (what) => answered.then(() => real(what));
}"""


def is_a_relay(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text() == "turnserver\n"
    except OSError:  # it has just ended
        return False


# No microphone is on, and nothing of the other is to be heard.
SILENT = """() => window.lines.every((line) => line.connectionState === "closed"
  && [...line.getSenders(), ...line.getReceivers()].every(({ track }) => !track || track.readyState === "ended"))"""


def relays(house):
    return [pid for pid in family(house.process.pid) if is_a_relay(pid)]


# A beep has more energy than that, and the noise of an empty line a millionth of it.
LOUD = 0.0001


def energy(side):
    return sum(one["totalAudioEnergy"] for one in side.stats()["in"])


def sizes(two, side, packets=60):
    """Bytes a packet, looked at again and again while so many packets go."""

    def sent():
        (out,) = side.stats()["out"]
        return out["packetsSent"], out["bytesSent"], out["headerBytesSent"]

    found, last, end = [], sent(), sent()[0] + packets
    while last[0] < end:
        two.both[0].page.wait_for_timeout(40)
        now = sent()
        if many := now[0] - last[0]:
            found.append(((now[1] - last[1]) / many, (now[2] - last[2]) / many))
            last = now
    return found


@pytest.fixture
def screens(browser, house):
    opened = []

    def make(who):
        opened.append(Screen(browser, house))
        opened[-1].context.add_init_script(WATCHED)
        return opened[-1].sign_in(PHRASES[who])

    yield make
    for screen in opened:
        screen.check_nothing_went_wrong()
        screen.close()


def hears(screen):
    return any(one["totalAudioEnergy"] > LOUD for one in screen.page.evaluate(STATS)["in"])


def they_hear(*screens):
    for screen in screens:
        screen.sees("You can hear each other.").check_accessibility()
        while not hears(screen):
            screen.page.wait_for_timeout(100)


def all_hear(two):
    """Each hears the other from now on."""
    before = [energy(side) for side in two.both]
    two.until(lambda: all(energy(s) > b + LOUD for s, b in zip(two.both, before, strict=True)))


def test_asked_aloud_on_the_pages_people_use(screens, house):
    """The words are sealed, the sound goes through the relay, and at the end of the talk no microphone is on."""
    put_on_duty(house, "Rosa")
    rosa, ash = on_call(screens("Rosa")), screens("Ash")
    asks(ash, "Ash", way="Talk aloud, on this device")
    rosa.sees("Somebody would like to talk aloud").press("I’ll take it")
    ash.press("Talk aloud")
    rosa.sees("They are ready to talk aloud.").check_accessibility()
    rosa.press("Talk aloud")
    they_hear(ash, rosa)

    ash.page.reload()  # the phone slept, and made the page anew
    ash.sees("They are ready to talk aloud.").press("Talk aloud")
    they_hear(ash, rosa)
    ends_it(ash)
    for somebody in (ash, rosa):
        somebody.page.get_by_text("You can hear each other.").wait_for(state="detached")
        assert somebody.page.evaluate("window.lines.every((line) => line.connectionState === 'closed')")


def test_leaving_fast_nobody_is_heard_though_the_next_page_takes_long(screens, house):
    put_on_duty(house, "Rosa")
    rosa, ash, told = on_call(screens("Rosa")), screens("Ash"), []
    asks(ash, "Ash", way="Talk aloud, on this device")
    rosa.press("I’ll take it").press("Talk aloud")
    ash.press("Talk aloud")
    they_hear(ash, rosa)
    ash.page.expose_function("tells", lambda said: told.append(said))  # noqa: PLW0108 — Playwright writes on it
    ash.page.evaluate(f"() => {{ setInterval(() => window.tells(({SILENT})()), 200); }}")
    ash.page.route(re.compile("/clock/$"), lambda route: None)  # it never comes
    ash.page.get_by_role("button", name="Leave fast").click(no_wait_after=True)
    assert wait_until(lambda: rosa.page.wait_for_timeout(100) or True in told)
    rosa.sees("Nothing of it was kept.")


def test_both_hear_the_other_through_the_relay_and_nobody_learns_where_they_are(two):
    ash_and_rosa = two()
    ash_and_rosa.talk()
    all_hear(ash_and_rosa)
    for side in ash_and_rosa.both:
        stats = side.stats()
        assert any(pair["state"] == "succeeded" for pair in stats["used"])
        assert {one["candidateType"] for one in stats["local"] + stats["remote"]} == {"relay"}
        assert addresses(stats["sdp"]) == addresses(stats["theirs"]) == {RELAY, NOWHERE}
    assert addresses(str(ash_and_rosa.all_said())) == {RELAY}


def test_there_was_an_address_to_give_away(two):
    """The same browser on the same page, without our way of joining."""
    side = two().both[0]
    gives_away = addresses(side.page.evaluate(WITHOUT_A_RELAY))
    assert gives_away - {RELAY, NOWHERE}


def test_a_voice_is_as_large_as_silence_with_the_microphone_off_too(two):
    ash_and_rosa = two()
    ash_and_rosa.talk()
    ash, _rosa = ash_and_rosa.both
    loud = sizes(ash_and_rosa, ash)
    ash.press("Microphone off")
    assert ash.says() == "They cannot hear you. You can hear them."
    silent = sizes(ash_and_rosa, ash)
    assert len(loud) > 10
    assert set(loud) == set(silent) == {A_PACKET}


def test_without_our_words_a_browser_would_tell_silence_from_crying(two):
    ash_and_rosa = two(changed=("cbr=1;usedtx=0;", "usedtx=1;"))
    ash_and_rosa.talk()
    assert len(set(sizes(ash_and_rosa, ash_and_rosa.both[0]))) > 3


def test_nobody_is_heard_before_both_pressed_the_button(two):
    ash_and_rosa = two()
    ash, rosa = ash_and_rosa.both
    ash.press("Talk aloud")
    ash_and_rosa.until(
        lambda: rosa.says() == "They are ready to talk aloud. Press the button if you are too."
    )
    assert rosa.page.evaluate("window.lines.length") == ash.page.evaluate("window.lines.length") == 0
    ash.press("End the sound")
    ash_and_rosa.until(lambda: rosa.says() == "")
    assert ash.says() == "The sound has ended. You can go on writing."
    assert ash.page.get_by_role("button", name="Talk aloud").is_visible()


def test_a_microphone_that_is_off_before_it_is_let_in_stays_off(two):
    ash_and_rosa = two()
    ash, rosa = ash_and_rosa.both
    ash.page.evaluate(SLOWLY)
    ash.press("Talk aloud")
    ash.press("Microphone off")
    ash.page.evaluate("window.letItIn()")
    rosa.press("Talk aloud")
    ash_and_rosa.until(lambda: ash.says() == "They cannot hear you. You can hear them.")
    ash_and_rosa.until(lambda: energy(ash) > LOUD)
    assert energy(rosa) < LOUD / 1000
    assert ash.page.evaluate("window.lines.at(-1).getSenders().every(({ track }) => !track.enabled)")


def test_the_sound_ends_on_both_sides_and_can_begin_again(two):
    ash_and_rosa = two()
    ash_and_rosa.talk()
    ash_and_rosa.both[0].press("End the sound")
    ash_and_rosa.both_say("The sound has ended. You can go on writing.")
    ash_and_rosa.talk()
    all_hear(ash_and_rosa)


def test_what_somebody_makes_up_leads_nowhere_but_to_the_relay(two):
    """A page of the other side that was tampered with, inside the seal."""
    ash_and_rosa = two()
    ash_and_rosa.talk()
    ash, rosa = ash_and_rosa.both
    (said,) = [said for said in ash_and_rosa.all_said() if said.get("describes", {}).get("type") == "offer"]
    ash.page.evaluate("(all) => all.forEach((said) => window.hear(said))", list(made_up(said)))
    all_hear(ash_and_rosa)
    stats = ash.stats()
    assert addresses(stats["theirs"]) == {RELAY, NOWHERE}
    assert {one["candidateType"] for one in stats["remote"]} == {"relay"}
    assert (ash.says(), rosa.says()) == ("You can hear each other.",) * 2


def made_up(said):
    describes, to = said["describes"], said["to"]
    place = {"priority": 1, "address": "192.0.2.66", "port": 53, "ufrag": describes["ufrag"]}
    for address in ("somewhere.local", "192.0.2.66 53 typ host\r\na=x", ""):
        yield {"to": to, "place": place | {"address": address}}
    yield {"to": to, "place": place | {"port": "53 typ host generation 0"}}
    line = "\r\na=candidate:1 1 udp 1 192.0.2.66 53 typ host"
    for name in ("pwd", "ufrag", "mid", "codec", "setup", "fingerprint"):
        yield {"to": to, "describes": describes | {name: describes[name] + line}}
    yield {"to": to, "describes": describes | {"type": "rollback"}}
    yield {"to": to, "describes": None}
    yield {"to": "an earlier attempt", "describes": describes}


def test_when_the_relay_is_killed_the_sound_comes_back(two, house):
    ash_and_rosa = two()
    ash_and_rosa.talk()
    (relay,) = relays(house)
    os.kill(relay, signal.SIGKILL)
    ash_and_rosa.until(lambda: relays(house) not in ([], [relay]))
    ash_and_rosa.until(lambda: any(side.says().startswith("The sound is lost") for side in ash_and_rosa.both))
    ash_and_rosa.both_say("You can hear each other.")
    all_hear(ash_and_rosa)


def test_when_the_network_was_gone_the_sound_comes_back(two, house):
    """Longer than one try takes: what lets them into the relay is not to be had either."""
    ash_and_rosa = two()
    ash_and_rosa.talk()
    (relay,) = relays(house)
    ways_in = [side.let_in for side in ash_and_rosa.both]
    for side in ash_and_rosa.both:
        side.let_in = lambda: None
    os.kill(relay, signal.SIGKILL)
    ash_and_rosa.until(lambda: all(side.says().startswith("The sound is lost") for side in ash_and_rosa.both))
    ash_and_rosa.until(lambda: all(side.stats()["state"] == "failed" for side in ash_and_rosa.both))
    ash_and_rosa.both[0].page.wait_for_timeout(1000)  # the try that follows at once is in vain
    for side, way_in in zip(ash_and_rosa.both, ways_in, strict=True):
        side.let_in = way_in
        side.page.evaluate("dispatchEvent(new Event('online'))")
    ash_and_rosa.both_say("You can hear each other.")
    all_hear(ash_and_rosa)


def test_when_no_sound_comes_through_there_is_still_the_writing(two):
    ash_and_rosa = two()
    for side in ash_and_rosa.both:
        side.page.clock.install()
        side.let_in = lambda: {"urls": [f"turn:{RELAY}:9"], "username": "nobody", "credential": "nothing"}
        side.press("Talk aloud")
    ash_and_rosa.until(lambda: all(side.says().startswith("One moment.") for side in ash_and_rosa.both))
    for side in ash_and_rosa.both:
        side.page.clock.fast_forward("00:30")
    ash_and_rosa.both_say("The sound does not come through. You can go on writing.")
    assert all(side.page.get_by_role("button", name="Talk aloud").is_visible() for side in ash_and_rosa.both)


def test_a_page_that_is_not_for_talking_gets_at_no_microphone(two):
    ash, _rosa = two(may_hear=False).both
    ash.press("Talk aloud")
    ash.page.get_by_text("There is no microphone, or it was not let in. You can go on writing.").wait_for()
    assert ash.said == []
    ash.troubles = [trouble for trouble in ash.troubles if "Permissions policy" not in trouble]
