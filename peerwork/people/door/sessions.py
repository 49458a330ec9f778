"""Who is at the screen: sessions in memory, and the person they belong to.

A session is a file in a memory-backed folder. Nothing about it reaches the disk, and it ends when nobody
touches it for as long as its owner chose. Strangers get few of them, and not for long.
"""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import SystemRandom
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.file import SessionStore as FileSessionStore
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext_lazy as _

from peerwork.people.members import often
from peerwork.people.members.models import Person
from peerwork.people.vault.zone_pages import HALF, HALF_ASKED, HALF_RESTS

MINUTE = 60
# How long a session rests before it ends, in minutes. The first is the default: a shared phone.
RESTS = {
    "10": (10, _("10 minutes. This phone is shared or borrowed.")),
    "480": (8 * 60, _("8 hours. This phone is mine.")),
    "20160": (14 * 24 * 60, _("14 days. It is mine, and it has a lock.")),
}
FIRST_REST = 10
# Whoever has not signed in: long enough to find a passkey, short enough for a crowd to be gone soon.
STRANGERS_REST = 5
MOST_STRANGERS = 300
TOUCH_AFTER = 20
# A long rest is told in so many steps, and no finer: a file must not say when somebody was here.
GRAINS = 24
ANY_KEY = "[a-z0-9]" * 32


class NotKept(BadRequest):
    """A session could not be written. Whoever signed in is not signed in, and is told so (site/pages.py)."""


class DoorIsFull(NotKept):
    """So many who have not signed in keep a session that there is no room for one more of them."""


