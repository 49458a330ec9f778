"""A passkey signs its owner in, from this place and at this moment, and does nothing else."""

import json
from collections import Counter
from copy import deepcopy

import pytest
from fido2 import cbor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import is_named
from peerwork.people.vault import passkeys
from peerwork.people.vault.models import Passkey
from peerwork.people.vault.passkeys import NotThisKey
from peerwork.people.vault.tests.a_device import (
    AAGUID,
    HAS_KEY,
    HERE,
    PRESENT,
    VERIFIED,
    Device,
    added,
    as_json,
    content,
    text,
)


def signs_in(device, *, options=None, state=None, **more):
    if options is None:
        options, state = passkeys.begin_sign_in(**HERE)
    return passkeys.finish_sign_in(device.signs(as_json(options), **more), state=state, **HERE)


@pytest.fixture
def device():
    return Device()


def test_a_device_is_added_and_signs_its_owner_in(ash, kas, device):
    added(kas, Device())
    added(ash, device)
    assert signs_in(device).person == ash


def test_only_what_signing_in_needs_is_kept(ash, device):
    """The maker's number tells the model of a phone. The counter tells how often somebody came."""
    assert device.made({"publicKey": {"challenge": "x"}})["response"]["attestationObject"]  # it says both,
    added(ash, device)
    before = Passkey.objects.values().get()
    signs_in(device)
    assert Passkey.objects.values().get() == before  # and nothing changes when somebody comes in
    assert set(before) == {"id", "person_id", "credential", "public_key", "label"}
    kept = content(before["public_key"]) + content(before["credential"])
    assert AAGUID not in kept
    assert (4711).to_bytes(4) not in kept
    assert set(cbor.decode(content(before["public_key"]))) == {1, 3, -1, -2, -3}


def test_the_device_is_told_the_neutral_name_and_asked_for_no_vault_key(ash, device):
    added(ash, device)
    adding, _state = passkeys.begin_adding(ash, **HERE)
    coming, _state = passkeys.begin_sign_in(**HERE)
    said = json.dumps([as_json(adding), as_json(coming)])
    assert "Corner" in said
    assert not is_named("Ash", said)
    assert "Kerbside" not in said
    assert '"prf"' not in said
    assert (
        as_json(coming)["publicKey"].get("allowCredentials", []) == []
    )  # which keys there are is nobody's business


def test_a_device_that_is_added_already_is_not_asked_again(ash, device):
    passkey = added(ash, device)
    options, _state = passkeys.begin_adding(ash, **HERE)
    assert [known["id"] for known in as_json(options)["publicKey"]["excludeCredentials"]] == [
        passkey.credential
    ]


def test_one_credential_belongs_to_one_person(ash, kas, device):
    added(ash, device)
    with pytest.raises(NotThisKey):
        added(kas, device)
    assert signs_in(device).person == ash


def test_a_device_nobody_added_opens_nothing(ash, device):
    added(ash, device)
    with pytest.raises(NotThisKey):
        signs_in(Device())


def test_another_device_that_claims_the_same_number_opens_nothing(ash, device):
    added(ash, device)
    liar = Device()
    liar.credential = device.credential
    with pytest.raises(NotThisKey):
        signs_in(liar)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://localhost.evil.example", "http://127.0.0.1:8000", "null", "", "file://"],
)
def test_an_answer_given_to_another_place_opens_nothing(ash, device, origin):
    elsewhere = Device(origin)
    with pytest.raises(NotThisKey):
        added(ash, elsewhere)
    added(ash, device)
    device.origin = origin
    with pytest.raises(NotThisKey):
        signs_in(device)


def test_a_device_that_signs_for_another_hostname_opens_nothing(ash, device):
    added(ash, device)
    device.hostname = "evil.example"
    with pytest.raises(NotThisKey):
        signs_in(device)


def test_an_answer_to_another_question_opens_nothing(ash, device):
    added(ash, device)
    asked, _state = passkeys.begin_sign_in(**HERE)
    _other, state = passkeys.begin_sign_in(**HERE)
    with pytest.raises(NotThisKey):
        signs_in(device, options=asked, state=state)
    with pytest.raises(NotThisKey):
        signs_in(device, options=asked, state={})


