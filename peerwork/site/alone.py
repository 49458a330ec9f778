"""One at a time: whoever serves a data folder, or puts another database in it, has it to themselves."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peerwork.site.cli import Refused


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Raises Refused while another process has this folder. The kernel lets go of it when we end."""
    with (folder / "serving").open("w") as file:
        os.set_inheritable(file.fileno(), False)  # noqa: FBT003
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"Another peerwork already serves {folder}. Stop it first.") from error
        yield
