from django.http import Http404, HttpResponse, JsonResponse

from peerwork.people.rules import Request, is_here, page
from peerwork.people.vault import log, resealing


@page(may=is_here, takes="GET DELETE")
def all_of_it(request: Request) -> HttpResponse:
    """GET: everything sealed to its owner, and what of it waits to be sealed again. DELETE: start again."""
    if request.method == "DELETE":
        resealing.start_again(request.person)
        return HttpResponse(status=204)
    return JsonResponse({"all": resealing.everything(request.person), "left": resealing.left(request.person)})


@page(may=is_here, takes="PUT")
def one_of_it(request: Request, what: str, where: str) -> HttpResponse:
    """A page, sealed to the key to come. Takes an age file like the one there is; 404 where there is none."""
    try:
        kept = resealing.keep(request.person, what=what, where=where, sealed=request.body)
    except log.StandsOut:
        return HttpResponse(status=400)
    if not kept:
        raise Http404
    return HttpResponse(status=204)
