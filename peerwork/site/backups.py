"""A backup is sealed before it touches the disk, to keys this server does not have.

The database is copied in memory (SQLite's own backup, so a running server does not matter), sealed with
age to the board's public keys, and written whole or not at all.
"""

import os
import re
import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pyrage

from peerwork.site import journal, options
from peerwork.site.alone import alone
from peerwork.site.cli import Refused

# The file of a session in the memory folder (people/door/sessions.py), whatever the cookie is called.
A_SESSION = re.compile(r"(?:__Host-)?s[a-z0-9]{32}(?:_out_\w+)?")


OF_A_NIGHT = re.compile(r"\d{4}-\d\d-\d\d\.age")
KEPT = timedelta(days=35)


def make_key(path: Path) -> str:
    """A new age key for a board member, in a file of mode 0600. Returns its public half."""
    identity = pyrage.x25519.Identity.generate()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    except FileExistsError as error:
        raise Refused(f"{path} is there already. Nothing was written.") from error
    return str(identity.to_public())


def write(path: Path) -> int:
    """Write a sealed backup. Returns its size in bytes. Raises Refused without keys, or over an old file."""
    recipients = _recipients()
    if path.exists():
        raise Refused(f"{path} is there already. Choose another name.")
    database = options.read().database
    sealed = pyrage.encrypt(_copy_of(database), recipients)
    options.write_whole(path, sealed)
    journal.empty(database)
    return len(sealed)


def every_night(folder: Path, today: date) -> None:
    """A sealed backup of this day, once, and none older than 35 days. Raises Refused where none can be made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{today}.age"
    if not path.exists():
        write(path)
    for old in folder.glob("*.age"):
        if OF_A_NIGHT.fullmatch(old.name) and date.fromisoformat(old.stem) < today - KEPT:
            old.unlink(missing_ok=True)


def restore(path: Path, *, key: Path, replace: bool = False) -> Path | None:
    """Put a backup in place. Returns where the old database went, if there was one.

    Checked before anything is touched: the key opens it, SQLite finds it whole, and nobody works in the
    folder. Whoever was signed in signs in anew: their sessions go, and the secret that signed them.
    """
    plain = _opened(path, key)
    chosen = options.read()
    options.prepare_folder(chosen.data)
    _check(plain)
    with alone(chosen.data):
        old = _in_place(plain, chosen.database, replace=replace)
        (chosen.data / "secret").unlink(missing_ok=True)
        _end_sessions(chosen.memory)
    return old


def _in_place(plain: bytes, database: Path, *, replace: bool) -> Path | None:
    if database.exists() and not replace:
        raise Refused("There is a database here already. To put it aside: peerwork restore --replace …")
    fresh = database.with_name("restored")
    options.write_whole(fresh, plain)
    try:
        old = _put_aside(database) if database.exists() else None
        fresh.rename(database)
    finally:
        fresh.unlink(missing_ok=True)
    return old


def _end_sessions(memory: Path) -> None:
    for path in memory.glob("*"):
        if A_SESSION.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _recipients() -> list[pyrage.x25519.Recipient]:
    keys = options.read().backup_keys
    if not keys:
        raise Refused("No keys to seal to. Make one with: peerwork backup --make-key FILE")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise Refused("PEERWORK_BACKUP_KEYS holds something that is no age public key.") from error


def _copy_of(database: Path) -> bytes:
    if not database.exists():
        raise Refused(f"There is no database in {database.parent}.")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as live, sqlite3.connect(":memory:") as copy:
        live.backup(copy)
        content = bytearray(copy.serialize())
    live.close()
    copy.close()
    # The copy is whole in itself, with no journal beside it (SQLite file format 1.3.3: 1 is "no WAL").
    content[18:20] = b"\x01\x01"
    return bytes(content)


def _opened(path: Path, key: Path) -> bytes:
    try:
        lines = [line.strip() for line in key.read_text().splitlines()]
        identity = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
        return pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
    except FileNotFoundError as error:
        raise Refused(f"There is no file {error.filename}.") from error
    except (StopIteration, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise Refused(f"{key} holds no age key.") from error
    except pyrage.DecryptError as error:
        raise Refused(
            "This key does not open this backup, or the backup is damaged. Nothing was changed."
        ) from error


def _check(plain: bytes) -> None:
    copy = sqlite3.connect(":memory:")
    try:
        copy.deserialize(plain)
        whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError:
        whole, tables = False, set[str]()
    finally:
        copy.close()
    if not whole or "people_network" not in tables:
        raise Refused("The backup opened, but what is in it is not whole. Nothing was changed.")


def _put_aside(database: Path) -> Path:
    """The old database with its journal written into it, under a name that is not taken.

    One too broken for that keeps its journal beside it: what is put in its place must not find that.
    """
    with suppress(journal.Broken):
        journal.close(database)
    number = 1
    while (aside := database.with_name(f"peerwork.before-{number}.db")).exists():
        number += 1
    for beside in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            database.with_name(database.name + beside).rename(aside.with_name(aside.name + beside))
    return aside
