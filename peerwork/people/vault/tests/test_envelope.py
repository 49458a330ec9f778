"""Nothing but an age file gets past the door of the vault, and every age file does."""

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerwork.people.vault import envelope
from peerwork.people.vault.envelope import NotSealed, check_sealed, from_armor, look_at

CHUNK = 64 * 1024
SIZES = [0, 1, 15, 16, 17, 512, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1]
KEYS = [pyrage.x25519.Identity.generate() for _ in range(3)]
STRANGER = pyrage.x25519.Identity.generate()


def sealed(size, *, to=1, armored=False):
    return pyrage.encrypt(b"x" * size, [key.to_public() for key in KEYS[:to]], armored=armored)


# Forty letters behind the passphrase “teapot”, made once with pyrage 1.4: age works a second on each.
WITH_A_PASSPHRASE = """
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA3emw2TXJ0NTBKRXJlbHNP
VzMzTm1BIDE5Cm1HY3ppejEvWjc3dWtlU2dTYlJHTCs3blhxWnROY1U3TXUrSi9B
blRlNGcKLS0tIHdxNlZiQXBaSG8wZXE2WFpXUGlmYktBZXFIRCtjbTJuSXhUZUQ0
OU94YzAKjvzdiI/YIuQgMiQeCkemEjh2cxBSbSpFNxznK1BLr/j7yOuHTLelBhp3
sWC/ok0nADMI/lNEkz78CwRtBZgQmLN5J9lRPw//
-----END AGE ENCRYPTED FILE-----
"""
SAMPLES = [sealed(0), sealed(40), sealed(40, to=3), from_armor(WITH_A_PASSPHRASE)]


def payload_starts(content):
    return content.index(b"\n--- ") + len("\n--- ") + 43 + 1


def is_let_in(content):
    """Never anything but yes or NotSealed."""
    try:
        check_sealed(content)
    except NotSealed:
        return False
    return True


@pytest.mark.parametrize("to", [1, 3])
@pytest.mark.parametrize("size", SIZES)
def test_what_age_seals_is_let_in_and_its_size_is_known_from_outside(size, to):
    seen = look_at(sealed(size, to=to))
    assert seen.size == size
    assert [kind for kind in seen.stanzas if kind == "X25519"] == ["X25519"] * to


@pytest.mark.parametrize("size", [0, 1, 512, CHUNK, CHUNK + 1])
def test_the_same_in_armor(size):
    armored = sealed(size, to=2, armored=True).decode()
    assert look_at(from_armor(armored)).size == size
    assert from_armor(armored.replace("\n", "\r\n")) == from_armor(f"\n {armored} \n")


def test_a_file_opened_by_a_passphrase_is_let_in():
    with_passphrase = SAMPLES[-1]
    assert look_at(with_passphrase).stanzas == ("scrypt",)
    assert look_at(with_passphrase).size == 40


def test_a_passphrase_stands_alone_as_age_says():
    one, passphrase = SAMPLES[1], SAMPLES[-1]
    first = len(envelope.VERSION)
    stanza = passphrase[first : passphrase.index(b"\n--- ") + 1]
    assert is_let_in(one)
    assert not is_let_in(one[:first] + stanza + one[first:])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear diary, I was there on Friday.",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n" + b"x" * 40,
        b"age-encryption.org/v2\n" + b"x" * 400,
        b'{"page": "plain"}',
        b"\x00" * 700,
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    ],
)
def test_anything_else_is_refused(content):
    assert not is_let_in(content)


@pytest.mark.parametrize("which", range(4))
def test_a_file_cut_short_in_its_header_is_refused_at_every_place(which):
    content = SAMPLES[which]
    shortest = payload_starts(content) + 16 + 16
    assert is_let_in(content)
    assert [at for at in range(shortest) if is_let_in(content[:at])] == []


