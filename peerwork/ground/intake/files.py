"""A file as somebody brings it: what it really is, how large, and in which letters it is written."""

import codecs
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerwork.ground.intake.readings import CannotRead

LARGEST = 5 * 1024 * 1024
"""Bytes. A year of a busy calendar is about a tenth of this."""

PACKED = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

STRANGERS = {
    b"%PDF": gettext_lazy("This is a PDF. Ask for the calendar or the sheet itself."),
    b"\x89PNG": gettext_lazy("This is a picture. Ask for the calendar or the sheet itself."),
    b"\xff\xd8\xff": gettext_lazy("This is a picture. Ask for the calendar or the sheet itself."),
    b"\x1f\x8b": gettext_lazy("This file is packed. Unpack it first, then bring what is inside."),
}
WEB_PAGE = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<!--")


def kind_of(name: str, content: bytes) -> Literal["calendar", "sheet"]:
    """What the content says first, what the name says second. Only a guess: reading may still refuse it."""
    if content.startswith((PACKED, OLD_OFFICE)):
        return "sheet"
    if b"BEGIN:VCALENDAR" in content[:400].replace(b"\0", b"").upper():
        return "calendar"
    return "calendar" if name.lower().endswith((".ics", ".ical", ".icalendar", ".ifb")) else "sheet"


def check(content: bytes) -> None:
    """Refuse what is empty, too large, or something else altogether. Raises CannotRead."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise CannotRead(_("This file is empty."))
    if len(content) > LARGEST:
        raise CannotRead(_("This file is larger than 5 MB. Bring a shorter stretch of time."))
    for beginning, says in STRANGERS.items():
        if content.startswith(beginning):
            raise CannotRead(str(says))
    if is_web_page(content):
        raise CannotRead(_("This is a web page. You may have been signed out when you saved it."))


def is_web_page(content: bytes) -> bool:
    start = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(WEB_PAGE) or (start.startswith(b"<?xml") and b"<html" in start)


def text_of(content: bytes) -> str:
    """The letters of a text file: UTF-8, UTF-16 or Windows-1252. Raises CannotRead for anything else."""
    return decoded(content, wide_encoding_of(content) or narrow_encoding_of(content))


def decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as damage:
        raise CannotRead(_("This file is damaged. Save or export it again.")) from damage
    if "\0" in text:
        raise CannotRead(_("This file is not text. It may be damaged, or another kind of file."))
    return text


def narrow_encoding_of(content: bytes) -> str:
    """Windows-1252 leaves five bytes without a letter; Latin-1 has one for each."""
    return next(encoding for encoding in ("utf-8-sig", "cp1252", "latin-1") if fits(content, encoding))


def fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def wide_encoding_of(content: bytes) -> str | None:
    """UTF-16, with its mark at the start or known by the empty half of its first letters."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    empty = [byte == 0 for byte in content[:4]]
    if empty == [False, True, False, True]:
        return "utf-16-le"
    return "utf-16-be" if empty == [True, False, True, False] else None
