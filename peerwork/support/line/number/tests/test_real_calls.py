"""Real telephones ring the real gateway, on loopback. Each says a tone of its own, and tells which tones it hears."""

import base64
import io
import wave
from array import array

import pyrage
import pytest

from peerwork.support.line.number.gateway.listening import SIZE
from peerwork.support.line.number.tests.rig import tones

# Three telephones and a gateway in real time on a machine that is shared: one that missed its moment is told once more.
pytestmark = pytest.mark.flaky(reruns=1)
MENU = ["greeting", "limits", "press_talk", "press_back"]
NUMBER = "0491570156"


def what_was_logged(line):
    """The rig writes down whatever any logger is told, from the first line of its start."""
    said = line.logged().splitlines()
    assert any("asyncio" in one for one in said)
    return [one for one in said if "asyncio" not in one]


def is_waiting(told):
    return [state for state, _by, _end in told["calls"]] in (["asked"], ["offered"])


def test_ash_hears_the_words_presses_one_and_talks_with_rosa(phone, the_line):
    rosa, ash = phone("rosa"), phone("ash", NUMBER)
    line = the_line(rosa=rosa)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="press_back")
    assert ash.heard == MENU
    ash.do("press", keys="1")
    ash.waits_for(hears="hold")
    assert NUMBER not in rosa.waits_for(rung=...)
    rosa.waits_for(hears="for_you")
    assert "ash" not in rosa.heard
    rosa.do("press", keys="1")
    rosa.waits_for(hears="ash")
    ash.waits_for(hears="rosa")
    assert line.now()["calls"] == [["talking", "rosa", None]]
    rosa.do("hang_up")
    ash.waits_for(hears="bye")
    ash.waits_for(gone=True)
    assert line.becomes(lambda told: not told["held"])["calls"] == [["ended", "rosa", "talked"]]


@pytest.mark.parametrize("how", ["away", "busy", "a mailbox", "presses two"])
def test_where_rosa_does_not_take_it_sam_is_rung(phone, the_line, how):
    rosa, sam, ash = phone("rosa", how), phone("sam"), phone("ash")
    line = the_line(rosa=rosa, sam=sam, ring=4)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="1")
    rosa.waits_for(rung=...)
    if how == "presses two":
        rosa.waits_for(hears="for_you")
        rosa.do("press", keys="2")
    sam.waits_for(hears="for_you")
    assert "ash" not in rosa.heard
    sam.do("press", keys="1")
    sam.waits_for(hears="ash")
    ash.waits_for(hears="sam")
    ash.do("hang_up")
    sam.waits_for(gone=True)
    assert line.becomes(lambda told: not told["held"])["calls"] == [["ended", "sam", "talked"]]


def test_rosa_hands_over_and_ash_hears_it_and_talks_with_sam(phone, the_line):
    rosa, sam, ash = phone("rosa"), phone("sam"), phone("ash")
    line = the_line(rosa=rosa, sam=sam)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="1")
    rosa.waits_for(hears="for_you")
    rosa.do("press", keys="1")
    rosa.waits_for(hears="ash")
    line.do("hand", by="rosa")
    ash.waits_for(hears="handed_on")
    rosa.waits_for(gone=True)
    sam.waits_for(hears="for_you")
    sam.do("press", keys="1")
    sam.waits_for(hears="ash")
    ash.waits_for(hears="sam")


def test_when_nobody_takes_it_a_message_is_left_and_only_the_shift_can_open_it(phone, the_line, shift_key):
    rosa, ash = phone("rosa", "busy"), phone("ash", NUMBER)
    line = the_line(rosa=rosa, patience=3)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="1")
    ash.waits_for(hears="nobody_took")
    ash.waits_for(hears="tone")
    assert [call[2] for call in line.now()["calls"]] == ["no_way_back", None]
    ash.do("speak")
    ash.waits_for(spoke=True)
    ash.do("press", keys="#")
    ash.waits_for(hears="thanks")
    ash.waits_for(gone=True)
    (sealed,) = line.becomes(lambda told: told["messages"])["messages"]
    sealed = base64.b64decode(sealed)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
    opened = pyrage.decrypt(sealed, [shift_key])
    assert len(opened) == SIZE
    with wave.open(io.BytesIO(opened)) as words:
        samples = array("h", words.readframes(words.getnframes()))
    assert "ash" in {
        tones.heard(samples[at : at + tones.WINDOW]) for at in range(0, len(samples), tones.WINDOW)
    }


