"""What a host chose for the number: one file, `number.toml` in the data folder, for its owner's eyes alone.

There is none: the line has no number, and every address of a provider is a wall. Another place: PEERWORK_NUMBER.
"""

import os
import stat
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings


class NumberUnclear(Exception):
    """The file cannot be used as it is. The sentence says why."""

    is_told_plainly = True


@dataclass(frozen=True)
class Trunk:
    """A line of any SIP provider. `listen`: where we are rung. Not `registers`: the provider knows where that is."""

    domain: str
    user: str
    password: str = ""
    transport: str = "udp"
    registrar: str = ""
    listen: str = ""
    registers: bool = True
    srtp: bool = False
    # Who may vouch for the trunk's certificate, where the transport is tls.
    authorities: str = "/etc/ssl/certs/ca-certificates.crt"
    most: int = 20


@dataclass(frozen=True)
class Chosen:
    """`number`: what people ring, and what they see when the line rings back. `language`: of the spoken words."""

    number: str = ""
    trunk: Trunk | None = None
    twilio_token: str = ""
    jambonz_secret: str = ""
    recordings: Path | None = None
    language: str = ""


def read() -> Chosen:
    """Raises NumberUnclear with a sentence for the host."""
    path = Path(os.environ.get("PEERWORK_NUMBER") or settings.OPTIONS.data / "number.toml")
    if not path.exists():
        return Chosen()
    _check_it_is_ours_alone(path)
    try:
        said = tomllib.loads(path.read_text())
        return Chosen(
            number=str(said.get("number", "")),
            trunk=_trunk(said["trunk"]) if "trunk" in said else None,
            twilio_token=str(said.get("twilio", {}).get("token", "")),
            jambonz_secret=str(said.get("jambonz", {}).get("secret", "")),
            language=str(said.get("language", "")),
            recordings=Path(said["recordings"]) if "recordings" in said else None,
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise NumberUnclear(f"{path.name} cannot be read: {error}") from error


def has_one() -> bool:
    """Whether a telephone can be rung from here. What cannot be used is none: its host is told where it is started."""
    found = _usable()
    return bool(found.trunk or found.twilio_token or found.jambonz_secret)


def can_dial() -> bool:
    """Only our own gateway rings somebody back: no provider is told a number that did not come through it."""
    return _usable().trunk is not None


def _usable() -> Chosen:
    try:
        return read()
    except NumberUnclear:
        return Chosen()


def _check_it_is_ours_alone(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise NumberUnclear(f"{path.name} holds passwords and others can read it. Type: chmod 600 {path}")


def _trunk(said: dict[str, Any]) -> Trunk:
    if unknown := sorted(set(said) - {field.name for field in fields(Trunk)}):
        raise NumberUnclear(f"The trunk sets {', '.join(unknown)}, which nothing reads.")
    try:
        return Trunk(**said)
    except TypeError as error:
        raise NumberUnclear("The trunk needs at least a domain and a user.") from error
