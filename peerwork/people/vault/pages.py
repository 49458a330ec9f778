from django.http import HttpResponse
from django.shortcuts import render

from peerwork.people.rules import Request, is_here, page


@page(may=is_here)
def hours(request: Request) -> HttpResponse:
    """An empty page: the browser fetches the sealed log and opens it on the device."""
    return render(request, "vault/hours.html")


@page(may=is_here)
def sealed(request: Request) -> HttpResponse:
    """An empty page, for what its owner wants to take along or bring back."""
    return render(request, "vault/sealed.html")
