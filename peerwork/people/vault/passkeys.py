"""What can happen to a passkey: it is added, it signs its owner in, and it is taken away.

WebAuthn level 3, checked by python-fido2. A passkey signs in. It may also open what is sealed, by its PRF
value. The browser asks the device for that by itself (static/vault/device.js), never while signing in, because
the answer of a sign-in is sent here and would hold the vault's key.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from struct import error as BadStructure  # noqa: N812 — its own name says nothing
from typing import Any

from django.db import IntegrityError, transaction

from peerwork.people.vault.models import Passkey

# What comes out of the library for an answer no browser would give.
UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError, BadStructure,
)  # fmt: skip


class NotThisKey(Exception):
    """The device's answer does not fit. Nothing changed."""


@cache
def _server(hostname: str, shown_as: str) -> Any:
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    return Fido2Server(PublicKeyCredentialRpEntity(id=hostname, name=shown_as))


def begin_adding(person, *, hostname: str, shown_as: str) -> tuple[dict, dict]:
    """What to ask the device, and what to remember until it answers. Shows the neutral name only."""
    from fido2.webauthn import PublicKeyCredentialUserEntity

    owner = PublicKeyCredentialUserEntity(id=person.pk.bytes, name=shown_as, display_name=shown_as)
    known = [_credential(passkey) for passkey in person.passkeys.all()]
    options, state = _server(hostname, shown_as).register_begin(
        owner, known, resident_key_requirement="required", user_verification="required"
    )
    return dict(options), state


@transaction.atomic
def finish_adding(person, answer: dict, *, state: dict, label: str, **place: str) -> Passkey:
    """`place` is the hostname and shown_as it began with."""
    try:
        done = _server(**place).register_complete(state, answer)
        credential = done.credential_data
        return Passkey.objects.create(
            person=person,
            credential=_text(credential.credential_id),
            public_key=_text(_cose(credential.public_key)),
            label=label,
        )
    except (*UNREADABLE, IntegrityError) as error:
        raise NotThisKey from error


def begin_sign_in(*, hostname: str, shown_as: str) -> tuple[dict, dict]:
    options, state = _server(hostname, shown_as).authenticate_begin(user_verification="required")
    return dict(options), state


def finish_sign_in(answer: dict, *, state: dict, hostname: str, shown_as: str) -> Passkey:
    """The passkey that answered, with its person. Raises NotThisKey for a stranger's."""
    try:
        passkey = Passkey.objects.select_related("person").get(credential=answer["id"])
        _server(hostname, shown_as).authenticate_complete(state, [_credential(passkey)], answer)
    except (*UNREADABLE, Passkey.DoesNotExist) as error:
        raise NotThisKey from error
    return passkey


def take_away(passkey: Passkey) -> None:
    passkey.delete()


def _credential(passkey: Passkey) -> Any:
    """As the library wants it. The maker's number (AAGUID) was never kept: it tells the model of a phone."""
    from fido2 import cbor
    from fido2.cose import CoseKey
    from fido2.webauthn import Aaguid, AttestedCredentialData

    content: Any = cbor.decode(_bytes(passkey.public_key))
    key = CoseKey.parse(content)
    return AttestedCredentialData.create(Aaguid.NONE, _bytes(passkey.credential), key)


def _cose(key: Any) -> bytes:
    from fido2 import cbor

    return cbor.encode(dict(key))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