def test_two_is_a_call_back_at_once_and_hanging_up_at_the_tone_keeps_the_number_alone(phone, the_line):
    rosa, ash = phone("rosa"), phone("ash", NUMBER, "quiet")
    line = the_line(rosa=rosa)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="2")
    ash.waits_for(hears="number_kept")
    ash.waits_for(hears="tone")
    ash.do("hang_up")
    told = line.becomes(lambda told: told["calls"] and not told["held"])
    assert told["calls"][0][2] is None
    assert told["messages"] == []


def test_silence_after_the_tone_keeps_nothing(phone, the_line):
    ash = phone("ash", NUMBER, "quiet")
    line = the_line(rosa=None)
    ash.do("dial", to=line.at)
    for words in ("greeting", "press_back"):
        ash.waits_for(hears=words)
        ash.do("press", keys="9")
    ash.waits_for(hears="tone")
    ash.do("press", keys="#")
    ash.waits_for(hears="nothing_heard")
    ash.waits_for(gone=True)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="press_back")
    assert line.now() == {"calls": [], "messages": [], "held": 0}


def test_whoever_hides_their_number_keys_it_in(phone, the_line):
    ash = phone("ash")
    line = the_line(opens="later", rosa=None)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="press_back")
    ash.do("press", keys="2")
    ash.waits_for(hears="which_number")
    ash.do("press", keys=NUMBER + "#")
    ash.waits_for(hears="number_kept")
    line.becomes(lambda told: len(told["calls"]) == 1)


def test_where_nobody_has_a_key_yet_no_call_back_is_promised_and_no_words_are_taken(phone, the_line):
    ash = phone("ash", NUMBER)
    line = the_line(opens="later", has_key=False, rosa=None)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="press_back")
    ash.do("press", keys="2")
    ash.waits_for(hears="no_call_back")
    ash.waits_for(gone=True)
    assert "number_kept" not in ash.heard
    assert "tone" not in ash.heard
    assert line.now() == {"calls": [], "messages": [], "held": 0}


def test_hanging_up_while_it_is_asked_leaves_nobody_ringing(phone, the_line):
    ash = phone("ash", NUMBER)
    line = the_line(rosa=phone("rosa", "away"), trouble="slow")
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="1")
    line.waits_for(asks=True)
    ash.do("hang_up")
    ash.waits_for(gone=True)
    line.do("go_on")
    line.becomes(lambda told: told["calls"] == [["ended", None, "left"]] and not told["held"])


def test_where_nothing_can_be_promised_nobody_is_left_in_silence(phone, the_line):
    ash = phone("ash")
    line = the_line(rosa=None, trouble="mute")
    ash.do("dial", to=line.at)
    ash.waits_for(gone=True)


@pytest.mark.parametrize("moment", ["greeting", "hold", "it rings"])
def test_hanging_up_leaves_nothing_at_any_moment(phone, the_line, moment):
    rosa, ash = phone("rosa", "away"), phone("ash", NUMBER)
    line = the_line(rosa=rosa, ring=30)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    if moment != "greeting":
        ash.do("press", keys="1")
        ash.waits_for(hears="hold")
        assert is_waiting(line.now())
    if moment == "it rings":
        rosa.waits_for(rung=...)
    ash.do("hang_up")
    if moment == "it rings":
        rosa.waits_for(gone=True)
    told = line.becomes(lambda told: not told["held"] and not is_waiting(told))
    assert told["messages"] == []
    assert [call[2] for call in told["calls"]] in ([], ["left"])


def test_when_nobody_is_on_ash_hears_it_and_nothing_is_asked_of_them(phone, the_line):
    ash = phone("ash")
    line = the_line(opens="nobody")
    ash.do("dial", to=line.at)
    ash.waits_for(hears="nobody")
    ash.waits_for(gone=True)
    assert ash.heard == ["greeting", "nobody"]
    assert line.now()["calls"] == []


