"""A complaint is sent, and its answer fetched: no cookie, no language, no name. Six words are all it takes.

Somebody who rang from a telephone opens the same page as somebody who has a name here.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from peerwork.people.rules import Request, anyone, page
from peerwork.support.line.after import complaints
from peerwork.support.line.roster import hours
from peerwork.support.line.switchboard.said import NotGood, body_of

WHY_NOT = {complaints.Unclear: 400, complaints.Taken: 409, complaints.NoRoom: 507}
# Every answer is as long as every other: whoever watches the line does not see that there is one.
ANSWER = 12 * 1024


@page(may=anyone)
def complain(request: Request) -> HttpResponse:
    """The page for whoever has no name here, or shows none. It names nobody."""
    today = hours.today(request.network)
    context = {
        "hearers": [("", recipient) for _name, recipient in complaints.hearers()],
        "clock": complaints.clock(today),
        "kept": complaints.kept(today),
    }
    return render(request, "line/complain_nameless.html", context)


# Nothing to forge: the zone refuses cookies, so a strange page could borrow nobody's.
@csrf_exempt
@page(may=anyone, takes="GET PUT")
def complaint(request: Request, mark: str) -> HttpResponse:
    """PUT {side, key, word, sealed}: 204, also the second time; 400, 409, 507: not kept. GET: {days_left, reply}."""
    if request.method == "PUT":
        return _sent(request, mark)
    found = complaints.find(mark)
    if found is None:
        raise Http404
    return JsonResponse(_padded(_told(found, request)))


def _sent(request: Request, mark: str) -> HttpResponse:
    try:
        said = body_of(request.body)
        sealed = b64decode(said["sealed"], validate=True)
        side, word, key = (str(said[name]) for name in ("side", "word", "key"))
        complaints.send(
            sealed, mark=mark, word=word, side=side, reply_key=key, on=hours.today(request.network)
        )
    except (NotGood, ValueError, KeyError, TypeError, NotBase64):
        return HttpResponse(status=400)
    except tuple(WHY_NOT) as why:
        return HttpResponse(status=WHY_NOT[type(why)])
    return HttpResponse(status=204)


def _told(found: Any, request: Request) -> dict[str, Any]:
    days_left = (found.due_on - hours.today(request.network)).days
    return {"days_left": days_left, "reply": b64encode(bytes(found.reply)).decode()}


def _padded(told: Mapping[str, Any]) -> dict[str, Any]:
    return {**told, "pad": " " * (ANSWER - len(told["reply"]))}
