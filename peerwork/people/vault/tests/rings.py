"""Keys as a browser would have made them. Slow to make (scrypt), so each ring is made once in a run."""

from functools import cache

import pyrage

from peerwork.people.vault import by_hand, keys
from peerwork.people.vault.models import Wrap

SALT = "00112233445566778899aabbccddeeff"


@cache
def ring(whose="Ash"):
    """The server never sees a phrase, so it never notices that everybody's salt is the same here."""
    return by_hand.make(phrase=f"{whose} lantern teapot", code=f"{whose} 2345", salt=SALT)


def given(person, whose=None):
    """This person has keys, as after joining. Returns them."""
    made = ring(whose or person.name)
    keys.keep(person, **as_kept(made))
    return made


def as_kept(made):
    """What of them the server keeps, each by its name."""
    return {
        "recipient": made.recipient,
        "signer": made.signer,
        "phrase": made.phrase,
        "code": made.code,
    }


def friends_lock(made, code="friend 2345"):
    """The key of this ring, locked with a code somebody else keeps."""
    return by_hand.lock(made.identity, code, salt=SALT)


def locks():
    """Every lock there is: what is kept of the door, and the locked key."""
    return set(Wrap.objects.values_list("door", "locked"))


def as_sent(made, **more):
    """What the browser posts at the end of joining."""
    return {
        "recipient": made.recipient,
        "signer": made.signer,
        "phrase_door": made.phrase.door,
        "phrase_locked": made.phrase.locked,
        "code_door": made.code.door,
        "code_locked": made.code.locked,
        "rest": "10",
        **more,
    }


def opened(sealed, made):
    """What is in a sealed page, for whoever holds this ring."""
    return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(made.identity)])


def sealed_to(made, content):
    return pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(made.recipient)])
