"""The addresses: what a device without a name may say, and what the page of whoever answers is told.

Who uses it, and what they fear. Ash: that the ask says who she is, or can be told from another's by its size. Rosa:
that somebody else answers in her place. Morgan, who manages staff: to be shut out. The others: that
Morgan sees who is on.
"""

import json
from base64 import b64encode
from datetime import UTC, date, datetime
from uuid import uuid4

import pyrage
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import someone
from peerwork.ground.postbox import rounds as postbox
from peerwork.people.tokens import queries
from peerwork.people.vault.tests.rings import given as with_a_key
from peerwork.support.line.roster import never, supporters
from peerwork.support.line.roster.models import Bell, Supporter
from peerwork.support.line.roster.tests.nights import a_shift
from peerwork.support.line.switchboard import bells, calls, marks, said, tokens
from peerwork.support.line.switchboard.tests.stories import rings_at, takes
from tests import blinding

BOX, SECRET = "a" * 32, "b" * 64
TODAY = date(2026, 11, 23)


@pytest.fixture
def the_round(network):
    (one, _next) = tokens.keep_open(TODAY, 30) * 2
    return one


@pytest.fixture
def token(the_round):
    device = blinding.Client(the_round.modulus)
    hidden, kept = device.make(the_round.pk, tokens.TOKENS)
    made = device.finish(kept, postbox.sign_for(the_round, hidden))
    return [{"round": the_round.pk, **one} for one in map(shown, made)]


def shown(one):
    prepared, signature = one
    return {"msg": b64encode(prepared, b"-_").decode(), "sig": b64encode(signature, b"-_").decode()}


def asking(token, /, **more):
    return {
        "box": BOX,
        "secret": SECRET,
        "token": token,
        "key": "k" * 87,
        "way": "chat",
        "carries": [],
    } | more


def post(address, body, secret=SECRET):
    return Client().generic(
        "POST",
        address,
        json.dumps(body),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {secret}",
    )


def look(box=BOX, secret=SECRET, after=0):
    return Client().get(f"/a/line/asks/{box}/?after={after}", HTTP_AUTHORIZATION=f"Bearer {secret}")


def test_ash_asks_with_a_token_and_again_when_the_answer_got_lost(on_call, token):
    first, again = post("/a/line/asks/", asking(token[0])), post("/a/line/asks/", asking(token[0]))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["state"] == again.json()["state"] == "offered"
    assert look().json()["channel"] == first.json()["channel"]


def test_a_token_lets_in_one_box(on_call, token):
    post("/a/line/asks/", asking(token[0]))
    assert post("/a/line/asks/", asking(token[0], box="c" * 32)).status_code == 403
    assert post("/a/line/asks/", asking(token[1], box="c" * 32)).status_code == 201


def test_a_token_nobody_signed_or_of_another_round_lets_nobody_in(on_call, token):
    forged = token[0] | {"sig": token[1]["sig"]}
    assert post("/a/line/asks/", asking(forged)).status_code == 401
    assert post("/a/line/asks/", asking(token[0] | {"round": "line.2026-10"})).status_code == 401
    assert post("/a/line/asks/", asking(token[0] | {"round": "themes.2026-Q4"})).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"box": "short"},
        {"secret": "B" * 64},
        {"way": "number"},
        {"way": ["chat"]},
        {"only": [f"person:{uuid4()}"]},
        {"never": [f"person:{uuid4()}"]},
        {"never": ["person:" + "A" * 59]},
        {"carries": [f"workplace:{uuid4()}"]},
        {"never": ["anybody"]},
        {"only": "woman"},
        {"sealed": "0400 123 456"},
        {"key": "k"},
        {"token": None},
        {"carries": ["woman"] * 999},
    ],
)
def test_what_is_not_as_agreed_is_refused_and_spends_nothing(on_call, token, wrong):
    assert post("/a/line/asks/", asking(token[0], **wrong)).status_code == 400
    assert post("/a/line/asks/", asking(token[0])).status_code == 201


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"do": "\\ud800"}',
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_plain_json_is_refused(content):
    with pytest.raises(said.NotGood):
        said.body_of(content)


