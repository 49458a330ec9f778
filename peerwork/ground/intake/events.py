"""An event of a calendar file (VEVENT, RFC 5545, 3.6.1) becomes an entry, or says why it cannot."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from peerwork.ground.intake import guests, lengths, links, words
from peerwork.ground.intake.blocks import Block
from peerwork.ground.intake.entries import Entry, Moved, uid_of
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.series import Part, Series, start_of
from peerwork.ground.intake.times import Times, own_lengths, times_of

CONFERENCE = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
WITH_LINKS = ("LOCATION", "URL", *CONFERENCE, "DESCRIPTION", "X-ALT-DESC")


def entry_of(series: Series, *, notes: list[str], patience: Patience) -> Entry:
    """What the house may know of one series. Adds remarks to `notes`. Raises LeftOut and CannotRead."""
    refuse(series)
    event, times = series.whole.block, times_of(series, notes)
    skipped = times.listed("EXDATE")
    title, place, about = title_of(event, notes), place_of(event, notes), about_of(event, notes)
    if series.whole.is_one_date:
        notes.append(_("It is one date of a series that is not in this file. It was read by itself."))
    note_guests(series, f"{title}\n{place}\n{about}", notes)
    return Entry(
        line=event.line,
        uid=uid_in(series, times),
        title=title,
        about=about,
        place=place,
        link=link_of(event),
        starts=times.starts,
        zone=times.zone,
        minutes=times.minutes,
        rrule=times.rule(notes=notes, patience=patience),
        extra=tuple(sorted(times.listed("RDATE"))),
        skipped=tuple(sorted(skipped)),
        moved=tuple(one for one in moved(times, title, place, notes) if one.original not in skipped),
        called_off=tuple(sorted(day for day, part in times.changed().items() if part.is_called_off)),
        cancelled=series.whole.is_called_off,
        left_behind=guests.left_behind(series.blocks),
    )


def refuse(series: Series) -> None:
    """What is private, torn, or repeats in ways that cannot be kept. Raises LeftOut."""
    for block in series.blocks:
        if guests.is_private(block):
            raise LeftOut(_("it is marked as private."), block.line)
        if block.torn:
            raise LeftOut(_("this line of it makes no sense."), block.torn)
    if len({line.value for line in series.whole.block.all("RRULE")}) > 1 or series.whole.block.first(
        "EXRULE"
    ):
        raise LeftOut(_("it repeats by more than one rule."), series.line)


def moved(times: Times, title: str, place: str, notes: list[str]) -> Iterator[Moved]:
    """The dates that were changed one by one, and those of an RDATE with a length of their own."""
    for day, minutes in own_lengths(times.listed("RDATE")):
        if minutes != times.minutes:
            yield Moved(day, day, minutes, title, place)
    for day, part in sorted(times.changed().items()):
        if not part.is_called_off:
            yield changed(times, day, part, Moved(day, day, times.minutes, title, place), notes)


def changed(times: Times, day: datetime, part: Part, usual: Moved, notes: list[str]) -> Moved:
    """Where a changed date says nothing about its title, place or length, it is as usual."""
    block, start = part.block, start_of(part)
    has_length = block.first("DTEND") or block.first("DURATION")
    return Moved(
        original=day,
        starts=times.wall(start),
        minutes=lengths.minutes_of(part, start) if has_length else usual.minutes,
        title=title_of(block, notes) if block.value("SUMMARY") else usual.title,
        place=place_of(block, notes) if block.first("LOCATION") else usual.place,
    )


def uid_in(series: Series, times: Times) -> str:
    """From the UID; for a date without its series also from that date; without a UID from title and start."""
    event = series.whole.block
    own = [event.value("UID")] if event.value("UID") else [event.value("SUMMARY"), f"{times.starts}"]
    date = [f"{times.original(series.whole)}"] if series.whole.is_one_date else []
    return uid_of("event", *own, *date)


def title_of(event: Block, notes: list[str]) -> str:
    title = words.one_line(text_of(event, "SUMMARY"), words.TITLE, notes)
    if not title:
        notes.append(_("It has no title."))
    return title or _("Without a title")


def place_of(event: Block, notes: list[str]) -> str:
    """A place that is nothing but a link is the link, not a place."""
    place = words.one_line(text_of(event, "LOCATION"), words.PLACE, notes)
    return "" if links.LINK.fullmatch(place) else place


def about_of(event: Block, notes: list[str]) -> str:
    about = text_of(event, "DESCRIPTION") or " ".join(text_of(event, "X-ALT-DESC").split())
    return words.paragraphs(about, words.ABOUT, notes)


def link_of(event: Block) -> str:
    """The first link to a meeting, wherever it stands; else the page of the event, if it has one."""
    rooms = (links.room_in(text_of(event, name)) for name in WITH_LINKS)
    others = (links.secure_in(text_of(event, name)) for name in (*CONFERENCE, "URL"))
    return next(filter(None, rooms), "") or next(filter(None, others), "")


def text_of(event: Block, name: str) -> str:
    line = event.first(name)
    return line.text.strip()[: words.LONGEST_READ] if line else ""


def note_guests(series: Series, text: str, notes: list[str]) -> None:
    if guests.are_named_in(text, series.blocks):
        notes.append(_("Its text names somebody from the guest list. Please read it before you share it."))
