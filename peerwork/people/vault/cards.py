"""What can happen to a card: it is handed out, changed, and taken back. Without one, nobody is found here."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction

from peerwork.people.rules import Hat, is_peer, manages_staff
from peerwork.people.vault import queries
from peerwork.people.vault.models import AccountKey, Card

A_FINGERPRINT = re.compile("[0-9a-f]{64}")

may_find_by_name = is_peer & ~manages_staff


class CardUnclear(Exception):
    """These words are not a fingerprint, or are on another card. Nothing changed."""


@transaction.atomic
def hand_out(person, *, words: str, listed: bool) -> None:
    """Let others find this person: by six words (their fingerprint is sent here), by name, both or no longer.

    What is said now takes the place of what was said before. Neither of the two: there is no card any more.
    """
    if words and not A_FINGERPRINT.fullmatch(words):
        raise CardUnclear
    if not (words or listed):
        Card.objects.filter(person=person).delete()
        return
    try:
        with transaction.atomic():
            Card.objects.update_or_create(person=person, defaults={"words": words or None, "listed": listed})
    except IntegrityError as error:  # the same words are on somebody else's card
        raise CardUnclear from error


def find(words: str) -> AccountKey | None:
    """The key of whoever handed out these six words (their fingerprint is asked for), with their person."""
    return queries.keys_to_give_to().filter(person__card__words=words).first()


def listed_for(person) -> list[tuple[UUID, str]]:
    """Who this person may find by name, without themselves: each with their number and name.

    The list is for peers who manage nobody, and they are who is on it. For others there is none: they are not
    told whether there is anybody.
    """
    if not may_find_by_name(person):
        return []
    listed = queries.keys_to_give_to().filter(
        person__card__listed=True, person__roles__kind__in=(Hat.PEER, Hat.PEER_ELSEWHERE)
    )
    found = listed.exclude(person__roles__kind=Hat.MANAGER).exclude(person=person).distinct()
    return list(found.order_by("person__name", "person").values_list("person", "person__name"))
