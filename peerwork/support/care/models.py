from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, unlinked
from peerwork.ground.tallies import quarters


def _this_and_the_last(quarter: str) -> tuple[str, str]:
    """What was asked for on the last day of a quarter is not forgotten the night after."""
    return quarter, quarters.before(quarter)


@unlinked(
    says=_("How often a debrief was asked for, and after what kind of thing. Nobody knows by whom."),
    until=_("Somebody plans one, or the quarter after is over."),
    forget=lambda today: ~Q(quarter__in=_this_and_the_last(quarters.of(today))),
    id=_("A random number"),
    about=_("What kind of thing it was, if they said"),
    quarter=_("Which quarter"),
)
class DebriefAsk(models.Model):
    """Somebody asked for a debrief. There is no person and no day here, and no way to find either."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    about = models.CharField(max_length=30, blank=True)
    quarter = models.CharField(max_length=7)

    def __str__(self) -> str:
        return self.about or "Something hard"


@known(
    says=_("A worker's word to their workplace: I have a self-care plan. Nothing of the plan is in it."),
    until=_("Somebody there has read it, or thirty days."),
    forget=lambda today: Q(expires_on__lt=today),
    person=_("Who says so"),
    workplace=_("To which of their workplaces"),
    expires_on=_("The last day it can be read"),
)
class PlanWord(models.Model):
    """Only the worker can give this word, and it is read one time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="plan_words")
    workplace = models.ForeignKey("people.Workplace", on_delete=models.CASCADE, related_name="plan_words")
    expires_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "workplace"], name="a_plan_is_told_of_once_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} has a plan"