class SessionStore(FileSessionStore):
    """Django's sessions in files, ended by rest and not by age, and written whole or not at all."""

    def load(self) -> dict[str, Any]:
        """What was kept under this key, or nothing. Reading never makes a file."""
        with suppress(OSError, SuspiciousOperation):
            path = Path(self._key_to_file())  # type: ignore[attr-defined]
            said = _read(path)
            if said and not _has_rested_out(path, said):
                if _is_somebodys(said) and _resting(path) > max(TOUCH_AFTER, _grain(said)):
                    _touch(path, said)
                return said
            self.delete()
        self._session_key = None  # a cookie for a session that is gone: the next one gets a new key
        return {}

    def create(self) -> None:
        """Raises DoorIsFull for a stranger too many: strangers could fill the memory otherwise."""
        if not _is_somebodys(self._get_session()):  # type: ignore[attr-defined]
            self.clear_expired()
            if is_full():
                raise DoorIsFull
        super().create()

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 — Django's own signature
        """Whole, under its own name. Raises NotKept where it cannot be written: a full memory folder."""
        if self.session_key is None:
            self.create()
            return
        content = self.encode(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        path = Path(self._key_to_file())  # type: ignore[attr-defined]
        if path.exists() is must_create:
            raise CreateError if must_create else UpdateError
        partly = path.with_name(f"{path.name}_out_{token_hex(4)}")
        try:
            with os.fdopen(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(content)
            _touch(partly, self._get_session(no_load=must_create))  # type: ignore[attr-defined]
            partly.rename(path)
        except OSError as error:
            with suppress(OSError):
                partly.unlink()
            raise NotKept from error

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what has rested out, without waking the rest: a file here tells when somebody was last here."""
        for path in _all():
            with suppress(OSError):
                if _resting(path) > STRANGERS_REST * MINUTE and _has_rested_out(path, _read(path)):
                    path.unlink()

    @classmethod
    def blur(cls) -> None:
        """Each hour, every file is written anew, in an order of chance. The kernel notes when a file was born and last
        changed, and from then on that tells of nobody; the time we set ourselves is as coarse as its rest allows."""
        there = list(_all())
        SystemRandom().shuffle(there)
        for path in there:
            with suppress(OSError):
                _write_anew(path)


def is_full() -> bool:
    """Whether as many strangers keep a session as there is room for. Read only where they could be that many."""
    fresh = [path for path in _all() if _resting(path) <= STRANGERS_REST * MINUTE]
    return (
        len(fresh) >= MOST_STRANGERS
        and sum(not _is_somebodys(_read(path)) for path in fresh) >= MOST_STRANGERS
    )


def _all() -> Iterator[Path]:
    return Path(settings.SESSION_FILE_PATH).glob(f"{settings.SESSION_COOKIE_NAME}{ANY_KEY}*")


def _read(path: Path) -> dict[str, Any]:
    """What stands in it. Nothing where it is gone, or not ours."""
    try:
        said: dict[str, Any] = SessionStore().decode(path.read_text("latin-1"))
    except OSError:
        return {}
    return said


def _grain(said: dict[str, Any]) -> int:
    """How finely a file tells when its owner was last here, in seconds: to 20 minutes where a session rests for eight
    hours, to 14 hours where it rests for two weeks. One on a shared phone is gone after ten minutes."""
    rest = said.get("rest", FIRST_REST)
    return int(rest * MINUTE // GRAINS) if _is_somebodys(said) and rest > FIRST_REST else 1


def _touch(path: Path, said: dict[str, Any]) -> None:
    grain = _grain(said)
    last = int(time.time()) // grain * grain if grain > 1 else time.time()
    os.utime(path, (last, last))


def _write_anew(path: Path) -> None:
    """The same, in another file, without what has had its time. One that was saved or ended meanwhile stays so."""
    was, said = path.stat(), _read(path)
    minute = int(time.time() // MINUTE)
    if not 0 <= minute - said.get(HALF_ASKED, minute) <= HALF_RESTS:
        for kept in (HALF, HALF_ASKED):  # the minute somebody opened their vault
            said.pop(kept, None)
    partly = path.with_name(f"{path.name}_out_{token_hex(4)}")
    try:
        with os.fdopen(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(SessionStore().encode(said))
        os.utime(partly, (was.st_mtime, was.st_mtime))
        if path.stat().st_ino == was.st_ino:
            partly.rename(path)
    finally:
        partly.unlink(missing_ok=True)


def _is_somebodys(said: dict[str, Any]) -> bool:
    """Signed in, or with a paper in their hand. Anybody else is a stranger."""
    return "person" in said or "paper" in said


def _resting(path: Path) -> float:
    """For how many seconds nobody has touched this session. One that is gone has rested for ever."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _has_rested_out(path: Path, said: dict[str, Any]) -> bool:
    rest = said.get("rest", FIRST_REST) if _is_somebodys(said) else STRANGERS_REST
    return bool(_resting(path) > rest * MINUTE)


class Nobody:
    """Whoever has not signed in. Wears no hat, so no rule lets them in by mistake."""

    pk = None
    name = ""
    hats: frozenset[str] = frozenset()
    language = ""
    time_zone = ""


NOBODY = Nobody()


def who_is_here(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.person` and `request.network`, each at the cost of one question."""

    def here(request: Any) -> HttpResponse:
        request.network = often.the_network()
        request.person = _person_of(request.session)
        return answer(request)

    return here


def sign_in(request: Any, person: Person, *, rest: str = "10") -> None:
    """A fresh session for this person. Whatever the browser held before is dropped."""
    SessionStore.clear_expired()
    request.session.flush()
    request.session["person"] = str(person.pk)
    request.session["round"] = person.door_round
    minutes, _words = RESTS.get(rest, RESTS["10"])
    request.session["rest"] = minutes
    request.session.set_expiry(0 if minutes == FIRST_REST else minutes * MINUTE)
    rotate_token(request)
    request.person = person


def sign_out(request: Any) -> None:
    request.session.flush()
    request.person = NOBODY


def _person_of(session: Any) -> Person | Nobody:
    if not session.session_key or "person" not in session:
        return NOBODY
    person = often.somebody(UUID(session["person"]))
    if person is None or person.paused or person.door_round != session.get("round"):
        return NOBODY
    return person
