"""One pack as it was written: read, and refused where YAML would quietly mean something else."""

import re
from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 200_000
DEEPEST = 20

# How a value that is not a word may be written. YAML 1.1 reads more than that, and surprises people:
# `off` as false, `5_15` as 515, `21:00` as 1260, `010` as 8.
PLAIN = {
    "str": re.compile(r".*", re.DOTALL),
    "int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "float": re.compile(r"-?[0-9]+\.[0-9]+"),
    "bool": re.compile(r"true|false"),
    "null": re.compile(r"null"),
}

IN_WORDS = {
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
}

# The C reader does the same eight times faster; not every machine has it. Both make plain values only.
Reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadPack(Exception):
    """A pack that cannot be used. The message says in which file, at which place, and why."""


def read(path: Path) -> dict[str, Any]:
    """What the file says, in plain values. Raises BadPack."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadPack(f"{path.name}: a pack has at most {MOST_BYTES // 1000} kB.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPack(f"{path.name}: there is no text to read here.") from error
    return _parse(text, path.name)


def _parse(text: str, file: str) -> dict[str, Any]:
    reader = None
    try:
        if _depth(text) > DEEPEST:
            raise BadPack(f"{file}: a pack is at most {DEEPEST} parts deep.")
        reader = Reader(text)
        node = reader.get_single_node()
        _Look(file).at(node)
        return dict(reader.construct_document(node))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}, line {mark.line + 1}" if mark else file
        raise BadPack(f"{where}: this is not good YAML.") from error
    finally:
        if reader:
            reader.dispose()


def _depth(text: str) -> int:
    """How deep the parts lie in each other. Stops looking when it is too deep: the reader would fall over."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=Reader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


class _Look:
    """A walk through the file while the line of everything is still known."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.seen: set[int] = set()
        self.first: dict[tuple[str, str], int] = {}

    def at(self, node: yaml.Node | None) -> None:
        if not isinstance(node, yaml.MappingNode):
            raise BadPack(f"{self.file}, line 1: a pack starts with keys, and “meta” is one of them.")
        self._any(node)

    def _any(self, node: yaml.Node) -> None:
        if id(node) in self.seen:
            raise self._bad(node, "a part may not point to another part (& and *).")
        self.seen.add(id(node))
        match node:
            case yaml.MappingNode() if _kind(node) == "map":
                self._mapping(node)
            case yaml.SequenceNode() if _kind(node) == "seq":
                for value in node.value:
                    self._any(value)
            case yaml.ScalarNode():
                self._value(node)
            case _:
                raise self._bad(node, f"this part is read as {_in_words(node)}.")

    def _mapping(self, node: yaml.MappingNode) -> None:
        keys: set[str] = set()
        for key, value in node.value:
            if _kind(key) != "str":
                raise self._bad(
                    key, f"the key “{key.value}” is read as {_in_words(key)}. Use quotation marks."
                )
            if key.value in keys:
                raise self._bad(key, f"the key “{key.value}” is there twice.")
            keys.add(key.value)
            self._any(value)
            if key.value in {"code", "id"}:
                self._name(key.value, value)

    def _name(self, kind: str, node: yaml.Node) -> None:
        line, name = node.start_mark.line + 1, (kind, str(node.value))
        if _kind(node) != "str" or not node.value:
            raise self._bad(node, f"a {kind} is a word.")
        if name in self.first:
            raise self._bad(node, f"the {kind} “{node.value}” is already used in line {self.first[name]}.")
        self.first[name] = line

    def _value(self, node: yaml.Node) -> None:
        written_as = PLAIN.get(_kind(node))
        if not written_as or not written_as.fullmatch(node.value):
            raise self._bad(node, f"“{node.value}” is read as {_in_words(node)}. Use quotation marks.")

    def _bad(self, node: yaml.Node, why: str) -> BadPack:
        return BadPack(f"{self.file}, line {node.start_mark.line + 1}: {why}")


def _in_words(node: yaml.Node) -> str:
    return IN_WORDS.get(_kind(node), "something else")


def _kind(node: yaml.Node) -> str:
    return str(node.tag).rpartition(":")[2]
