"""Keys made on the server instead of in a browser. Only for made-up people: the demo and the tests."""

from typing import NamedTuple

import pyrage

from peerwork.people.vault.keys import Lock
from peerwork.people.vault.phrases import derive

PADDED = 128


class MadeKeys(NamedTuple):
    identity: str
    recipient: str
    phrase: Lock
    code: Lock


def make(*, phrase: str, code: str, salt: str) -> MadeKeys:
    """What a browser would have sent for this phrase and this code, and the key it would have kept."""
    identity = pyrage.x25519.Identity.generate()
    locks = [_lock(str(identity), typed, salt) for typed in (phrase, code)]
    return MadeKeys(str(identity), str(identity.to_public()), *locks)


def _lock(key: str, typed: str, salt: str) -> Lock:
    door, opener = derive(typed, salt=salt)
    recipient = pyrage.x25519.Identity.from_str(opener).to_public()
    return Lock(door, pyrage.encrypt(key.ljust(PADDED).encode(), [recipient], armored=True).decode())
