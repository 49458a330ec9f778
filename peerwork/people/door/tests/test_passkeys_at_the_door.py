"""A passkey through the pages a browser uses: added under My keys, and signing in at the door."""

import json

import pytest

from peerwork.people.members import persons
from peerwork.people.vault.tests.a_device import Device, added
from peerwork.people.vault.tests.rings import given, ring

JSON = "application/json"
ADDING = "/mine/keys/passkeys/"


@pytest.fixture
def device():
    return Device()


@pytest.fixture
def kas(kas):
    """Kas has keys: adding a passkey needs the phrase."""
    given(kas)
    return kas


def add(client, device, label="my phone", now=None):
    options = client.get(ADDING).json()
    now = ring("Kas").phrase.door if now is None else now
    return client.post(ADDING, {"now": now, "made": json.dumps(device.made(options)), "label": label})


def come_in(client, device, rest="10"):
    options = client.get("/sign-in/passkey/").json()
    return client.post(f"/sign-in/passkey/?rest={rest}", json.dumps(device.signs(options)), JSON)


def test_kas_adds_a_phone_and_comes_in_with_it(client, sign_in, kas, device):
    said = add(sign_in(kas), device).json()
    assert said == {"to": "/mine/keys/", "opens": f"/mine/keys/passkeys/{kas.passkeys.get().pk}/open/"}
    page = client.get("/mine/keys/").content.decode()
    assert "my phone" in page
    client.cookies.clear()
    assert come_in(client, device, rest="480").json() == {"to": "/"}
    assert client.get("/mine/").status_code == 200
    assert client.session["rest"] == 480


def test_a_phone_without_a_name_gets_one(sign_in, kas, device):
    add(sign_in(kas), device, label="")
    assert kas.passkeys.get().label == "A device"


@pytest.mark.parametrize("whose", ["nobody's", "the code", "somebody else's", "none"])
def test_a_screen_somebody_left_open_adds_no_passkey(sign_in, ash, kas, device, whose):
    """Whoever picks up the phone could come in with their own device from then on."""
    others = given(ash).phrase.door
    now = {"nobody's": "0" * 64, "the code": ring("Kas").code.door, "somebody else's": others, "none": ""}[
        whose
    ]
    answer = add(sign_in(kas), device, now=now)
    assert answer.status_code == 400
    assert "Nothing changed" in answer.json()["says"]
    assert whose == "none" or "That is not your phrase as it is now" in answer.json()["says"]
    assert not kas.passkeys.exists()
    assert add(sign_in(kas), device).status_code == 200


def test_a_question_for_adding_is_asked_once_whatever_the_answer(sign_in, kas, device):
    client = sign_in(kas)
    made = json.dumps(device.made(client.get(ADDING).json()))
    assert client.post(ADDING, {"now": "0" * 64, "made": made}).status_code == 400
    assert client.post(ADDING, {"now": ring("Kas").phrase.door, "made": made}).status_code == 400
    assert not kas.passkeys.exists()


def test_a_very_long_label_is_cut(sign_in, kas, device):
    add(sign_in(kas), device, label="x" * 100)
    assert kas.passkeys.get().label == "x" * 40


def test_an_answer_counts_once(client, sign_in, kas, device):
    add(sign_in(kas), device)
    client.cookies.clear()
    options = client.get("/sign-in/passkey/").json()
    before = client.cookies["s"].value
    signed = json.dumps(device.signs(options))
    assert client.post("/sign-in/passkey/", signed, JSON).status_code == 200
    assert client.cookies["s"].value != before  # a fresh session, whatever the browser held before
    assert client.post("/sign-in/passkey/", signed, JSON).status_code == 400


def test_a_question_is_asked_once_whatever_the_answer(client, sign_in, kas, device):
    add(sign_in(kas), device)
    client.cookies.clear()
    options = client.get("/sign-in/passkey/").json()
    stranger, right = json.dumps(Device().signs(options)), json.dumps(device.signs(options))
    assert client.post("/sign-in/passkey/", stranger, JSON).status_code == 400
    assert client.post("/sign-in/passkey/", right, JSON).status_code == 400
    assert come_in(client, device).status_code == 200  # asked anew


