"""Calendars as a calendar app reads them: no cookie, no language, no name. The secret in the address is all."""

from typing import Any

from django.http import Http404, HttpResponse

from peerwork.people.rules import Request, anyone, page
from peerwork.support.gatherings import feeds, queries


@page(may=anyone)
def feed(request: Request, secret: str) -> HttpResponse:
    found = feeds.find(secret)
    if found is None:
        raise Http404
    return _calendar(feeds.written(queries.in_feed(found), request.network, with_place=found.with_place))


@page(may=anyone)
def open_dates(request: Request, series_id: Any) -> HttpResponse:
    """The dates of a series that a coordinator opened to everyone."""
    dates = list(queries.public_dates(series_id))
    if not dates:
        raise Http404
    return _calendar(feeds.written(dates, request.network, with_place=True, with_title=True))


def _calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
