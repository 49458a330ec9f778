"""A knock at a device, through its maker's service (web push, RFC 8030 and 8292). It is empty: it has nothing to say.

The one place that speaks to the outside world. The service learns that this network knocked at this device, and when.
It learns nothing of why, and neither does whoever looks at the lock screen. Never called while a page is made.
"""

import json
import ssl
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import closing
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPSConnection  # noqa: TID251 — this is the place
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 5.0
LASTS = 12 * 3600
LONGEST = 700
# Whoever is on duty says where to knock. Only the makers' services, so that nobody can have us knock elsewhere.
SERVICES = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)

type Connect = Callable[[str, int], HTTPConnection]


class Answer(Enum):
    KNOCKED = "knocked"
    GONE = "gone"  # that device takes no more knocks
    LATER = "later"  # the service is not there, or is tired of us


def is_a_service(endpoint: str) -> bool:
    """Whether this is an address of one of the services: https, no name and no port of its own."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = (
        parts.scheme == "https"
        and port in {None, 443}
        and parts.username is None
        and len(endpoint) <= LONGEST
    )
    return (
        plain and endpoint.isascii() and endpoint.isprintable() and any(_is_of(host, one) for one in SERVICES)
    )


def own_key(path: Path, write: Callable[[Path, bytes], None]) -> str:
    """The private half, as PEM. Made when it is first asked for; whoever else made one meanwhile keeps theirs."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    if not path.exists():
        fresh = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write(path, fresh)
    return path.read_text()


def public_half(pem: str) -> str:
    """What a browser is given when it makes a place to knock at: base64url, without padding."""
    from cryptography.hazmat.primitives import serialization

    return _letters(
        _key(pem)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )


def knock(endpoint: str, *, pem: str, of: str, waits: int, connect: Connect | None = None) -> Answer:
    """Knock once. `of`: our address, for the service's keeper; `waits`: how many seconds it is worth knocking."""
    parts = urlsplit(endpoint)
    headers = {
        "TTL": str(waits),
        "Urgency": "high",
        "Content-Length": "0",
        "Authorization": f"vapid t={_signed(pem, f'https://{parts.netloc}', of)}, k={public_half(pem)}",
    }
    try:
        with closing((connect or _safely)(parts.hostname or "", parts.port or 443)) as service:
            service.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
            status = service.getresponse().status
    except (OSError, HTTPException):
        return Answer.LATER
    if status in {404, 410}:
        return Answer.GONE
    return Answer.KNOCKED if status < 300 else Answer.LATER  # noqa: PLR2004


def _safely(host: str, port: int) -> HTTPConnection:
    return HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())


def _is_of(host: str, service: str) -> bool:
    return host.endswith(service) if service.startswith(".") else host == service


def _signed(pem: str, audience: str, of: str) -> str:
    """That it is us (a JSON Web Token, ES256)."""
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256

    claims = {
        "aud": audience,
        "exp": int(time.time()) + LASTS,
        **({"sub": of} if of.startswith("https://") else {}),
    }
    told = ".".join(_letters(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = utils.decode_dss_signature(_key(pem).sign(told.encode(), ec.ECDSA(SHA256())))
    return f"{told}.{_letters(r.to_bytes(32) + s.to_bytes(32))}"


def _key(pem: str):
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("This key is of another kind.")
    return key


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