def test_a_file_cut_where_no_chunk_can_end_is_refused():
    """Inside the payload only the length can tell: a chunk has a tag of 16 bytes, and the last is not empty."""
    content = sealed(CHUNK + 20)
    second = payload_starts(content) + 16 + CHUNK + 16
    let_in = [at for at in range(second - 20, len(content) + 1) if is_let_in(content[:at])]
    assert let_in == [*range(second - 20, second + 1), *range(second + 17, len(content) + 1)]


@pytest.mark.parametrize("more", [b"\n", b" ", b"\x00", b"Dear diary"])
def test_words_between_the_header_and_its_end_are_refused(more):
    content = SAMPLES[1]
    at = content.index(b"\n--- ") + 1
    assert not is_let_in(content[:at] + more + content[at:])


@pytest.mark.parametrize("which", range(4))
def test_whatever_is_let_in_after_a_byte_changed_age_can_still_read_from_outside(which):
    """Every place in the header, several wrong bytes each. Age is asked only where we said yes."""
    content = SAMPLES[which]
    refused = 0
    for at in range(payload_starts(content)):
        for byte in {content[at] ^ 1, content[at] ^ 0x80, 0x0A, 0x20, 0x3D} - {content[at]}:
            wrong = content[:at] + bytes([byte]) + content[at + 1 :]
            if is_let_in(wrong) and which < 3:  # age works a second on each passphrase
                assert why_age_cannot_open(wrong) == "No matching keys found"
            refused += not is_let_in(wrong)
    assert refused > 3 * payload_starts(content)


def why_age_cannot_open(content):
    with pytest.raises(pyrage.DecryptError) as why:
        pyrage.decrypt(content, [STRANGER])
    return str(why.value)


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=600))
def test_no_bytes_can_break_the_check(content):
    assert not is_let_in(content)
    assert not is_let_in(envelope.VERSION + content)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), which=st.integers(0, 3), piece=st.binary(max_size=90))
def test_no_file_that_was_tampered_with_can_break_the_check(data, which, piece):
    """Bytes put in, taken out or replaced anywhere: the answer is yes or NotSealed, and never a word inside."""
    content = SAMPLES[which]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 90)))
    tampered = content[:start] + piece + content[end:]
    if is_let_in(tampered):
        assert tampered.startswith(envelope.VERSION)
        assert tampered.count(b"\n--- ") >= 1


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), inside=st.booleans())
def test_no_text_can_pass_for_armor(text, inside):
    framed = f"{envelope.ARMOR_FIRST}\n{text}\n{envelope.ARMOR_LAST}" if inside else text
    with pytest.raises(NotSealed):
        from_armor(framed)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda armor: armor + "\nDear diary",
        lambda armor: "Dear diary\n" + armor,
        lambda armor: armor.replace("BEGIN", "BEGINN"),
        lambda armor: armor.replace("\n", " "),
        lambda armor: armor.replace("\n", "\n\u2028"),
        lambda armor: armor[:-40],
        lambda armor: armor.replace("YWdl", "YWdé", 1),
        lambda armor: armor.replace("YWdl", "YWd\x00", 1),
        lambda armor: armor.splitlines()[0],
    ],
)
def test_armor_with_anything_around_it_or_in_it_is_refused(spoil):
    armor = sealed(40, armored=True).decode().strip()
    assert from_armor(armor)
    with pytest.raises(NotSealed):
        from_armor(spoil(armor))


def test_a_header_of_many_thousand_lines_is_read_in_no_time():
    """256 KiB is the most the zone lets through. A slow pattern would take minutes here."""
    line = b"-> " + b"a " * 20 + b"a\n\n"
    content = envelope.VERSION + line * (250 * 1024 // len(line))
    assert not is_let_in(content)
    assert not is_let_in(envelope.VERSION + b"-> " + b"a" * 250_000)
    assert not is_let_in(envelope.VERSION + b"-> a\n" + (b"A" * 64 + b"\n") * 3900)
