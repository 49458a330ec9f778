"""What the number holds: sealed, in memory, for as long as it says and no longer."""

import json
import stat

import pyrage
import pytest

from peerwork.people.vault.envelope import look_at
from peerwork.support.line.number import chosen, dials, held, messages, phones, sealing, store
from peerwork.support.line.number.chosen import NumberUnclear
from peerwork.support.line.number.desk import Held
from peerwork.support.line.number.tests.on_monday import memory, watch  # noqa: F401

pytestmark = pytest.mark.usefixtures("watch")
NUMBER = "+61491570156"
DAY = 24 * 3600


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


def a_token(key):
    sealed = sealing.number(NUMBER, recipients=[str(key.to_public())])
    return json.loads(pyrage.decrypt(sealed, [key]))["dial"]


def test_a_dial_back_token_is_of_one_number_and_dies_within_a_day(key, watch):  # noqa: F811
    token = a_token(key)
    sealing.check_dial_token(NUMBER, token)
    with pytest.raises(sealing.NotGood):
        sealing.check_dial_token("+61491570157", token)
    watch.goes(DAY - 1)
    sealing.check_dial_token(NUMBER, token)
    watch.goes(1)
    with pytest.raises(sealing.NotGood):
        sealing.check_dial_token(NUMBER, token)


def test_nobody_makes_a_token_older_or_out_of_nothing(key):
    until, _dot, mark = a_token(key).partition(".")
    for forged in (
        f"{int(until) + 1}.{mark}",
        f"{until}.{'0' * 64}",
        "",
        "x.y",
        f"{until}",
        "9" * 13 + "." + mark,
    ):
        with pytest.raises(sealing.NotGood):
            sealing.check_dial_token(NUMBER, forged)


def test_after_the_power_was_off_no_token_is_good(key, memory):  # noqa: F811
    token = a_token(key)
    for path in memory.iterdir():
        path.unlink()
    with pytest.raises(sealing.NotGood):
        sealing.check_dial_token(NUMBER, token)


def test_every_sealed_number_has_one_size_and_nobody_on_duty_means_none_is_sealed(key):
    to = [str(key.to_public())]
    sizes = {look_at(sealing.number(said, recipients=to)).size for said in ("123456", "+614915701561234")}
    assert sizes == {sealing.PAGE}
    with pytest.raises(ValueError, match="Nobody"):
        sealing.number(NUMBER, recipients=[])


def test_a_message_is_gone_once_it_was_heard_and_after_three_days_at_most(watch):  # noqa: F811
    messages.keep("one", b"sealed")
    messages.keep("two", b"sealed")
    messages.heard("one")
    assert messages.of("one") is None
    watch.goes(3 * DAY - 1)
    assert messages.of("two") == b"sealed"
    watch.goes(1)
    assert messages.of("two") is None


def test_where_rosa_is_rung_is_forgotten_with_her_duty(watch):  # noqa: F811
    phones.ring_at("rosa", "0491 570 156", until=watch.at + 3600)
    assert phones.of("rosa") == "0491570156"
    watch.goes(3600)
    assert phones.of("rosa") == ""
    assert phones.those_with_one() == frozenset()


def test_what_was_deleted_is_not_in_the_file_any_more(watch, memory):  # noqa: F811
    phones.ring_at("rosa", NUMBER, until=watch.at + 10)
    with store.opened() as there:
        there.execute("SELECT 1")
    assert any(NUMBER.encode() in path.read_bytes() for path in memory.iterdir())
    watch.goes(10)
    store.forget()
    assert not any(NUMBER.encode() in path.read_bytes() for path in memory.iterdir())
    assert stat.S_IMODE((memory / "number.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "at", ["", "12", "rosa", "sip:a b@example.org", "sip:rosa@host\nX: y", "+61 4915 70x", "tel:123456"]
)
def test_what_cannot_be_rung_is_refused(at):
    with pytest.raises(phones.NoPhone):
        phones.ring_at("rosa", at, until=10**9)


def test_rosa_rings_back_through_the_line_or_is_told_why_not(key, watch):  # noqa: F811
    token = a_token(key)
    with pytest.raises(dials.CannotDial):
        dials.ask("call", by="rosa", number=NUMBER, token=token)
    phones.ring_at("rosa", "0491570157", until=watch.at + 2 * DAY)
    with pytest.raises(dials.CannotDial):
        dials.ask("call", by="rosa", number="+61491570199", token=token)
    dials.ask("call", by="rosa", number=NUMBER, token=token)
    assert dials.take_next() == dials.Dial("call", "rosa", NUMBER)
    assert dials.take_next() is None
    dials.ask("call", by="rosa", number=NUMBER, token=token)
    watch.goes(dials.WAITS)
    assert dials.take_next() is None


class Desk:
    def __init__(self):
        self.left = []

    def leave(self, one):
        self.left.append(one.call)


def test_a_gateway_that_was_killed_leaves_nobody_on_hold_and_breaks_no_promise():
    held.note(Held("box", "secret", "waiting"))
    held.note(Held("box", "secret", "promised", is_promised=True))
    held.note(Held("box", "secret", "of a provider"), "CA1")
    desk = Desk()
    held.let_go_of_all(desk)
    held.let_go_of_all(desk)
    assert desk.left == ["waiting"]
    assert held.of("CA1").call == "of a provider"


def written(tmp_path, text, mode=0o600):
    path = tmp_path / "number.toml"
    path.write_text(text)
    path.chmod(mode)


def test_what_a_host_chose_is_read_from_one_file_of_their_own(tmp_path):
    assert chosen.read() == chosen.Chosen()
    written(
        tmp_path,
        'number = "03 8000 0000"\n[trunk]\ndomain = "sip.example.net"\nuser = "line"\npassword = "x"\n',
    )
    read = chosen.read()
    assert (read.number, read.trunk.domain, read.trunk.registers) == ("03 8000 0000", "sip.example.net", True)


@pytest.mark.parametrize(
    ("text", "mode", "says"),
    [
        ("number = 1\n", 0o644, "others can read it"),
        ("number = ", 0o600, "cannot be read"),
        ('[trunk]\nuser = "line"\n', 0o600, "a domain"),
        ('[trunk]\ndomain = "x"\nuser = "y"\nport = 1\n', 0o600, "nothing reads"),
    ],
)
def test_a_file_that_is_unclear_is_told_in_a_sentence(tmp_path, text, mode, says):
    written(tmp_path, text, mode)
    with pytest.raises(NumberUnclear, match=says):
        chosen.read()