def test_everything_that_is_said_has_one_size(on_call, rosa, token):
    ask = post("/a/line/asks/", asking(token[0]))
    taken = takes(rosa, Box())
    post(f"/a/line/asks/{BOX}/", {"do": "say", "sealed": "x" * 2800, "once": "a"})
    for answer in (ask, look(), look(secret=taken.secret), look(secret="f" * 64)):
        assert len(answer.content) % 4096 == 0
        assert answer.headers["Content-Encoding"] == "identity"  # pressed together, each would have its own
    assert look(secret=taken.secret).json()["messages"][0]["sealed"] == "x" * 2800


class Box:
    """The call behind the box."""

    @property
    def call(self):
        return calls.look(BOX, SECRET).call.id


def test_a_number_comes_in_sealed_or_not_at_all(on_call, rosa, token):
    key = pyrage.x25519.Recipient.from_str(with_a_key(rosa).recipient)
    sealed = b64encode(pyrage.encrypt(b"0400 123 456", [key])).decode()
    post("/a/line/asks/", asking(token[0], way="phone"))
    for wrong in ("MDQwMCAxMjMgNDU2", "", None):
        assert post(f"/a/line/asks/{BOX}/", {"do": "back", "sealed": wrong}).status_code == 400
    assert post(f"/a/line/asks/{BOX}/", {"do": "back", "sealed": sealed}).status_code == 200


def test_where_nobody_could_open_a_number_none_is_taken_and_no_token_is_spent(on_call, rosa, token):
    """Rosa is on, and has no key. A number she cannot read would be a promise nobody can keep."""
    key = pyrage.x25519.Identity.generate().to_public()
    sealed = b64encode(pyrage.encrypt(b"0400 123 456", [key])).decode()
    assert post("/a/line/asks/", asking(token[0], way="phone", sealed=sealed)).status_code == 409
    assert post("/a/line/asks/", asking(token[0], box="c" * 32)).status_code == 201


def test_leaving_is_believed_at_once(on_call, token):
    post("/a/line/asks/", asking(token[0]))
    left = post(f"/a/line/asks/{BOX}/", {"do": "leave"})
    assert (left.json()["state"], left.json()["end"]) == ("ended", "left")
    assert post(f"/a/line/asks/{BOX}/", {"do": "dance"}).status_code == 400


def test_another_secret_and_no_secret_are_told_the_same(on_call, token):
    post("/a/line/asks/", asking(token[0]))
    there, nowhere = look(secret="f" * 64), look(box="d" * 32)
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert Client().get(f"/a/line/asks/{BOX}/").status_code == there.status_code


def test_a_secret_in_strange_letters_opens_no_seat_either(on_call, rosa, token):
    post("/a/line/asks/", asking(token[0]))
    takes(rosa, Box())
    assert look(secret="\xe9\xff").status_code == 410


def test_a_cookie_is_refused_where_nobody_has_a_name(on_call, sign_in, ash, token):
    answer = sign_in(ash).post("/a/line/asks/", json.dumps(asking(token[0])), content_type="application/json")
    assert answer.status_code == 400
    assert not calls.has(BOX)


