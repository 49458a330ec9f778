"""Whatever is typed into whichever field, the answer is a page, a sentence or a redirect. Never a crash."""

import pytest
from django.test import Client

from peerwork.people.members import invitations, persons
from peerwork.people.members.models import Person
from peerwork.people.vault.tests.rings import as_sent, given, ring

ODD = {
    "a null": "\x00",
    "a null inside": "a\x00b c d e f",
    "controls": "\x01\x07\x1b[31m\x7f",
    "turned around": "\u202e\u2066x\u2069",
    "nothing to see": "\u200b\u200d\ufeff",
    "many marks": "a" + "\u0301" * 200,
    "other planes": "😀👩‍🔧𝔄🏳️‍🌈",
    "not a character": "\ufffe\uffff",
    "line ends": "a\r\nb\nc\u2028d",
    "markup": "<script>x</script>'\"&lt;",
    "a template": "{{ 7 }}{% now 'Y' %}%(name)s{name}",
    "sql": "'; DROP TABLE people_person; --",
    "long": "x" * 100_000,
    "numbers": "٣٤٥",
    "minus": "-1",
    "huge": "9" * 400,
    "not utf-8": b"\xff\xfe\x80",
}

MADE = ("phrase_door", "phrase_locked", "code_door", "code_locked")
FIELDS = {
    "/join/": ("words",),
    "/join/keys/": ("name", "recipient", "signer", "friend_door", *MADE, "rest"),
    "/join/friend/": ("door",),
    "/sign-in/": ("door", "rest", "next"),
    "/recover/": ("door",),
    "/recover/keys/": ("door", *MADE, "rest"),
    "/mine/name/": ("name",),
    "/mine/vouch/": ("name", "sure"),
    "/mine/leave/": (),
    "/mine/hand-over/": ("answer",),
    "/mine/keys/phrase/": ("now", "door", "locked"),
    "/mine/keys/code/": ("now", "door", "locked"),
    "/mine/keys/friend/": ("now", "door", "locked", "answer"),
    "/mine/keys/key/": ("now", "recipient", "signer", *MADE, "carried"),
    "/run/welcome/invitations/": ("roles", "workplace", "how_many", "days"),
    "/run/welcome/workplaces/": ("name",),
    "/run/welcome/network/": ("name", "public_name", "meeting_word", "talk_number"),
    "/run/welcome/hand-over/": ("to",),
    "/run/welcome/people/{kim}/": ("roles", "workplaces"),
    "/run/welcome/people/{kim}/pause/": ("answer",),
    "/run/welcome/people/{kim}/removal/": ("answer",),
    "/run/welcome/vouches/{kim}/": ("person",),
}


@pytest.fixture
def jude_with_a_paper(sign_in, jude, kim):
    """Jude opens every one of these pages, and has typed the words of a paper."""
    given(jude)
    persons.offer_hand_over(by=kim, to=jude)
    client = sign_in(jude)
    client.post("/join/", {"words": invitations.write(roles=["peer"]).words})
    return client


@pytest.mark.parametrize("address", FIELDS)
def test_in_every_field_of(jude_with_a_paper, kim, address):
    for odd, typed in ODD.items():
        answer = jude_with_a_paper.post(address.format(kim=kim.pk), dict.fromkeys(FIELDS[address], typed))
        assert answer.status_code in {200, 302, 400, 404}, (odd, answer.status_code)


# Where a field takes any words at all, with everything else as it should be: now they are really kept.
WORDS = {
    "/mine/name/": ({}, ("name",)),
    "/mine/vouch/": ({"sure": "on"}, ("name",)),
    "/run/welcome/workplaces/": ({}, ("name",)),
    "/run/welcome/network/": (
        {"name": "Elsewhere", "public_name": "Plain", "meeting_word": "Coffee"},
        ("name", "public_name", "meeting_word", "talk_number"),
    ),
}


@pytest.mark.parametrize("address", WORDS)
def test_where_any_words_are_taken(jude_with_a_paper, address):
    """They are kept as words: the pages that show them are whole, and nothing in them runs."""
    right, fields = WORDS[address]
    for field in fields:
        for odd, typed in ODD.items():
            answer = jude_with_a_paper.post(address, right | {field: typed}, follow=True)
            page = answer.content.decode()
            assert answer.status_code == 200, (field, odd)
            assert page.rstrip().endswith("</html>"), (field, odd)
            assert "<script>x" not in page, (field, odd)


def test_as_a_name_while_joining(client, network):
    for odd, typed in ODD.items():
        client.post("/join/", {"words": invitations.write(roles=["peer"]).words})
        answer = client.post("/join/keys/", as_sent(ring(), name=typed), follow=True)
        assert answer.status_code == 200, odd
        assert "<script>x" not in answer.content.decode()
        Person.objects.all().delete()


def test_in_the_address_itself(sign_in, jude):
    client = sign_in(jude)
    for said in (typed for typed in ODD.values() if isinstance(typed, str)):
        for address in ("/sign-in/", "/mine/keys/"):
            assert client.get(address, {"next": said, "rest": said, "label": said}).status_code == 200
        for address in ("/mine/keys/passkeys/{}/", "/run/welcome/people/{}/", "/v/hours/{}/"):
            assert client.get(address.format(said[:2000])).status_code in {404, 405}


def test_a_megabyte_of_words_is_turned_away_unread(client, network):
    answer = client.post("/join/", {"words": "x" * 1024 * 1024})
    assert answer.status_code == 400
    assert "That could not be read. Nothing was changed." in answer.content.decode()


def test_thousands_of_fields_are_turned_away_unread(client, network):
    assert client.post("/join/", {f"f{n}": "x" for n in range(2000)}).status_code == 400


@pytest.mark.parametrize("address", ["/join/", "/sign-in/", "/recover/", "/recover/keys/", "/mine/name/"])
def test_a_body_that_is_no_form(sign_in, ash, address):
    client = sign_in(ash)
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "x", ""):
        for body in (b"", b"{", b"\xff\x00"):
            assert client.post(address, body, kind).status_code in {200, 302, 400}, (kind, body)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_by_any_other_way(network, method):
    """HEAD is GET without the page. The rest is not taken, and nothing happens."""
    for address in ("/join/", "/sign-in/", "/sign-in/passkey/", "/recover/", "/locked/", "/clock/"):
        answer = Client().generic(method, address)
        assert answer.status_code == (200 if method == "HEAD" else 405), address
        assert method != "HEAD" or answer.content == b""
    for address in ("/sign-out/", "/exit/", "/recover/keys/", "/join/friend/"):
        assert Client().generic(method, address).status_code == 405


def test_before_there_is_a_network_every_door_still_answers(client, db):
    for address in ("/join/", "/sign-in/", "/recover/", "/locked/", "/clock/"):
        assert client.get(address).status_code == 200
    for address in ("/join/", "/sign-in/", "/recover/keys/", "/exit/", "/sign-out/"):
        assert client.post(address, {"words": "a b c d e f", "door": "0" * 64}).status_code in {200, 302}
