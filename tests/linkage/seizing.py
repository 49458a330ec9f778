"""What a seizure holds, read by somebody who knows the code: of each slip and of each person, all that has an order.

A trace is (kind, number): "time" on the house's clock, "birth" for the number a folder gives to whatever is made in
it, "place" for the rest. A slip has one of each name, a person may have many. The words of a slip are its name here
and say nothing by themselves.
"""

import re
import sqlite3
import subprocess
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from peerwork.ground.postbox import sheaf
from peerwork.people.door.sessions import SessionStore

PLANTED = re.compile(r"zz[0-9a-f]{30}")
PAGE = 4096


@dataclass
class Seized:
    at: float
    staged: dict = field(default_factory=dict)  # slip -> {name: trace}
    written: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)  # person -> {name: [trace, …]}
    known: dict = field(default_factory=dict)  # slip -> what stands beside it, letter for letter
    beside: dict = field(default_factory=dict)  # person -> the same
    shelves: dict = field(default_factory=dict)  # person -> what their pages were


def seize(clock, everybody):
    """Everything there is at this moment. `everybody` is in the database, so it is no secret who that is."""
    taken = Seized(clock.at, people={person: {} for person in everybody})
    database = Path(str(connection.settings_dict["NAME"]))
    read_memory(taken, Path(settings.OPTIONS.memory), clock)
    read_rows(taken, database)
    read_bytes(taken, database)
    return taken


def read_memory(taken, memory, clock):
    paths = [path for path in memory.rglob("*") if path.is_file()]
    for turn, (path, born) in enumerate(zip(paths, born_when(paths), strict=True)):
        status = path.stat()
        told = {
            "changed": ("time", clock.told_by(status.st_ctime_ns)), "written": ("time", status.st_mtime),
            "born": ("birth", status.st_ino), "made": ("time", clock.told_by(born)), "listed": ("place", turn),
        }  # fmt: skip
        if path.parent.name == "post":
            read_staged(taken, path, told)
        elif path.name.startswith(settings.SESSION_COOKIE_NAME):
            read_session(taken, path, told)


def born_when(paths):
    """When each file was made, in ns: Python does not ask the kernel for it, `stat` does."""
    if not paths:
        return []
    said = subprocess.run(
        ["stat", "-c", "%.9W", *map(str, paths)], capture_output=True, text=True, check=True
    )
    return [int(line.replace(".", "")) for line in said.stdout.split()]


def read_staged(taken, path, told):
    raw = path.read_bytes()
    is_sheaf = raw.startswith(sheaf.NAME)
    slips = dict(sheaf.whole_slips(path)) if is_sheaf else {path.name: raw}
    told = told if is_sheaf else {f"own {name}": trace for name, trace in told.items()}
    for mark, content in slips.items():
        with suppress(ValueError):
            (text,) = PLANTED.findall(content.decode())
            place = {"place in it": ("place", raw.index(content)), "mark": ("place", int(mark[:12], 16))}
            taken.staged.setdefault(text, {}).update(told | (place if is_sheaf else {}))
            taken.known.setdefault(text, set()).add(mark)


def read_session(taken, path, told):
    said = SessionStore().decode(path.read_text("latin-1"))
    person = said.get("person", "").replace("-", "")
    if person not in taken.people:
        return
    if "half_asked" in said:
        told |= {"asked": ("time", said["half_asked"] * 60.0)}
    for name, trace in told.items():
        taken.people[person].setdefault(f"session {name}", []).append(trace)


def read_rows(taken, database):
    """Every table, in the order the database gives it in; what stands in one row belongs together."""
    with closing(sqlite3.connect(database)) as disk:
        for table, made_by in disk.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            numbered = "WITHOUT ROWID" not in made_by.upper()
            asked = disk.execute(f'SELECT {"rowid" if numbered else "0"}, * FROM "{table}"')
            for turn, (number, *row) in enumerate(asked.fetchall()):
                read_row(taken, table, row, number if numbered else turn)


def read_row(taken, table, row, turn):
    words = [value for value in row if isinstance(value, str)]
    numbers = [value for value in row if isinstance(value, float)]
    people = [taken.people[value] for value in words if value in taken.people]
    names = [value for value in words if value in taken.people]
    slips = [] if people else [text for value in words for text in PLANTED.findall(value)]
    told = {f"{table} row": ("place", turn)}
    told |= {f"{table} time {place}": ("time", number) for place, number in enumerate(numbers)}
    for person in people:
        for name, trace in told.items():
            person.setdefault(name, []).append(trace)
    for name in names:
        taken.beside.setdefault(name, set()).update(
            set(words) - {name} | {r for r in row if isinstance(r, bytes)}
        )
        if table == "people_shelfpage":
            taken.shelves.setdefault(name, set()).update(
                hash(value) for value in row if isinstance(value, bytes)
            )
    if table == "ground_slip" or table.startswith("linked_"):
        for slip in slips:
            taken.written.setdefault(slip, {}).update(told)
            taken.known.setdefault(slip, set()).update(set(words) - {slip})


def read_bytes(taken, database):
    """Where each slip and each person stands in the raw file and in the journal: first and last."""
    journal = database.with_name(f"{database.name}-wal")
    for what, path in (("file", database), ("journal", journal)):
        raw = path.read_bytes() if path.exists() else b""
        for slip, told in taken.written.items():
            told.update({name: place for name, (place, *_none) in places(raw, what, slip).items()})
        for person, told in taken.people.items():
            told.update(places(raw, what, person))


def places(raw, what, needle):
    first, last = raw.find(needle.encode()), raw.rfind(needle.encode())
    if first < 0:
        return {}
    named = {"first": first, "last": last, "down its page": first % PAGE}
    return {f"{what} {name}": [("place", place)] for name, place in named.items()}
