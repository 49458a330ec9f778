"""Somebody's mark, as the device of whoever asks carries it: sealed, and another one each time.

Whoever asks brings the marks of those they never want to meet, and of those who never want to meet them. Plain, they
would say who these are: the device knows its own wishes, and the rest would be the others'. So only the switchboard
can open one, and there are always as many as would be there for somebody with more wishes. Nobody can make one: a list
of names is no way to find out who is on duty.
"""

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.crypto import salted_hmac

from peerwork.support.line.engine.words import Mark

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PERSON, NONCE = "person:", 12
SEALED = re.compile(r"person:[\w-]{59}", re.ASCII)
# Fewer are filled up with marks of nobody.
TOGETHER = 16


class NotOurs(Exception):
    """The switchboard did not seal this, or somebody changed it."""


def is_sealed(said: Any) -> bool:
    return isinstance(said, str) and SEALED.fullmatch(said) is not None


def sealed(person: UUID) -> Mark:
    nonce = os.urandom(NONCE)
    return PERSON + urlsafe_b64encode(nonce + _lock().encrypt(nonce, person.bytes, None)).decode().rstrip("=")


def opened(mark: Mark) -> Mark:
    """Raises NotOurs."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 — so that the web starts light

    content = urlsafe_b64decode(mark.removeprefix(PERSON) + "=")
    try:
        return f"{PERSON}{UUID(bytes=_lock().decrypt(content[:NONCE], content[NONCE:], None))}"
    except InvalidTag as error:
        raise NotOurs from error


def all_sealed(people: Collection[UUID]) -> list[Mark]:
    """In no order, and sixteen or a multiple of it, however few these are."""
    nobody = -len(people) % TOGETHER or (0 if people else TOGETHER)
    return sorted(sealed(one) for one in (*people, *(uuid4() for _each in range(nobody))))


def _lock() -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 — so that the web starts light

    return AESGCM(salted_hmac(__name__, "", algorithm="sha256").digest())
