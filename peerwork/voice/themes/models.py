from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import published


@published(
    says=_("The list of themes, in every version it has had."),
    until=_("The network closes. Old numbers need old words."),
    version=_("Which version"),
    themes=_("The groups and the themes in them, with their codes"),
    why=_("What was changed, and why"),
    words_on=_("Whether a few words may be added in one's own hand"),
    from_quarter=_("The first quarter it counts for"),
)
class Frame(models.Model):
    """A code means the same for ever. A version may add some and retire some, and takes none for something else."""

    version = models.PositiveIntegerField(primary_key=True)
    themes = models.JSONField()
    why = models.TextField(blank=True)
    words_on = models.BooleanField(default=False)
    from_quarter = models.CharField(max_length=7)

    def __str__(self) -> str:
        return f"Themes, version {self.version}"


@published(
    says=_("What peers wrote for the bulletin of a quarter."),
    until=_("The network closes."),
    quarter=_("Which quarter"),
    says_first=_("What they want said first"),
    heard=_("What was heard, in their words"),
    is_ready=_("Whether they are done with it"),
)
class Bulletin(models.Model):
    """The numbers are made elsewhere. Here stand the words around them."""

    quarter = models.CharField(primary_key=True, max_length=7)
    says_first = models.CharField(max_length=300, blank=True)
    heard = models.TextField(blank=True)
    is_ready = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(quarter=""), name="a_bulletin_is_of_a_quarter"),)

    def __str__(self) -> str:
        return self.quarter
