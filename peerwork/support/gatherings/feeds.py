"""What can happen to a calendar feed: its address is made, read by a calendar app, and taken away.

Written as RFC 5545 wants it, with one event for each date, so that a moved or called-off date needs no
exceptions. The title is the network's neutral word; nothing else says what it is about.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import NamedTuple

import icalendar
from django.utils.timezone import now

from peerwork.people.members.models import Network
from peerwork.support.gatherings.models import Feed, Gathering, Seat


class Made(NamedTuple):
    """The secret goes into the address, once. Only its fingerprint is kept."""

    secret: str
    feed: Feed


def make(person, *, everything: bool, with_place: bool) -> Made:
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        person=person, token=fingerprint(secret), everything=everything, with_place=with_place
    )
    return Made(secret, feed)


def take_away(feed: Feed) -> None:
    """The address shows nothing any more, to nobody."""
    feed.delete()


def find(secret: str) -> Feed | None:
    """The feed behind an address, unless its owner's coming and going is paused."""
    found = Feed.objects.filter(token=fingerprint(secret), person__paused=False)
    return found.select_related("person").first()


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def written(
    gatherings: Iterable[Gathering], network: Network, *, with_place: bool = False, with_title: bool = False
) -> bytes:
    """An iCalendar file (RFC 5545). Times are in UTC, so no calendar app can misread a zone."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", network.meeting_word)
    for gathering in gatherings:
        title = gathering.title if with_title else network.meeting_word
        calendar.add_component(_event(gathering, title, with_place=with_place))
    return calendar.to_ical()


def _event(gathering: Gathering, title: str, *, with_place: bool) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", str(gathering.pk))
    # The stamp is today's midnight: the minute somebody's phone asked is nobody's business.
    event.add("dtstamp", datetime.combine(now().date(), time(0), UTC))
    event.add("dtstart", gathering.starts_at)
    event.add("dtend", gathering.ends_at)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("status", _status(gathering))
    if with_place and gathering.place:
        event.add("location", gathering.place)
    return event


def _status(gathering: Gathering) -> str:
    if gathering.is_off:
        return "CANCELLED"
    return "TENTATIVE" if getattr(gathering, "my_state", None) == Seat.State.WAITING else "CONFIRMED"
