"""Questions about keys. Every one of them asks on behalf of their owner."""

from django.db.models import QuerySet

from peerwork.people.vault.models import AccountKey, Passkey, Wrap


def phrase_wrap_of(person) -> Wrap | None:
    return Wrap.objects.filter(person=person, by=Wrap.By.PHRASE).first()


def passkeys_of(person) -> QuerySet[Passkey]:
    """Each with the wrap it opens, where it opens one."""
    return Passkey.objects.filter(person=person).select_related("wrap").order_by("label", "pk")


def passkey_wraps_of(person) -> list[dict[str, str]]:
    """The passkeys that open this person's key: {credential, locked} each."""
    opening = Wrap.objects.filter(person=person, by=Wrap.By.PASSKEY).order_by("passkey__credential")
    return [
        {"credential": credential, "locked": locked}
        for credential, locked in opening.values_list("passkey__credential", "locked")
    ]


def has_left_a_code(person) -> bool:
    """Whether a friend keeps a code for this person. Nobody here knows which friend."""
    return Wrap.objects.filter(person=person, by=Wrap.By.FRIEND).exists()


def keys_to_give_to() -> QuerySet[AccountKey]:
    """The keys of everybody who is here, each with its person. Somebody paused is not found."""
    return AccountKey.objects.filter(person__paused=False).select_related("person")


def key_of(number) -> AccountKey | None:
    """The key of whoever has this number, with their person. None: nobody, paused, or without keys."""
    return keys_to_give_to().filter(person=number).first()
