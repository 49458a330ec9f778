"""A call as text and back, so that what the engine made stands in the store as it was."""

import json
from dataclasses import asdict, fields
from typing import Any

from peerwork.support.line.engine.words import Call, End, Offer, Side, State, Way, Why

SETS = frozenset({"tried", "passed"})
WORDS = {"way": Way, "state": State, "why": Why, "end": End}


def written(call: Call) -> str:
    return json.dumps(asdict(call), default=sorted, separators=(",", ":"))


def read(text: str) -> Call:
    """Also what stood there before the house was renewed, which may have said less, or more."""
    said = json.loads(text)
    return Call(**{one.name: _value(one.name, said[one.name]) for one in fields(Call) if one.name in said})


def side(said: dict[str, list[str]]) -> Side:
    return Side(**{name: frozenset(marks) for name, marks in said.items()})


def _value(name: str, said: Any) -> Any:
    if said is None:
        return None
    if name == "side":
        return side(said)
    if name == "offer":
        return Offer(**said)
    return frozenset(said) if name in SETS else WORDS.get(name, lambda same: same)(said)
