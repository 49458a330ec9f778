"""A finding with what became of it, and where that stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from peerwork.voice.findings.models import Answer, Finding


class State(StrEnum):
    WAITS = "waits"
    PROMISED = "promised"
    REFUSED = "refused"
    DONE = "done"


class Whose(TextChoices):
    """Who stands for an answer. A role or a group: there is no place here for anybody's name."""

    CO_CHAIRS = "co_chairs", _("The co-chairs")
    COORDINATORS = "coordinators", _("The coordinators")
    ADVISERS = "advisers", _("The advisory group")
    NETWORK = "network", _("All of the network")
    WORKPLACES = "workplaces", _("The workplaces")
    FUNDER = "funder", _("The funder")


K = Answer.Kind
LEADS_TO = {K.PROMISE: State.PROMISED, K.NO: State.REFUSED, K.REPLY: State.DONE}
# What may be said next. A no can become a promise later, and a promise a no: both stay there to be read.
NEXT: dict[State, tuple[Answer.Kind, ...]] = {
    State.WAITS: (K.PROMISE, K.NO),
    State.PROMISED: (K.STEP, K.REPLY, K.NO),
    State.REFUSED: (K.PROMISE,),
    State.DONE: (),
}


def state_of(answers: Iterable[Answer]) -> State:
    """In the order they were given."""
    state = State.WAITS
    for answer in answers:
        state = LEADS_TO.get(K(answer.kind), state)
    return state


@dataclass(frozen=True)
class Step:
    """One answer, ready to be shown."""

    answer: Answer

    @property
    def whose(self) -> str:
        known = dict(Whose.choices)
        return str(known.get(self.answer.whose, self.answer.whose))


@dataclass(frozen=True)
class Chain:
    finding: Finding
    answers: list[Answer]
    today: date

    @property
    def state(self) -> State:
        return state_of(self.answers)

    @property
    def steps(self) -> list[Step]:
        return [Step(answer) for answer in self.answers]

    @property
    def weeks(self) -> int:
        """Whole weeks since it was put up: what everybody sees while nobody answers."""
        return (self.today - self.finding.found_on).days // 7

    @property
    def due_on(self) -> date | None:
        """The day of the promise that stands, if one does."""
        if self.state != State.PROMISED:
            return None
        return [answer.due_on for answer in self.answers if answer.kind == K.PROMISE][-1]

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def next(self) -> tuple[Answer.Kind, ...]:
        return NEXT[self.state]

    @property
    def can_be_taken_back(self) -> bool:
        return not self.answers and self.finding.found_on == self.today

    @property
    def last_can_be_taken_back(self) -> bool:
        return bool(self.answers) and self.answers[-1].written_on == self.today


def of(finding: Finding, *, today: date) -> Chain:
    """Asks nothing more of the database where the answers were fetched with it."""
    return Chain(finding, sorted(finding.answers.all(), key=lambda answer: answer.place), today)
