"""A provider asks us what to do, and does it: the same story by TwiML and by jambonz, at the real switchboard."""

import base64
import json
import time

import pyrage
import pytest

from peerwork.support.line.engine.words import Took
from peerwork.support.line.number import held, phones, store
from peerwork.support.line.number.tests.on_monday import has_a_key, memory, on_the_line, watch  # noqa: F401
from peerwork.support.line.number.tests.providers import SECRET, TOKEN, Jambonz, Twilio
from peerwork.support.line.roster.tests.nights import a_shift
from peerwork.support.line.switchboard import board, calls, rings
from peerwork.support.line.switchboard import store as calls_store

ASH = "+61491570156"
ROSA, SAM = "+61491570157", "+61491570158"


@pytest.fixture(autouse=True)
def _world(settings, network, watch, tmp_path):  # noqa: F811
    settings.ROOT_URLCONF = "peerwork.support.line.number.tests.addresses"
    file = tmp_path / "number.toml"
    file.write_text(f'number = "+61380000000"\n[twilio]\ntoken = "{TOKEN}"\n[jambonz]\nsecret = "{SECRET}"\n')
    file.chmod(0o600)


@pytest.fixture(params=[Twilio, Jambonz])
def provider(request, client):
    return lambda number=ASH: request.param(client, number)


def just_now(ash, place):
    """The address of a place, as we give it at this moment."""
    return f"/a/number/{ash.kind}/{place}/?given={int(time.time())}"


def what_there_is():
    database = calls_store.opened()
    return [dict(row) for row in database.execute("SELECT id, board, sealed FROM call ORDER BY place")]


def states():
    return [json.loads(row["board"])["state"] for row in what_there_is()]


def test_ash_presses_one_and_rosa_is_rung_by_the_provider_and_takes_it(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings()
    assert any("press one" in words for words in ash.says)
    ash.presses("1")
    assert any("hold" in words for words in ash.says)
    ash.rings()
    assert ash.dials == ROSA
    leg = ash.picks_up()
    assert any("press one" in words for words in leg.says)
    assert leg.presses("1").joins
    assert states() == ["talking"]
    ash.rings()
    assert ash.is_over
    assert states() == ["ended"]
    assert held.of(ash.name) is None


def test_where_rosa_lets_it_ring_or_her_mailbox_picks_up_sam_is_next(provider, rosa, sam):
    on_the_line(rosa, phone=ROSA)
    on_the_line(sam, phone=SAM)
    ash = provider().rings().presses("1").rings()
    first = ash.dials
    assert ash.picks_up().presses("").is_over
    ash.rings()
    assert {first, ash.dials} == {ROSA, SAM}
    ash.rings()
    assert not ash.dials
    assert states() == ["asked"]


def test_whoever_has_no_telephone_is_not_rung_by_the_number(provider, rosa, sam):
    on_the_line(rosa)
    on_the_line(sam, phone=SAM)
    ash = provider().rings().presses("1").rings()
    assert ash.dials == SAM
    assert rings.rings(str(rosa.pk)).rings == ()


def test_now_is_not_said_where_nobody_on_duty_has_a_telephone(provider, rosa):
    on_the_line(rosa)
    says = " ".join(provider().rings().says)
    assert "press one" not in says
    assert "press two" in says


def test_two_leaves_the_number_sealed_to_the_shift_and_the_server_cannot_read_it(provider, rosa, sam, memory):  # noqa: F811
    opens, other = on_the_line(rosa, phone=ROSA), has_a_key(sam)
    assert provider().rings().presses("2").is_over
    (row,) = what_there_is()
    sealed = base64.b64decode(row["sealed"])
    assert json.loads(pyrage.decrypt(sealed, [opens]))["number"] == ASH
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [other])
    there = b"".join(path.read_bytes() for path in memory.iterdir())
    assert row["sealed"].encode() in there
    assert ASH.encode() not in there
    assert ASH.lstrip("+").encode() not in there


def test_said_again_by_a_provider_that_lost_our_answer_one_number_is_kept(provider, rosa):
    on_the_line(rosa)
    ash = provider().rings()
    menu = ash.to
    ash.presses("2")
    ash.to = menu
    ash.presses("2")
    assert states() == ["offered"]


def test_a_hidden_number_is_keyed_in(provider, rosa):
    opens = on_the_line(rosa)
    ash = provider("anonymous").rings().presses("2")
    assert any("key in your number" in words for words in ash.says)
    ash.presses("0491570156")
    assert ash.is_over
    (row,) = what_there_is()
    assert json.loads(pyrage.decrypt(base64.b64decode(row["sealed"]), [opens]))["number"] == "0491570156"


@pytest.mark.parametrize("hidden", ["", "+7378742833", "+2562533", "+86282452253", "Restricted"])
def test_whatever_a_company_says_of_a_hidden_number_it_is_asked_for_and_none_is_no_promise(
    provider, rosa, hidden
):
    on_the_line(rosa)
    ash = provider(hidden).rings().presses("2")
    assert any("key in your number" in words for words in ash.says)
    ash.presses("*12345")
    assert not ash.is_over
    assert ash.presses("12*3456#").is_over
    assert any("kept nothing" in words for words in ash.says)
    assert what_there_is() == []


