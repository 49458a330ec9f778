"""What can happen to a complaint: it is sent, answered once, and forgotten. Nobody here knows who sent it.

It is sealed on the sender's device to the co-chairs who manage nobody, and to nobody else. The answer is sealed to six
words that only the sender has. Inside lies a word drawn by lot, and whoever answers shows it: nobody closes what they
could not read. It is heard within seven days, and everybody sees the days run, whoever sent it.

The clock runs six or seven days, drawn by lot. One that always ran seven would say on which day it was written, and
beside the roster, by whom.

Nobody shows a token here: somebody who rang from a telephone has none, and has the same right. What keeps a flood out
is room: each has one size, and two hundred may wait. The page says so when they do, and where else to turn.
"""

import re
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import pyrage
from django.db import transaction
from django.db.models import QuerySet

from peerwork.people.rules import Hat, is_co_chair, manages_staff
from peerwork.people.vault import queries as vault
from peerwork.people.vault.envelope import NotSealed, look_at
from peerwork.support.line.after.models import SIDES, Complaint

DAYS, AT_MOST_SOONER = 7, 1
STAYS = timedelta(days=30)
# What was written, padded; and all of it with what age adds.
WRITTEN, LARGEST = 6144, 8192
MOST_OPEN = 200
DIGITS = re.compile(r"[0-9a-f]{64}")

hears_complaints = is_co_chair & ~manages_staff


class Unclear(Exception):
    """Not sealed, not of the one size, or not from one of the two sides. Nothing was kept."""


class NotOpened(Exception):
    """Whoever answers does not have the word that lies inside. Nothing was kept."""


class NoRoom(Exception):
    """Two hundred wait. Nothing was kept, and nothing that waits is thrown away for it."""


class Taken(Exception):
    """Something else lies under these words already, or it was answered before."""


@dataclass(frozen=True, order=True)
class Waits:
    """So `many` of one side with as many days left. Less than none: they should have been answered by now."""

    days_left: int
    side: str
    many: int = 1

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        return -self.days_left


@dataclass(frozen=True)
class Kept:
    """Of those that were answered, or should have been, in the last thirty days or so: how many in time."""

    in_time: int
    all: int


@transaction.atomic
def send(  # noqa: PLR0913 — what a complaint is
    sealed: bytes, *, mark: str, word: str, side: str, reply_key: str, on: date
) -> None:
    """Sent twice, it is there once. `word` is the SHA-256 of the word inside. Raises Unclear, NoRoom, Taken."""
    if not DIGITS.fullmatch(mark) or not DIGITS.fullmatch(word) or side not in dict(SIDES):
        raise Unclear
    _check_key(reply_key)
    _check_size(sealed)
    if there := Complaint.objects.filter(pk=mark).first():
        if bytes(there.sealed) != sealed:
            raise Taken
        return
    if is_open(on).count() >= MOST_OPEN:
        raise NoRoom
    due_on = on + timedelta(days=DAYS - secrets.randbelow(AT_MOST_SOONER + 1))
    Complaint.objects.create(
        pk=mark,
        side=side,
        sealed=sealed,
        word=word,
        reply_key=reply_key,
        due_on=due_on,
        gone_on=due_on + STAYS,
    )


@transaction.atomic
def answer(complaint: Complaint, sealed: bytes, *, word: str, on: date) -> None:
    """Once: what somebody read does not change any more. Raises NotOpened, Unclear, Taken."""
    if not secrets.compare_digest(sha256(word.encode()).hexdigest(), complaint.word):
        raise NotOpened
    _check_size(sealed)
    answered = Complaint.objects.filter(pk=complaint.pk, reply=b"")
    if not answered.update(reply=sealed, gone_on=on + STAYS):
        raise Taken


def is_open(on: date) -> QuerySet[Complaint]:
    """Those that wait for an answer, in an order that says nothing."""
    return Complaint.objects.filter(reply=b"", gone_on__gte=on).order_by("pk")


def clock(on: date) -> list[Waits]:
    """What everybody sees: sides and days, by the days. One question."""
    waits = Counter(is_open(on).values_list("due_on", "side"))
    return sorted(Waits((due - on).days, side, many) for (due, side), many in waits.items())


def kept(on: date) -> Kept:
    """Answered on its day or before: then its thirty days ended no later than thirty days after that day."""
    all_of_them = Complaint.objects.values_list("due_on", "gone_on", "reply")
    over = [
        bool(reply) and gone_on <= due_on + STAYS
        for due_on, gone_on, reply in all_of_them
        if reply or due_on < on
    ]
    return Kept(sum(over), len(over))


def find(mark: str) -> Complaint | None:
    return Complaint.objects.filter(pk=mark).first() if DIGITS.fullmatch(mark) else None


def hearers() -> list[tuple[str, str]]:
    """(name, public key) of each who hears complaints. One without a key cannot be sealed to."""
    co_chairs = vault.keys_to_give_to().filter(person__roles__kind=Hat.CO_CHAIR)
    manage_nobody = co_chairs.exclude(person__roles__kind=Hat.MANAGER)
    return sorted((key.person.name, key.recipient) for key in manage_nobody)


def _check_key(reply_key: str) -> None:
    """One that nothing can be sealed to could never be answered."""
    try:
        pyrage.encrypt(b"", [pyrage.x25519.Recipient.from_str(reply_key)])
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise Unclear from error


def _check_size(sealed: bytes) -> None:
    """All are as long as each other inside. Outside, a word without meaning that age adds differs."""
    try:
        seen = look_at(sealed)
    except NotSealed as error:
        raise Unclear from error
    if seen.size != WRITTEN or len(sealed) > LARGEST or "X25519" not in seen.stanzas:
        raise Unclear