def test_rosa_rings_back_through_the_line_and_neither_sees_the_others_number(phone, the_line):
    rosa, ash = phone("rosa", "0491570157"), phone("ash", NUMBER)
    line = the_line(rosa=rosa)
    line.do("dial", by="rosa", number=ash.at)
    assert NUMBER not in rosa.waits_for(rung=...)
    rosa.waits_for(hears="for_you")
    rosa.do("press", keys="1")
    assert "0491570157" not in ash.waits_for(rung=...)
    rosa.waits_for(hears="ash")
    ash.waits_for(hears="rosa")
    ash.do("hang_up")
    rosa.waits_for(gone=True)


def test_when_rosa_hangs_up_meanwhile_it_rings_no_more_at_ash(phone, the_line):
    rosa, ash = phone("rosa"), phone("ash", NUMBER, "away")
    line = the_line(rosa=rosa)
    line.do("dial", by="rosa", number=ash.at)
    rosa.waits_for(hears="for_you")
    rosa.do("press", keys="1")
    ash.waits_for(rung=...)
    rosa.do("hang_up")
    ash.waits_for(gone=True)


def test_of_a_call_with_a_message_nothing_is_written_and_nothing_is_logged(
    phone, the_line, surroundings, tmp_path
):
    ash = phone("ash", NUMBER)
    line = the_line(opens="later", rosa=None)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="press_back")
    ash.do("press", keys="2")
    ash.waits_for(hears="tone")
    ash.do("speak")
    ash.waits_for(spoke=True)
    ash.do("hang_up")
    line.becomes(lambda told: told["messages"])
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(path.name == "number.db" for path in files)
    assert [path for path, content in files.items() if NUMBER.encode() in content] == []
    assert what_was_logged(line) == []


def test_at_the_real_switchboard_it_is_the_same_call(phone, the_line, shift_key):
    """The gateway as the command runs it: with a database, a roster, and calls in the memory store."""
    rosa, ash = phone("rosa"), phone("ash", NUMBER)
    line = the_line(real=True, rosa=rosa)
    ash.do("dial", to=line.at)
    ash.waits_for(hears="greeting")
    ash.do("press", keys="1")
    rosa.waits_for(hears="for_you")
    rosa.do("press", keys="1")
    rosa.waits_for(hears="ash")
    ash.waits_for(hears="rosa")
    assert [call[0] for call in line.now()["calls"]] == ["talking"]
    ash.do("hang_up")
    rosa.waits_for(gone=True)
    assert [call[2] for call in line.becomes(lambda told: not told["held"])["calls"]] == ["talked"]
    assert what_was_logged(line) == []


def test_the_gateway_registers_with_a_trunk_that_asks_for_a_password(the_line, process):
    trunk = process("registrar", "a password")
    the_line(registrar=trunk.waits_for(ready=...))
    assert trunk.waits_for(registered=...) is False
    assert trunk.waits_for(registered=...) is True


def test_a_trunk_that_does_not_take_us_is_told_in_a_sentence(the_line, process):
    trunk = process("registrar", "another password")
    line = the_line(registrar=trunk.waits_for(ready=...), is_taken=False)
    assert "does not take us" in line.waits_for(refused=...)


def test_a_trunk_that_encrypts_is_heard_and_a_telephone_that_does_not_is_not(phone, the_line):
    ash, sam = phone("ash", "srtp"), phone("sam")
    line = the_line(srtp=True, rosa=None)
    sam.do("dial", to=line.at)
    sam.waits_for(gone=True)
    assert sam.heard == []
    ash.do("dial", to=line.at)
    ash.waits_for(hears="limits")


def test_a_trunk_whose_certificate_nobody_vouches_for_is_told_nothing(the_line, process, tmp_path):
    certificate = tmp_path / "trunk.pem"
    trunk = process("tls_trunk", str(certificate))
    at = trunk.waits_for(ready=...)
    the_line(tls={"domain": at}, is_taken=False).waits_for(refused=...)
    assert trunk.waits_for(told=...) == ""
    the_line(tls={"domain": at, "authorities": str(certificate)}, is_taken=False)
    assert trunk.waits_for(told=...) == "REGISTER"
