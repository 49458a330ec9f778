"""What anybody sees of a sealed page without opening it. It has to be what they see of every other page.

One recipient, and one stanza without meaning, drawn as age draws it: a name and at most four words of one to
eight letters, and fewer than a hundred bytes. The server's age writer and keys.js both write exactly that.
"""

import re
from collections.abc import Container

from peerwork.people.vault.envelope import KEY, VERSION, look_at

WORD, FULL_LINE, LETTER = rb"[!-~]{1,8}", rb"[A-Za-z0-9+/]{64}\n", rb"[A-Za-z0-9+/]"
LIKE_EVERY_OTHER = re.compile(
    re.escape(VERSION)
    + rb"-> X25519 " + KEY + rb"\n" + KEY + rb"\n"
    + rb"-> " + WORD + rb"-grease(?: " + WORD + rb"){0,4}\n"
    + rb"(?:(?:" + FULL_LINE + rb")?" + LETTER + rb"{0,63}|(?:" + FULL_LINE + rb"){2}" + LETTER + rb"{0,4})\n"
    + rb"--- " + KEY + rb"\n"
)  # fmt: skip


class StandsOut(Exception):
    """This page could be told from the others by its outside. It was not kept."""


def check(sealed: bytes, *, sizes: Container[int]) -> None:
    """Raises StandsOut where the header or the size of what is inside tells this page from the others."""
    if not LIKE_EVERY_OTHER.match(sealed) or look_at(sealed).size not in sizes:
        raise StandsOut
