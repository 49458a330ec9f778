"""The phrase, and what the browser makes of it. Here for the demo, the tests and the invitations' words.

    scrypt(NFKC(words), "peerwork/1|" + the network's salt, N=2^15, r=8, p=1) → 64 bytes

The first 32 bytes are shown at the door (the server keeps their SHA-256). The other 32 are an X25519
secret, written as an age identity: it opens the wrapped account key, and never leaves the browser.
The salt is the network's, not the chosen name's: a name may change and may be shared by two people.
scrypt: RFC 7914. The same in JavaScript: static/vault/derive.js; vectors.json ties the two together.
"""

import hashlib
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

WORDS_IN_A_PHRASE = 6
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_GROUPS, CODE_GROUP = 6, 4


class Derived(NamedTuple):
    """`door` is 64 hexadecimal digits; `identity` is an age secret key."""

    door: str
    identity: str


@cache
def words() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "static/vault/words.txt").read_text().split())


def six_words() -> str:
    return " ".join(secrets.choice(words()) for _ in range(WORDS_IN_A_PHRASE))


def printed_code() -> str:
    """Six groups of four letters that are hard to misread: 119 bits."""
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def plain(typed: str) -> str:
    """What was typed, as it was meant: small letters, one space between words, no stray marks."""
    kept = (c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", typed).lower())
    return " ".join("".join(kept).split())


def fingerprint(typed: str) -> str:
    """What the server keeps of an invitation's words: SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(plain(typed).encode()).hexdigest()


def derive(typed: str, *, salt: str) -> Derived:
    stretched = hashlib.scrypt(
        plain(typed).encode(),
        salt=b"peerwork/1|" + salt.encode(),
        n=2**15,
        r=8,
        p=1,
        maxmem=64 * 1024 * 1024,
        dklen=64,
    )
    return Derived(stretched[:32].hex(), _age_identity(stretched[32:]))


def _age_identity(secret: bytes) -> str:
    """32 bytes in the letters age uses for secret keys: Bech32 (BIP 173)."""
    return _bech32("age-secret-key-", secret).upper()


BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def _bech32(prefix: str, content: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in content)
    fives = [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*spread, *fives, 0, 0, 0, 0, 0, 0]) ^ 1
    fives += [(check >> 5 * (5 - at)) & 31 for at in range(6)]
    return prefix + "1" + "".join(BECH32[five] for five in fives)


def from_bech32(written: str) -> bytes:
    """The 32 bytes behind age1… or AGE-SECRET-KEY-1…. The sum at the end is age's to check."""
    letters = written.lower().rpartition("1")[2][:-6]
    bits = "".join(f"{BECH32.index(letter):05b}" for letter in letters)
    return int(bits[:256], 2).to_bytes(32)


def _polymod(values: list[int]) -> int:
    sum_ = 1
    for value in values:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            sum_ ^= generator if (top >> at) & 1 else 0
    return sum_
