"""Everybody and everything that stands in a calendar and stays behind: we count it and read no further."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerwork.ground.intake.blocks import Block

SHORTEST_NAME = 5
PRIVATE = {"PRIVATE", "CONFIDENTIAL"}


def left_behind(events: list[Block]) -> tuple[str, ...]:
    """What is not taken in, in words with a number, such as "3 guests". No name, no address."""
    return tuple(counted(events))


def counted(events: list[Block]) -> Iterator[str]:
    guests = how_many(events, "ATTENDEE")
    if guests:
        yield ngettext("%(count)d guest", "%(count)d guests", guests) % {"count": guests}
    organisers = how_many(events, "ORGANIZER")
    if organisers:
        yield ngettext("%(count)d organiser", "%(count)d organisers", organisers) % {"count": organisers}
    contacts = how_many(events, "CONTACT")
    if contacts:
        yield ngettext("%(count)d contact", "%(count)d contacts", contacts) % {"count": contacts}
    attachments = how_many(events, "ATTACH")
    if attachments:
        yield ngettext("%(count)d attachment", "%(count)d attachments", attachments) % {"count": attachments}
    alarms = sum(len(event.parts("VALARM")) for event in events)
    if alarms:
        yield ngettext("%(count)d alarm", "%(count)d alarms", alarms) % {"count": alarms}
    if how_many(events, "COMMENT", "X-NOTES"):
        yield _("private notes")


def how_many(events: list[Block], *names: str) -> int:
    """The same guest of several dates counts once."""
    return len({line.value.strip().casefold() for event in events for line in event.all(*names)})


def are_named_in(text: str, events: list[Block]) -> bool:
    """Does the text name somebody from the guest list in full?"""
    people = (line for event in events for line in event.all("ATTENDEE", "ORGANIZER", "CONTACT"))
    names = {line.parameters.get("CN", "").strip().casefold() for line in people}
    return any(" " in name and len(name) >= SHORTEST_NAME and name in text.casefold() for name in names)


def is_private(event: Block) -> bool:
    return event.value("CLASS").upper() in PRIVATE