def test_a_number_that_is_none_is_not_sealed_and_not_promised(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider("").rings()
    ash.posts(just_now(ash, "hold"), "2")
    assert what_there_is() == []


def test_a_request_said_again_asks_no_second_call(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings()
    menu = ash.to
    ash.presses("1")
    ash.to = menu
    assert not ash.presses("1").is_over
    assert states() == ["offered"]


def test_when_they_hung_up_what_they_asked_is_said_again_in_vain(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings()
    menu = ash.to
    ash.presses("1").hangs_up()
    for keys in ("1", "2", ""):
        ash.to = menu
        assert ash.presses(keys).is_over
    assert states() == ["ended"]


def test_who_hung_up_at_the_menu_rings_nobody_by_a_request_that_is_kept(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings()
    menu = ash.to
    ash.hangs_up()
    ash.to = menu
    assert ash.presses("1").is_over
    assert what_there_is() == []


def test_a_day_later_a_kept_request_of_twilio_is_refused(client, rosa, watch):  # noqa: F811
    on_the_line(rosa, phone=ROSA)
    ash = Twilio(client, ASH).rings()
    menu = ash.to.removeprefix("http://localhost:8000")
    ash.hangs_up()
    watch.goes(26 * 3600)
    on_the_line(rosa, phone=ROSA)
    assert not held.is_over(ash.name)
    assert ash.posts(menu, "1").status_code == 403
    assert ash.posts(menu.partition("?")[0], "1").status_code == 403
    assert what_there_is() == []


def test_that_a_call_was_answered_is_not_its_end(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings()
    menu = ash.to
    ash.tells("in-progress")
    ash.to = menu
    ash.presses("1")
    assert states() == ["offered"]


def test_what_was_taken_on_no_telephone_goes_on_to_sam(provider, rosa, sam):
    on_the_line(rosa, phone=ROSA)
    on_the_line(sam, phone=SAM)
    ash = provider().rings().presses("1").rings()
    first, then = (rosa, SAM) if ash.dials == ROSA else (sam, ROSA)
    with board.desk() as desk:
        (call,) = desk.board.calls
        desk.happens(Took(call, str(first.pk)))
    ash.rings()
    assert not ash.is_over
    assert ash.rings().dials == then


def test_whoever_gave_their_telephone_back_meanwhile_is_passed_over(provider, rosa, sam):
    on_the_line(rosa, phone=ROSA)
    on_the_line(sam, phone=SAM)
    ash = provider().rings().presses("1")
    first, then = (rosa, SAM) if rings.rings(str(rosa.pk)).rings else (sam, ROSA)
    phones.forget(str(first.pk))
    ash.rings()
    assert ash.rings().dials == then


def test_that_it_is_over_may_be_said_on_the_page_before_they_hang_up(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings().presses("1").rings()
    ash.picks_up().presses("1")
    (row,) = what_there_is()
    calls.over(row["id"], str(rosa.pk))
    assert ash.rings().is_over
    assert any("Take care" in words for words in ash.says)
    assert states() == ["ended"]


def test_nothing_pressed_twice_keeps_nothing(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings().rings().rings()
    assert ash.is_over
    assert what_there_is() == []


def test_hanging_up_on_hold_leaves_nobody_waiting(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider().rings().presses("1")
    assert states() == ["offered"]
    ash.hangs_up()
    assert states() == ["ended"]
    assert rings.rings(str(rosa.pk)).rings == ()


def test_hanging_up_after_a_promise_keeps_the_promise(provider, rosa):
    on_the_line(rosa)
    ash = provider().rings().presses("2")
    ash.hangs_up()
    assert states() == ["offered"]


def test_when_nobody_is_on_in_the_next_day_it_is_said_and_no_number_is_taken(provider, rosa):
    a_shift(first=rosa, in_hours=30)
    has_a_key(rosa)
    ash = provider().rings()
    assert ash.is_over
    assert any("ring again" in words for words in ash.says)
    assert what_there_is() == []


def test_when_somebody_is_on_later_today_a_call_back_is_promised(provider, rosa):
    opens = on_the_line(rosa, in_hours=5)
    ash = provider().rings()
    assert any("ring you back" in words for words in ash.says)
    ash.presses("2")
    (row,) = what_there_is()
    assert json.loads(pyrage.decrypt(base64.b64decode(row["sealed"]), [opens]))["number"] == ASH


def test_no_provider_is_ever_told_to_record_or_to_listen(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash, verbs = provider().rings(), set()
    for keys in ("", "1", "", "2"):
        verbs |= ash.verbs
        ash.presses(keys) if not ash.is_over else None
    assert verbs <= {"Response", "Gather", "Say", "Dial", "Number", "Hangup"} | {
        "gather", "say", "dial", "hangup",
    }  # fmt: skip


def test_a_forged_request_is_refused_and_nothing_was_done(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider()
    menu = just_now(ash, "greeting")
    assert ash.posts(menu, "1", token="not the token").status_code == 403
    assert what_there_is() == []
    assert ash.posts(menu, "1").status_code == 200
    assert len(what_there_is()) == 1


def test_without_a_provider_there_is_a_wall_and_so_there_is_at_places_that_are_none(
    provider, network, tmp_path
):
    ash = provider()
    assert ash.posts(just_now(ash, "nowhere")).status_code == 404
    (tmp_path / "number.toml").write_text("")
    assert ash.posts(f"/a/number/{ash.kind}/").status_code == 404


def test_a_cookie_is_refused(provider, client, rosa):
    client.cookies["anything"] = "1"
    assert provider().posts("/a/number/twilio/").status_code == 400


def test_while_ash_holds_memory_names_the_call_by_a_fingerprint_alone(provider, rosa):
    on_the_line(rosa, phone=ROSA)
    ash = provider()
    ash.name = "CAd4f1e9"
    ash.rings().presses("1")
    with store.opened() as there:
        (row,) = there.execute("SELECT mark, held FROM legs").fetchall()
    assert "CAd4f1e9" not in "".join(row)
    assert ASH not in "".join(row)
