"""Questions about keys. Every one of them asks on behalf of their owner."""

from django.db.models import QuerySet

from peerwork.people.vault.models import Passkey, Wrap


def phrase_wrap_of(person) -> Wrap | None:
    return Wrap.objects.filter(person=person, by=Wrap.By.PHRASE).first()


def passkeys_of(person) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=person).order_by("label", "pk")
