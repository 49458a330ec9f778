"""What the page of whoever answers asks and says. What rings at somebody else is not there: 404."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse

from peerwork.people.rules import Request, page
from peerwork.support.line.engine.words import Call, NotNow, PersonId, State
from peerwork.support.line.policy import answers
from peerwork.support.line.switchboard import about, bells, calls, rings, said, told
from peerwork.support.line.switchboard.rings import Mine, Rings

PERSON = "person:"


@page(may=answers)
def what_rings(request: Request) -> HttpResponse:
    """{on, until_says, channel, rings, mine, owed, others}: all there is for this person at this moment."""
    found = rings.rings(str(request.person.pk))
    return JsonResponse(
        {
            "on": found.duty is not None,
            "until_says": told.until_when(found.duty.until, at=found.at) if found.duty else "",
            "channel": found.channel,
            "rings": [_ringing(call, found) for call in found.rings],
            "mine": [_mine(one, found) for one in found.mine],
            "owed": [_mine(one, found) for one in found.owed],
            "others": [
                {"mark": f"{PERSON}{one}", "name": name} for one, name in about.names_of(found.others)
            ],
        }
    )


@page(may=answers, takes="POST")
def one_call(request: Request, call: str) -> HttpResponse:
    """Takes {do: take | decline | pass | hand | over | unreached}. 409 where it cannot be done any more."""
    person = str(request.person.pk)
    if not rings.concerns(call, person):
        raise Http404
    try:
        body = said.body_of(request.body)
        return JsonResponse(VERBS[str(body.get("do"))](call, person, body) or {})
    except (KeyError, said.NotGood):
        return JsonResponse({}, status=400)
    except NotNow:
        return JsonResponse({}, status=409)
    except calls.NoSuchCall as error:
        raise Http404 from error


@page(may=answers, takes="GET POST")
def my_bells(request: Request) -> HttpResponse:
    """GET: {key}, for a browser to make a place to knock at. Takes {endpoint, on}: knock there, or no more."""
    if request.method != "POST":
        return JsonResponse({"key": bells.public_key()})
    try:
        body = said.body_of(request.body)
        bells.choose(request.person, str(body.get("endpoint", "")), on=body.get("on") is True)
    except (said.NotGood, bells.NoBell):
        return JsonResponse({}, status=400)
    return JsonResponse({})


def _take(call: str, person: PersonId, body: dict[str, Any]) -> dict[str, Any]:
    if rings.holds(call):
        raise NotNow
    taken = calls.take(call, person, said.key(body.get("key", "")))
    return {"box": taken.box, "secret": taken.secret, "key": taken.key}


def _hand(call: str, person: PersonId, body: dict[str, Any]) -> None:
    to = body.get("to")
    calls.hand_over(call, person, said.matching(said.PERSON, to).removeprefix(PERSON) if to else None)


VERBS: dict[str, Callable[[str, PersonId, dict[str, Any]], dict[str, Any] | None]] = {
    "take": _take,
    "hand": _hand,
    "decline": lambda call, person, _body: calls.decline(call, person),
    "pass": lambda call, person, _body: calls.decline(call, person),
    "over": lambda call, person, _body: calls.over(call, person),
    "unreached": lambda call, person, _body: calls.unreached(call, person),
}


def _ringing(call: Call, found: Rings) -> dict[str, Any]:
    left = call.offer.until - found.at if call.offer else 0
    return {"call": call.id, "way": rings.way_of(call), "seconds_left": max(0, round(left))}


def _mine(one: Mine, found: Rings) -> dict[str, Any]:
    said_so = {
        "call": one.call.id,
        "way": rings.way_of(one.call),
        "state": one.call.state,
        "sealed": one.sealed,
    }
    if one.call.state is State.BACK:
        return said_so | {"back_by_says": told.by_when(one.call.back_by, at=found.at)}
    return said_so | {"box": one.box, "secret": one.secret}
