"""Everybody and everything that stands in a calendar and stays behind: we count it and read no further."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerwork.ground.intake.blocks import Block
from peerwork.ground.intake.lines import Line

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


def unnamed(text: str, names: frozenset[str], notes: list[str]) -> str:
    """The text without these names. What was changed is added to `notes`, in words."""
    said = text.casefold()
    for name in sorted((name for name in names if name.casefold() in said), key=len, reverse=True):
        text, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
        notes.extend([_("The name of a guest was taken out.")] if times else [])
    return text


def names_of(events: list[Block]) -> frozenset[str]:
    """Full names of guests. “Quill, Bartholomew (he/him)” is Bartholomew Quill as well."""
    people = [line for event in events for line in event.all("ATTENDEE", "ORGANIZER") if is_person(line)]
    plain = {re.sub(r"\([^()]*\)", "", line.parameters.get("CN", "")).strip() for line in people}
    turned = {" ".join(part.strip() for part in reversed(name.split(",", 1))) for name in plain}
    return frozenset(name for name in plain | turned if len(name.split()) > 1)


def is_person(line: Line) -> bool:
    """Rooms are guests too, and so are whole calendars."""
    place = line.parameters.get("CUTYPE", "").upper() in {"ROOM", "RESOURCE", "GROUP"}
    return not place and not line.value.lower().strip().endswith("calendar.google.com")


def is_private(event: Block) -> bool:
    return event.value("CLASS").upper() in PRIVATE
