"""What anybody may see of a round, without a cookie: its public key and its board.

A device asks for the keys here, so that nobody can be given a key of their own and be known by it.
"""

from django.http import Http404, HttpResponse, JsonResponse

from peerwork.ground.postbox import rounds
from peerwork.people.rules import Request, anyone, page
from peerwork.people.tokens.policy import is_counted


@page(may=anyone)
def round_keys(request: Request) -> HttpResponse:
    """{rounds: [{id, modulus, e, tokens, fingerprint, closes}, …]}: those that are open. Numbers: on /counted/."""
    return JsonResponse({"rounds": rounds.open_keys()})


@page(may=anyone)
def board(request: Request, round_id: str) -> HttpResponse:
    """The mark of every token that was spent, sorted, one on each line. Of the line, nobody counts them."""
    if rounds.find(round_id) is None:
        raise Http404
    # Empty and not a wall: every device asks for the boards of all its rounds, at each opening (tokens/again.js).
    marks = "".join(f"{mark}\n" for mark in rounds.board(round_id)) if is_counted(round_id) else ""
    return HttpResponse(marks, content_type="text/plain; charset=utf-8")
