"""Keys made on the server instead of in a browser. Only for made-up people: the demo and the tests.

A signing key is made out of the account key, so that there is one thing to keep and not two:

    Ed25519 seed = HKDF-SHA256(the identity's 32 bytes, no salt, "peerwork/1 signing") → 32 bytes

HKDF: RFC 5869; Ed25519: RFC 8032. The same in JavaScript: static/vault/signing.js; vectors.json ties the two.
"""

from typing import NamedTuple

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from peerwork.people.vault.keys import Lock
from peerwork.people.vault.phrases import derive, from_bech32

PADDED = 128


class MadeKeys(NamedTuple):
    identity: str
    recipient: str
    signer: str
    phrase: Lock
    code: Lock


def make(*, phrase: str, code: str, salt: str) -> MadeKeys:
    """What a browser would have sent for this phrase and this code, and the key it would have kept."""
    identity = pyrage.x25519.Identity.generate()
    signer = signing_key(str(identity)).public_key().public_bytes_raw().hex()
    locks = [lock(str(identity), typed, salt=salt) for typed in (phrase, code)]
    return MadeKeys(str(identity), str(identity.to_public()), signer, *locks)


def lock(key: str, typed: str, *, salt: str) -> Lock:
    """A key behind one more phrase or code, as a browser locks it."""
    door, opener = derive(typed, salt=salt)
    recipient = pyrage.x25519.Identity.from_str(opener).to_public()
    return Lock(door, pyrage.encrypt(key.ljust(PADDED).encode(), [recipient], armored=True).decode())


def signing_key(identity: str) -> Ed25519PrivateKey:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"peerwork/1 signing")
    return Ed25519PrivateKey.from_private_bytes(drawn.derive(from_bech32(identity)))
