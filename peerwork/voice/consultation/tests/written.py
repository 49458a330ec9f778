"""Consultations that are written already, for every test that needs one."""

from copy import deepcopy
from datetime import date, timedelta
from unittest.mock import patch

from django.utils.timezone import localdate

from peerwork.voice.consultation import consultations

FORM = {
    "languages": ["en", "ar"],
    "sections": [
        {
            "code": "work",
            "title": {"en": "Your work", "ar": "عملك"},
            "says": {},
            "questions": [
                {
                    "code": "paid", "kind": "choose", "most": 1,
                    "text": {"en": "Are you paid for meetings?", "ar": "هل يُدفع لك؟"},
                    "options": [
                        {"code": "yes", "text": {"en": "Yes", "ar": "نعم"}},
                        {"code": "no", "text": {"en": "No", "ar": "لا"}},
                    ],
                },
                {
                    "code": "safe", "kind": "scale",
                    "text": {"en": "How safe do you feel at work?", "ar": "كم تشعر بالأمان؟"},
                    "low": {"en": "not at all", "ar": "أبداً"}, "high": {"en": "very", "ar": "جداً"},
                },
                {
                    "code": "next", "kind": "rank",
                    "text": {"en": "What should come first?", "ar": "ما الأهم؟"},
                    "options": [
                        {"code": code, "text": {"en": code, "ar": code}} for code in ("pay", "time", "van", "tea")
                    ],
                },
            ],
        },
        {
            "code": "think",
            "title": {"en": "What you think", "ar": "رأيك"},
            "says": {},
            "questions": [
                {
                    "code": "said", "kind": "statements",
                    "text": {"en": "Do you agree?", "ar": "هل توافق؟"},
                    "options": [
                        {"code": "s1", "text": {"en": "I am heard.", "ar": "يُسمع صوتي"}},
                        {"code": "s2", "text": {"en": "Shifts are fair.", "ar": "المناوبات عادلة"}},
                    ],
                },
                {"code": "else", "kind": "words", "text": {"en": "Anything else?", "ar": "شيء آخر؟"}},
            ],
        },
    ],
}  # fmt: skip


def a_draft(title="What matters in 2026", audience="peers", form=FORM):
    made = consultations.start(title=title, audience=audience)
    consultations.change(made, lambda _empty: deepcopy(form))
    made.refresh_from_db()
    return made


def an_open_one(roster=40, days=14, **how):
    made = a_draft(**how)
    today = localdate()
    consultations.open_up(made, roster=roster, opens_on=today, closes_on=today + timedelta(days=days))
    made.refresh_from_db()
    return made


def another_open_one(**how):
    """A second one in the same year. A test may look at two; a house has no room for them beside its themes."""
    with patch.object(consultations, "THEMES", 0):
        return an_open_one(**how)


def the_day_after(consultation) -> date:
    return consultation.closes_on + timedelta(days=1)
