"""A device with a lock of its own, in a few lines: it makes a passkey and signs with it (WebAuthn level 3)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

from peerwork.people.vault import passkeys

HERE = {"hostname": "localhost", "shown_as": "Corner"}
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40
# The maker's number: the same for every phone of one model.
AAGUID = bytes.fromhex("ea9b8d664d011d213ce4b6b48cb575d4")


def text(content):
    return urlsafe_b64encode(content).decode().rstrip("=")


def content(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """`made` and `signs` take the options the server sent, as JSON, and answer as a browser would."""

    def __init__(self, origin="http://localhost:8000"):
        self.origin = origin
        self.hostname = "localhost"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(16)
        self.counter = 4711

    def made(self, options, *, flags=PRESENT | VERIFIED | HAS_KEY):
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        new = AAGUID + len(self.credential).to_bytes(2) + self.credential + public
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._seen(flags) + (new if flags & HAS_KEY else b""),
        }
        said = self._said("webauthn.create", options["publicKey"]["challenge"])
        return self._answer(clientDataJSON=text(said), attestationObject=text(cbor.encode(attestation)))

    def signs(self, options, *, flags=PRESENT | VERIFIED):
        self.counter += 1
        seen, said = self._seen(flags), self._said("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(seen + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=text(said),
            authenticatorData=text(seen),
            signature=text(signature),
            userHandle=None,
        )

    def _seen(self, flags):
        return hashlib.sha256(self.hostname.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)

    def _said(self, what, challenge):
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response):
        known = text(self.credential)
        return {
            "id": known,
            "rawId": known,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }


def as_json(options):
    """What the browser gets to see."""
    return json.loads(json.dumps(options, default=dict))


def added(person, device, label="my phone"):
    options, state = passkeys.begin_adding(person, **HERE)
    return passkeys.finish_adding(person, device.made(as_json(options)), state=state, label=label, **HERE)
