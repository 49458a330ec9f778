from base64 import b64encode
from datetime import date

from django.http import Http404, HttpResponse, JsonResponse

from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import log, queries


@page(may=is_here)
def key(request: Request) -> HttpResponse:
    """The owner's key, locked with their phrase, and its public half. Shapes: armored age text, age1…"""
    wrap = queries.phrase_wrap_of(request.person)
    if wrap is None:
        raise Http404
    return JsonResponse({"locked": wrap.locked, "recipient": request.person.key.recipient})


@page(may=is_here)
def hours(request: Request) -> HttpResponse:
    """The owner's log: a list of {day, page}, each page an age file in base64."""
    pages = [
        {"day": day.isoformat(), "page": b64encode(sealed).decode()}
        for day, sealed in log.pages_of(request.person)
    ]
    return JsonResponse({"pages": pages})


@page(may=is_here, takes="PUT")
def hours_of_day(request: Request, day: str) -> HttpResponse:
    """The owner corrected a page. Takes an age file like the others; 404 where there is none for that day."""
    try:
        kept = log.replace(request.person, date.fromisoformat(day), request.body)
    except ValueError as error:
        raise Http404 from error
    except log.StandsOut:
        return HttpResponse(status=400)
    if not kept:
        raise Http404
    return HttpResponse(status=204)