def test_somebody_paused_hears_what_a_stranger_hears(client, sign_in, kas, kim, device):
    add(sign_in(kas), device)
    persons.pause(kas)
    client.cookies.clear()
    paused, stranger = come_in(client, device), come_in(client, Device())
    assert (paused.status_code, paused.json()) == (stranger.status_code, stranger.json())
    assert paused.status_code == 400
    assert client.get("/mine/").status_code == 302


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '"x"', "1", "[" * 100_000, '{"id": "\\ud800"}', "\x00"]
)
@pytest.mark.parametrize("address", ["/sign-in/passkey/", ADDING])
def test_any_answer_gets_a_sentence_back(sign_in, kas, address, body):
    client = sign_in(kas)
    client.get(address)
    answer = client.post(address, body, JSON)
    if address == ADDING:
        answer = client.post(address, {"now": ring("Kas").phrase.door, "made": body})
    assert answer.status_code == 400
    assert answer.json()["says"]
    assert not kas.passkeys.exists()


def test_somebody_elses_passkey_is_not_there(sign_in, ash, kas, device):
    passkey = added(kas, device)
    assert sign_in(ash).post(f"/mine/keys/passkeys/{passkey.pk}/").status_code == 404
    assert kas.passkeys.exists()
    assert sign_in(kas).post(f"/mine/keys/passkeys/{passkey.pk}/").status_code == 302
    assert not kas.passkeys.exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_more_passkeys_cost_no_more_questions(sign_in, kas, how_many, django_assert_num_queries):
    for _n in range(how_many):
        added(kas, Device())
    client = sign_in(kas)
    with django_assert_num_queries(3):  # the network, who is here, the passkeys
        assert client.get("/mine/keys/").content.decode().count("Take it away") == how_many


class TestOpeningWhatIsSealed:
    """Told to open, it still shows nothing at the door; and never on a phone that is shared."""

    LOCKED = ring("Rosa").phrase.locked  # locked with something: the server cannot tell with what

    @pytest.fixture
    def passkey(self, kas, device):
        return added(kas, device)

    def post(self, client, passkey, now=None, locked=LOCKED):
        now = ring("Kas").phrase.door if now is None else now
        return client.post(f"/mine/keys/passkeys/{passkey.pk}/open/", {"now": now, "locked": locked})

    def test_kas_lets_it_and_the_page_says_so(self, sign_in, kas, passkey):
        client = sign_in(kas, rest=480)
        assert "opens what is sealed, too" not in client.get("/mine/keys/").content.decode()
        assert self.post(client, passkey).json() == {"to": "/mine/keys/"}
        assert "opens what is sealed, too" in client.get("/mine/keys/").content.decode()
        told = client.get("/v/key/").json()["passkeys"]
        assert told == [{"credential": passkey.credential, "locked": self.LOCKED}]

    def test_on_a_shared_phone_it_only_signs_in(self, sign_in, kas, passkey):
        client = sign_in(kas)
        answer = self.post(client, passkey)
        assert (answer.status_code, answer.json()["says"][:24]) == (400, "Not on a phone you share")
        assert client.get("/v/key/").json()["passkeys"] == []
        assert 'id="offer"' not in client.get("/mine/keys/").content.decode()
        assert 'id="offer"' in sign_in(kas, rest=480).get("/mine/keys/").content.decode()

    @pytest.mark.parametrize("now", ["", "x", "0" * 64, "the code"])
    def test_a_screen_somebody_left_open_is_not_enough(self, sign_in, kas, passkey, now):
        client = sign_in(kas, rest=480)
        answer = self.post(client, passkey, now=ring("Kas").code.door if now == "the code" else now)
        assert answer.status_code == 400
        assert "Nothing changed." in answer.json()["says"]
        assert client.get("/v/key/").json()["passkeys"] == []

    @pytest.mark.parametrize("locked", ["", "plain", "\x00", "x" * 4001, "AGE-SECRET-KEY-1QQQ"])
    def test_what_is_no_lock_is_not_kept(self, sign_in, kas, passkey, locked):
        client = sign_in(kas, rest=480)
        assert self.post(client, passkey, locked=locked).status_code == 400
        assert client.get("/v/key/").json()["passkeys"] == []

    def test_somebody_elses_is_not_there(self, sign_in, ash, kas, passkey):
        made = given(ash)
        assert self.post(sign_in(ash, rest=480), passkey, now=made.phrase.door).status_code == 404


def test_before_there_is_a_network_there_is_nothing_to_sign_in_to(client, db):
    assert client.get("/sign-in/passkey/").status_code == 404
    assert client.post("/sign-in/passkey/", "{}", JSON).status_code == 404
