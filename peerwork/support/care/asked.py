"""Asks for a debrief that are on their way: files in memory, until an hourly job puts them in the table.

Were an ask written at once, it would stand in the database's journal beside what the same person wrote on their
shelf a moment before. Here it is a file with a random name, the same time on each, and a code in it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

PREFIX = "ask-"
LOCK = "asking"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One at a time, of all threads and of both processes. The kernel lets go of it when we end."""
    with os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def keep(folder: Path, about: str) -> None:
    """One more. Only while alone(). Nothing is left where it cannot be written: a full memory folder."""
    path = _path(folder, uuid4())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(about)
        os.utime(path, (0, 0))
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def all_of_them(folder: Path) -> dict[UUID, str]:
    """What each was about, by its number. Only while alone()."""
    return {UUID(path.name.removeprefix(PREFIX)): path.read_text() for path in folder.glob(f"{PREFIX}*")}


def drop(folder: Path, number: UUID) -> None:
    """It is in the table, or had to make room."""
    _path(folder, number).unlink(missing_ok=True)


def _path(folder: Path, number: UUID) -> Path:
    return folder / f"{PREFIX}{number.hex}"
