from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, published, unlinked

# What is written in somebody's own hand could give them away, so it does not last.
WORDS = ":words"
WORDS_LAST = timedelta(days=30)
# A round that nobody may count any more, because the year has no room for it, is not kept for later.
UNCOUNTED_LAST = timedelta(days=366)


@published(
    says=_(
        "Rounds in which people answer without a name: the public half of each key, and the rules set before."
    ),
    until=_("The network closes. Anybody may check an old round."),
    id=_("What the round is called, like themes.2026-Q4"),
    audience=_("Whose devices draw tokens: peers, or all members"),
    tokens=_("How many tokens each device draws, needed or not"),
    roster=_("How many people could draw when it opened"),
    floor=_("How many people must have answered before any number is made. Set at the start."),
    price=_("What the whole round may cost of the year's privacy, in millionths"),
    opens_on=_("The first day"),
    closes_on=_("The last day"),
    modulus=_("The public half of the round's key"),
    fingerprint=_("The same, short enough to compare"),
    drawn=_("How many people have drawn their tokens"),
    state=_("Whether it is open, closed or counted"),
)
class Round(models.Model):
    """One stretch of time with a key of its own. Everything that could be bent later is fixed when it opens."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        COUNTED = "counted", _("counted")

    id = models.CharField(primary_key=True, max_length=60)
    audience = models.CharField(max_length=20)
    tokens = models.PositiveSmallIntegerField()
    roster = models.PositiveIntegerField()
    floor = models.PositiveIntegerField()
    price = models.PositiveBigIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    modulus = models.TextField()
    fingerprint = models.CharField(max_length=64)
    drawn = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="a_round_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(tokens__gte=1), name="a_round_has_tokens"),
        )

    def __str__(self) -> str:
        return self.id


@known(
    says=_("The private half of a round's key, which signs tokens without seeing them."),
    until=_("The round closes."),
    round=_("Which round"),
    pem=_("The private half"),
)
class SigningKey(models.Model):
    """With it somebody could make tokens of their own. That would show: more spent than drawn."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, primary_key=True, related_name="key")
    pem = models.TextField()

    def __str__(self) -> str:
        return f"The key of {self.round_id}"


@unlinked(
    says=_("Answers without a name. Nobody knows whose, and nobody knows when."),
    until=_(
        "They are counted, or a year. Words in somebody's own hand: thirty days after the round has closed."
    ),
    forget=lambda today: (
        Q(question__endswith=WORDS, round__closes_on__lt=today - WORDS_LAST)
        | Q(round__closes_on__lt=today - UNCOUNTED_LAST)
    ),
    id=_("A random number"),
    round=_("Which round"),
    question=_("Which question"),
    answer=_("The answer"),
)
class Slip(models.Model):
    """One answer to one question. What came together was cut apart on the way in, so nothing holds it together.

    Written by the flush alone (flushing.py), in one shuffled transaction. Read by the door of releases alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    question = models.CharField(max_length=80)
    answer = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["round", "question"], name="slips_by_question"),)

    def __str__(self) -> str:
        return self.question


@published(
    says=_("The board: the mark of every token that was spent. Whoever holds the token finds theirs."),
    until=_("The network closes."),
    keeps_no_order=True,
    mark=_("A fingerprint of the token"),
    round=_("Which round"),
)
class Spent(models.Model):
    """It counted. Which answer it was is written nowhere."""

    mark = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.mark


@unlinked(
    says=_("Marks of tokens that were printed for paper. Nobody wrote down who was handed which."),
    until=_("The round closes."),
    mark=_("A fingerprint of what is printed"),
    round=_("Which round"),
)
class PaperToken(models.Model):
    """Good for one answer, in an envelope like all the others."""

    mark = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.mark
