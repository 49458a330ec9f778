from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known


@known(
    says=_("Who has drawn the tokens of a round that is open. Everybody's device does, needed or not."),
    until=_("The round closes."),
    id=_("A random number"),
    person=_("Whose device"),
    round=_("Which round"),
    blinded=_("What their device sent to be signed. It looks like noise, to us as well."),
    on_paper=_("Whether they asked for paper instead"),
)
class Draw(models.Model):
    """Drawing says nothing: all draw, at the first opening, and the same number. There is no day here.

    What was sent is kept until the round closes, so that an answer that got lost on its way can be given again.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="draws")
    round = models.ForeignKey("ground.Round", on_delete=models.CASCADE, related_name="+")
    blinded = models.BinaryField(blank=True)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "round"], name="everybody_draws_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} has drawn for {self.round_id}"
