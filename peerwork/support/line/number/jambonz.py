"""A reply as verbs of jambonz, which a network may host itself. Never `listen`, `transcribe` or a recording."""

from collections.abc import Callable
from typing import Any

from peerwork.support.line.number import flow
from peerwork.support.line.number.by_provider import BEAT, Reply

RINGS = 25


def written(
    reply: Reply, *, at: Callable[..., str], language: str, number: str, looks: int
) -> list[dict[str, Any]]:
    """`at(place)`: its address. `looks`: how often this call has held."""
    match reply.step:
        case flow.Press() as step:
            return [_gather(reply, at(reply.to), language, step)]
        case flow.Wait():
            action = at(reply.to, looks + 1)
            return [_gather(reply, action, language, flow.Press(reply.step.place, seconds=BEAT))]
        case flow.Bridge() if reply.dials:
            return [_dial(reply, at, number)]
        case flow.HangUp():
            return [*_say(reply, language), {"verb": "hangup"}]
    return []


def _gather(reply: Reply, action: str, language: str, step: flow.Press) -> dict[str, Any]:
    said = _say(reply, language)
    return {
        "verb": "gather",
        "actionHook": action,
        "input": ["digits"],
        "timeout": step.seconds,
        **({"numDigits": 1} if step.digits == 1 else {"finishOnKey": "#", "maxDigits": step.digits}),
        **({"say": {name: value for name, value in said[0].items() if name != "verb"}} if said else {}),
    }


def _say(reply: Reply, language: str) -> list[dict[str, Any]]:
    if not reply.says:
        return []
    voice = {"synthesizer": {"language": language}} if language else {}
    return [{"verb": "say", "text": " ".join(reply.says), **voice}]


def _dial(reply: Reply, at: Callable[..., str], number: str) -> dict[str, Any]:
    is_sip = reply.dials.startswith("sip")
    target = {"type": "sip", "sipUri": reply.dials} if is_sip else {"type": "phone", "number": reply.dials}
    return {
        "verb": "dial",
        "actionHook": at(reply.to),
        "confirmHook": at("for-you"),
        "answerOnBridge": True,
        "timeout": RINGS,
        "callerId": number,
        "target": [target],
    }
