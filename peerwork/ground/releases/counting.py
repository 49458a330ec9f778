"""Counting a round that is over: once, all of it or nothing, and then the answers are gone.

What is said, what it cost, that the answers are deleted, and that the round is counted: one transaction.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from peerwork.ground.postbox import slips
from peerwork.ground.postbox.models import Round
from peerwork.ground.releases import groups, ledger, marks, numbers
from peerwork.ground.releases.ledger import Overspent, Uncounted
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import Progress, Question, Terms, TooManyMarks
from peerwork.ground.releases.signing_off import PEERS_FIRST
from peerwork.ground.tallies import quarters

__all__ = ["NotClosed", "Overspent", "Question", "TooManyMarks", "Uncounted", "count", "waiting"]

# Above so many people numbers are rounded to five; up to here they are bands.
LARGE = 60
OPINIONS = "opinions"


class NotClosed(Uncounted):
    """It is still open, it was counted already, or there is no such round."""


def count(  # noqa: PLR0913 — each was fixed before
    round_id: str,
    *,
    population: str,
    quarter: str,
    questions: Sequence[Question],
    today: date,
    progress: Progress | None = None,
) -> list[Release]:
    """Say what the round says. Raises Uncounted (NotClosed, Overspent, TooManyMarks): nothing has changed then.

    A question of kind "opinions" is about all statements of one set together: its cells are the statements.
    """
    opinions = _worked_out(round_id, questions)
    with transaction.atomic():
        over = _take(round_id)
        read, said = _Read(over), []
        for done, asked in enumerate(questions):
            tell(progress, done, len(questions))
            body = opinions.get(asked.code) or _body(asked, read, questions=questions)
            said.append(_release(asked, body, population=population, period=over.id, today=today))
            _pay(said[-1], quarter)
        Release.objects.bulk_create(said)
        slips.forget(over)
        Round.objects.filter(pk=over.pk).update(state=Round.State.COUNTED)
    tell(progress, len(questions), len(questions))
    return said


def _worked_out(round_id: str, questions: Sequence[Question]) -> dict[str, dict[str, Any]]:
    """Which opinions go together can take seconds, so it is found before anybody has to wait for the database.

    A round that is closed takes nothing more in. One that is not is refused a moment later.
    """
    over = Round.objects.filter(pk=round_id, state=Round.State.CLOSED).first()
    opinions = [asked for asked in questions if asked.kind == OPINIONS] if over else []
    read = _Read(over) if over and opinions else None
    return {asked.code: _body(asked, read, questions=questions) for asked in opinions if read}


def _take(round_id: str) -> Round:
    """One process has it; another waits here, and then finds it counted."""
    over = Round.objects.select_for_update().filter(pk=round_id).first()
    if over is None or over.state != Round.State.CLOSED:
        raise NotClosed(round_id)
    return over


class _Read:
    """The slips of a round, each set of votes read once. None of it leaves this file as it is."""

    def __init__(self, over: Round) -> None:
        self.over, self.spent = over, slips.how_many_spent(over)
        self.votes = cache(lambda question: slips.votes(over, question))

    def answers(self, asked: Question) -> Counter[str]:
        if asked.statement is None:
            return slips.histogram(self.over, asked.slips)
        said = (vote.get(asked.statement) for vote in self.votes(asked.slips))
        return Counter(str(vote) for vote in said if vote is not None)

    @property
    def is_too_few(self) -> bool:
        """So many tokens could come from fewer people than the floor. The board shows how many tokens, to anybody."""
        return self.spent < 1 or -(-self.spent // self.over.tokens) < self.over.floor


def _body(asked: Question, read: _Read, *, questions: Sequence[Question]) -> dict[str, Any]:
    over = read.over
    if read.is_too_few:
        return {"title": asked.title, "kind": asked.kind, "too_few": True}
    if asked.kind == OPINIONS:
        return _opinions(asked, read)
    paid_for = sum(each.kind != OPINIONS for each in questions)
    terms = Terms(read.spent, over.tokens, price=over.price // paid_for, in_bands=over.roster <= LARGE)
    return numbers.as_said(asked, read.answers(asked), terms)


def _opinions(asked: Question, read: _Read) -> dict[str, Any]:
    """Which opinions go together, where nothing changes whoever is left out. It costs nothing and promises less."""
    statements = [code for code, _label in asked.cells]
    said = groups.find(read.votes(asked.slips), statements).body()
    return {"title": asked.title, "kind": asked.kind, "labels": dict(asked.cells)} | said


def _release(asked: Question, body: dict[str, Any], *, population: str, period: str, today: date) -> Release:
    kind = Release.Kind.NOISY
    if "too_few" in body:
        kind = Release.Kind.WORDS
    elif asked.kind == OPINIONS:
        kind = Release.Kind.GROUPS
    return Release(
        population=population, period=period, question=asked.code, kind=kind, title=numbers.one_title(asked.title),
        body=body, made_on=today, outside_from=today + PEERS_FIRST,
    )  # fmt: skip


def _pay(release: Release, quarter: str) -> None:
    """The mark of the line that paid stands in what was paid for, so neither can be taken out alone."""
    if release.kind == Release.Kind.NOISY:
        line = ledger.charge(
            release.population, release.period, quarter, release.question, release.body["price"]
        )
        release.body["paid"] = line.mark
    release.mark = marks.of_release(release)


def waiting() -> list[tuple[str, str]]:
    """Rounds that are over and not counted: (round, why not). Tonight, unless there is no room in the year."""
    found = Round.objects.filter(state=Round.State.CLOSED).order_by("pk")
    return [(over.id, _why_not(over)) for over in found]


def _why_not(over: Round) -> str:
    if over.price > ledger.left(over.audience, quarters.of(over.closes_on)):
        return ledger.no_room()
    return _("It is over. It is counted in the coming night.")


def tell(progress: Progress | None, done: int, of: int) -> None:
    if progress:
        progress(done, of)
