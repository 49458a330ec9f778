"""What a sender's browser makes: six words, what they become, and something sealed. For tests, in Python."""

import hashlib
import json
from base64 import b64encode

import pyrage

from peerwork.people.vault.phrases import derive
from peerwork.support.line.after.complaints import WRITTEN

# Drawn by lot in a browser, and sealed inside.
WORD = "5a" * 32
SALT = "00112233445566778899aabbccddeeff"


def a_sender(words="saddle ticket umbrella valley window yellow"):
    """(mark, identity): where it lies, and what opens the answer."""
    door, identity = derive(words, salt=SALT)
    return sum_of(door), pyrage.x25519.Identity.from_str(identity)


def sealed(words, *recipients, size=WRITTEN):
    text = json.dumps({"v": 1, "words": words, "word": WORD}).ljust(size)
    return pyrage.encrypt(text.encode(), [pyrage.x25519.Recipient.from_str(str(one)) for one in recipients])


def opened(content, identity):
    return json.loads(pyrage.decrypt(content, [identity]))["words"]


def as_sent(content, identity, side="asked"):
    """The body of a PUT."""
    sealed_ = b64encode(content).decode()
    return {"side": side, "key": str(identity.to_public()), "word": sum_of(WORD), "sealed": sealed_}


def sum_of(word):
    return hashlib.sha256(word.encode()).hexdigest()
