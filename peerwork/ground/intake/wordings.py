"""The title, place, text and link of an event in a calendar file, without the people who were invited."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from peerwork.ground.intake import guests, links, words
from peerwork.ground.intake.blocks import Block

CONFERENCE = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
WITH_LINKS = ("LOCATION", "URL", *CONFERENCE, "DESCRIPTION", "X-ALT-DESC")


@dataclass(frozen=True, slots=True)
class Wording:
    """Reads the words of one event or of its changed dates. What it had to change it adds to `notes`."""

    names: frozenset[str]
    notes: list[str]

    def title(self, event: Block) -> str:
        title = words.one_line(self.unnamed(event, "SUMMARY"), words.TITLE, self.notes)
        if not title:
            self.notes.append(_("It has no title."))
        return title or _("Without a title")

    def place(self, event: Block) -> str:
        """A place that is nothing but a link is the link, not a place."""
        place = words.one_line(self.unnamed(event, "LOCATION"), words.PLACE, self.notes)
        return "" if links.LINK.fullmatch(place) else place

    def about(self, event: Block) -> str:
        """The description; Outlook sometimes gives one in HTML only."""
        about = self.unnamed(event, "DESCRIPTION") or " ".join(self.unnamed(event, "X-ALT-DESC").split())
        return words.paragraphs(about, words.ABOUT, self.notes)

    def unnamed(self, event: Block, name: str) -> str:
        return guests.unnamed(text_of(event, name), self.names, self.notes)


def wording_of(events: list[Block], notes: list[str]) -> Wording:
    return Wording(guests.names_of(events), notes)


def link_of(event: Block) -> str:
    """The first link to a meeting, wherever it stands; else the page of the event, if it has one."""
    rooms = (links.room_in(text_of(event, name)) for name in WITH_LINKS)
    others = (links.secure_in(text_of(event, name)) for name in (*CONFERENCE, "URL"))
    return next(filter(None, rooms), "") or next(filter(None, others), "")


def text_of(event: Block, name: str) -> str:
    line = event.first(name)
    return line.text.strip()[: words.LONGEST_READ] if line else ""
