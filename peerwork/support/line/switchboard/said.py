"""What a device says when it asks, read strictly: whatever is not as agreed is refused whole."""

import binascii
import json
import re
from base64 import b64decode, urlsafe_b64decode
from dataclasses import dataclass
from typing import Any

from peerwork.ground.postbox.redeeming import Token
from peerwork.people.vault.envelope import NotSealed, check_sealed
from peerwork.support.line.engine.words import Side, Way
from peerwork.support.line.switchboard import marks

LONGEST = 64 * 1024
LONGEST_SEALED = 32 * 1024
# Two thousand bytes of plain words, sealed and written as letters.
LONGEST_MESSAGE = 4000
MOST_MARKS = 200
BOX, SECRET = re.compile(r"[0-9a-f]{32}", re.ASCII), re.compile(r"[0-9a-f]{64}", re.ASCII)
KEY = re.compile(r"[\w-]{80,100}", re.ASCII)
ONCE = re.compile(r"[\w-]{1,64}", re.ASCII)
LETTERS = re.compile(r"[\w+/=-]*", re.ASCII)
_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PERSON = re.compile(f"person:{_ID}", re.ASCII)
# What somebody may say of themselves, or ask for. Nobody is asked for by name: it would tell who is on duty.
TRAIT = re.compile("woman|speaks:[a-z]{2,3}(?:-[a-z]{2,8})?", re.ASCII)
UNWANTED = re.compile(f"{TRAIT.pattern}|workplace:{_ID}", re.ASCII)
# The number of the telephone line has a door of its own.
WAYS = {Way.CHAT, Way.VOICE, Way.PHONE}


class NotGood(Exception):
    """Not as agreed. Nothing was done."""


@dataclass(frozen=True)
class Asking:
    box: str
    secret: str
    round: str
    token: Token
    key: str
    way: Way
    side: Side
    sealed: str


def body_of(content: bytes) -> dict[str, Any]:
    """Raises NotGood."""
    try:
        said = json.loads(content.decode()) if len(content) <= LONGEST else None
        json.dumps(
            said, ensure_ascii=False
        ).encode()  # half of a letter is nothing that can be kept, or signed
    except (ValueError, RecursionError) as error:
        raise NotGood from error
    if not isinstance(said, dict):
        raise NotGood
    return said


def asking(said: dict[str, Any]) -> Asking:
    """Raises NotGood."""
    shown = said.get("token")
    if not isinstance(shown, dict) or not isinstance(said.get("way"), str) or said["way"] not in WAYS:
        raise NotGood
    return Asking(
        matching(BOX, said.get("box")),
        matching(SECRET, said.get("secret")),
        matching(re.compile(r"line\.\d{4}-\d{2}", re.ASCII), shown.get("round")),
        Token(_bytes(shown.get("msg")), _bytes(shown.get("sig"))),
        key(said.get("key", "")),
        Way(said["way"]),
        side_of(said),
        sealed(said.get("sealed", "")),
    )


def key(said: Any) -> str:
    """A public key for one talk; none where nothing is written. Raises NotGood."""
    return matching(KEY, said) if said else ""


def sealed(said: Any) -> str:
    """A number or a word, sealed to whoever is on duty; or nothing. Raises NotGood where it is not sealed."""
    if said == "":
        return ""
    text = matching(LETTERS, said)
    if len(text) > LONGEST_SEALED:
        raise NotGood
    try:
        check_sealed(b64decode(text, validate=True))
    except (binascii.Error, ValueError, NotSealed) as error:
        raise NotGood from error
    return text


def message(said: Any) -> str:
    """One sealed piece of a talk. Raises NotGood."""
    text = matching(LETTERS, said)
    if not 0 < len(text) <= LONGEST_MESSAGE:
        raise NotGood
    return text


def matching(pattern: re.Pattern[str], said: Any) -> str:
    if not isinstance(said, str) or not pattern.fullmatch(said):
        raise NotGood
    return said


def side_of(said: dict[str, Any]) -> Side:
    """Raises NotGood."""
    carries, never, only = (_marks(said.get(name, [])) for name in ("carries", "never", "only"))
    return Side(
        carries=frozenset(matching(TRAIT, one) for one in carries),
        never=frozenset(_unwanted(one) for one in never),
        only=frozenset(matching(TRAIT, one) for one in only),
    )


def _marks(said: Any) -> list[Any]:
    if not isinstance(said, list) or len(said) > MOST_MARKS:
        raise NotGood
    return said


def _unwanted(one: Any) -> str:
    """A wish that cannot be read is never left out: it may be the one that matters."""
    try:
        return marks.opened(one) if marks.is_sealed(one) else matching(UNWANTED, one)
    except marks.NotOurs as error:
        raise NotGood from error


def _bytes(said: Any) -> bytes:
    text = matching(LETTERS, said)
    try:
        return urlsafe_b64decode(text[:1000] + "=" * (-len(text[:1000]) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotGood from error
