"""What a browser seals and opens, for the tests: pages of a shelf, and parcels."""

import json
import re

import pyrage
from django.conf import settings
from django.test import Client

from peerwork.people.door.sessions import SessionStore
from peerwork.people.vault import shelf
from peerwork.people.vault.tests.rings import ring

SEALED = "application/octet-stream"


def sealed_to(*made, content):
    return pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one.recipient) for one in made])


def a_page(whose="Ash", says="strips", size=shelf.PAGE_SIZE):
    """A page as the browser writes it: ASCII, and spaces to the end of the bucket."""
    page = {"v": 1, "doc": "plan", "section": "signs", "version": 1, "from": whose, "body": says}
    return sealed_to(ring(whose), content=json.dumps(page).encode().ljust(size))


def a_parcel(whose="Kas", says="hello", size=4096):
    return sealed_to(ring(whose), content=says.encode().ljust(size))


def opened(sealed, whose="Ash"):
    return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(ring(whose).identity)])


def without_grease(page):
    """Age adds a stanza that means nothing, of a length drawn by lot. This takes it out again."""
    return re.sub(
        rb"\n-> \S{1,8}-grease[ !-~]*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}(?=\n--- )", b"", page
    )


def signed_in(person):
    """A browser of their own, for tests in which several people come and go."""
    session, client = SessionStore(), Client()
    session["person"], session["round"], session["rest"] = str(person.pk), person.door_round, 10
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


# What an own browser would never send: each of them has the shape of an age file, and stands out.
def odd_ones(whose, size):
    """Pages that could be told from the others by their outside, by what is odd about them."""
    made, page, full = ring(whose), sealed_to(ring(whose), content=b" " * size), b"A" * 64 + b"\n"
    grease = page[page.index(b"\n-> ", 40) + 1 : page.index(b"\n--- ") + 1]
    return {
        "one letter short": sealed_to(made, content=b" " * (size - 1)),
        "one letter long": sealed_to(made, content=b" " * (size + 1)),
        "empty": sealed_to(made, content=b""),
        "no grease": without_grease(page),
        "for two": sealed_to(made, ring("Rosa"), content=b" " * size),
        "greased twice": page.replace(grease, grease + grease),
        "greased first": page.replace(grease, b"").replace(b"-> X25519", grease + b"-> X25519"),
        "grease of five words": page.replace(grease, b"-> a-grease b c d e f\n\n"),
        "grease with a long name": page.replace(grease, b"-> nine.long-grease\n\n"),
        "grease of a hundred bytes": page.replace(grease, b"-> a-grease\n" + full + full + b"AAAAAA\n"),
        "grease by another name": page.replace(grease, b"-> grease\n\n"),
        "a stanza like X25519": page.replace(b"-> X25519 ", b"-> x-X25519 "),
        "a key of another kind": page.replace(grease, b"-> ssh-ed25519 AAAA\n\n"),
    }  # fmt: skip
