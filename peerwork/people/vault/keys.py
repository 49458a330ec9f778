"""What can happen to a person's keys: they are kept, found at the door, and wrapped anew."""

import hashlib
from typing import NamedTuple

import pyrage
from django.db import IntegrityError, transaction

from peerwork.people.vault.envelope import NotSealed, from_armor
from peerwork.people.vault.models import AccountKey, LogPage, Passkey, Wrap
from peerwork.people.vault.phrases import BECH32

# The five points that turn every secret into zero (RFC 7748, section 6.1). What is sealed to one of them
# is open to everybody, and age refuses to seal to it, so that one such key would stop the night for all.
P = 2**255 - 19
WEAK_POINTS = {
    0,
    1,
    P - 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
}


By = Wrap.By


class Lock(NamedTuple):
    """One way in, as the browser made it: 64 hexadecimal digits for the door, and armored age text."""

    door: str
    locked: str


class KeysUnclear(Exception):
    """What the browser sent is not a set of keys. Nothing was kept."""


class NotThePhrase(Exception):
    """Whoever asks does not know the phrase as it is now. Nothing changed."""


@transaction.atomic
def keep(person, *, recipient: str, phrase: Lock, code: Lock) -> None:
    """Keep a new key with both its wraps. An older key is gone with this, and what it sealed."""
    recipient = _checked(recipient)
    LogPage.objects.filter(person=person).exclude(person__key__recipient=recipient).delete()
    AccountKey.objects.update_or_create(person=person, defaults={"recipient": recipient})
    Wrap.objects.filter(person=person).delete()
    for by, lock in ((By.PHRASE, phrase), (By.CODE, code)):
        wrap_anew(person, by=by, lock=lock)


@transaction.atomic
def wrap_anew(person, *, by: By, lock: Lock) -> None:
    """The same key behind a new phrase or a new printed code. The old one opens nothing any more.

    A new phrase ends every passkey: whoever knew the old one may have added theirs.
    """
    try:
        from_armor(lock.locked)
    except NotSealed as error:
        raise KeysUnclear from error
    kept = {"door": _kept_of(lock.door), "locked": lock.locked}
    try:
        with transaction.atomic():
            Wrap.objects.update_or_create(person=person, by=by, defaults=kept)
            if by == By.PHRASE:
                Passkey.objects.filter(person=person).delete()
    except IntegrityError as error:  # the same words already open another door
        raise KeysUnclear from error


def check_phrase(person, door: str) -> None:
    """Raises NotThePhrase unless this is what the browser makes of this person's phrase."""
    wrap = at_the_door(door)
    if wrap is None or (wrap.person_id, wrap.by) != (person.pk, By.PHRASE):
        raise NotThePhrase


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


def _checked(recipient: str) -> str:
    """The public key as age writes it, in small letters."""
    try:
        written = str(pyrage.x25519.Recipient.from_str(recipient))
    except pyrage.RecipientError as error:
        raise KeysUnclear from error
    if _point(written) in WEAK_POINTS:
        raise KeysUnclear
    return written


def _point(recipient: str) -> int:
    """The number behind age1…: 32 bytes in Bech32, little end first, the top bit ignored."""
    bits = "".join(f"{BECH32.index(letter):05b}" for letter in recipient[4:-6])
    return int.from_bytes(int(bits[:256], 2).to_bytes(32), "little") % 2**255 % P