def test_a_device_that_did_not_check_who_holds_it_opens_nothing(ash, device):
    options, state = passkeys.begin_adding(ash, **HERE)
    with pytest.raises(NotThisKey):
        passkeys.finish_adding(
            ash, device.made(as_json(options), flags=PRESENT | HAS_KEY), state=state, label="x", **HERE
        )
    added(ash, device)
    for flags in (PRESENT, VERIFIED, 0):
        with pytest.raises(NotThisKey):
            signs_in(device, flags=flags)


def test_a_device_that_gives_no_key_is_not_added(ash, device):
    options, state = passkeys.begin_adding(ash, **HERE)
    keyless = device.made(as_json(options), flags=PRESENT | VERIFIED)
    with pytest.raises(NotThisKey):
        passkeys.finish_adding(ash, keyless, state=state, label="x", **HERE)


def test_an_answer_for_adding_does_not_sign_in_and_the_other_way_round(ash, device):
    added(ash, device)
    options, state = passkeys.begin_sign_in(**HERE)
    with pytest.raises(NotThisKey):
        passkeys.finish_sign_in(device.made(as_json(options)), state=state, **HERE)
    with pytest.raises(NotThisKey):
        passkeys.finish_adding(ash, device.signs(as_json(options)), state=state, label="x", **HERE)


def test_taken_away_it_opens_nothing(ash, device):
    passkeys.take_away(added(ash, device))
    with pytest.raises(NotThisKey):
        signs_in(device)


JUNK = [
    None,
    0,
    1.5,
    True,
    "",
    "x",
    "\x00",
    "\ud800",
    "é",
    [],
    {},
    ["a"],
    {"a": 1},
    "A" * 3000,
    "AAAA",
    10**400,
]


def every_way_to_spoil(answer, path=()):
    """The same answer with each of its parts replaced by junk, or missing."""
    for junk in JUNK:
        yield _replaced(answer, path, junk)
    part = answer
    for key in path:
        part = part[key]
    if isinstance(part, dict):
        for key in part:
            yield from every_way_to_spoil(answer, (*path, key))


def _replaced(answer, path, junk):
    if not path:
        return junk
    spoiled = deepcopy(answer)
    part = spoiled
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = junk
    return spoiled


def test_an_answer_no_browser_would_give_is_refused_in_a_sentence(ash, device):
    """Never anything but NotThisKey. What is let through differs only in what nobody checks."""
    options, state = passkeys.begin_adding(ash, **HERE)
    made = device.made(as_json(options))
    added(ash, device)
    asked, waiting = passkeys.begin_sign_in(**HERE)
    signed = device.signs(as_json(asked))
    outcomes = Counter()
    for spoiled in every_way_to_spoil(made):
        outcomes[
            "adding",
            _refused(lambda s=spoiled: passkeys.finish_adding(ash, s, state=state, label="x", **HERE)),
        ] += 1
    for spoiled in every_way_to_spoil(signed):
        outcomes["coming", _refused(lambda s=spoiled: passkeys.finish_sign_in(s, state=waiting, **HERE))] += 1
    assert outcomes["adding", True] > 100
    assert outcomes["coming", True] > 100
    assert outcomes["adding", False] == 0  # the device is known already
    assert outcomes["coming", False] < 60  # rawId and type may be said twice, userHandle not at all


def _refused(call):
    try:
        call()
    except NotThisKey:
        return True
    return False


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_in_what_the_device_says_are_refused(ash, data):
    device = Device()
    options, state = passkeys.begin_adding(ash, **HERE)
    made = device.made(as_json(options))
    said = content(made["response"]["attestationObject"])
    start = data.draw(st.integers(0, len(said)))
    end = data.draw(st.integers(start, min(len(said), start + 8)))
    made["response"]["attestationObject"] = text(said[:start] + data.draw(st.binary(max_size=8)) + said[end:])
    if not _refused(lambda: passkeys.finish_adding(ash, made, state=state, label="x", **HERE)):
        Passkey.objects.all().delete()


def test_a_signature_changed_anywhere_opens_nothing(ash, device):
    added(ash, device)
    options, state = passkeys.begin_sign_in(**HERE)
    signed = device.signs(as_json(options))
    for part in ("signature", "authenticatorData", "clientDataJSON"):
        said = content(signed["response"][part])
        for at in range(len(said)):
            wrong = deepcopy(signed)
            wrong["response"][part] = text(said[:at] + bytes([said[at] ^ 1]) + said[at + 1 :])
            assert _refused(lambda w=wrong: passkeys.finish_sign_in(w, state=state, **HERE)), (part, at)
