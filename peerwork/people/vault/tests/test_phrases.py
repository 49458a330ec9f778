"""Six words, and what the browser makes of them: the same here, there, and in every year to come."""

import json
import math
import re
import secrets
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from peerwork.people.vault import by_hand, phrases

HERE = Path(phrases.__file__).parent
VECTORS = json.loads((HERE / "vectors.json").read_text())
# The letters BIP 173 gives for these 32 bytes, written by another hand (@scure/base).
KNOWN = {
    bytes(range(32)): "AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SWRYDWG",
    b"\xff" * 32: "AGE-SECRET-KEY-1LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLS9FV78X",
}


def test_every_word_is_one_of_a_kind_and_four_letters_are_enough_to_tell():
    words = phrases.words()
    assert len(words) == 1574
    assert len(set(words)) == 1574
    assert len({word[:4] for word in words}) == 1574
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)


@pytest.mark.parametrize(
    "word",
    [
        "abuse", "addict", "alcohol", "arrest", "cocaine", "crime", "criminal", "danger", "dead", "death", "doctor",
        "dose", "drug", "fatal", "gun", "guilt", "hospital", "inject", "jail", "judge", "kill", "knife", "legal",
        "murder", "needle", "officer", "pill", "police", "prison", "rifle", "shoot", "sick", "steal", "suicide",
        "syringe", "thief", "victim", "weapon",
    ],
)  # fmt: skip
def test_no_word_is_one_a_person_may_not_want_to_carry_in_a_pocket(word):
    assert word not in phrases.words()


def test_the_page_about_the_words_says_what_they_are_worth():
    says = (HERE / "static/vault/words.LICENSE.md").read_text()
    bits = phrases.WORDS_IN_A_PHRASE * math.log2(len(phrases.words()))
    assert f"Six words drawn from it are worth {bits:.0f} bits" in says


def test_the_printed_code_is_worth_what_it_says():
    bits = phrases.CODE_GROUPS * phrases.CODE_GROUP * math.log2(len(set(phrases.CODE_LETTERS)))
    assert f"{bits:.0f} bits" in phrases.printed_code.__doc__
    assert re.fullmatch(r"(?:[2-9a-hjkmnp-z]{4}-){5}[2-9a-hjkmnp-z]{4}", phrases.printed_code())
    assert not set("01ilo") & set(phrases.CODE_LETTERS)


def test_words_are_drawn_from_the_whole_list_and_may_come_twice():
    drawn = Counter(word for _ in range(5000) for word in phrases.six_words().split())
    assert set(drawn) == set(phrases.words())  # 30,000 draws: the odds of missing one are 1 in 100,000
    assert max(drawn.values()) < 60


def test_phrases_and_codes_come_from_the_systems_own_randomness():
    """A seed makes the ordinary generator repeat itself. It must not make a phrase come twice."""
    draw = (
        "import random; random.seed(1); from peerwork.people.vault import phrases;"
        "print(random.random(), phrases.six_words(), phrases.printed_code(), sep='|')"
    )
    runs = [_fresh_python(draw).split("|") for _ in range(2)]
    assert runs[0][0] == runs[1][0]  # the ordinary generator repeated itself,
    assert runs[0][1] != runs[1][1]  # and the words did not
    assert runs[0][2] != runs[1][2]
    assert phrases.secrets is secrets


def _fresh_python(script):
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout  # noqa: S603


@pytest.mark.parametrize(("typed", "meant"), VECTORS["plain"])
def test_what_was_typed_is_understood_as_it_was_meant(typed, meant):
    assert phrases.plain(typed) == meant
    assert phrases.plain(meant) == meant


@settings(max_examples=150, deadline=None)
@given(typed=st.text(max_size=60))
def test_nothing_anybody_types_can_break_it_and_once_is_enough(typed):
    meant = phrases.plain(typed)
    assert phrases.plain(meant) == meant
    assert meant == " ".join(meant.split())
    assert len(phrases.fingerprint(typed)) == 64


@pytest.mark.parametrize(
    "said", VECTORS["derived"], ids=lambda said: f"{said['typed'][:14].strip()} with {said['salt'][:8]}"
)
def test_a_phrase_gives_the_same_keys_here_as_in_every_browser(said):
    assert phrases.derive(said["typed"], salt=said["salt"]) == (said["door"], said["identity"])
    pyrage.x25519.Identity.from_str(said["identity"])


def test_the_vectors_say_how_they_were_made_and_differ_by_salt():
    assert "hashlib.scrypt" in VECTORS["how"]
    first, again, elsewhere, *_rest = VECTORS["derived"]
    assert first["typed"] != again["typed"]
    assert (first["door"], first["identity"]) == (again["door"], again["identity"])
    assert first["typed"] == elsewhere["typed"]
    assert first["door"] != elsewhere["door"]


@pytest.mark.parametrize("secret", KNOWN, ids=["0 to 31", "all ones"])
def test_the_other_half_is_written_as_age_writes_secret_keys(secret):
    assert phrases._age_identity(secret) == KNOWN[secret]


@settings(max_examples=60, deadline=None)
@given(secret=st.binary(min_size=32, max_size=32))
def test_age_reads_every_secret_we_write_and_finds_the_same_key_in_it(secret):
    public = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    identity = pyrage.x25519.Identity.from_str(phrases._age_identity(secret))
    assert str(identity.to_public()) == phrases._bech32("age", public)


@settings(max_examples=60, deadline=None)
@given(secret=st.binary(min_size=32, max_size=32))
def test_what_was_written_in_those_letters_is_read_back(secret):
    identity = pyrage.x25519.Identity.from_str(phrases._age_identity(secret))
    assert phrases.from_bech32(str(identity)) == secret
    public = X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    assert phrases.from_bech32(str(identity.to_public())) == public


@pytest.mark.parametrize("said", VECTORS["signing"], ids=lambda said: said["identity"][16:24])
def test_a_key_gives_the_same_signing_key_here_as_in_every_browser(said):
    made = by_hand.signing_key(said["identity"])
    assert (made.private_bytes_raw().hex(), made.public_key().public_bytes_raw().hex()) == (
        said["seed"],
        said["signer"],
    )


def test_the_seed_of_the_signing_key_is_neither_half_of_anything_else():
    for said in VECTORS["signing"]:
        assert bytes.fromhex(said["seed"]) != phrases.from_bech32(said["identity"])


def test_the_half_shown_at_the_door_says_nothing_about_the_half_that_opens():
    door, identity = VECTORS["derived"][0]["door"], VECTORS["derived"][0]["identity"]
    assert phrases._age_identity(bytes.fromhex(door)) != identity


def test_a_fingerprint_stays_what_it_is():
    """Papers printed before an update must still open the door after it."""
    words = "lantern teapot violin orbit maple kettle"
    kept = "06d3e2288705fd29007d9ce7e0f4b465c4a91c630e8622343291cfaab6b2e837"
    assert phrases.fingerprint(words) == kept
    assert phrases.fingerprint("  Lantern, teapot; VIOLIN orbit\nmaple-kettle ") == kept
    assert phrases.fingerprint("lantern teapot violin orbit maple kettles") != kept
