"""A consultation for stories: its questions, and ways to open, close and count it as the house itself would."""

import json
import subprocess
import sys

FORM = {
    "languages": ["en", "ar"],
    "sections": [
        {
            "code": "work",
            "title": {"en": "The work", "ar": "العمل"},
            "says": {"en": "Think of the last three months."},
            "questions": [
                {
                    "code": "paid", "kind": "choose", "most": 1,
                    "text": {"en": "Were you paid for all you did?", "ar": "هل دُفع لك عن كل ما عملت؟"},
                    "options": [
                        {"code": "all", "text": {"en": "For all of it", "ar": "عن كله"}},
                        {"code": "some", "text": {"en": "For some of it", "ar": "عن بعضه"}},
                        {"code": "none", "text": {"en": "For none of it", "ar": "لا شيء"}},
                    ],
                },
                {
                    "code": "safe", "kind": "scale", "text": {"en": "How safe was it?", "ar": "كم كان آمنًا؟"},
                    "low": {"en": "not at all", "ar": "أبدًا"}, "high": {"en": "very", "ar": "جدًا"},
                },
            ],
        },
        {
            "code": "next",
            "title": {"en": "What comes next"},
            "says": {},
            "questions": [
                {
                    "code": "first", "kind": "rank", "text": {"en": "What should come first?"},
                    "options": [
                        {"code": code, "text": {"en": words}}
                        for code, words in (
                            ("pay", "Better pay"), ("rest", "More rest"), ("learn", "More to learn"),
                            ("talk", "Somebody to talk to"),
                        )
                    ],
                },
                {
                    "code": "say", "kind": "statements", "text": {"en": "Do you agree?"},
                    "options": [
                        {"code": "night", "text": {"en": "Nobody should work a night alone."}},
                        {"code": "remote", "text": {"en": "Meetings should be on a screen."}},
                    ],
                },
                {"code": "more", "kind": "words", "text": {"en": "Anything else?"}},
            ],
        },
    ],
}  # fmt: skip


WAKE = """
import json, sys
from datetime import date, timedelta
from peerwork.site.commands.house import wake
wake()
from peerwork.people.members.queries import network
from peerwork.voice.consultation import answering, consultations, queries
from peerwork.voice.consultation.models import Consultation
today, said = answering.today(network()), json.loads(sys.argv[1])
"""


def in_the_house(house, code, *said):
    """Run this inside the house, as its own commands do. What it prints comes back."""
    done = subprocess.run(
        [sys.executable, "-c", f"{WAKE}\n{code}", json.dumps(said)],
        env=house.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def a_consultation(house, title="Our year", *, audience="peers", form=FORM, opens=-1):
    """Open from yesterday, or so many days from now, for two weeks. Returns its number."""
    return in_the_house(
        house,
        """
title, audience, form, opens = said
made = consultations.start(title=title, audience=audience)
consultations.change(made, lambda _old: form)
first = today + timedelta(days=opens)
consultations.open_up(
    made, roster=queries.roster(audience), opens_on=first, closes_on=first + timedelta(days=15)
)
print(made.pk)
""",
        title,
        audience,
        form,
        opens,
    )


def answered(house, number, answers):
    """So many people answer, each with a code out of an envelope: [[question, answer], …] of each of them."""
    in_the_house(
        house,
        """
from peerwork.ground.postbox import paper, redeeming, rounds
from peerwork.voice.consultation import form
number, answers = said
one = Consultation.objects.get(pk=number)
there = rounds.find(consultations.round_of(one))
for code, pieces in zip(paper.print_tokens(there, len(answers)), answers):
    pieces = [tuple(piece) for piece in pieces]
    form.check_pieces(one.form, pieces)
    rounds.one_more_drew(there)
    redeeming.take(there.pk, redeeming.Paper(code), pieces, on=there.opens_on)
""",
        number,
        answers,
    )


def codes_of(house, number, how_many):
    """Codes as they lie in envelopes."""
    return json.loads(
        in_the_house(
            house,
            """
from peerwork.ground.postbox import paper, rounds
there = rounds.find(consultations.round_of(Consultation.objects.get(pk=said[0])))
for _one in range(said[1]):
    rounds.one_more_drew(there)
print(json.dumps(paper.print_tokens(there, said[1])))
""",
            number,
            how_many,
        )
    )


def it_is_over(house, number, *, days_ago=0):
    """Its last day was yesterday, and it is counted. `days_ago`: so many days the peers have had it since."""
    in_the_house(
        house,
        """
from peerwork.ground.postbox.models import Round
from peerwork.voice.consultation import counting
number, days = said
today -= timedelta(days=days)
one = Consultation.objects.filter(pk=number)
there = Round.objects.filter(pk=consultations.round_of(one.get()))
last = max(today - timedelta(days=1), one.get().opens_on)
one.update(closes_on=last), there.update(closes_on=last)
consultations.close_what_is_over(max(today, last + timedelta(days=1)))
counting.count_what_is_closed(today)
""",
        number,
        days_ago,
    )


def forget_what_was_asked(house):
    """As if the network had never asked anything: the made-up one has a year behind it already."""
    in_the_house(
        house,
        """
from peerwork.ground.postbox.models import Round, Slip, Spent
from peerwork.ground.releases.models import Charge, Release
Release.objects.all().delete(), Charge.objects.all().delete(), Consultation.objects.all().delete()
Slip.objects.all().delete(), Spent.objects.all().delete(), Round.objects.all().delete()
""",
    )
