"""After something hard: one page, with help in the open and a path behind a key."""

from django.http import HttpResponse
from django.shortcuts import render

from peerwork.people.rules import Request, is_here, is_member, page
from peerwork.support.care import debriefs, hard


@page(may=is_here)
def my_path(request: Request) -> HttpResponse:
    """The same page for everybody on one day, but for the asking: a funder is no member. The path comes in sealed."""
    context = {
        "urgent": hard.before_all_else(),
        "first_hours": hard.first_hours(),
        "steps": hard.path(),
        "events": hard.events(),
        "language": hard.language(),
        "word": debriefs.word(debriefs.today(request.network.time_zone)) if is_member(request.person) else "",
    }
    response = render(request, "care/hard.html", context)
    response.headers["X-Keep"] = (
        "hard"  # the page may be kept on a phone its owner said is theirs, like everybody's
    )
    return response
