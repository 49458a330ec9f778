"""What can happen to an invitation: it is written, found by its words, and used up."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from peerwork.people.members.models import Invitation, Person, Vouch
from peerwork.people.rules import Hat
from peerwork.people.vault import phrases
from peerwork.people.workplaces.models import Workplace

GOOD_FOR_DAYS = 28


class Paper(NamedTuple):
    """What goes on paper, once. The words are not kept anywhere else."""

    words: str
    invitation: Invitation


def write(*, roles: list[str], workplace: Workplace | None = None, days: int = GOOD_FOR_DAYS) -> Paper:
    """A new invitation. Raises ValueError for a role we do not know, or for none at all."""
    unknown = set(roles) - set(Hat.values)
    if unknown or not roles:
        raise ValueError(unknown or "no role")
    return _write(
        roles=sorted(set(roles)), workplace=workplace, expires_on=localdate() + timedelta(days=days)
    )


class TheirOwnWord(Exception):
    """Nobody gives their word and prints the paper on it: one person alone could become anybody here."""


@transaction.atomic
def write_again(vouch: Vouch, *, somebody: Person, by: Person, days: int = GOOD_FOR_DAYS) -> Paper:
    """A way back in for somebody locked out, on another's word. An older paper for them stops working."""
    if vouch.by_id == by.pk:
        raise TheirOwnWord
    Invitation.objects.filter(for_person=somebody).delete()
    Vouch.objects.filter(name__iexact=vouch.name).delete()
    return _write(for_person=somebody, expires_on=localdate() + timedelta(days=days))


def find(words: str) -> Invitation | None:
    """The invitation these words belong to, if it can still be used."""
    return _good().filter(words=phrases.fingerprint(words)).first()


def still_good(invitation_id: str | None) -> Invitation | None:
    """The same one a moment later, when its words have been typed already."""
    return _good().filter(pk=invitation_id).first() if invitation_id else None


def use_up(invitation: Invitation) -> None:
    """It was used once, and then it never was. Raises AlreadyUsed for the slower of two hands."""
    gone, _tables = Invitation.objects.filter(pk=invitation.pk).delete()
    if not gone:
        raise AlreadyUsed


class AlreadyUsed(Exception):
    """Somebody else came in with this paper a moment ago."""


def tear_up(invitation: Invitation) -> None:
    invitation.delete()


def _good() -> QuerySet[Invitation]:
    """Those that can be used today. Nobody comes back in on paper while they are paused."""
    today = Invitation.objects.filter(expires_on__gte=localdate()).exclude(for_person__paused=True)
    return today.select_related("workplace", "for_person")


def _write(**fields) -> Paper:
    words = phrases.six_words()
    return Paper(words, Invitation.objects.create(words=phrases.fingerprint(words), **fields))
