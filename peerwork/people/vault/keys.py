"""What can happen to a person's keys: they are kept, found at the door, wrapped anew, and changed.

One key, and several ways to open it (wraps). The phrase and the printed code also open the door. What a
friend keeps opens nothing by itself, only beside a coordinator's new paper (members/persons.py, join), and
that paper alone opens nothing sealed: it takes two people, and neither is the server.
"""

import hashlib
import re
from typing import NamedTuple

import pyrage
from django.db import IntegrityError, transaction

from peerwork.people.vault import shelf
from peerwork.people.vault.envelope import NotSealed, from_armor
from peerwork.people.vault.models import AccountKey, Passkey, Wrap
from peerwork.people.vault.phrases import from_bech32

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


class NotTheFriendsCode(Exception):
    """This is not the code a friend of this person keeps. Nothing changed."""


@transaction.atomic
def keep(person, *, recipient: str, signer: str, phrase: Lock, code: Lock) -> None:
    """Keep a new key with both its wraps. An older key is gone with this, and what was sealed to it."""
    is_another = not _has(person, recipient)
    change(person, recipient=recipient, signer=signer, phrase=phrase, code=code)
    if is_another:
        for sealed in (person.log_pages, person.shelf, person.parcels, person.resealed):
            sealed.all().delete()
    shelf.lay_out(person)


@transaction.atomic
def change(person, *, recipient: str, signer: str, phrase: Lock, code: Lock) -> None:
    """Another key. Every way to open the one before ends; what was sealed to it is resealing.py's to carry over."""
    public = {"recipient": _checked(recipient), "signer": _checked_signer(signer)}
    AccountKey.objects.update_or_create(person=person, defaults=public)
    Wrap.objects.filter(person=person).delete()
    wrap_all_anew(person, phrase=phrase, code=code)


@transaction.atomic
def wrap_all_anew(person, *, phrase: Lock, code: Lock) -> None:
    """The same key behind a new phrase and a new code. Passkeys and the friend's code end with the old ones."""
    end_friends_code(person)
    for by, lock in ((By.PHRASE, phrase), (By.CODE, code)):
        wrap_anew(person, by=by, lock=lock)


@transaction.atomic
def wrap_anew(person, *, by: By, lock: Lock) -> None:
    """The same key behind a new phrase, a new printed code or a new code for a friend. The old one opens nothing.

    A new phrase ends every passkey: whoever knew the old one may have added theirs.
    """
    kept = {"door": _kept_of(lock.door), "locked": _checked_lock(lock.locked)}
    try:
        with transaction.atomic():
            Wrap.objects.update_or_create(person=person, by=by, defaults=kept)
            if by == By.PHRASE:
                Passkey.objects.filter(person=person).delete()
    except IntegrityError as error:  # the same words already open another door
        raise KeysUnclear from error


def open_by(passkey: Passkey, *, locked: str) -> None:
    """What this passkey gives in the browser now opens the key as well. It goes when the passkey goes."""
    kept = {"person_id": passkey.person_id, "by": By.PASSKEY, "locked": _checked_lock(locked)}
    Wrap.objects.update_or_create(passkey=passkey, defaults=kept)


def end_friends_code(person) -> None:
    Wrap.objects.filter(person=person, by=By.FRIEND).delete()


def check_phrase(person, door: str) -> None:
    """Raises NotThePhrase unless this is what the browser makes of this person's phrase."""
    if not _opens(at_the_door(door), person, By.PHRASE):
        raise NotThePhrase


def kept_by_a_friend(person, door: str) -> Wrap | None:
    """This person's key, locked with the code a friend keeps. None for any other code."""
    wrap = at_the_door(door)
    return wrap if _opens(wrap, person, By.FRIEND) else None


def check_same_key(person, recipient: str) -> None:
    """Raises KeysUnclear unless this is the public half of the key this person has."""
    if not _has(person, recipient):
        raise KeysUnclear


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


def _has(person, recipient: str) -> bool:
    return AccountKey.objects.filter(person=person, recipient=_checked(recipient)).exists()


def _opens(wrap: Wrap | None, person, by: By) -> bool:
    return wrap is not None and (wrap.person_id, wrap.by) == (person.pk, by)


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


def _checked_signer(signer: str) -> str:
    """An Ed25519 public key: 32 bytes, as 64 small hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-f]{64}", signer):
        raise KeysUnclear
    return signer


def _checked_lock(locked: str) -> str:
    try:
        from_armor(locked)
    except NotSealed as error:
        raise KeysUnclear from error
    return locked


def _point(recipient: str) -> int:
    """The number behind age1…: 32 bytes, little end first, the top bit ignored."""
    return int.from_bytes(from_bech32(recipient), "little") % 2**255 % P
