"""Whether a request is really of the provider. Its signature is all the authority, compared in constant time."""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, urlsplit

# A request of jambonz carries its time. Older or newer than this, in seconds, it is somebody who listened before.
WINDOW = 300
# One of Twilio carries none, and neither does its signature. So each address that we give it does: it is good for as
# long as a call may last.
LONGEST = 12 * 3600
STAMP = re.compile(r"[0-9]{1,12}")
STAMPED = re.compile(r"t=(\d{1,12}),\s*v1=([0-9a-f]{64})")


class Forged(Exception):
    """Somebody else wrote this, or changed it, or sends it again."""


def check_twilio(
    token: str, signature: str, *, url: str, form: Mapping[str, Iterable[str]], body: bytes
) -> None:
    """HMAC-SHA1 of the address and the sorted form; of a body that is no form, its SHA-256 stands in the address."""
    if said := parse_qs(urlsplit(url).query).get("bodySHA256"):
        _must_match(hashlib.sha256(body).hexdigest(), said[0])
        form = {}
    signed = url + "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    mark = hmac.new(token.encode(), signed.encode(), "sha1").digest()
    _must_match(base64.b64encode(mark).decode(), signature)


def check_jambonz(secret: str, signature: str, *, body: bytes, now: float | None = None) -> None:
    """HMAC-SHA256 of the time and the body."""
    found = STAMPED.search(signature)
    if found is None:
        raise Forged
    stamp, mark = found.groups()
    _must_match(hmac.new(secret.encode(), stamp.encode() + b"." + body, "sha256").hexdigest(), mark)
    if abs((time.time() if now is None else now) - int(stamp)) > WINDOW:
        raise Forged


def check_it_is_of_today(given: str) -> None:
    """`given`: when we gave this address, as it stands in it, and so is signed."""
    if not STAMP.fullmatch(given) or abs(time.time() - int(given)) > LONGEST:
        raise Forged


def _must_match(ours: str, theirs: str) -> None:
    if not hmac.compare_digest(ours.encode(), theirs.encode()):
        raise Forged
