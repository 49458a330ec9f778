"""Packs: found, checked, and handed out so that nobody can change them by accident.

A pack is one YAML file, `<id>.v<version>.yaml`, in the `packs` folder of the room that owns it. Its `meta`
says what it is; `meta.texts` names the keys under which everything is meant to be read by people, and so
to be translated. Codes are for ever: a new version may add some and retire some, and reuses none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from peerwork.ground.packs import together, written
from peerwork.ground.packs.written import BadPack

__all__ = ["BadPack", "Pack", "Text", "check_all", "ids", "load", "texts"]

type Pack = Mapping[str, Any]

HOUSE = Path(__file__).resolve().parents[2]
NAME = re.compile(r"(?P<id>[a-z0-9_]+)\.v(?P<version>[1-9][0-9]*)\.yaml")
META = {
    "id": str,
    "version": int,
    "language": str,
    "status": str,
    "licence": str,
    "texts": tuple,
    "changed": tuple,
}


@dataclass(frozen=True)
class Text:
    """Words that a person will read, and the place they stand at, like `types.listen.plain`."""

    place: str
    words: str


def ids() -> tuple[str, ...]:
    """The id of every pack in the house, in order."""
    return tuple(sorted({_name(path)["id"] for path in _shelf()}))


def load(which: str | Path, *, version: int | None = None) -> Pack:
    """A pack of the house by its id (the newest version, or the one asked for), or any file by its path.

    What comes back cannot be changed: mappings are read-only and lists are tuples. A pack of the house is
    read once; a file given by its path is read every time. Raises BadPack.
    """
    return _read(which) if isinstance(which, Path) else _from_the_shelf(which, version)


def texts(pack: Pack) -> Iterator[Text]:
    """Everything in a pack that people read. Places are made of codes, so they outlive a change of order."""
    keys = set(pack["meta"]["texts"])
    for key, value in pack.items():
        if key != "meta":
            yield from _texts(value, keys, (key,), readable=key in keys)


def check_all() -> None:
    """Read every pack of the house and check that they agree with each other. Raises BadPack."""
    together.check({pack_id: load(pack_id) for pack_id in ids()})


@cache
def _from_the_shelf(pack_id: str, version: int | None) -> Pack:
    versions = {int(_name(path)["version"]): path for path in _shelf() if _name(path)["id"] == pack_id}
    wanted = version or max(versions, default=1)
    if wanted not in versions:
        raise BadPack(f"{pack_id}.v{wanted}.yaml: there is no such pack in the house.")
    return _read(versions[wanted])


@cache
def _shelf() -> tuple[Path, ...]:
    return tuple(sorted(HOUSE.glob("*/*/packs/*.yaml")))


def _name(path: Path) -> re.Match[str]:
    if found := NAME.fullmatch(path.name):
        return found
    raise BadPack(f"{path.name}: a pack has a name like “themes.v1.yaml”.")


def _read(path: Path) -> Pack:
    name = _name(path)
    pack: Pack = _frozen(written.read(path))
    for why in chain(_wrong_in_meta(pack, name["id"], int(name["version"])), _wrong_in_texts(pack)):
        raise BadPack(f"{path.name}, {why}")
    return pack


def _wrong_in_meta(pack: Pack, pack_id: str, version: int) -> Iterator[str]:
    meta = pack.get("meta")
    if not isinstance(meta, Mapping):
        yield "meta: it is missing."
        return
    for key, kind in META.items():
        if not isinstance(meta.get(key), kind) or not meta[key] or not _all_words(meta[key]):
            yield f"meta.{key}: it is missing, or not what it should be."
    if meta.get("id") != pack_id:
        yield f"meta.id: it says “{meta.get('id')}”, and the file's name says “{pack_id}”."
    if meta.get("version") != version:
        yield f"meta.version: it says {meta.get('version')}, and the file's name says {version}."


def _all_words(value: Any) -> bool:
    return not isinstance(value, tuple) or all(isinstance(word, str) for word in value)


def _wrong_in_texts(pack: Pack) -> Iterator[str]:
    for text in texts(pack):
        if not isinstance(text.words, str) or not text.words.strip():
            yield f"{text.place}: there should be words here. Perhaps they need quotation marks."


def _texts(value: Any, keys: set[str], place: tuple[str, ...], *, readable: bool) -> Iterator[Text]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, keys, (*place, key), readable=readable or key in keys)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, keys, (*place, _label(inner, number)), readable=readable)
    elif readable and value is not None:
        yield Text(".".join(place), value)


def _label(value: Any, number: int) -> str:
    named = value if isinstance(value, Mapping) else {}
    return str(named.get("code", named.get("id", named.get("n", number))))


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
