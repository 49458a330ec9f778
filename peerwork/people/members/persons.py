"""What can happen to a person here: they join, rename themselves, are paused, and go."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from peerwork.people.members import invitations
from peerwork.people.members.models import HandOver, Invitation, Person, Removal, Role, Vouch
from peerwork.people.rules import Hat
from peerwork.people.vault import keys, passkeys, resealing
from peerwork.people.workplaces.models import Post

GOOD_FOR_DAYS = 14


class LastCoordinator(Exception):
    """Somebody has to be able to open the door. Hand over first, or invite another coordinator."""


class NeedsAnotherWord(Exception):
    """Nobody is removed on one person's word."""


class NobodyAsks(Exception):
    """The request was taken back, or is past its day. Nobody is removed."""


@transaction.atomic
def join(  # noqa: PLR0913 — what a browser sends, each by its name
    invitation: Invitation,
    *,
    name: str,
    language: str,
    recipient: str,
    signer: str,
    phrase: keys.Lock,
    code: keys.Lock,
    friend: str = "",
) -> Person:
    """Come in with a paper: a name, keys, and whatever roles the paper gives. The paper is gone with it.

    `friend` is what a friend's code shows. With it somebody who comes back keeps their key, and all that is
    sealed to it. Raises keys.NotTheFriendsCode rather than give them another key in its place.
    """
    invitations.use_up(invitation)
    person = invitation.for_person or _newcomer(invitation, name=name, language=language)
    _end_sessions(person)
    if friend:
        _check_friend(person, friend)
        keys.check_same_key(person, recipient)
        keys.wrap_all_anew(person, phrase=phrase, code=code)
    else:
        keys.keep(person, recipient=recipient, signer=signer, phrase=phrase, code=code)
    return person


def rename(person: Person, *, name: str) -> None:
    person.name = name
    person.save(update_fields=["name"])


def settle_in(person: Person, *, language: str, time_zone: str) -> None:
    person.language, person.time_zone = language, time_zone
    person.save(update_fields=["language", "time_zone"])


@transaction.atomic
def change_phrase(person: Person, *, lock: keys.Lock, shown: str) -> None:
    """A new phrase for the same key, for whoever shows the old one. Every other session and passkey ends."""
    keys.check_phrase(person, shown)
    keys.wrap_anew(person, by=keys.By.PHRASE, lock=lock)
    _end_sessions(person)


@transaction.atomic
def recover(person: Person, *, phrase: keys.Lock, code: keys.Lock) -> None:
    """Back in with the printed code: a new phrase and a new code. Nothing sealed is lost; the other ways in end."""
    keys.wrap_all_anew(person, phrase=phrase, code=code)
    _end_sessions(person)


@transaction.atomic
def change_code(person: Person, *, lock: keys.Lock, shown: str) -> None:
    """A new code on paper, for whoever shows the phrase: a screen left open is not enough."""
    keys.check_phrase(person, shown)
    keys.wrap_anew(person, by=keys.By.CODE, lock=lock)


@transaction.atomic
def leave_a_code(person: Person, *, lock: keys.Lock, shown: str) -> None:
    """A code for a friend to keep, from whoever shows the phrase. An older one opens nothing any more."""
    keys.check_phrase(person, shown)
    keys.wrap_anew(person, by=keys.By.FRIEND, lock=lock)


def take_back_the_code(person: Person) -> None:
    keys.end_friends_code(person)


@transaction.atomic
def add_passkey(person: Person, answer: Any, *, shown: str, **asked: Any) -> Any:
    """A device that signs in by itself, for whoever shows the phrase. `asked` is as in passkeys.finish_adding."""
    keys.check_phrase(person, shown)
    return passkeys.finish_adding(person, answer, **asked)


@transaction.atomic
def let_open(passkey: Any, *, locked: str, shown: str) -> None:
    """A device that opens what is sealed too, for whoever shows the phrase."""
    keys.check_phrase(passkey.person, shown)
    keys.open_by(passkey, locked=locked)


@transaction.atomic
def change_key(  # noqa: PLR0913 — what a browser sends, each by its name
    person: Person,
    *,
    recipient: str,
    signer: str,
    phrase: keys.Lock,
    code: keys.Lock,
    shown: str,
    carried: str,
) -> None:
    """Another key, for whoever shows the phrase, and everything sealed to it at once. Or nothing at all.

    `carried` says what was sealed again, and out of what (resealing.carry_over). Raises resealing.NotAllOfIt.
    Every other session ends, with every passkey and the friend's code.
    """
    keys.check_phrase(person, shown)
    resealing.carry_over(person, carried=carried)
    keys.change(person, recipient=recipient, signer=signer, phrase=phrase, code=code)
    _end_sessions(person)


