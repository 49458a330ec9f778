from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import published


@published(
    says=_("What the network asks its people, once a year or when it needs to."),
    until=_("The network closes."),
    id=_("A random number"),
    title=_("What it is called"),
    form=_("The sections and questions, in every language they were written in"),
    version=_("How often the questions were changed before it opened"),
    audience=_("Who may answer: peers, or all members"),
    opens_on=_("The first day"),
    closes_on=_("The last day"),
    state=_("Whether it is being written, open, closed or counted"),
)
class Consultation(models.Model):
    """Who may answer stands here. What was answered stands nowhere near it."""

    class State(models.TextChoices):
        WRITTEN = "written", _("being written")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        COUNTED = "counted", _("counted")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=120)
    form = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    audience = models.CharField(max_length=20, default="peers")
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WRITTEN)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="a_consultation_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title


@published(
    says=_("Earlier versions of the questions, so that everybody can see what was changed."),
    until=_("The network closes."),
    id=_("A random number"),
    consultation=_("Which consultation"),
    version=_("Which version"),
    form=_("The questions as they were"),
)
class OldForm(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="old_forms")
    version = models.PositiveIntegerField()
    form = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["consultation", "version"], name="each_version_once"),)

    def __str__(self) -> str:
        return f"{self.consultation_id}, version {self.version}"


@published(
    says=_("What people wrote in their own hand, said in other words by peers."),
    until=_("The network closes."),
    id=_("A random number"),
    round=_("Of which round"),
    question=_("Which question"),
    in_other_words=_("In other words"),
    agreed=_("How many peers of the circle agreed that it gives nobody away"),
    agreed_by=_("Marks of those who agreed, so that nobody counts twice"),
)
class Wording(models.Model):
    """A paraphrase. The words it came from were seen by the peer circle alone, and are gone after thirty days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.CharField(max_length=60)
    question = models.CharField(max_length=80)
    in_other_words = models.CharField(max_length=300)
    agreed = models.PositiveSmallIntegerField(default=0)
    agreed_by = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.in_other_words
