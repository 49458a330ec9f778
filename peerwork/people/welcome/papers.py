"""Invitations as they look on paper: six words, and the same words in a QR code."""

from typing import NamedTuple

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


class Slip(NamedTuple):
    """One paper to cut out. The QR code's words stand behind a #, which a browser keeps to itself."""

    words: str
    address: str
    qr: SafeString


def slips(papers: list, own_address: str) -> list[Slip]:
    return [_slip(paper.words, own_address + reverse("door:join")) for paper in papers]


def _slip(words: str, address: str) -> Slip:
    drawn = segno.make(f"{address}#{words.replace(' ', '-')}", error="m").svg_inline(
        omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return Slip(words, address, mark_safe(drawn))  # noqa: S308 — drawn here, from words on our own list
