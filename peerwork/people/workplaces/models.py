from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known


@known(
    says=_("The workplaces this network knows."),
    until=_("A coordinator takes it off the list."),
    name=_("What the network calls it"),
)
class Workplace(models.Model):
    """A place where peers work."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


@known(
    says=_("Who works where, as far as they told the network."),
    until=_("The person says otherwise, or leaves."),
    person=_("Who works there"),
    workplace=_("Where"),
)
class Post(models.Model):
    """A person works somewhere. They may work in several places, or say none."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="posts")
    workplace = models.ForeignKey(Workplace, on_delete=models.CASCADE, related_name="posts")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "workplace"], name="each_post_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.workplace_id}"
