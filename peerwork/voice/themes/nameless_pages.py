"""A theme comes in, and words are looked at before they do: no cookie, no language, no name."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt

from peerwork.ground.postbox import hints, redeeming, rounds
from peerwork.people.rules import Request, anyone, page
from peerwork.voice.themes import rounds as themes
from peerwork.voice.themes import said

# What a device does next depends on the number alone. The words are for whoever reads along.
ANSWERS = {
    redeeming.NotGood: (400, "This is not on the list, or not a token of this round."),
    redeeming.AlreadySpent: (409, "It was used before."),
    redeeming.Closed: (410, "The quarter is over."),
    redeeming.Full: (507, "There is no room just now. Please send it again in an hour."),
}
LONGEST = 2000


# Nothing to forge: the zone refuses cookies, so a strange page could borrow nobody's. It would need a token.
@csrf_exempt
@page(may=anyone, takes="POST")
def say(request: Request) -> HttpResponse:
    """Takes the JSON of redeeming.from_body: one token, one theme. 204 where it is in, the second time too."""
    try:
        _take(request)
    except tuple(ANSWERS) as trouble:
        status, says = ANSWERS[type(trouble)]
        return HttpResponse(f"{says}\n", status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _take(request: Request) -> None:
    body = redeeming.from_body(request.body)
    there = rounds.find(body.round) if body.round.startswith(themes.BEGINS) else None
    if there is None or request.network is None:
        raise redeeming.NotGood
    today = localdate(timezone=ZoneInfo(request.network.time_zone))
    redeeming.take(there.id, body.shown, said.checked(there, body.pieces), on=today, once=body.once)


# It changes nothing and knows nobody: not a name of the network's is looked for, or asking would tell who is here.
@csrf_exempt
@page(may=anyone, takes="POST")
def look(request: Request) -> HttpResponse:
    """Takes `text`. {hints: [{words, why, kind}, …]}: what could point at somebody. Nothing of it is kept."""
    found = hints.find(request.POST.get("text", "")[:LONGEST])
    return JsonResponse({"hints": [{"words": h.words, "why": str(h.why), "kind": h.kind} for h in found]})
