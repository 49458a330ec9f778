"""A quarter in the life of made-up members, on the real house: its pages, its database file, its memory folder.

Real: every page and middleware, sessions, drawing, the nameless door, staging, the hourly job, the journal, VACUUM.
Not real: no phone line and no browser in between; the clock is moved, so the kernel's own times are translated
(`clock.Clock.told_by`); of the hours in which nobody came only the last one before somebody comes is lived through.
"""

import json
import random
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.test import Client, RequestFactory
from django.utils.timezone import localdate

from peerwork.ground.postbox import rounds, staging
from peerwork.people.door import sessions
from peerwork.people.vault import shelf
from peerwork.site import night, voices
from peerwork.support.gatherings import seats
from peerwork.voice.themes.models import Frame
from tests.blinding import Client as Hidden
from tests.blinding import body
from tests.linkage.clock import ENDS, HOUR
from tests.linkage.people import an_evening, found

JOB_AT = 7 * 60
THEMES = ("wrk.pay", "wrk.load", "lss.od", "wrk.role")


class Life:
    """`live_until(moment)` as often as you like. `truth`: whose each planted text is, for the evaluator alone."""

    def __init__(self, clock, *, members, weeks, visits, slips, seed):
        self.lot, self.clock = random.Random(seed), clock
        self.truth, self.said_at, self.drew_at, self.weeks = {}, {}, {}, weeks
        self.members = found(members, weeks, visits, slips, self.lot)
        self.by_id = {member.person.pk.hex: member for member in self.members}
        voices.hear(localdate())
        (self.round,) = (one for one in rounds.open_now(["peers"]) if one.pk.startswith("themes."))
        Frame.objects.update(words_on=True)
        self.evening = an_evening(weeks)
        self.coming = sorted(
            ((at, number, member) for member in self.members for number, at in enumerate(member.visits)),
            key=lambda one: one[0],
        )
        self.last_job = self.ends = self.clock.at

    def live_until(self, moment):
        self.ends = moment
        while self.coming and self.coming[0][0] < moment:
            at, number, member = self.coming.pop(0)
            self.hours_until(at)
            self.clock.to(at)
            self.visit(member, number)
        self.hours_until(moment)
        self.clock.to(moment)

    def see_the_round_end(self):
        """The night after the quarter: the rest is flushed, the round closed and counted, the draws forgotten."""
        self.ends = ENDS.timestamp()
        self.clock.to(self.ends)
        self.job(came=True)

    def hours_until(self, at):
        """The job in the first hour after whatever happened, and in the last before what happens now."""
        first = (self.clock.at - JOB_AT) // HOUR * HOUR + HOUR + JOB_AT
        last = (at - JOB_AT) // HOUR * HOUR + JOB_AT
        for due in sorted({first, last}):
            if self.last_job < due <= at:
                self.clock.to(due)
                self.job(came=due == first)
                self.last_job = due

    def job(self, *, came):
        """What the night does each hour with slips and sessions. Where nobody came there is nothing to write down."""
        voices.hear(localdate()) if came else staging.touch_all()
        sessions.SessionStore.blur()
        if self.clock.at + HOUR > self.ends:  # in the others it would be all the same, and takes long
            night._empty_the_journal()

    def visit(self, member, number):
        self.come_in(member)
        if self.lot.random() < 0.05:
            assert member.client.get("/").status_code == 200
        member.client.get("/tokens/")
        themes = member.says.get(number, 0)
        opens = themes or not member.tokens or self.lot.random() < 0.6
        if opens:
            assert member.client.get("/v/half/").status_code == 200
            self.draws(member, needs_it=bool(themes))
        if opens and self.lot.random() < 0.3:
            self.writes(member)
        if self.lot.random() < 0.05:
            seats.take(self.evening, by=member.person)
        for _theme in range(themes):
            self.clock.to(self.clock.at + self.lot.uniform(20, 400))
            self.says(member)
        if member.rest == "10" and self.lot.random() < 0.5:
            self.goes(member)

    def come_in(self, member):
        key = member.client.cookies.get(settings.SESSION_COOKIE_NAME)
        if key and sessions.SessionStore(key.value).load().get("person"):
            return
        request = RequestFactory().post("/door/")
        request.session = sessions.SessionStore()
        sessions.sign_in(request, member.person, rest=member.rest)
        request.session.save()
        member.client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key

    def goes(self, member):
        member.client.get("/v/half/")
        member.client.delete("/v/half/")
        key = member.client.cookies.pop(settings.SESSION_COOKIE_NAME)
        sessions.SessionStore(key.value).delete()

    @staticmethod
    def draws_when(_needs_it):
        """Always: needed or not."""
        return True

    def draws(self, member, *, needs_it):
        if member.person.pk.hex in self.drew_at or not self.draws_when(needs_it):
            return
        there = Client().get("/a/rounds/?state=open").json()["rounds"]
        (key,) = (one for one in there if one["id"].startswith("themes."))
        device = Hidden(key["modulus"])
        hidden, state = device.make(key["id"], key["tokens"])
        sent = json.dumps({"blinded": [to_url(one) for one in hidden]})
        came = member.client.post(f"/tokens/{key['id']}/", sent, content_type="application/json").json()
        member.tokens = device.finish(state, [urlsafe_b64decode(f"{one}==") for one in came["signatures"]])
        self.lot.shuffle(member.tokens)
        self.drew_at[member.person.pk.hex] = self.clock.at
        self.writes(member)

    def says(self, member):
        planted = f"zz{secrets.token_hex(15)}"
        pieces = [("themes", self.lot.choice(THEMES)), ("themes:words", planted)]
        sent = body(self.round.pk, member.tokens.pop(), pieces)
        assert Client().post("/a/themes/", sent, content_type="application/json").status_code == 204
        self.truth[planted], self.said_at[planted] = member.person.pk.hex, self.clock.at

    def writes(self, member):
        """A page of the shelf, as sealed as any other. Nobody here looks inside, so chance is sealed enough."""
        person = member.person
        there = shelf.ShelfPage.objects.filter(person=person).order_by("?").first()
        sealed = b"age-encryption.org/v1\n" + secrets.token_bytes(2300)
        if there is None:
            shelf.ShelfPage.objects.bulk_create(
                shelf.ShelfPage(person=person, place=place, sealed=sealed) for place in range(4)
            )
        else:
            shelf.ShelfPage.objects.filter(pk=there.pk).update(sealed=sealed)


def to_url(plain):
    return urlsafe_b64encode(plain).decode().rstrip("=")


def empty_memory():
    for path in sorted(Path(settings.OPTIONS.memory).rglob("*"), reverse=True):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
