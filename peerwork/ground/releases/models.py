from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, published


@published(
    says=_("What the network has found out about itself, as it was released: never a number that is exact."),
    until=_("The network closes."),
    id=_("A random number"),
    population=_("About whom"),
    period=_("About which time"),
    question=_("Which question"),
    kind=_("How it was made safe"),
    title=_("What it says above it"),
    body=_("What it says"),
    made_on=_("The day it was made"),
    outside_from=_("The first day it may be seen outside. Until then it is the peers' alone."),
    mark=_("A fingerprint of what it says, so that a change would show"),
)
class Release(models.Model):
    """Made once and never again. What it says never changes."""

    class Kind(models.TextChoices):
        NOISY = "noisy", _("with noise, so that no one answer shows")
        GROUPS = "groups", _("only what stays the same whoever is left out")
        WORDS = "words", _("in words that peers agreed on")
        KNOWN = "known", _("known numbers, small ones hidden")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    population = models.CharField(max_length=20)
    period = models.CharField(max_length=60)
    question = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    made_on = models.DateField()
    outside_from = models.DateField()
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["population", "period", "question"], name="nothing_is_released_twice"
            ),
            models.CheckConstraint(
                condition=Q(outside_from__gte=F("made_on")), name="peers_see_it_before_anybody_outside"
            ),
        )

    def __str__(self) -> str:
        return self.title


@known(
    says=_("That a co-chair agreed to let something out."),
    until=_("The network closes: whoever lets a number out stands by it."),
    id=_("A random number"),
    release=_("What they agreed to"),
    by=_("Who agreed"),
    name=_("The name they had then"),
)
class Signature(models.Model):
    """Two different co-chairs sign before anybody outside sees it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="signatures")
    by = models.UUIDField()
    name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["release", "by"], name="a_co_chair_signs_once"),)

    def __str__(self) -> str:
        return f"{self.name} for {self.release_id}"


@published(
    says=_(
        "What each number cost of the year's privacy. Each line holds the one before, so none can be taken out."
    ),
    until=_("The network closes."),
    place=_("The number of the line"),
    population=_("About whom"),
    period=_("About which time"),
    quarter=_("The quarter it was spent in"),
    question=_("Which question"),
    cost=_("What it cost, in millionths, rounded up"),
    before=_("The mark of the line before"),
    mark=_("The mark of this line"),
)
class Charge(models.Model):
    """One line of the ledger. Written once, in the same transaction as what it pays for."""

    place = models.PositiveIntegerField(primary_key=True)
    population = models.CharField(max_length=20)
    period = models.CharField(max_length=60)
    quarter = models.CharField(max_length=7)
    question = models.CharField(max_length=80)
    cost = models.PositiveBigIntegerField()
    before = models.CharField(max_length=64)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["population", "period", "question"], name="nothing_is_paid_for_twice"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.question}"
