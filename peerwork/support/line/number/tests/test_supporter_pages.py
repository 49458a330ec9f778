"""Rosa is on duty: where she is rung, the number she rings back, and the words she hears once."""

import base64
import json

import pyrage
import pytest

from peerwork.support.line.number import call_backs, dials, messages, phones
from peerwork.support.line.number.at_the_switchboard import Switchboard
from peerwork.support.line.number.tests.on_monday import memory, on_the_line, watch  # noqa: F401
from peerwork.support.line.roster.tests.nights import a_shift
from peerwork.support.line.switchboard import calls, rings

ASH = "+61491570156"


@pytest.fixture(autouse=True)
def _world(settings, network, watch):  # noqa: F811
    settings.ROOT_URLCONF = "peerwork.support.line.number.tests.named_addresses"


@pytest.fixture
def posts(sign_in):
    def post(person, address, **body):
        body = json.dumps(body)
        return sign_in(person).post(address, body, content_type="application/json")

    return post


def opened(person, key):
    """What their device shows of the call-back that is theirs."""
    found = rings.rings(str(person.pk))
    (one,) = [*found.owed, *found.mine]
    return json.loads(pyrage.decrypt(base64.b64decode(one.sealed), [key]))


def test_rosa_says_where_to_ring_until_her_duty_ends_and_not_after(posts, sign_in, rosa, watch):  # noqa: F811
    a_shift(first=rosa, in_hours=0, hours=4)
    assert posts(rosa, "/line/phone/", at="0491 570 157").json() == {"at": "0491570157"}
    watch.goes(4 * 3600)
    assert sign_in(rosa).get("/line/phone/").json() == {"at": ""}


def test_rosa_takes_it_back_and_off_duty_nothing_is_kept(posts, rosa, sam):
    a_shift(first=rosa, in_hours=0)
    posts(rosa, "/line/phone/", at="0491570157")
    assert posts(rosa, "/line/phone/", at="").json() == {"at": ""}
    refused = posts(sam, "/line/phone/", at="0491570158")
    assert refused.status_code == 400
    assert "not on duty" in refused.json()["says"]
    assert phones.those_with_one() == frozenset()


def test_only_whom_it_concerns_hears_the_words_and_then_they_are_gone(sign_in, rosa, sam, ash):
    on_the_line(rosa, phone="0491570157")
    desk = Switchboard()
    call = call_backs.keep(ASH, None, desk).call
    messages.keep(call, b"sealed words")
    address = f"/line/calls/{call}/message/"
    assert sign_in(sam).get(address).status_code == 404
    assert sign_in(ash).get(address).status_code == 404
    assert sign_in(rosa).get(address).content == b"sealed words"
    assert sign_in(rosa).delete(address).status_code == 204
    assert sign_in(rosa).get(address).status_code == 404


def test_whoever_passed_it_on_hears_nothing_and_deletes_nothing(sign_in, rosa, sam):
    on_the_line(rosa, phone="0491570157")
    on_the_line(sam, phone="0491570158")
    desk = Switchboard()
    call = call_backs.keep(ASH, None, desk).call
    messages.keep(call, b"sealed words")
    first, then = (rosa, sam) if rings.has(call, str(rosa.pk)) else (sam, rosa)
    calls.decline(call, str(first.pk))
    address = f"/line/calls/{call}/message/"
    assert rings.concerns(call, str(first.pk))
    assert sign_in(first).get(address).status_code == 404
    assert sign_in(first).delete(address).status_code == 404
    assert sign_in(then).get(address).content == b"sealed words"


@pytest.fixture
def _a_trunk(tmp_path):
    file = tmp_path / "number.toml"
    file.write_text('[trunk]\ndomain = "sip.example.net"\nuser = "line"\n')
    file.chmod(0o600)


@pytest.mark.usefixtures("_a_trunk")
def test_rosa_opens_the_number_and_the_line_dials_it_and_no_other(posts, rosa, sam):
    key = on_the_line(rosa, phone="0491570157")
    desk = Switchboard()
    call = call_backs.keep(ASH, None, desk).call
    calls.take(call, str(rosa.pk))
    page = opened(rosa, key)
    address = f"/line/calls/{call}/ring-back/"
    assert posts(sam, address, **page).status_code == 404
    refused = posts(rosa, address, number="+61491570199", dial=page["dial"])
    assert refused.status_code == 409
    assert dials.take_next() is None
    assert posts(rosa, address, **page).status_code == 200
    assert dials.take_next() == dials.Dial(call, str(rosa.pk), ASH)


@pytest.mark.usefixtures("_a_trunk")
def test_where_no_gateway_takes_it_rosa_hears_so_and_nobody_is_rung_later(posts, sign_in, rosa, sam):
    key = on_the_line(rosa, phone="0491570157")
    call = call_backs.keep(ASH, None, Switchboard()).call
    calls.take(call, str(rosa.pk))
    address = f"/line/calls/{call}/ring-back/"
    posts(rosa, address, **opened(rosa, key))
    assert sign_in(sam).delete(address).status_code == 404
    assert sign_in(rosa).delete(address).json() == {"waited": True}
    assert sign_in(rosa).delete(address).json() == {"waited": False}
    assert dials.take_next() is None


def test_without_a_trunk_the_line_dials_nobody_and_without_a_telephone_rosa_is_asked_for_one(
    posts, rosa, request
):
    key = on_the_line(rosa)
    call = call_backs.keep(ASH, None, Switchboard()).call
    calls.take(call, str(rosa.pk))
    address, page = f"/line/calls/{call}/ring-back/", opened(rosa, key)
    assert posts(rosa, address, **page).status_code == 409
    request.getfixturevalue("_a_trunk")
    refused = posts(rosa, address, **page)
    assert refused.status_code == 400
    assert "at which number" in refused.json()["says"]


def test_whoever_rang_the_number_is_taken_by_a_telephone_and_by_no_page(posts, sign_in, rosa):
    on_the_line(rosa, phone="0491570157")
    desk = Switchboard()
    held = desk.ask(phones=phones.those_with_one())
    address = f"/line/calls/{held.call}/"
    (card,) = sign_in(rosa).get("/line/rings/").json()["rings"]
    assert card["way"] == "number"
    assert posts(rosa, address, do="take", key="").status_code == 409
    assert rings.rings(str(rosa.pk)).rings
    desk.take(held, str(rosa.pk))
    desk.began(held)
    (card,) = sign_in(rosa).get("/line/rings/").json()["mine"]
    assert (card["way"], card["sealed"]) == ("number", "")


def test_whoever_held_and_left_a_number_is_rung_back_like_anybody_else(posts, sign_in, rosa):
    on_the_line(rosa, phone="0491570157")
    desk = Switchboard()
    held = desk.ask(phones=phones.those_with_one())
    call_backs.keep(ASH, held, desk)
    (owed,) = sign_in(rosa).get("/line/rings/").json()["owed"]
    assert owed["way"] == "phone"
    assert posts(rosa, f"/line/calls/{held.call}/", do="take", key="").status_code == 200


def test_words_nobody_can_ask_for_any_more_are_gone_within_the_hour(rosa, watch):  # noqa: F811
    on_the_line(rosa, phone="0491570157")
    desk = Switchboard()
    one = call_backs.keep(ASH, None, desk)
    messages.keep(one.call, b"sealed words")
    messages.forget_those_that_are_over()
    assert messages.of(one.call) == b"sealed words"
    desk.leave(one)
    watch.goes(calls.KEPT + 1)
    calls.tick()
    messages.forget_those_that_are_over()
    assert messages.of(one.call) is None
