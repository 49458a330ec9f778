"""A file between the look and the yes: kept in memory for half an hour, under a key only its bringer holds."""

import os
import secrets
import time
from collections.abc import MutableMapping
from contextlib import suppress
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


def claim(folder: Path, key: str) -> bool:
    """Said before doing what must happen once: however many hands press yes, one of them hears True."""
    try:
        _path(folder, key).unlink()
    except FileNotFoundError:
        return False
    return True


def forget(folder: Path, session: MutableMapping[str, Any]) -> None:
    """It has been taken in, or is no longer wanted."""
    drop(folder, session.pop(SESSION)["key"])


def keep(folder: Path, content: bytes) -> str:
    """Returns the key. Only the house itself may read the file. Files nobody came back for are dropped on the way."""
    clear(folder)
    key = secrets.token_urlsafe(24)
    fresh = os.open(_path(folder, key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fresh, "wb") as file:
        file.write(content)
    return key


def take(folder: Path, key: str) -> bytes | None:
    """What was kept under this key; None where it is gone, or has waited too long."""
    path = _path(folder, key)
    try:
        if _has_waited_too_long(path):
            path.unlink()
            return None
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def drop(folder: Path, key: str) -> None:
    claim(folder, key)


def clear(folder: Path) -> None:
    """Drop what nobody came back for. The night asks for this, so that no list outlives its half hour by long."""
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):
            if _has_waited_too_long(path):
                path.unlink()


def _path(folder: Path, key: str) -> Path:
    return folder / f"{PREFIX}{Path(key).name}"


def _has_waited_too_long(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > PATIENCE
