"""A reply as TwiML. Never <Record>, and no recording of a talk: what a provider keeps is out of our hands."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement, tostring

from peerwork.support.line.number import flow
from peerwork.support.line.number.by_provider import BEAT, Reply

RINGS = 25


def written(reply: Reply, *, at: Callable[..., str], language: str, number: str, looks: int) -> bytes:
    """`at(place)`: its address. `looks`: how often this call has held."""
    response = Element("Response")
    match reply.step:
        case flow.Press() as step:
            _gather(response, reply, at(reply.to), language, step)
        case flow.Wait():
            _gather(
                response, reply, at(reply.to, looks + 1), language, flow.Press(reply.step.place, seconds=BEAT)
            )
        case flow.Bridge() if reply.dials:
            _dial(response, reply, at, number)
        case flow.HangUp():
            _say(response, reply, language)
            SubElement(response, "Hangup")
    return b'<?xml version="1.0" encoding="UTF-8"?>' + tostring(response)


def _gather(parent: Element, reply: Reply, action: str, language: str, step: flow.Press) -> None:
    """Pressed or not, the next request tells."""
    gather = SubElement(
        parent,
        "Gather",
        action=action,
        method="POST",
        input="dtmf",
        timeout=str(step.seconds),
        actionOnEmptyResult="true",
    )
    gather.set(*(("numDigits", "1") if step.digits == 1 else ("finishOnKey", "#")))
    _say(gather, reply, language)


def _say(parent: Element, reply: Reply, language: str) -> None:
    for text in reply.says:
        said = SubElement(parent, "Say")
        said.text = text
        if language:
            said.set("language", language)


def _dial(parent: Element, reply: Reply, at: Callable[..., str], number: str) -> None:
    """Both see the number of the line. Whoever asked hears ringing until it is taken with a key."""
    dial = SubElement(
        parent,
        "Dial",
        action=at(reply.to),
        method="POST",
        answerOnBridge="true",
        timeout=str(RINGS),
        callerId=number,
        record="do-not-record",
    )
    kind = "Sip" if reply.dials.startswith("sip") else "Number"
    SubElement(dial, kind, url=at("for-you"), method="POST").text = reply.dials
