from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import published


@published(
    says=_("What was found out, and asks for an answer."),
    until=_("The network closes."),
    id=_("A random number"),
    words=_("What was found"),
    heard_in=_("Where it was heard, like a consultation or a bulletin"),
    release=_("The release it rests on, where there is one"),
    found_on=_("The day it was put here. From it the age is counted."),
    answered_on=_("The day somebody promised something, or said no"),
)
class Finding(models.Model):
    """Somebody said it, and nobody knows who. Until it is answered, its age is shown to everybody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    words = models.CharField(max_length=300)
    heard_in = models.CharField(max_length=120)
    release = models.UUIDField(null=True, blank=True)
    found_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_finding_says_something"),)

    def __str__(self) -> str:
        return self.words


@published(
    says=_("What became of a finding: a promise, a no with its reason, a step, or what it came to."),
    until=_("The network closes."),
    id=_("A random number"),
    finding=_("Which finding"),
    kind=_("A promise, a no, a step, or the reply"),
    words=_("What it says"),
    whose=_("Who stands for it: a role or a group, never a peer's name"),
    due_on=_("Until when, if it is a promise"),
    written_on=_("The day it was put here"),
    place=_("The how manieth step it is"),
)
class Answer(models.Model):
    """One step of the chain. It is never changed, only added to."""

    class Kind(models.TextChoices):
        PROMISE = "promise", _("We will")
        NO = "no", _("We will not, because")
        STEP = "step", _("What was done")
        REPLY = "reply", _("What it came to")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=600)
    whose = models.CharField(max_length=80)
    due_on = models.DateField(null=True, blank=True)
    written_on = models.DateField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["finding", "place"], name="one_step_after_the_other"),
            models.CheckConstraint(condition=~Q(words=""), name="a_step_says_something"),
        )

    def __str__(self) -> str:
        return self.words
