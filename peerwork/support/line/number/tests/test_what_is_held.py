"""What the number holds: sealed, in memory, for as long as it says and no longer."""

import contextlib
import stat

import pyrage
import pytest

from peerwork.people.vault.envelope import look_at
from peerwork.support.line.number import chosen, dials, held, messages, phones, sealing, store
from peerwork.support.line.number.chosen import NumberUnclear
from peerwork.support.line.number.desk import Held
from peerwork.support.line.number.tests.on_monday import memory, watch  # noqa: F401

pytestmark = pytest.mark.usefixtures("watch")
NUMBER, OTHER = "+61491570156", "+61491570157"
DAY = 24 * 3600


@pytest.fixture
def key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def rosa_has_a_telephone(tmp_path, watch):  # noqa: F811
    written(tmp_path, '[trunk]\ndomain = "sip.example.net"\nuser = "line"\n')
    phones.ring_at("rosa", OTHER, until=watch.at + 2 * DAY)


def left_with(call, number=NUMBER):
    """The token that was sealed beside this number."""
    token = dials.new_token()
    dials.allow(call, number, token)
    return token


def is_dialled(call, number, token):
    with contextlib.suppress(dials.CannotDial):
        dials.ask(call, by="rosa", number=number, token=token)
    return dials.take_next() == dials.Dial(call, "rosa", number)


@pytest.mark.usefixtures("rosa_has_a_telephone")
def test_a_token_is_of_one_number_and_one_call_and_dies_within_a_day(watch):  # noqa: F811
    token, other = left_with("one"), left_with("another", OTHER)
    assert is_dialled("one", NUMBER, token)
    for call, number, said in (
        ("one", OTHER, token),
        ("another", NUMBER, token),
        ("one", NUMBER, other),
        ("one", NUMBER, ""),
        ("none", NUMBER, token),
    ):
        assert not is_dialled(call, number, said)
    watch.goes(DAY - 1)
    assert is_dialled("one", NUMBER, token)
    watch.goes(1)
    assert not is_dialled("one", NUMBER, token)


@pytest.mark.usefixtures("rosa_has_a_telephone")
def test_after_the_power_was_off_no_token_is_good(memory, watch):  # noqa: F811
    token = left_with("one")
    for path in memory.iterdir():
        path.unlink()
    phones.ring_at("rosa", OTHER, until=watch.at + DAY)
    assert not is_dialled("one", NUMBER, token)


def test_what_may_be_dialled_is_kept_as_a_fingerprint(memory):  # noqa: F811
    left_with("a call of its own")
    there = b"".join(path.read_bytes() for path in memory.iterdir())
    assert b"a call of its own" in there
    assert NUMBER.encode() not in there


def test_every_sealed_number_has_one_size_and_nobody_on_duty_means_none_is_sealed(key):
    to = [str(key.to_public())]
    sizes = {
        look_at(sealing.number(said, dial=dials.new_token(), recipients=to)).size
        for said in ("123456", "+614915701561234")
    }
    assert sizes == {sealing.PAGE}
    with pytest.raises(ValueError, match="Nobody"):
        sealing.number(NUMBER, dial="", recipients=[])


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


@pytest.mark.usefixtures("rosa_has_a_telephone")
def test_rosa_rings_back_through_the_line_or_is_told_why_not(watch, tmp_path):  # noqa: F811
    token = left_with("call")
    phones.forget("rosa")
    with pytest.raises(phones.NoPhone, match="at which number"):
        dials.ask("call", by="rosa", number=NUMBER, token=token)
    phones.ring_at("rosa", OTHER, until=watch.at + DAY)
    with pytest.raises(dials.CannotDial):
        dials.ask("call", by="rosa", number="+61491570199", token=token)
    dials.ask("call", by="rosa", number=NUMBER, token=token)
    assert dials.take_next() == dials.Dial("call", "rosa", NUMBER)
    assert dials.take_next() is None
    dials.ask("call", by="rosa", number=NUMBER, token=token)
    watch.goes(dials.WAITS)
    assert dials.take_next() is None
    written(tmp_path, '[twilio]\ntoken = "kettle"\n')
    with pytest.raises(dials.CannotDial, match="cannot dial here"):
        dials.ask("call", by="rosa", number=NUMBER, token=token)


@pytest.mark.usefixtures("rosa_has_a_telephone")
def test_what_no_gateway_took_is_called_off_and_told():
    dials.ask("call", by="rosa", number=NUMBER, token=left_with("call"))
    assert dials.call_off("call")
    assert dials.take_next() is None
    dials.ask("call", by="rosa", number=NUMBER, token=left_with("call"))
    assert dials.take_next()
    assert not dials.call_off("call")


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