class TestWhoeverAnswers:
    def test_rosa_hears_it_takes_it_and_is_given_what_opens_the_box(self, on_call, sign_in, rosa, token):
        post("/a/line/asks/", asking(token[0], only=["speaks:vi"]) | {"only": []})
        there = sign_in(rosa).get("/line/rings/").json()
        assert (there["on"], [one["way"] for one in there["rings"]]) == (True, ["chat"])
        assert there["rings"][0].keys() == {"call", "way", "seconds_left"}
        assert [one["name"] for one in there["others"]] == ["Sam"]
        taken = self.do(sign_in(rosa), there["rings"][0]["call"], do="take", key="p" * 87).json()
        assert look(taken["box"], taken["secret"]).json()["state"] == "taken"
        mine = sign_in(rosa).get("/line/rings/").json()
        assert [one["secret"] for one in mine["mine"]] == [taken["secret"]]

    def test_until_when_rosa_is_on_is_said_to_the_minute(self, sign_in, rosa):
        """It rings until half past ten. At ten she would have gone, with half an hour to go."""
        a_shift(first=rosa, in_hours=0, hours=10.5)
        assert sign_in(rosa).get("/line/rings/").json()["until_says"].endswith("10:30 p.m.")

    def test_what_rings_at_rosa_is_not_there_for_sam(self, on_call, sign_in, rosa, sam, ask):
        ash = ask()
        assert sign_in(sam).get("/line/rings/").json()["rings"] == []
        assert self.do(sign_in(sam), ash.call, do="take").status_code == 404
        assert self.do(sign_in(rosa), ash.call, do="take").status_code == 200

    def test_too_late_is_said_and_not_a_wall(self, on_call, sign_in, rosa, ask):
        ash = ask()
        calls.decline(ash.call, str(rosa.pk))
        assert self.do(sign_in(rosa), ash.call, do="take").status_code == 409

    def test_rosa_hands_over_to_sam_by_name(self, on_call, sign_in, rosa, sam, ask):
        ash = ask()
        self.do(sign_in(rosa), ash.call, do="take", key="p" * 87)
        assert self.do(sign_in(rosa), ash.call, do="hand", to=f"person:{sam.pk}").status_code == 200
        assert [one["call"] for one in sign_in(sam).get("/line/rings/").json()["rings"]] == [ash.call]

    def test_nobody_else_comes_near(self, on_call, sign_in, ash, morgan, kim, ask):
        call = ask().call
        for person in (ash, morgan, kim):
            for address in ("/line/rings/", f"/line/calls/{call}/", "/line/bells/"):
                assert sign_in(person).get(address).status_code == 404

    def test_a_bell_is_hung_and_taken_down_and_only_at_the_makers_services(self, on_call, sign_in, rosa):
        there = "https://updates.push.services.mozilla.com/wpush/v2/abc"
        client = sign_in(rosa)
        for wrong in (
            "https://127.0.0.1/x",
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com.evil.example/",
            "\ud800",
        ):
            for on in (True, False):
                assert self.bell(client, wrong, on=on).status_code == 400
        for on in (True, True, False, False):
            assert self.bell(client, there, on=on).status_code == 200
            assert Bell.objects.filter(person=rosa).count() == on
        assert len(client.get("/line/bells/").json()["key"]) == 87

    @staticmethod
    def bell(client, endpoint, *, on):
        return client.post(
            "/line/bells/", json.dumps({"endpoint": endpoint, "on": on}), content_type="application/json"
        )

    @staticmethod
    def do(client, call, **said):
        return client.post(f"/line/calls/{call}/", json.dumps(said), content_type="application/json")


