from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, sealed

SIDES = (("asked", _("somebody who rang")), ("answered", _("somebody who answers")))


@known(
    says=_("How often something happened on the line in a week. Never to whom, and never when in the week."),
    until=_("Two years and a month."),
    forget=lambda today: Q(week__lt=today.replace(year=today.year - 2, day=1)),
    week=_("The Monday of the week"),
    what=_("What was counted"),
    count=_("How often"),
)
class WeekCount(models.Model):
    """How much of one thing there was in one week. Each thing is counted alone; no row holds two together."""

    id = models.BigAutoField(primary_key=True)
    week = models.DateField()
    what = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["week", "what"], name="one_count_a_week"),)

    def __str__(self) -> str:
        return f"{self.what}, {self.week}: {self.count}"


@sealed(
    says=_("Complaints about the line, sealed to the two who hear them. Nobody is named as sender."),
    until=_("Thirty days after it was answered or was due."),
    forget=lambda today: Q(gone_on__lt=today),
    keeps_no_order=True,
    id=_("A fingerprint of the words on the sender's screen. Only the sender has the words."),
    side=_("Whether it is from somebody who rang or somebody who answers"),
    due_on=_("The day it is answered by"),
    gone_on=_("The day it disappears"),
    sealed=_("What was written, as ciphertext"),
    word=_("A fingerprint of a word drawn by lot that is sealed inside. Whoever has the word could open it."),
    reply_key=_("What the answer is sealed to"),
    reply=_("The answer, as ciphertext"),
)
class Complaint(models.Model):
    """Heard within seven days, whoever sends it. Both kinds run on the same clock, and everybody sees the clock."""

    id = models.CharField(primary_key=True, max_length=64)
    side = models.CharField(max_length=8, choices=SIDES)
    due_on = models.DateField()
    gone_on = models.DateField()
    sealed = models.BinaryField()
    word = models.CharField(max_length=64)
    reply_key = models.CharField(max_length=70)
    reply = models.BinaryField(blank=True, default=bytes)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(side__in=["asked", "answered"]), name="a_complaint_is_from_one_of_two_sides"
            ),
        )

    def __str__(self) -> str:
        return "A complaint about the line"
