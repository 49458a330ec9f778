"""What goes from one person to another: who can be found, and the parcels they are given."""

from base64 import b64encode
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import brake, cards, log, parcels, queries

GIVEN_IN_A_SESSION = 1000


@page(may=is_here)
def people(request: Request) -> HttpResponse:
    """Who may be found by name: {people: [{person, name}]}. Empty for everybody but peers who manage nobody."""
    found = [{"person": number, "name": name} for number, name in cards.listed_for(request.person)]
    return JsonResponse({"people": found})


@page(may=is_here)
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Whoever knows the number was told it: it cannot be guessed. 404 for nobody, and for somebody paused."""
    return _found(queries.key_of(person_id))


@page(may=is_here)
def card(request: Request, words: str) -> HttpResponse:
    """Whoever holds the card finds its owner. `words` is the fingerprint of the six words on it."""
    return _found(cards.find(words))


def _found(key: Any) -> HttpResponse:
    """{person, name, recipient, signer}, or the wall."""
    if key is None:
        raise Http404
    told = {"person": key.person_id, "name": key.person.name}
    return JsonResponse({**told, "recipient": key.recipient, "signer": key.signer})


@page(may=is_here)
def box(request: Request) -> HttpResponse:
    """What lies in the reader's box: {ids}, or with ?only=…,… these: {parcels: [{id, parcel}]}, in base64."""
    only = request.GET.get("only")
    if only is None:
        return JsonResponse({"ids": parcels.in_box(request.person)})
    found = parcels.read(request.person, only.split(","))
    return JsonResponse(
        {"parcels": [{"id": number, "parcel": b64encode(sealed).decode()} for number, sealed in found]}
    )


@page(may=is_here, takes="DELETE")
def parcel(request: Request, parcel_id: str) -> HttpResponse:
    """The reader is done with it."""
    parcels.put_away(request.person, parcel_id)
    return HttpResponse(status=204)


@page(may=is_here, takes="DELETE")
def given(request: Request, word: str) -> HttpResponse:
    """The giver takes it back. The answer is the same whether it was still there or not."""
    parcels.take_back(word)
    return HttpResponse(status=204)


@page(may=is_here, takes="PUT")
def give(request: Request, person_id: UUID, parcel_id: str) -> HttpResponse:
    """Takes a sealed page of 4096 or 8192 bytes. With ?week=1 it is gone on the Monday after a week.

    204: it is there, or was given before: which of the two is not told, and both count for the brake.
    404: nobody there. 400: it stands out. 507: the box is full. 429: enough for now.
    """
    if not brake.count(request.session, most=GIVEN_IN_A_SESSION):
        return _says(_("That was a lot for one sitting. Sign in again to give more."), 429)
    try:
        with brake.uncounted_if_it_fails(request.session):
            parcels.give(request.body, to=person_id, under=parcel_id, gone_on=_gone_on(request))
    except parcels.NobodyThere as error:
        raise Http404 from error
    except log.StandsOut:
        return HttpResponse(status=400)
    except parcels.BoxIsFull:
        return _says(_("Their box is full. They have to put something away first."), 507)
    return HttpResponse(status=204)


def _gone_on(request: Request):
    """On the network's clock, not on the giver's: a day later or earlier could tell who gave it."""
    if request.GET.get("week") != "1":
        return None
    return parcels.a_week_from(localdate(timezone=ZoneInfo(request.network.time_zone)))


def _says(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")
