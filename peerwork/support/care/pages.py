from django.http import HttpResponse
from django.shortcuts import render

from peerwork.people.rules import Request, is_here, is_member, page
from peerwork.support.care import options


@page(may=is_here)
def now(request: Request) -> HttpResponse:
    """Every option is on the page, so that what somebody answers never has to leave it."""
    context = {
        "options": options.for_now(),
        "language": options.language(),
        "may_meet": is_member(request.person),
    }
    response = render(request, "care/now.html", context)
    response.headers["X-Keep"] = "now"
    return response
