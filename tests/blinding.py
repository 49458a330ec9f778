"""A device, in Python: makes tokens, hides them, and takes the cover off what was signed (RFC 9474).

What the browser does with a library is done here by hand, so that the two check each other.
"""

import base64
import hashlib
import json
import secrets

EXPONENT = 65537
HASH = 48


def mgf(seed, length):
    """MGF1 with SHA-384 (RFC 8017, B.2.1)."""
    blocks = (hashlib.sha384(seed + i.to_bytes(4)).digest() for i in range(-(-length // HASH)))
    return b"".join(blocks)[:length]


def encoded(message, bits, salt):
    """EMSA-PSS-ENCODE (RFC 8017, 9.1.1), into as many bits as the key has but one."""
    length = -(-(bits - 1) // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(block, mgf(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - (bits - 1))
    return bytes(masked) + digest + b"\xbc"


def blind(n, prepared, *, salt=None, cover=None):
    """The hidden token, and what takes the cover off again."""
    salt = secrets.token_bytes(HASH) if salt is None else salt
    cover = cover or 2 + secrets.randbelow(n - 2)
    length = -(-n.bit_length() // 8)
    message = int.from_bytes(encoded(prepared, n.bit_length(), salt))
    return (message * pow(cover, EXPONENT, n) % n).to_bytes(length), pow(cover, -1, n)


def uncovered(n, signature, inverse):
    return (int.from_bytes(signature) * inverse % n).to_bytes(-(-n.bit_length() // 8))


class Client:
    """One device and one round's key. `modulus` as the house shows it, in hex."""

    def __init__(self, modulus):
        self.n = int(modulus, 16)

    def make(self, round_id, how_many):
        """What to send for signing, and what to keep meanwhile."""
        made = [secrets.token_bytes(32) + b"peerwork/1 " + round_id.encode() for _each in range(how_many)]
        hidden = [blind(self.n, prepared) for prepared in made]
        return [sent for sent, _inverse in hidden], list(
            zip(made, [inverse for _sent, inverse in hidden], strict=True)
        )

    def finish(self, state, signatures):
        """Tokens: what each says, and the signature under it."""
        return [
            (prepared, uncovered(self.n, signature, inverse))
            for (prepared, inverse), signature in zip(state, signatures, strict=True)
        ]


def mark_of(prepared):
    return hashlib.sha256(prepared).hexdigest()


def body(round_id, token, pieces, *, size=8192):
    """What a device posts to /a/: always as long as any other. `token` is (prepared, signature), or a code."""
    said = {"round": round_id, "pieces": [list(piece) for piece in pieces]}
    if isinstance(token, str):
        said |= {"code": token}
    else:
        said |= {"msg": _base64(token[0]), "sig": _base64(token[1])}
    bare = len(json.dumps(said | {"pad": ""}, ensure_ascii=False).encode())
    return json.dumps(said | {"pad": " " * max(0, size - bare)}, ensure_ascii=False).encode()


def _base64(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
