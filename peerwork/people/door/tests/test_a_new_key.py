"""A new key through the page a browser uses: everything is sealed again by then, and changes at once or not at all."""

import pytest
from django.test import Client

from peerwork.people.vault import keys, resealing, shelf
from peerwork.people.vault.tests.rings import as_sent, given, opened, ring, sealed_to

KEY = "/mine/keys/key/"


def text(response):
    return response.content.decode()


@pytest.fixture
def hers(ash):
    return given(ash)


def resealed(client, made, new):
    """What the browser does with every page before it sends the form. Returns its fingerprint."""
    from base64 import b64decode

    lines = []
    for one in client.get("/v/shelf/").json()["pages"]:
        before = b64decode(one["page"])
        after = sealed_to(new, opened(before, made))
        answer = client.put(f"/v/reseal/shelf/{one['place']}/", after, "application/octet-stream")
        assert answer.status_code == 204
        lines.append(("shelf", one["place"], before, after))
    return resealing.fingerprint(lines)


def sent(made, what_was_carried, **other):
    return as_sent(ring("Ash again"), now=made.phrase.door, carried=what_was_carried) | other


def test_the_page_says_what_ends_and_what_others_will_see(seen_by, hers, ash):
    page = seen_by(ash, KEY)
    assert "Every passkey ends, and so does the code a friend keeps." in page
    assert "People who compared safety words with you will be told that your key is new." in page
    assert "Nothing changes until all of it is sealed again." in page


def test_everything_is_sealed_to_the_new_key_and_only_this_screen_stays_open(sign_in, hers, ash):
    client, other, new = sign_in(ash), Client(), ring("Ash again")
    other.post("/sign-in/", {"door": hers.phrase.door})
    half = client.get("/v/half/").json()
    answer = client.post(KEY, sent(hers, resealed(client, hers, new)))
    assert answer.headers["Location"] == "/mine/keys/"
    assert "Your key is new." in text(client.get("/mine/keys/"))
    assert client.get("/v/key/").json()["recipient"] == new.recipient
    assert client.get("/v/key/").json()["signer"] == new.signer
    assert other.get("/mine/").status_code == 302
    assert client.get("/v/half/").json() != half  # what held the old key open in this tab holds nothing
    assert all(opened(page.sealed, new).strip() == b"" for page in shelf.read(ash))


def test_when_something_was_written_meanwhile_it_says_so_and_nothing_changes(sign_in, hers, ash):
    client, page = sign_in(ash), shelf.read(ash)[2]
    carried = resealed(client, hers, ring("Ash again"))
    shelf.write(ash, 2, sealed_to(hers, b"words".ljust(2048)), over=page.mark)
    answer = client.post(KEY, sent(hers, carried))
    assert answer.status_code == 409
    assert "Something was written meanwhile. Please press the button again." in text(answer)
    assert keys.recipients([ash]) == {ash.pk: hers.recipient}
    assert opened(shelf.read(ash)[2].sealed, hers).strip() == b"words"
    assert client.post(KEY, sent(hers, resealed(client, hers, ring("Ash again")))).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"now": "0" * 64}, "That is not your phrase as it is now. Nothing changed."),
        ({"now": ""}, "Please press the button again"),
        ({"carried": ""}, "Please press the button again"),
        ({"carried": "x" * 64}, "Please press the button again"),
        ({"recipient": "age1qqqq"}, "Your browser could not make the keys. Nothing changed."),
        ({"signer": "0"}, "Please press the button again"),
        ({"code_locked": "plain"}, "Your browser could not make the keys. Nothing changed."),
    ],
    ids=str,
)
def test_what_is_no_key_changes_nothing(sign_in, hers, ash, wrong, says):
    client = sign_in(ash)
    page = text(client.post(KEY, sent(hers, resealed(client, hers, ring("Ash again")), **wrong)))
    assert says in page
    assert keys.recipients([ash]) == {ash.pk: hers.recipient}
    assert all(opened(page.sealed, hers) is not None for page in shelf.read(ash))
    assert client.get("/mine/").status_code == 200


def test_what_the_browser_made_is_never_written_back_into_a_page(sign_in, hers, ash):
    made = sent(hers, "0" * 64)
    page = text(sign_in(ash).post(KEY, made))
    for name in ("now", "recipient", "signer", "phrase_door", "phrase_locked", "carried"):
        assert f'name="{name}"' in page
        assert made[name] not in page


def test_somebody_who_has_no_keys_changes_none(sign_in, rosa):
    page = text(sign_in(rosa).post(KEY, sent(ring("Ash"), "0" * 64)))
    assert "That is not your phrase as it is now" in page
    assert keys.recipients([rosa]) == {}
