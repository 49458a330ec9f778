"""Signing what one cannot see (RFC 9474), and knowing one's own signature again.

The variant is RSABSSA-SHA384-PSS-Randomized. A device hides its token, the house signs the hidden one, the device
takes the cover off. Nobody can tell later which of the hidden tokens it was.
"""

import hashlib

NONCE = 32
BITS = 2048
EXPONENT = 65537
SALT = 48
SAYS = b"peerwork/1 "


class NotSignable(Exception):
    """What was handed over is no hidden token of this round."""


def new_key() -> tuple[str, str, str]:
    """A fresh key: its private half as PEM, the modulus in hex, and the fingerprint of the public half."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    modulus = f"{key.public_key().public_numbers().n:x}"
    return pem.decode(), modulus, hashlib.sha256(public).hexdigest()


def blind_sign(pem: str, blinded: bytes) -> bytes:
    """The signature under what is hidden. Takes the same time whatever it is. Raises NotSignable.

    Python's own `pow` takes longer for some numbers than for others, and so gives the key away bit by bit.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    # It is our own key, checked when it was made: checking it again takes longer than signing.
    key = load_pem_private_key(pem.encode(), password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise NotSignable("This key is of another kind.")
    numbers = key.private_numbers()
    n, e, d = numbers.public_numbers.n, numbers.public_numbers.e, numbers.d
    length = (key.key_size + 7) // 8
    message = int.from_bytes(blinded)
    if len(blinded) != length or message >= n:
        raise NotSignable("This is no number below the key.")
    return _raise_to(d, message, n=n, e=e).to_bytes(length)


def _raise_to(d: int, message: int, *, n: int, e: int) -> int:
    """message ** d modulo n, on a number that nobody chose: covered by chance first, uncovered after."""
    from secrets import randbelow

    import gmpy2

    cover = 2 + randbelow(n - 2)
    covered = message * gmpy2.powmod(cover, e, n) % n
    signed = gmpy2.powmod_sec(covered, d, n) * gmpy2.invert(cover, n) % n
    if gmpy2.powmod(signed, e, n) != message:  # a machine that miscounts once would give the key away
        raise NotSignable("The signature does not fit. Nothing was given out.")
    return int(signed)


def prepared_for(round_id: str, nonce: bytes) -> bytes:
    """What a token of this round says: 32 bytes of chance, then whose it is."""
    return nonce + SAYS + round_id.encode()


def mark_of(prepared: bytes) -> str:
    """What stands on the board once this token is spent."""
    return hashlib.sha256(prepared).hexdigest()


def verify(modulus: str, prepared: bytes, signature: bytes) -> bool:
    """Whether this is our signature under exactly this."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA384

    key = rsa.RSAPublicNumbers(EXPONENT, int(modulus, 16)).public_key()
    try:
        key.verify(signature, prepared, padding.PSS(padding.MGF1(SHA384()), SALT), SHA384())
    except InvalidSignature:
        return False
    return True
