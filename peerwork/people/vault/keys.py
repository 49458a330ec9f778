"""What can happen to a person's keys: they are kept, found at the door, and wrapped anew."""

import hashlib
from typing import NamedTuple

import pyrage
from django.db import transaction

from peerwork.people.vault.envelope import NotSealed, from_armor
from peerwork.people.vault.models import AccountKey, LogPage, Wrap


class Lock(NamedTuple):
    """One way in, as the browser made it: 64 hexadecimal digits for the door, and armored age text."""

    door: str
    locked: str


class KeysUnclear(Exception):
    """What the browser sent is not a set of keys. Nothing was kept."""


@transaction.atomic
def keep(person, *, recipient: str, phrase: Lock, code: Lock) -> None:
    """Keep a new key with both its wraps. An older key is gone with this, and what it had sealed too."""
    _check(recipient)
    LogPage.objects.filter(person=person).exclude(person__key__recipient=recipient).delete()
    AccountKey.objects.update_or_create(person=person, defaults={"recipient": recipient})
    Wrap.objects.filter(person=person).delete()
    for by, lock in ((Wrap.By.PHRASE, phrase), (Wrap.By.CODE, code)):
        wrap_anew(person, by=by, lock=lock)


@transaction.atomic
def wrap_anew(person, *, by: Wrap.By, lock: Lock) -> None:
    """The same key behind a new phrase or a new printed code. The old one opens nothing any more."""
    try:
        from_armor(lock.locked)
    except NotSealed as error:
        raise KeysUnclear from error
    Wrap.objects.update_or_create(
        person=person, by=by, defaults={"door": _kept_of(lock.door), "locked": lock.locked}
    )


def at_the_door(door: str) -> Wrap | None:
    """The wrap whose phrase or code was shown at the door, with its person. None for a stranger."""
    try:
        kept = _kept_of(door)
    except KeysUnclear:
        return None
    return Wrap.objects.filter(door=kept).select_related("person").first()


def recipients(people) -> dict:
    """The public key of each of these people, by their id. A person without one is left out."""
    return dict(AccountKey.objects.filter(person__in=people).values_list("person", "recipient"))


def _kept_of(door: str) -> str:
    """SHA-256 of the 32 bytes shown. They come out of scrypt, so a slow hash here would guard nothing more."""
    try:
        shown = bytes.fromhex(door)
    except ValueError as error:
        raise KeysUnclear from error
    if len(shown) != 32:  # noqa: PLR2004 — half of what scrypt gives
        raise KeysUnclear
    return hashlib.sha256(shown).hexdigest()


def _check(recipient: str) -> None:
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise KeysUnclear from error