@transaction.atomic
def pause(person: Person) -> None:
    """They cannot come in until a coordinator lets them. Nothing of theirs is lost."""
    _leave_a_coordinator_without(person)
    person.paused = True
    person.door_round = new_round()
    person.save(update_fields=["paused", "door_round"])


def let_back_in(person: Person) -> None:
    person.paused = False
    person.save(update_fields=["paused"])


@transaction.atomic
def wear(person: Person, hats: set[str]) -> None:
    """Set what a person does here. Raises LastCoordinator rather than leave nobody to open the door."""
    if Hat.COORDINATOR not in hats:
        _leave_a_coordinator_without(person)
    Role.objects.filter(person=person).exclude(kind__in=hats).delete()
    Role.objects.bulk_create([Role(person=person, kind=kind) for kind in hats], ignore_conflicts=True)
    person.__dict__.pop("hats", None)


@transaction.atomic
def work_at(person: Person, workplaces) -> None:
    Post.objects.filter(person=person).exclude(workplace__in=workplaces).delete()
    Post.objects.bulk_create(
        [Post(person=person, workplace=workplace) for workplace in workplaces], ignore_conflicts=True
    )


@transaction.atomic
def ask_removal(person: Person, *, by: Person) -> None:
    """One coordinator asks. Nothing happens until another agrees."""
    Removal.objects.filter(person=person, expires_on__lt=localdate()).delete()
    Removal.objects.get_or_create(
        person=person, defaults={"by": by, "expires_on": localdate() + timedelta(days=GOOD_FOR_DAYS)}
    )


@transaction.atomic
def agree_removal(removal: Removal | None, *, by: Person) -> None:
    """A second coordinator agrees, and the person is gone from here with everything beside their name.

    The request is read again here, where nobody else can write: it may have been taken back a moment ago.
    """
    good = Removal.objects.select_related("person").filter(expires_on__gte=localdate())
    asked = good.filter(pk=removal.pk).first() if removal else None
    if asked is None:
        raise NobodyAsks
    if asked.by_id == by.pk:
        raise NeedsAnotherWord
    leave(asked.person)


def take_back_removal(removal: Removal) -> None:
    removal.delete()


@transaction.atomic
def leave(person: Person) -> None:
    """Everything beside this name is deleted: roles, seats, keys, sealed pages. It cannot be undone."""
    _leave_a_coordinator_without(person)
    person.delete()


def vouch(name: str, *, by: Person) -> None:
    """A peer's word for somebody locked out. The same is kept for any name, so nobody learns which exist."""
    until = localdate() + timedelta(days=GOOD_FOR_DAYS)
    Vouch.objects.update_or_create(name=name.strip(), by=by, defaults={"expires_on": until})


def offer_hand_over(*, by: Person, to: Person) -> None:
    until = localdate() + timedelta(days=GOOD_FOR_DAYS)
    HandOver.objects.update_or_create(by=by, defaults={"to": to, "expires_on": until})


@transaction.atomic
def take_over(offer: HandOver) -> None:
    """The new coordinator says yes. The one before goes back to their other hats, and had to have this one."""
    given, _tables = Role.objects.filter(person=offer.by, kind=Hat.COORDINATOR).delete()
    if given:
        Role.objects.get_or_create(person=offer.to, kind=Hat.COORDINATOR)
    offer.delete()


def decline(offer: HandOver) -> None:
    offer.delete()


def new_round() -> str:
    """A person's sessions carry their round. A new one ends all of them."""
    return secrets.token_urlsafe(8)


def _newcomer(invitation: Invitation, *, name: str, language: str) -> Person:
    person = Person.objects.create(name=name, language=language, door_round=new_round())
    Role.objects.bulk_create([Role(person=person, kind=kind) for kind in invitation.roles])
    if invitation.workplace:
        Post.objects.create(person=person, workplace=invitation.workplace)
    return person


def _check_friend(person: Person, shown: str) -> None:
    if keys.kept_by_a_friend(person, shown) is None:
        raise keys.NotTheFriendsCode


def _end_sessions(person: Person) -> None:
    person.door_round = new_round()
    person.save(update_fields=["door_round"])


def _leave_a_coordinator_without(person: Person) -> None:
    """Raises LastCoordinator when this person is the only one left who can open the door."""
    coordinators = set(
        Role.objects.filter(kind=Hat.COORDINATOR, person__paused=False).values_list("person", flat=True)
    )
    if coordinators == {person.pk}:
        raise LastCoordinator
