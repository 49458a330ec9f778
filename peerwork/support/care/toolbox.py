"""The tools this network brought in: files in the data folder, kept word for word. Many may only be used unchanged.

Who brings one: whoever runs the server, with the command. They fear to break a licence without knowing it, or to
offer questions with a slip in them that nobody notices for a year. So a file is checked to its last word before it
gets here, and is read from here as it was written.
"""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from peerwork.ground.packs.written import BadPack
from peerwork.support.care import instrument_files
from peerwork.support.care.instruments import Instrument


def folder() -> Path:
    """Beside the database."""
    return Path(settings.OPTIONS.data) / "packs"


def kept() -> list[Instrument]:
    """Every tool in every version, by name, the newest version first."""
    tools = map(_read_if_there, sorted(folder().glob("*.yaml")))
    return sorted(filter(None, tools), key=lambda tool: (tool.name.casefold(), tool.id, -tool.version))


def offered() -> list[Instrument]:
    """The newest version of each tool."""
    newest: dict[str, Instrument] = {}
    for tool in kept():
        newest.setdefault(tool.id, tool)
    return list(newest.values())


def _read_if_there(path: Path) -> Instrument | None:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:  # removed in this very moment
        return None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Instrument | None:
    """A file that somebody broke by hand leaves the page whole. Whoever runs the server is told."""
    try:
        return instrument_files.read(path)
    except (BadPack, instrument_files.NotTaken) as broken:
        logging.getLogger(__name__).error("A tool is not offered. %s", broken)  # noqa: TRY400
        return None
