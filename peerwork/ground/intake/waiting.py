"""A file between the look and the yes: kept in memory for half an hour, under a key only its bringer holds."""

import secrets
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 30 * 60
PREFIX = "brought-"
SESSION = "brought"


class Brought(NamedTuple):
    """What somebody brought and has not said yes to. `said` is what they said along with it."""

    name: str
    content: bytes
    said: dict[str, Any]


def leave(folder: Path, session: MutableMapping[str, Any], brought: Brought, *, at: str) -> str:
    """Returns the key. `at` names the page it was left at: no other page takes it."""
    key = keep(folder, brought.content)
    session[SESSION] = {"key": key, "at": at, "name": brought.name, "said": brought.said}
    return key


def come_back(folder: Path, session: MutableMapping[str, Any], key: str, *, at: str) -> Brought | None:
    """What this session left at this page under this key; None where there is none, or it is gone."""
    left = session.get(SESSION, {})
    if (left.get("key"), left.get("at")) != (key, at):
        return None
    content = take(folder, key)
    return Brought(left["name"], content, left["said"]) if content is not None else None


def forget(folder: Path, session: MutableMapping[str, Any]) -> None:
    """It has been taken in, or is no longer wanted."""
    drop(folder, session.pop(SESSION)["key"])


def keep(folder: Path, content: bytes) -> str:
    """Returns the key. Files nobody came back for are dropped on the way."""
    for old in folder.glob(f"{PREFIX}*"):
        if time.time() - old.stat().st_mtime > PATIENCE:
            old.unlink(missing_ok=True)
    key = secrets.token_urlsafe(24)
    (folder / f"{PREFIX}{key}").write_bytes(content)
    return key


def take(folder: Path, key: str) -> bytes | None:
    """What was kept under this key; None where it is gone."""
    path = folder / f"{PREFIX}{Path(key).name}"
    return path.read_bytes() if path.is_file() else None


def drop(folder: Path, key: str) -> None:
    (folder / f"{PREFIX}{Path(key).name}").unlink(missing_ok=True)
