"""What whoever is on duty tells the number: where to ring them, whom to ring back, and which words they heard."""

from django.http import Http404, HttpResponse, JsonResponse

from peerwork.people.rules import Request, page
from peerwork.support.line.number import dials, messages, phones
from peerwork.support.line.number.at_the_switchboard import duty_ends
from peerwork.support.line.policy import answers
from peerwork.support.line.switchboard import rings, said


@page(may=answers, takes="GET POST")
def my_phone(request: Request) -> HttpResponse:
    """GET: {at}, empty for nowhere. Takes {at}: where to ring until the duty ends; empty, nowhere. 400 with `says`."""
    person = str(request.person.pk)
    if request.method != "POST":
        return JsonResponse({"at": phones.of(person)})
    try:
        if at := str(said.body_of(request.body).get("at", "")):
            phones.ring_at(person, at, until=duty_ends(request.person))
        else:
            phones.forget(person)
    except said.NotGood:
        return JsonResponse({}, status=400)
    except phones.NoPhone as error:
        return JsonResponse({"says": str(error)}, status=400)
    return JsonResponse({"at": phones.of(person)})


@page(may=answers, takes="POST DELETE")
def ring_back(request: Request, call: str) -> HttpResponse:
    """Takes {number, dial}, as they came out of the sealed page. 400 with `says` where they first have to say where to
    ring them, 409 where the line cannot dial it at all. DELETE: no more; {waited}, whether nobody had taken it yet."""
    person = _theirs(request, call)
    if request.method == "DELETE":
        return JsonResponse({"waited": dials.call_off(call)})
    try:
        body = said.body_of(request.body)
        dials.ask(call, by=person, number=str(body.get("number", "")), token=str(body.get("dial", "")))
    except said.NotGood:
        return JsonResponse({}, status=400)
    except phones.NoPhone as error:
        return JsonResponse({"says": str(error)}, status=400)
    except dials.CannotDial as error:
        return JsonResponse({"says": str(error)}, status=409)
    return JsonResponse({})


@page(may=answers, takes="GET DELETE")
def message(request: Request, call: str) -> HttpResponse:
    """The sealed words that came with a call-back: a WAV once it is opened, with zeros behind it. DELETE: heard."""
    _theirs(request, call)
    if request.method == "DELETE":
        messages.heard(call)
        return HttpResponse(status=204)
    sealed = messages.of(call)
    if sealed is None:
        raise Http404
    return HttpResponse(sealed, content_type="application/octet-stream")


def _theirs(request: Request, call: str) -> str:
    """Whoever has the call, and nobody who passed it on. Anybody else meets a wall."""
    person = str(request.person.pk)
    if not rings.has(call, person):
        raise Http404
    return person
