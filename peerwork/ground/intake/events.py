"""An event of a calendar file (VEVENT, RFC 5545, 3.6.1) becomes an entry, or says why it cannot."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from peerwork.ground.intake import guests, lengths
from peerwork.ground.intake.entries import Entry, Moved, uid_of
from peerwork.ground.intake.readings import LeftOut
from peerwork.ground.intake.repeats import Patience
from peerwork.ground.intake.series import Part, Series, start_of
from peerwork.ground.intake.times import Times, own_lengths, times_of
from peerwork.ground.intake.wordings import Wording, link_of, wording_of


def entry_of(series: Series, *, notes: list[str], patience: Patience) -> Entry:
    """What the house may know of one series. Adds remarks to `notes`. Raises LeftOut and CannotRead."""
    refuse(series)
    event, times = series.whole.block, times_of(series, notes)
    skipped, wording = times.listed("EXDATE"), wording_of(series.blocks, notes)
    title, place = wording.title(event), wording.place(event)
    if series.whole.is_one_date:
        notes.append(_("It is one date of a series that is not in this file. It was read by itself."))
    return Entry(
        line=event.line,
        uid=uid_in(series, times),
        title=title,
        about=wording.about(event),
        place=place,
        link=link_of(event),
        starts=times.starts,
        zone=times.zone,
        minutes=times.minutes,
        rrule=times.rule(notes=notes, patience=patience),
        extra=tuple(sorted(times.listed("RDATE"))),
        skipped=tuple(sorted(skipped)),
        moved=tuple(one for one in moved(times, title, place, wording) if one.original not in skipped),
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
    rules = {line.value for line in series.whole.block.all("RRULE", "EXRULE")}
    if len(rules) > 1 or series.whole.block.first("EXRULE"):
        raise LeftOut(_("it repeats by more than one rule."), series.line)


def moved(times: Times, title: str, place: str, wording: Wording) -> Iterator[Moved]:
    """The dates that were changed one by one, and those of an RDATE with a length of their own."""
    for day, minutes in own_lengths(times.listed("RDATE"), times.series.line):
        if minutes != times.minutes:
            yield Moved(day, day, minutes, title, place)
    for day, part in sorted(times.changed().items()):
        if not part.is_called_off:
            yield changed(times, day, part, Moved(day, day, times.minutes, title, place), wording)


def changed(times: Times, day: datetime, part: Part, usual: Moved, wording: Wording) -> Moved:
    """Where a changed date says nothing about its title, place or length, it is as usual."""
    block, start = part.block, start_of(part)
    has_length = block.first("DTEND") or block.first("DURATION")
    return Moved(
        original=day,
        starts=times.wall(start),
        minutes=lengths.minutes_of(part, start) if has_length else usual.minutes,
        title=wording.title(block) if block.value("SUMMARY") else usual.title,
        place=wording.place(block) if block.first("LOCATION") else usual.place,
    )


def uid_in(series: Series, times: Times) -> str:
    """From the UID; for a date without its series also from that date; without a UID from title and start."""
    event = series.whole.block
    own = [event.value("UID")] if event.value("UID") else [event.value("SUMMARY"), f"{times.starts}"]
    date = [f"{times.original(series.whole)}"] if series.whole.is_one_date else []
    return uid_of("event", *own, *date)
