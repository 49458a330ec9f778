"""A PostgreSQL for one test: a cluster of its own in a short-lived folder, reached by a socket, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

NOBODY_SPECIAL = "postgres"


def programs():
    """The folder of the newest one that is installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_the_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_the_path).resolve().parent if on_the_path else None


@contextmanager
def a_postgres(**settings):
    """The folder with its socket and its data (`data/`), while it runs. PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="pw-pg-", dir="/tmp"))  # a socket's path is short, or it is none
    try:
        if os.getuid() == 0:
            shutil.chown(folder, NOBODY_SPECIAL)
        _do(folder, "initdb", "--auth=trust", "--username=postgres", "--no-sync", "-D", folder / "data")
        said = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"} | settings
        asked = " ".join(f"-c {name}='{value}'" for name, value in said.items())
        _do(folder, "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", asked, "start")
        try:
            yield folder
        finally:
            _do(folder, "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _do(folder, program, *how):
    """As its own user. What it starts keeps no hold on our pipes, or we would wait for it for ever."""
    command = [programs() / program, *how]
    as_whom = (
        {"user": NOBODY_SPECIAL, "group": NOBODY_SPECIAL, "extra_groups": []} if os.getuid() == 0 else {}
    )
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(command, stdout=told, stderr=told, cwd=folder, check=False, **as_whom)
        told.seek(0)
        assert done.returncode == 0, told.read().decode()
