"""A file between the look and the yes: kept in memory for half an hour, under a key only its bringer holds."""

import secrets
import time
from pathlib import Path

PATIENCE = 30 * 60
PREFIX = "brought-"


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
