"""The desk, at the real switchboard. What somebody on the telephone may do is what whoever asks on a page may do."""

import base64
import secrets
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from peerwork.ground.ui.words import when
from peerwork.support.line.engine.words import NotNow, PersonId, Side, State, Way
from peerwork.support.line.number import chosen
from peerwork.support.line.number.desk import Busy, Held, Look, Promised
from peerwork.support.line.number.flow import Opens
from peerwork.support.line.number.phones import NoPhone, those_with_one
from peerwork.support.line.number.words import Figures, spoken
from peerwork.support.line.roster import duty, promises
from peerwork.support.line.roster.recipients import recipients
from peerwork.support.line.switchboard import calls, clock

# No longer than a dial-back token lives.
A_DAY = timedelta(hours=24)
OPENS = {"now": Opens.NOW, "back": Opens.LATER, "none": Opens.NOBODY}


def said_beside_it() -> str:
    """What the number promises at this moment, for a page to say beside it. Empty: it is not we who answer there."""
    if not chosen.has_one():
        return ""
    promised = Switchboard().promised()
    key = {Opens.LATER: "closed", Opens.NOBODY: "nobody"}.get(promised.opens)
    return spoken(key, promised.figures) if key else _("A person is here now.")


class Switchboard:
    def promised(self) -> Promised:
        """“Now” is said only while somebody is on duty who has a telephone."""
        at = timezone.now()
        said = promises.promise(at)
        back_by = _in_a_day(said.back_by, at)
        opens = OPENS[said.kind]
        if opens is Opens.NOW and not _who_can_be_rung(at) & those_with_one():
            opens = Opens.LATER
        if opens is Opens.LATER and back_by is None:
            opens = Opens.NOBODY
        later = said.opens if said.kind != "now" else None
        figures = Figures(back_by=when(back_by) if back_by else "", opens=when(later) if later else "")
        return Promised(opens, figures, rings_back=back_by is not None)

    def recipients(self) -> list[str]:
        at = timezone.now()
        return [one["recipient"] for one in recipients(at, at + A_DAY)]

    def ask(self, *, phones: Collection[PersonId]) -> Held:
        without = _who_can_be_rung(timezone.now()) - frozenset(phones)
        side = Side(never=frozenset(f"person:{person}" for person in without))
        return self._asked(side, Way.NUMBER)

    def ask_back(self, sealed: bytes) -> Held:
        """Raises Busy, also where nobody would ring back any more."""
        return self._asked(Side(), Way.PHONE, sealed=_text(sealed), back_by=_back_by())

    def look(self, held: Held) -> Look:
        try:
            seen = calls.look(held.box, held.secret)
        except calls.NoSuchCall:
            return Look(State.ENDED)
        offer = seen.call.offer
        return Look(seen.call.state, offer.to if offer else None, seen.call.by, seen.minutes)

    def back(self, held: Held, sealed: bytes) -> None:
        try:
            calls.back(held.box, held.secret, _text(sealed), back_by=_back_by())
        except calls.NoSuchCall as error:
            raise NotNow from error

    def leave(self, held: Held) -> None:
        with suppress(calls.NoSuchCall, NotNow):
            calls.leave(held.box, held.secret)

    def take(self, held: Held, person: PersonId) -> None:
        calls.take(held.call, person)

    def decline(self, held: Held, person: PersonId) -> None:
        with suppress(calls.NoSuchCall):
            calls.decline(held.call, person)

    def hand_over(self, held: Held, person: PersonId) -> None:
        with suppress(calls.NoSuchCall):
            calls.hand_over(held.call, person)

    def began(self, held: Held) -> None:
        calls.begin(held.call)

    def over(self, held: Held, person: PersonId) -> None:
        with suppress(calls.NoSuchCall):
            calls.over(held.call, person)

    def _asked(self, side: Side, way: Way, *, sealed: str = "", back_by: float | None = None) -> Held:
        box, secret = secrets.token_hex(16), secrets.token_hex(32)
        try:
            call = calls.ask(box, secret, side=side, way=way, sealed=sealed, back_by=back_by)
        except (calls.Full, NotNow) as error:
            raise Busy from error
        return Held(box, secret, call)


def duty_ends(person: Any) -> float:
    """Of the duty that is, or the next one in a day, on the switchboard's clock. Raises NoPhone: there is none."""
    at = timezone.now()
    for one in duty.stretches(at, at + A_DAY):
        if one.person == person.pk:
            return clock.now() + (one.ends - at).total_seconds()
    raise NoPhone(_("You are not on duty in the next day, so there is nothing to ring you for."))


def _back_by() -> float:
    """On the switchboard's clock. Raises Busy where no duty would keep it."""
    at = timezone.now()
    by = _in_a_day(promises.promise(at).back_by, at)
    if by is None:
        raise Busy
    return clock.now() + (by - at).total_seconds()


def _in_a_day(by: datetime | None, at: datetime) -> datetime | None:
    """A weekend's promise is longer than a dial-back token lives: then a day, if anybody then could open the number."""
    if by is None or by <= at + A_DAY:
        return by
    return at + A_DAY if recipients(at, at + A_DAY) else None


def _who_can_be_rung(at: datetime) -> frozenset[PersonId]:
    return frozenset(one.person for one in duty.on_duty(at, clock.now()))


def _text(sealed: bytes) -> str:
    return base64.b64encode(sealed).decode()
