from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peerwork.people.rules import is_here, page


@page(may=is_here)
def hours(request: HttpRequest) -> HttpResponse:
    """An empty page: the browser fetches the sealed log and opens it on the device."""
    return render(request, "vault/hours.html")