class TestBeforeAsking:
    def now(self, client):
        return client.get("/talk/now/").json()

    def test_ash_is_told_what_is_promised_and_who_is_on(self, on_call, sign_in, ash, rosa, the_round):
        supporters.say(rosa, is_woman=True, speaks=["vi"])
        told = self.now(sign_in(ash))
        assert (told["promise"]["kind"], told["round"]) == ("now", "line.2026-11")
        assert [one["name"] for one in told["people"]] == ["Rosa", "Sam"]
        assert (told["people"][0]["woman"], told["people"][0]["speaks"]) == (True, ["vi"])
        assert told.keys() == {"promise", "round", "aloud", "avoid", "mine", "people", "recipients"}

    def test_whom_ash_never_wants_is_not_shown_and_who_never_wants_ash_is(
        self, on_call, sign_in, ash, rosa, sam
    ):
        """Ash knows the roster. A name that is missing from the list would say whose wish it is."""
        never.choose(sam, [ash], out_of=[ash])
        assert Supporter.objects.count() == 0
        told = self.now(sign_in(ash))
        assert [one["name"] for one in told["people"]] == ["Rosa", "Sam"]
        assert f"person:{sam.pk}" in map(marks.opened, told["avoid"])
        never.choose(ash, [rosa], out_of=[rosa])
        assert [one["name"] for one in self.now(sign_in(ash))["people"]] == ["Sam"]

    def test_ash_who_has_no_wish_and_ash_whom_sam_avoids_are_told_as_much(self, on_call, sign_in, ash, sam):
        """The device knows its own wishes: of a list that can be read, the rest would be the others'."""
        before = self.now(sign_in(ash))["avoid"]
        never.choose(sam, [ash], out_of=[ash])
        after = self.now(sign_in(ash))["avoid"]
        assert len(before) == len(after) == marks.TOGETHER
        assert not any(str(sam.pk) in one for one in after)
        assert not set(after) & set(self.now(sign_in(ash))["avoid"])

    def test_what_ashs_device_brings_keeps_sam_away(self, on_call, sign_in, ash, rosa, sam, token):
        """Rosa is first on call; where she is not wanted it rings at Sam, and where neither is, at nobody."""
        never.choose(ash, [rosa], out_of=[rosa])
        told = post("/a/line/asks/", asking(token[0], never=self.now(sign_in(ash))["avoid"])).json()
        assert told["state"] == "offered"
        assert [rings_at(rosa), len(rings_at(sam))] == [[], 1]
        never.choose(sam, [ash], out_of=[ash])
        body = asking(token[1], box="c" * 32, never=self.now(sign_in(ash))["avoid"])
        assert post("/a/line/asks/", body).json()["why"] == "nobody_on"

    def test_a_number_is_sealed_to_nobody_ash_avoids_and_does_not_say_who_avoids_ash(
        self, on_call, sign_in, ash, rosa, sam
    ):
        rosas, sams = (with_a_key(one).recipient for one in (rosa, sam))
        assert self.now(sign_in(ash))["recipients"] == sorted([rosas, sams])
        never.choose(sam, [ash], out_of=[ash])
        assert self.now(sign_in(ash))["recipients"] == sorted([rosas, sams])
        never.choose(ash, [sam], out_of=[sam])
        assert self.now(sign_in(ash))["recipients"] == [rosas]

    def test_rosa_who_asks_on_her_own_shift_does_not_ring_herself(self, on_call, sign_in, rosa, sam, token):
        told = self.now(sign_in(rosa))
        assert [one["name"] for one in told["people"]] == ["Sam"]
        post("/a/line/asks/", asking(token[0], never=told["avoid"]))
        assert [rings_at(rosa), len(rings_at(sam))] == [[], 1]

    def test_west_of_the_network_the_month_ends_when_it_does_for_everybody(
        self, network, sign_in, ash, watch
    ):
        """In Perth it is still November. The token that lets somebody ask now is of December."""
        watch.wall.move_to(datetime(2026, 11, 30, 13, 30, tzinfo=UTC))
        tokens.keep_open(date(2026, 12, 1), 30)
        ash.time_zone = "Australia/Perth"
        ash.save()
        assert self.now(sign_in(ash))["round"] == "line.2026-12"

    def test_morgan_may_ask_and_sees_nobody(self, on_call, sign_in, ash, morgan, the_round):
        told = self.now(sign_in(morgan))
        assert (told["promise"]["kind"], told["people"], told["recipients"]) == ("now", [], [])
        assert self.now(sign_in(ash))["people"]

    def test_kim_who_is_no_peer_and_fran_do_not_ask(self, on_call, sign_in, kim, fran):
        for person in (kim, fran):
            assert sign_in(person).get("/talk/now/").status_code == 404


class TestTokens:
    def test_a_month_has_a_round_and_the_last_week_two(self, network):
        assert [one.pk for one in tokens.keep_open(TODAY, 30)] == ["line.2026-11"]
        both = tokens.keep_open(date(2026, 11, 24), 30)
        assert [one.pk for one in both] == ["line.2026-11", "line.2026-12"]
        assert both[1].closes_on == date(2026, 12, 31)
        assert tokens.keep_open(TODAY, 0) == []

    def test_where_people_look_whether_theirs_counted_it_is_not_listed(self, network, ash, the_round):
        assert postbox.open_now(["peers"]) == [the_round]
        assert queries.rounds_of(ash) == []


def test_the_knocking_key_is_its_owners_alone(network, settings):
    assert len(bells.public_key()) == 87
    assert (settings.OPTIONS.data / "bells.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("address", ["/talk/now/", "/line/rings/"])
def test_two_who_answer_or_six_cost_the_same(sign_in, on_call, rosa, ash, the_round, address, queries_asked):
    client = sign_in(rosa)
    client.get(address)
    two = queries_asked(client, address)
    for n in range(4):
        a_shift(first=someone(f"Peer {n}", "peer", "supporter"), in_hours=0)
    assert queries_asked(client, address) == two


@pytest.fixture
def queries_asked():
    def asked(client, address):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    return asked
