"""Signing blind, against the numbers the standard gives, and against a device written in other words."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

from peerwork.ground.postbox import signing
from tests.blinding import Client, blind, encoded, uncovered

VECTORS = json.loads(Path(__file__).with_name("rfc9474.json").read_text())


def number(text):
    return int(text, 16)


def octets(text):
    return bytes.fromhex(text.removeprefix("0x"))


@pytest.fixture(scope="module")
def key():
    return signing.new_key()


@pytest.fixture(params=VECTORS, ids=lambda vector: vector["name"])
def vector(request):
    return request.param


def pem_of(vector):
    p, q, d, n, e = (number(vector[name]) for name in "pqdne")
    parts = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    private = rsa.RSAPrivateNumbers(p, q, d, *parts, rsa.RSAPublicNumbers(e, n)).private_key()
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, *plain).decode()


def test_there_are_vectors_for_all_four_variants():
    assert sorted(vector["name"] for vector in VECTORS) == [
        "RSABSSA-SHA384-PSS-Deterministic", "RSABSSA-SHA384-PSS-Randomized",
        "RSABSSA-SHA384-PSSZERO-Deterministic", "RSABSSA-SHA384-PSSZERO-Randomized",
    ]  # fmt: skip


def test_what_is_prepared_is_chance_and_then_the_message(vector):
    assert octets(vector["msg_prefix"]) + octets(vector["msg"]) == octets(vector["input_msg"])
    assert len(octets(vector["msg_prefix"])) == (signing.NONCE if number(vector["is_randomized"]) else 0)


def test_the_device_encodes_and_hides_as_the_standard_says(vector):
    n, inverse = number(vector["n"]), number(vector["inv"])
    message, salt = octets(vector["input_msg"]), octets(vector["salt"])
    assert len(salt) == number(vector["sLen"])
    if "encoded_msg" in vector:
        assert encoded(message, n.bit_length(), salt) == octets(vector["encoded_msg"])
    hidden, again = blind(n, message, salt=salt, cover=pow(inverse, -1, n))
    assert hidden == octets(vector["blinded_msg"])
    assert again == inverse


def test_we_sign_what_is_hidden_as_the_standard_says(vector):
    assert signing.blind_sign(pem_of(vector), octets(vector["blinded_msg"])) == octets(vector["blind_sig"])


def test_the_device_takes_the_cover_off_and_the_signature_holds(vector):
    n, e = number(vector["n"]), number(vector["e"])
    signature = uncovered(n, octets(vector["blind_sig"]), number(vector["inv"]))
    assert signature == octets(vector["sig"])
    ours = padding.PSS(padding.MGF1(SHA384()), number(vector["sLen"]))
    rsa.RSAPublicNumbers(e, n).public_key().verify(signature, octets(vector["input_msg"]), ours, SHA384())


def test_we_know_our_own_variant_and_no_other(vector):
    known = signing.verify(vector["n"], octets(vector["input_msg"]), octets(vector["sig"]))
    assert known is (number(vector["sLen"]) == signing.SALT)


def test_a_token_is_signed_unseen_and_known_again(key):
    pem, modulus, _fingerprint = key
    client = Client(modulus)
    sent, kept = client.make("themes.2026-Q4", 1)
    ((prepared, signature),) = client.finish(kept, [signing.blind_sign(pem, sent[0])])
    assert signing.verify(modulus, prepared, signature)
    assert prepared == signing.prepared_for("themes.2026-Q4", prepared[:32])
    assert prepared not in sent[0]


def test_what_was_not_signed_is_not_known(key):
    pem, modulus, _fingerprint = key
    client = Client(modulus)
    sent, kept = client.make("themes.2026-Q4", 2)
    (one, its), (other, _others) = client.finish(kept, [signing.blind_sign(pem, each) for each in sent])
    flipped = bytes([its[0] ^ 1]) + its[1:]
    for prepared, signature in (
        (other, its),
        (one, flipped),
        (one, its[:-1]),
        (one, b""),
        (one, its + b"\0"),
    ):
        assert not signing.verify(modulus, prepared, signature)
    assert not signing.verify(signing.new_key()[1], one, its)


@pytest.mark.parametrize("wrong", ["the key itself", "more than the key", "too short", "too long", "nothing"])
def test_what_is_no_hidden_token_is_not_signed(key, wrong):
    pem, modulus, _fingerprint = key
    n = int(modulus, 16)
    sent = {
        "the key itself": n.to_bytes(256), "more than the key": b"\xff" * 256, "too short": b"\1" * 255,
        "too long": bytes(1) + b"\1" * 256, "nothing": b"",
    }[wrong]  # fmt: skip
    with pytest.raises(signing.NotSignable):
        signing.blind_sign(pem, sent)


def test_a_machine_that_miscounts_gives_nothing_out(key, monkeypatch):
    """A wrong signature under a right key can give the key away. This one is never handed over."""
    import gmpy2

    monkeypatch.setattr(gmpy2, "powmod_sec", lambda *_numbers: gmpy2.mpz(4))
    with pytest.raises(signing.NotSignable):
        signing.blind_sign(key[0], bytes(255) + b"\7")


def test_a_key_of_another_kind_signs_nothing():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = Ed25519PrivateKey.generate().private_bytes(serialization.Encoding.PEM, *plain).decode()
    with pytest.raises(signing.NotSignable):
        signing.blind_sign(pem, b"\1" * 256)


def test_the_fingerprint_is_what_anybody_can_work_out_from_the_modulus(key):
    _pem, modulus, fingerprint = key
    public = rsa.RSAPublicNumbers(65537, int(modulus, 16)).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert hashlib.sha256(der).hexdigest() == fingerprint
    assert int(modulus, 16).bit_length() == signing.BITS
