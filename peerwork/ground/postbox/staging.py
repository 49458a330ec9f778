"""Where slips wait for the flush: one file a round, in the memory folder (sheaf.py).

Where a slip stands depends on the marks alone: there is no order, no name and no time in it. The kernel notes when
a file was last changed, so the night touches every file each hour, whether or not anything came.
"""

import fcntl
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from django.conf import settings

from peerwork.ground.postbox import sheaf

LONGEST = sheaf.MOST_BYTES
ROUND = re.compile(r"[\w-][\w.-]{0,59}", re.ASCII)
_mine = threading.local()


class Kept(Enum):
    NEW = "new"
    SAME = "same"


class Spent(Exception):
    """Something else waits under this mark already."""


class Full(OSError):
    """There is no room in the memory folder. Nothing was kept, and nothing that was kept is harmed."""


@contextmanager
def alone() -> Iterator[None]:
    """One at a time, of all threads and of all processes. The kernel lets go of it when we end.

    Whoever is alone already stays so: this may be said again inside.
    """
    if getattr(_mine, "alone", False):
        yield
        return
    folder = os.open(_folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        _mine.alone = True
        yield
    finally:
        _mine.alone = False
        os.close(folder)


def keep(round_id: str, mark: str, content: bytes) -> Kept:
    """One slip more, under its mark. Raises Spent, Full; ValueError for more than LONGEST bytes."""
    if len(content) > LONGEST:
        raise ValueError("This is too long for one slip.")
    path = _path(round_id)
    with alone():
        try:
            return _keep(path, mark, content)
        except (FileNotFoundError, sheaf.Torn):
            _mend(path)
            return _keep(path, mark, content)
        except OSError as error:
            raise Full from error


def all_of(round_id: str) -> dict[str, bytes]:
    """Everything that waits, by its mark."""
    with alone():
        return _whole(_path(round_id))


def has(round_id: str, mark: str) -> bool:
    return mark in all_of(round_id)


def how_many(round_id: str) -> int:
    with alone(), suppress(FileNotFoundError, sheaf.Torn), sheaf.opened(_path(round_id)) as found:
        return found.count
    return 0


def empty(round_id: str) -> None:
    """All of it has been written where it belongs. The file stays, so that it does not tell when the next one came."""
    with alone():
        sheaf.make(_path(round_id), {})


def drop(round_id: str) -> None:
    """The round is over."""
    with alone():
        for path in (_path(round_id), _path(round_id).with_name(f"{round_id}.partly")):
            path.unlink(missing_ok=True)


def touch_all() -> None:
    """The same hour on every file, so that none tells when something came last."""
    with alone():
        for path in (*_folder().iterdir(), _folder()):
            os.utime(path, (0, 0))


def _keep(path: Path, mark: str, content: bytes) -> Kept:
    with sheaf.opened(path) as waiting:
        found = waiting.find(mark)
        if found is not None and found != content:
            raise Spent
        if found is not None:
            return Kept.SAME
        if waiting.has_room():
            waiting.add(mark, content)
            os.utime(waiting.file, (0, 0))
            return Kept.NEW
    sheaf.make(path, _whole(path) | {mark: content})
    return Kept.NEW


def _mend(path: Path) -> None:
    """A file with all that was whole, and nothing else. Raises Full."""
    try:
        sheaf.make(path, _whole(path))
    except OSError as error:
        raise Full from error


def _whole(path: Path) -> dict[str, bytes]:
    try:
        return dict(sheaf.whole_slips(path))
    except FileNotFoundError:
        return {}


def _path(round_id: str) -> Path:
    if not ROUND.fullmatch(round_id):
        raise ValueError("This is no name of a round.")
    return _folder() / round_id


def _folder() -> Path:
    folder: Path = settings.OPTIONS.memory / "post"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
