from django.db import models
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known


@known(
    says=_("How often something happened in a quarter. Never to whom."),
    until=_("Eight years, for the yearly reports."),
    forget=lambda today: models.Q(quarter__lt=f"{today.year - 8}-Q1"),
    what=_("What was counted"),
    quarter=_("The quarter it happened in"),
    count=_("How often, or how much"),
)
class Tally(models.Model):
    """How much of one thing there was in one quarter. There is no field for who."""

    id = models.BigAutoField(primary_key=True)
    what = models.CharField(max_length=80)
    quarter = models.CharField(max_length=7)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["what", "quarter"], name="one_tally_per_quarter"),)

    def __str__(self) -> str:
        return f"{self.what} in {self.quarter}: {self.count}"


@known(
    says=_("Quarters whose numbers were closed, so that they can no longer change."),
    until=_("Eight years, as long as the numbers themselves."),
    forget=lambda today: models.Q(quarter__lt=f"{today.year - 8}-Q1"),
    quarter=_("The quarter that was closed"),
)
class Closing(models.Model):
    """A quarter is closed once. What is counted late goes into the quarter that is open."""

    quarter = models.CharField(max_length=7, primary_key=True)

    def __str__(self) -> str:
        return self.quarter
