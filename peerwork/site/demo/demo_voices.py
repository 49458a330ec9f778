"""What the made-up network has said so far: two quarters of themes, a consultation and what it said, one that is open.

Each answer goes in the way a real one does: it waits in memory, is flushed, counted once, and signed for by two.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain, repeat
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

import yaml

from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.postbox import staging
from peerwork.ground.releases import signing_off
from peerwork.ground.releases.models import Release
from peerwork.ground.tallies import quarters
from peerwork.people.members.models import Person
from peerwork.people.tokens import queries
from peerwork.voice.consultation import consultations
from peerwork.voice.consultation import counting as consultation_counting
from peerwork.voice.findings.models import Answer, Finding
from peerwork.voice.themes import counting, rounds, said
from peerwork.voice.themes.models import Bulletin

SCRIPT = Path(__file__).parent / "voices.yaml"
PASSES = 0.12
CO_CHAIRS = ("Auntie Rene", "Mick")
# The same made-up answers on every machine.
DRAW = Random(4)  # noqa: S311 — nothing here is secret

type Pieces = list[tuple[str, str]]


def make(people: Mapping[str, Person], today: date) -> None:
    script: dict[str, Any] = yaml.safe_load(SCRIPT.read_text())
    last = quarters.before(quarters.of(today))
    for quarter, often in zip((quarters.before(last), last), script["themes"], strict=True):
        _a_quarter(quarter, often, roster=script["roster"], people=people)
    Bulletin.objects.create(quarter=last, is_ready=True, **script["bulletin"])
    _consultations(script["consultation"], roster=script["roster"], people=people, today=today)
    _findings(script["findings"], today)
    rounds.keep_open(today, queries.roster(rounds.AUDIENCE))


def _a_quarter(quarter: str, often: Mapping[str, int], *, roster: int, people: Mapping[str, Person]) -> None:
    over: Any = rounds.keep_open(quarters.first_day(quarter), roster)
    codes = chain.from_iterable(repeat(code, times) for code, times in often.items())
    _say(over, (said.checked(over, [(counting.QUESTION, code)]) for code in codes), drawn=roster)
    postbox.close(over)
    after = quarters.last_day(quarter) + timedelta(days=1)
    _sign(counting.count_what_is_closed(after), people)


def _consultations(
    script: Mapping[str, Any], *, roster: int, people: Mapping[str, Person], today: date
) -> None:
    then = today - timedelta(days=400)  # a year has room for one of these
    asked = consultations.start(title=f"{script['title']} {then.year}", audience="peers")
    consultations.change(asked, lambda _form: script["form"])
    asked.refresh_from_db()
    consultations.open_up(asked, roster=roster, opens_on=then, closes_on=then + timedelta(days=21))
    over: Any = postbox.find(consultations.round_of(asked))
    _say(over, _ballots(script), drawn=roster)
    consultations.close_what_is_over(today)
    consultation_counting.count_what_is_closed(then + timedelta(days=22))
    _sign(Release.objects.filter(period=over.pk), people)
    now = consultations.start(title=f"{script['title']} {today.year}", audience="peers", like=asked)
    consultations.open_up(
        now,
        roster=queries.roster("peers"),
        opens_on=today - timedelta(days=3),
        closes_on=today + timedelta(days=24),
    )


def _ballots(script: Mapping[str, Any]) -> Iterable[Pieces]:
    """One list of pieces for each person who answered: each question dealt out by itself."""
    views = [view for view in script["views"] for _each in range(view["people"])]
    ballots: list[Pieces] = [[("say", _votes(view))] for view in views]
    for question, often in script["answers"].items():
        hands = list(ballots)
        for answer, times in often.items():
            DRAW.shuffle(hands)
            for hand in _with_room(hands, question)[:times]:
                hand.append((question, str(answer)))
    return ballots


def _with_room(hands: list[Pieces], question: str) -> list[Pieces]:
    """Those who may still say something here: three things where three can be said, else one."""
    most = 3 if question == "first" else 1
    return [hand for hand in hands if sum(1 for name, _answer in hand if name == question) < most]


def _votes(view: Mapping[str, int]) -> str:
    """As this half sees it, with somebody who passes now and then."""
    votes = {code: vote if DRAW.random() > PASSES else 0 for code, vote in view.items() if code != "people"}
    return json.dumps(votes, separators=(",", ":"))


def _say(over: Any, slips: Iterable[Pieces], *, drawn: int) -> None:
    for pieces in slips:
        staging.keep(over.pk, token_hex(32), json.dumps(pieces, separators=(",", ":")).encode())
    for _each in range(drawn):
        postbox.one_more_drew(over)


def _sign(releases: Iterable[Any], people: Mapping[str, Person]) -> None:
    those = list(releases)
    for name in CO_CHAIRS:
        signing_off.sign_all(those, people[name].pk, name)


def _findings(script: Iterable[Mapping[str, Any]], today: date) -> None:
    for weeks, one in enumerate(script, start=2):
        found_on = today - timedelta(weeks=3 * weeks)
        answered_on = found_on + timedelta(days=9) if one["chain"] else None
        finding = Finding.objects.create(
            words=one["words"], heard_in=one["heard_in"], found_on=found_on, answered_on=answered_on
        )
        for place, step in enumerate(one["chain"]):
            written_on = found_on + timedelta(days=9 + 8 * place)
            Answer.objects.create(finding=finding, place=place, written_on=written_on, **step)
