"""A tool as somebody wrote it down: one YAML file, checked to its last word. Every problem is said with its place.

What such a file looks like stands in docs/hosting/instruments.md. YAML that quietly means something else is refused
where all packs are (ground/packs/written.py). The house's own `packs.load` does not fit: it asks for what only we
say of our content (status, texts, changed), and for our way to name a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from peerwork.ground.packs import written
from peerwork.support.care import instrument_registry as registry
from peerwork.support.care import instrument_shape as shape
from peerwork.support.care.instrument_shape import Said, answer_sets
from peerwork.support.care.instruments import Answer, Instrument, Part, Question


class NotTaken(Exception):
    """A file that cannot be taken in. `problems` says each reason, with its place."""

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.problems = [f"{file}, {problem}" for problem in problems]
        super().__init__("\n".join(self.problems))


def read(path: Path) -> Instrument:
    """The tool in a file. Raises NotTaken, and BadPack where the file is no good YAML."""
    said = written.read(path)
    # Each may trust what the one before found in order. Whether it may come in at all is said first.
    for look in (_refused, shape.wrong, _sense, _facts):
        if problems := list(look(said)):
            raise NotTaken(path.name, problems)
    return _made(said)


def _refused(said: Said) -> Iterator[str]:
    meta = said.get("meta")
    if isinstance(meta, dict):
        yield from registry.why_not(str(meta.get("id", "")), str(meta.get("name", "")))


def _sense(said: Said) -> Iterator[str]:
    sets, asked = answer_sets(said["answers"]), {item["code"]: item for item in said["items"]}
    for name, answers in sets.items():
        values = [answer["value"] for answer in answers]
        yield from (
            f"answers: the value {v} is there twice." for v in sorted(set(values)) if values.count(v) > 1
        )
        if name and not any(item.get("answers") == name for item in said["items"]):
            yield f"answers.{name}: no question has these answers."
    for code, item in asked.items():
        if item.get("answers", "") not in sets:
            yield f"items.{code}.answers: name one of the sets of answers: {', '.join(sets) or 'there is one'}."
    if "" in sets or all(item.get("answers", "") in sets for item in asked.values()):
        yield from _sense_of_parts(said, asked)


def _sense_of_parts(said: Said, asked: Mapping[str, Said]) -> Iterator[str]:
    counted = {code for part in said["subscales"] for code in part["items"]}
    for part in said["subscales"]:
        yield from (
            f"subscales.{part['code']}.{why}"
            for why in _sense_of_part(part, asked, answer_sets(said["answers"]))
        )
    yield from (
        f"items.{code}: it is in no part, so it would count for nothing."
        for code in asked
        if code not in counted
    )


def _sense_of_part(part: Said, asked: Mapping[str, Said], sets: Mapping[str, Any]) -> Iterator[str]:
    codes = part["items"]
    yield from (f"items: there is no question “{code}”." for code in codes if code not in asked)
    yield from (f"items: “{code}” is there twice." for code in sorted(set(codes)) if codes.count(code) > 1)
    values = {
        frozenset(answer["value"] for answer in sets.get(asked[code].get("answers", ""), ()))
        for code in codes
        if code in asked
    }
    if len(values) > 1:
        yield "items: their answers count differently, so they make no number together."
    if part["score"] == "value" and len(codes) != 1:
        yield "score: value is for one question. Here are more."
    if (part["score"] == "sum_times") != ("times" in part):
        yield "times: it goes with sum_times, and sum_times with it."


def _facts(said: Said) -> Iterator[str]:
    brought = _made(said)
    if tool := registry.known(brought.id, brought.name):
        yield from registry.wrong(tool, brought)


def _made(said: Said) -> Instrument:
    meta = said["meta"]
    sets = {
        name: tuple(Answer(answer["value"], answer["text"]) for answer in answers)
        for name, answers in answer_sets(said["answers"]).items()
    }
    return Instrument(
        id=meta["id"],
        version=meta["version"],
        name=meta["name"],
        language=meta["language"],
        window=said.get("window", ""),
        questions=tuple(
            Question(item["code"], item["text"], sets[item.get("answers", "")], item.get("reverse", False))
            for item in said["items"]
        ),
        parts=tuple(
            Part(part["code"], part["name"], tuple(part["items"]), part["score"], part.get("times", 1))
            for part in said["subscales"]
        ),
        notes=tuple(said.get("notes", ())),
        owner=meta["owner"],
        source=meta["source"],
        licence=meta["licence"],
        licence_text=meta["licence_text"],
        permission=meta.get("permission", ""),
    )
