"""What can happen to a shelf: it is laid out, read, written on, and grows. Everybody with a key has one.

Its places are blank at first, and a blank page is sealed like a written one. So whoever takes the disk
cannot tell who has a plan from who has none.
"""

import hashlib
import secrets
from collections.abc import Iterable
from typing import NamedTuple

import pyrage
from django.db import transaction

from peerwork.people.vault import outside
from peerwork.people.vault.models import AccountKey, Resealed, ShelfPage

PAGE_SIZE = 2048
SIZES = range(PAGE_SIZE, 8 * PAGE_SIZE + 1, PAGE_SIZE)
BLANK = b" " * PAGE_SIZE
FIRST = 32
MORE = 16
MOST = 512
MARK_LETTERS = 32


class NotWritten(Exception):
    """The page was not kept. The kinds of this say why."""


class NoSuchPlace(NotWritten):
    """This shelf does not reach so far, or there is none."""


class NoMark(NotWritten):
    """Nobody writes over a page without saying which one they have read."""


class WrittenMeanwhile(NotWritten):
    """Another page is there by now. It was left as it is."""


class NoMorePlaces(NotWritten):
    """A shelf has its end, and this one has reached it."""


class Placed(NamedTuple):
    place: int
    mark: str
    sealed: bytes


def lay_out(person) -> None:
    """Blank places for somebody who has a key and no shelf. A shelf that is there stays as it is."""
    if how_many(person) == 0:
        _add(person, _blank_pages(FIRST, _recipient_of(person)))


def how_many(person) -> int:
    """How many places this person's shelf has."""
    return ShelfPage.objects.filter(person=person).count()


def read(person, places: Iterable[int] | None = None) -> list[Placed]:
    """The pages in these places, or all of them, in order. A place that is not there is left out."""
    pages = ShelfPage.objects.filter(person=person).order_by("place")
    if places is not None:
        pages = pages.filter(place__in=[place for place in places if 0 <= place < MOST])
    found = ((place, bytes(sealed)) for place, sealed in pages.values_list("place", "sealed"))
    return [Placed(place, mark_of(sealed), sealed) for place, sealed in found]


@transaction.atomic
def write(person, place: int, sealed: bytes, *, over: str | None) -> str:
    """Put a page in place of the one with that mark. Returns the new mark.

    Raises NoSuchPlace, StandsOut, NoMark, and WrittenMeanwhile where another page is there by now.
    """
    here = ShelfPage.objects.filter(person=person, place=place)
    there = here.values_list("sealed", flat=True).first()
    if there is None:
        raise NoSuchPlace
    outside.check(sealed, sizes=SIZES)
    if over is None:
        raise NoMark
    # The page that was compared is the page that is written over, whatever the database lets in between.
    if mark_of(bytes(there)) != over or not here.filter(sealed=there).update(sealed=sealed):
        raise WrittenMeanwhile
    Resealed.objects.filter(person=person, what=Resealed.What.SHELF, where=place).delete()
    return mark_of(sealed)


@transaction.atomic
def write_on_a_new_place(person, place: int, sealed: bytes) -> str:
    """Lengthen the shelf by sixteen places, and put a page in one of them. Returns its mark.

    Raises NoSuchPlace, StandsOut, NoMorePlaces, and WrittenMeanwhile where the place is there already.
    """
    many, recipient = how_many(person), _recipient_of(person)
    if not recipient or place >= many + MORE:
        raise NoSuchPlace
    outside.check(sealed, sizes=SIZES)
    if place < many:
        raise WrittenMeanwhile
    if many + MORE > MOST:
        raise NoMorePlaces
    pages = _blank_pages(MORE, recipient)
    pages[place - many] = sealed
    _add(person, pages, after=many)
    return mark_of(sealed)


def mark_of(sealed: bytes) -> str:
    """What tells one version of a page from the next: the beginning of its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(sealed).hexdigest()[:MARK_LETTERS]


def _recipient_of(person) -> str:
    return AccountKey.objects.filter(person=person).values_list("recipient", flat=True).first() or ""


def _blank_pages(many: int, recipient: str) -> list[bytes]:
    """Pages of spaces that only this key opens."""
    to = [pyrage.x25519.Recipient.from_str(recipient)]
    return [pyrage.encrypt(BLANK, to) for _page in range(many)]


def _add(person, pages: list[bytes], *, after: int = 0) -> None:
    """Written in an order drawn by lot, so that not even the journal puts the written page first."""
    places = [ShelfPage(person=person, place=place, sealed=page) for place, page in enumerate(pages, after)]
    secrets.SystemRandom().shuffle(places)
    ShelfPage.objects.bulk_create(places)
