"""Invitations as they look on paper: six words, and the same words in a QR code."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from peerwork.people.members.invitations import Paper
from peerwork.people.members.models import Invitation


class Slip(NamedTuple):
    """One paper to cut out. The QR code's words stand behind a #, which a browser keeps to itself.

    `label` is for the hand it goes to: a name on a list somebody brought, printed here and kept nowhere.
    What the paper gives (`invitation`) stays on the screen: one that is found must not say what somebody is.
    """

    label: str
    words: str
    expires_on: date
    address: str
    qr: SafeString
    invitation: Invitation


def slips(papers: Iterable[Paper], own_address: str) -> list[Slip]:
    return labelled_slips([("", paper) for paper in papers], own_address)


def labelled_slips(papers: Iterable[tuple[str, Paper]], own_address: str) -> list[Slip]:
    address = own_address + reverse("door:join")
    return [_slip(label, paper, address) for label, paper in papers]


def _slip(label: str, paper: Paper, address: str) -> Slip:
    drawn = segno.make(f"{address}#{paper.words.replace(' ', '-')}", error="m").svg_inline(
        omitsize=True, border=2, svgclass=None, lineclass=None
    )
    square = mark_safe(drawn)  # noqa: S308 — drawn here, from words on our own list
    return Slip(label, paper.words, paper.invitation.expires_on, address, square, paper.invitation)
