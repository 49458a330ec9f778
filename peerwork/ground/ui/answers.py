"""The two ways a page may answer a button: the changed piece, or back to the page, and the word it says."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise


def piece_or_page(
    request: HttpRequest, piece: str, thing: dict[str, Any], *, page: str, **where: Any
) -> HttpResponse:
    """htmx gets the changed piece; a plain form is sent back to the whole page."""
    if request.headers.get("HX-Request"):
        return render(request, piece, thing)
    return redirect(page, **where)


def say(request: HttpRequest, words: str | Promise) -> None:
    """One sentence at the top of the next page, then gone. Kept in the session, which is in memory."""
    request.session["said"] = str(words)


def said(request: HttpRequest) -> str:
    """What was said, once."""
    if not request.session.session_key or "said" not in request.session:
        return ""
    return str(request.session.pop("said"))
