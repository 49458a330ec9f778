"""What is its owner's alone: the locked key, the half of a lock that stays here, the log, and the shelf."""

import secrets
import time
from base64 import b64encode
from datetime import date

from django.http import Http404, HttpResponse, JsonResponse

from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import log, queries, shelf

HALF = "half"
HALF_BYTES = 32
HALF_ASKED = "half_asked"
HALF_RESTS = 15
WHY_NOT = {shelf.NoMorePlaces: 400, shelf.WrittenMeanwhile: 412, shelf.NoMark: 428}


@page(may=is_here)
def key(request: Request) -> HttpResponse:
    """The owner's key, locked with their phrase and for each passkey that opens it, and its public halves.

    Shapes: armored age text; age1…; 64 hexadecimal digits.
    """
    wrap = queries.phrase_wrap_of(request.person)
    if wrap is None:
        raise Http404
    public = request.person.key
    told = {"person": request.person.pk, "recipient": public.recipient, "signer": public.signer}
    passkeys = queries.passkey_wraps_of(request.person)
    return JsonResponse({**told, "locked": wrap.locked, "passkeys": passkeys})


@page(may=is_here, takes="GET DELETE")
def half(request: Request) -> HttpResponse:
    """Half of the lock around a key that stays open for a while. It is in memory only, and ends with the session.

    It ends sooner where no page asked for it in a quarter of an hour. A page that stays open needs it no more.
    """
    if request.method == "DELETE":
        for kept in (HALF, HALF_ASKED):
            request.session.pop(kept, None)
        return HttpResponse(status=204)
    minute, asked = int(time.time() // 60), request.session.get(HALF_ASKED, -1)
    if HALF not in request.session or not 0 <= minute - asked <= HALF_RESTS:
        request.session[HALF] = b64encode(secrets.token_bytes(HALF_BYTES)).decode()
    if minute != asked:  # a session is a file: it is written once a minute, not with every page
        request.session[HALF_ASKED] = minute
    return JsonResponse({"half": request.session[HALF]})


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


@page(may=is_here)
def shelf_pages(request: Request) -> HttpResponse:
    """The owner's shelf, or the places in ?only=0,3: {pages: [{place, mark, page}], many}, pages in base64."""
    pages = [
        {"place": one.place, "mark": one.mark, "page": b64encode(one.sealed).decode()}
        for one in shelf.read(request.person, _places(request.GET.get("only")))
    ]
    return JsonResponse({"pages": pages, "many": shelf.how_many(request.person)})


@page(may=is_here, takes="PUT")
def place(request: Request, place: int) -> HttpResponse:
    """The owner writes a page. If-Match: the mark of the one they read. If-None-Match: * lengthens the shelf.

    412: somebody wrote meanwhile. 428: which page was read was not said. 400: it stands out, or no more fit.
    """
    over = request.headers.get("If-Match")
    try:
        if over is None and request.headers.get("If-None-Match") == "*":
            mark = shelf.write_on_a_new_place(request.person, place, request.body)
        else:
            mark = shelf.write(request.person, place, request.body, over=over and over.strip('"'))
    except shelf.NoSuchPlace as error:
        raise Http404 from error
    except log.StandsOut:
        return HttpResponse(status=400)
    except shelf.NotWritten as why:
        return HttpResponse(status=WHY_NOT[type(why)])
    return HttpResponse(status=204, headers={"ETag": f'"{mark}"'})


def _places(said: str | None) -> list[int] | None:
    """The places in “0,3”. What is not a number of few digits is no place."""
    if said is None:
        return None
    return [int(one) for one in said.split(",") if one.isascii() and one.isdecimal() and len(one) < 4]  # noqa: PLR2004
