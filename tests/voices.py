"""One of everything that is said without a name, for tests that need something to point at."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils.timezone import localdate, now

from conftest import MELBOURNE, someone
from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.postbox.models import Slip
from peerwork.ground.releases.models import Release, Signature
from peerwork.support.line.after.models import Complaint
from peerwork.support.line.engine.words import Side, Way
from peerwork.support.line.number import messages
from peerwork.support.line.roster import shifts, swaps
from peerwork.support.line.roster.tests.nights import a_shift
from peerwork.support.line.switchboard import calls, store
from peerwork.voice.consultation import consultations
from peerwork.voice.consultation.models import Consultation, Wording
from peerwork.voice.findings import findings
from peerwork.voice.themes import rounds

TEXT = {"en": "How is it?"}
FORM = {
    "languages": ["en"],
    "sections": [
        {
            "code": "work",
            "title": TEXT,
            "says": TEXT,
            "questions": [
                {"code": "paid", "kind": "scale", "text": TEXT, "low": TEXT, "high": TEXT},
                {"code": "else", "kind": "words", "text": TEXT},
            ],
        }
    ],
}


def a_consultation(*, opens=0, closes=10, is_open=True):
    """For peers, with a scale and a line of one's own words; `opens` and `closes` in days from today."""
    made = consultations.start(title="How the work is going", audience="peers")
    consultations.change(made, lambda _form: FORM)
    made.refresh_from_db()
    if is_open:
        today = localdate()
        days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
        consultations.open_up(made, roster=30, **days)
    return made


def one_that_is_over():
    """Closed and counted, with a line in somebody's own hand that waits for the peer circle."""
    made = a_consultation(opens=-420, closes=-405)  # a year has room for one
    over = postbox.find(consultations.round_of(made))
    slip = Slip.objects.create(round=over, question="else:words", answer="The van is cold.")
    consultations.close_what_is_over(localdate())
    Consultation.objects.filter(pk=made.pk).update(state="counted")
    a_release(over.pk, "paid")
    wording = Wording.objects.create(round=over.pk, question="else", in_other_words="It is cold at work.")
    return made, slip, wording


def a_release(period, question="themes", *, is_out=True):
    """Bands, as a small network would see them."""
    today = localdate()
    cell = {"code": "wrk", "label": "Work", "value": 12, "low": 4, "high": 20, "band": "some"}
    made = Release.objects.create(
        population="peers", period=period, question=question, kind="noisy", title="What people talked about",
        body={"title": "What people talked about", "kind": "theme", "shape": "bands", "cells": [cell],
              "answered_about": 30, "half_width": 8, "price": 1_000_000},
        made_on=today - timedelta(days=9), outside_from=today - timedelta(days=2), mark=uuid4().hex,
    )  # fmt: skip
    if is_out:
        for name in ("Auntie Rene", "Mick"):
            Signature.objects.create(release=made, by=uuid4(), name=name)
    return made


def a_roster(person):
    """Two evenings of the line. This person is on the first, and would rather have the other."""
    sam = someone("Sam", "peer", "supporter")
    evening = {"minutes": 240, "zone": MELBOURNE, "rrule": ""}
    mine, theirs = (
        shifts.plan(
            first=datetime.combine(localdate() + timedelta(days=n), time(18)),
            regulars={"first": who},
            **evening,
        ).shifts.get()
        for n, who in ((3, person), (5, sam))
    )
    offered = swaps.offer(mine.duties.get(), theirs=theirs.duties.get())
    return {"shift_id": mine.pk, "line_series_id": mine.series_id, "offer_id": offered.pk}


# What opens the box of `a_call`, and no other.
THE_SECRET = "b" * 64


def a_call(person):
    """Somebody asks the line, and it rings at this person, who is on duty."""
    with store.alone() as database:  # a memory folder is shared by all tests of one run
        database.execute("DELETE FROM call")
    a_shift(first=person, in_hours=-1, since=now())
    box = uuid4().hex
    call = calls.ask(box, THE_SECRET, side=Side(), way=Way.CHAT, key="k" * 87)
    messages.keep(call, b"sealed")
    return {"box": box, "call": call}


def one_of_each():
    """Keyed as the addresses name them."""
    today = localdate()
    themes = rounds.keep_open(today, 30)
    written, asked = a_consultation(is_open=False), a_consultation()
    over, slip, wording = one_that_is_over()
    release = a_release("themes.2026-Q1")
    complaint = Complaint.objects.create(
        pk="ab" * 32,
        side="asked",
        due_on=date(2030, 1, 1),
        gone_on=date(2030, 2, 1),
        sealed=b"x",
        reply_key="age1",
    )
    return {
        "mark": complaint.pk,
        "round_id": themes.pk, "number": 1, "period": release.period, "release_id": release.pk, "code": "work",
        "kind": "scale", "slip_id": slip.pk, "wording_id": wording.pk, "consultation_id": asked.pk,
        "finding_id": findings.put_up("Nobody to reflect with.", heard_in="2026", on=today - timedelta(days=1)).pk,
        "written_id": written.pk, "over_id": over.pk,
    }  # fmt: skip
