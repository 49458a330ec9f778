"""What a page says once after a button was pressed."""

from django.http import HttpRequest
from django.utils.functional import Promise


def say(request: HttpRequest, words: str | Promise) -> None:
    """One sentence at the top of the next page, then gone. Kept in the session, which is in memory."""
    request.session["said"] = str(words)


def said(request: HttpRequest) -> str:
    """What was said, once."""
    if not request.session.session_key or "said" not in request.session:
        return ""
    return str(request.session.pop("said"))
