"""Who is at the screen: sessions in memory, and the person they belong to.

A session is a file in a memory-backed folder. Nothing about it reaches the disk, and it ends when nobody
touches it for as long as its owner chose.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.file import SessionStore as FileSessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext_lazy as _

from peerwork.people.members import often
from peerwork.people.members.models import Person

MINUTE = 60
# How long a session rests before it ends, in minutes. The first is the default: a shared phone.
RESTS = {
    "10": (10, _("10 minutes. This phone is shared or borrowed.")),
    "480": (8 * 60, _("8 hours. This phone is mine.")),
    "20160": (14 * 24 * 60, _("14 days. It is mine, and it has a lock.")),
}
FIRST_REST = 10
TOUCH_AFTER = 20
ANY_KEY = "[a-z0-9]" * 32


class SessionStore(FileSessionStore):
    """Django's sessions in files, ended by rest and not by age."""

    def load(self) -> dict[str, Any]:
        said: dict[str, Any] = super().load()
        if self._session_key is None:  # a cookie for a session that is gone: the next one gets a new key
            return said
        with suppress(OSError):
            path = Path(self._key_to_file())  # type: ignore[attr-defined]
            if _has_rested_out(path, said):
                self.delete()
                self._session_key = None
                return {}
            if _resting(path) > TOUCH_AFTER:
                os.utime(path)
        return said

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what has rested out, without waking the rest: a file here tells when somebody was last here."""
        for path in Path(settings.SESSION_FILE_PATH).glob(f"{settings.SESSION_COOKIE_NAME}{ANY_KEY}*"):
            with suppress(OSError):
                if _has_rested_out(path, {}) and _has_rested_out(
                    path, cls().decode(path.read_text("latin-1"))
                ):
                    path.unlink()


def _resting(path: Path) -> float:
    """For how many seconds nobody has touched this session."""
    return time.time() - path.stat().st_mtime


def _has_rested_out(path: Path, said: dict[str, Any]) -> bool:
    return bool(_resting(path) > said.get("rest", FIRST_REST) * MINUTE)


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
