"""Is this really sealed? The shape of an age file, checked before anything is kept.

The format is age-encryption.org/v1 (github.com/C2SP/C2SP, age.md): a version line, one or more stanzas
for the recipients, a MAC line, then a 16 byte nonce and chunks of 64 KiB, each with a 16 byte tag.
This checks the shape only. Whether it opens is for its owner to find out.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from typing import NamedTuple

VERSION = b"age-encryption.org/v1\n"
STANZA = re.compile(rb"-> ([\x21-\x7e]+)(?: [\x21-\x7e]+)*\n")
# Base64 without padding, and without a bit left over: each content is written in one way only.
REST = rb"(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]|[A-Za-z0-9+/][AQgw])"
FULL_LINE = re.compile(rb"[A-Za-z0-9+/]{64}\n")
LAST_LINE = re.compile(rb"(?:[A-Za-z0-9+/]{4}){0,15}" + REST + rb"?\n")
KEY = rb"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]"
X25519 = re.compile(rb"-> X25519 " + KEY + rb"\n" + KEY + rb"\n")
MAC = re.compile(rb"--- " + KEY + rb"\n")
NONCE, TAG, CHUNK = 16, 16, 64 * 1024
ARMOR_FIRST, ARMOR_LAST = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"


class NotSealed(Exception):
    """These bytes are not an age file. Nothing of them may be kept."""


class Seen(NamedTuple):
    """What anybody can see of an age file without opening it: its stanzas by kind, and how much is in it."""

    stanzas: tuple[str, ...]
    size: int


def check_sealed(content: bytes) -> None:
    """Raises NotSealed unless the bytes have the shape of an age file from end to end."""
    look_at(content)


def look_at(content: bytes) -> Seen:
    """What can be seen from outside. Raises NotSealed where it is not an age file."""
    if not content.startswith(VERSION):
        raise NotSealed
    at, stanzas = len(VERSION), []
    while stanza := STANZA.match(content, at):
        if stanza[1] == b"X25519" and not X25519.match(content, at):
            raise NotSealed
        at = _after_body(content, stanza.end())
        stanzas.append(stanza[1].decode())
    mac = MAC.match(content, at)
    if not mac or not stanzas or ("scrypt" in stanzas and len(stanzas) > 1):
        raise NotSealed
    return Seen(tuple(stanzas), _size(len(content) - mac.end() - NONCE))


def _after_body(content: bytes, at: int) -> int:
    """A stanza's body: full lines of base64, then one shorter line (which may be empty)."""
    while line := FULL_LINE.match(content, at):
        at = line.end()
    last = LAST_LINE.match(content, at)
    if not last:
        raise NotSealed
    return last.end()


def _size(length: int) -> int:
    """Every chunk ends with a tag, and only an empty file has an empty last chunk."""
    whole, rest = divmod(length, CHUNK + TAG)
    if length < TAG or 0 < rest < TAG or (rest == TAG and length > TAG):
        raise NotSealed
    return length - TAG * (whole + bool(rest))


def from_armor(text: str) -> bytes:
    """The bytes of an armored age file. Raises NotSealed where it is not one."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    if (lines[0], lines[-1]) != (ARMOR_FIRST, ARMOR_LAST):
        raise NotSealed
    try:
        content = b64decode("".join(lines[1:-1]), validate=True)
    except (NotBase64, ValueError) as error:
        raise NotSealed from error
    check_sealed(content)
    return content
