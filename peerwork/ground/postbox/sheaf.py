"""A sheaf: slips in one file, each on a page of its own, sorted by their marks, with empty pages between.

A mark says at which page its slip stands, or as soon after it as the ones before it leave room. So the same slips
always make the same file, whichever came first. Every page has its own checksum: a writer that is killed in the
middle leaves a whole slip, or a torn page that the next reader sees. Moving up is done from the far end, one page
at a time, so that nothing is ever missing.
"""

import hashlib
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

PAGE = 4096
MOST_BYTES = 3500
SMALLEST = 64
NAME = b"sheaf 1\n"
HEAD = struct.Struct(">8sQQ")
SLIP = struct.Struct(">32s32sH")
AT_ONCE = 256 * PAGE
EMPTY = bytes(PAGE)


class Torn(Exception):
    """A writer was killed in the middle of a page. Whatever else is in the file is whole."""


class Sheaf:
    """One open file. Only while nobody else has it (staging.alone)."""

    def __init__(self, file: int) -> None:
        self.file = file
        head = os.pread(file, HEAD.size, 0)
        if not head.startswith(NAME) or len(head) < HEAD.size:
            raise Torn("This is no sheaf.")
        _name, self.room, self.count = HEAD.unpack(head)

    def find(self, mark: str) -> bytes | None:
        """What stands under this mark, or nothing. Raises Torn."""
        found = self._slip(self._place_for(mark))
        return found[1] if found and found[0] == mark else None

    def has_room(self) -> bool:
        return room_for(self.count + 1) <= self.room

    def add(self, mark: str, content: bytes) -> None:
        """One more, which is not in it yet, where has_room(). Raises Torn, or OSError with nothing changed."""
        place = free = self._place_for(mark)
        while self._slip(free):
            free += 1
        for at in range(free, place, -1):
            _write(self.file, _page(self.file, at - 1), (at + 1) * PAGE)
        _write(self.file, packed(mark, content), (place + 1) * PAGE)
        self.count += 1
        _write(self.file, HEAD.pack(NAME, self.room, self.count), 0)

    def _place_for(self, mark: str) -> int:
        """Where it stands, or where it would have to."""
        place = first_place(mark, self.room)
        while (slip := self._slip(place)) and slip[0] < mark:
            place += 1
        return place

    def _slip(self, place: int) -> tuple[str, bytes] | None:
        return unpacked(_page(self.file, place))


@contextmanager
def opened(path: Path) -> Iterator[Sheaf]:
    """Raises FileNotFoundError, Torn."""
    file = os.open(path, os.O_RDWR)
    try:
        yield Sheaf(file)
    finally:
        os.close(file)


def whole_slips(path: Path) -> Iterator[tuple[str, bytes]]:
    """Everything in it that is whole, one mark after the other. Torn pages are passed over."""
    with path.open("rb", buffering=AT_ONCE) as file:
        file.seek(PAGE)
        while page := file.read(PAGE):
            with suppress(Torn):
                if slip := unpacked(page):
                    yield slip


def make(path: Path, slips: Mapping[str, bytes]) -> None:
    """A fresh file with these in it, in the place of the old one. Raises OSError; then the old one is as it was."""
    partly = path.with_name(f"{path.name}.partly")
    file = os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        room, place = room_for(len(slips)), -1
        _write(file, HEAD.pack(NAME, room, len(slips)), 0)
        for mark in sorted(slips):
            place = max(first_place(mark, room), place + 1)
            _write(file, packed(mark, slips[mark]), (place + 1) * PAGE)
        os.utime(file, (0, 0))
        partly.rename(path)
    except OSError:
        partly.unlink()
        raise
    finally:
        os.close(file)


def room_for(count: int) -> int:
    """How many pages so many slips want: twice as many, in steps, so that the size tells little."""
    room = SMALLEST
    while room < 2 * count:
        room *= 2
    return room


def first_place(mark: str, room: int) -> int:
    """Marks are even all over, so their first letters say how far down the file they stand."""
    return int(mark[:16], 16) * room >> 64


def packed(mark: str, content: bytes) -> bytes:
    body = bytes.fromhex(mark) + len(content).to_bytes(2) + content
    return (hashlib.sha256(body).digest() + body).ljust(PAGE, b"\0")


def unpacked(page: bytes) -> tuple[str, bytes] | None:
    """The mark and what stands under it; nothing for an empty page. Raises Torn."""
    if page == EMPTY[: len(page)]:
        return None
    if len(page) < SLIP.size:
        raise Torn
    checksum, mark, length = SLIP.unpack_from(page)
    if hashlib.sha256(page[32 : SLIP.size + length]).digest() != checksum:
        raise Torn
    return mark.hex(), page[SLIP.size : SLIP.size + length]


def _page(file: int, place: int) -> bytes:
    return os.pread(file, PAGE, (place + 1) * PAGE)


def _write(file: int, content: bytes, at: int) -> None:
    """One write, whole. The kernel says when there is no room."""
    if os.pwrite(file, content, at) != len(content):
        raise OSError("The folder is full.")
