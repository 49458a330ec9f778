from functools import cached_property
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, published
from peerwork.people.rules import Hat


@published(
    says=_("What the network calls itself, and the plain words it shows to strangers."),
    until=_("The network closes."),
    name=_("The name members see"),
    public_name=_("The neutral name in titles, on the icon and in calendars"),
    time_zone=_("Where the network keeps its clock"),
    salt=_("A random word mixed into every phrase, in the browser"),
    talk_number=_("A number to ring when things get rough"),
    meeting_word=_("What a calendar feed calls every gathering"),
)
class Network(models.Model):
    """The one network this server is for."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=80)
    public_name = models.CharField(max_length=30)
    time_zone = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    talk_number = models.CharField(max_length=30, blank=True)
    meeting_word = models.CharField(max_length=30)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_server_one_network"),)

    def __str__(self) -> str:
        return self.name


@known(
    says=_("The people in this network, by the name each of them chose."),
    until=_("They leave, or two coordinators remove them."),
    name=_("The name they chose. Two people may choose the same one."),
    language=_("The language they read in"),
    time_zone=_("Their clock, where it is not the network's"),
    paused=_("Whether their coming and going is paused"),
    door_round=_("A random word that ends old sessions when it changes"),
)
class Person(models.Model):
    """Someone in the network. There is no field for a legal name, a mail address, a number or a face."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)
    paused = models.BooleanField(default=False)
    door_round = models.CharField(max_length=12)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="a_person_has_a_name"),)

    def __str__(self) -> str:
        return self.name

    def get_paused_display(self) -> str:
        return gettext("yes") if self.paused else gettext("no")

    @cached_property
    def hats(self) -> frozenset[str]:
        return frozenset(self.roles.values_list("kind", flat=True))


@known(
    says=_("What each person does here: their roles."),
    until=_("A coordinator takes the role back, or the person leaves."),
    person=_("Whose role"),
    kind=_("Which role"),
)
class Role(models.Model):
    """A hat a person wears."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Hat)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "kind"], name="each_role_once"),
            models.CheckConstraint(condition=Q(kind__in=Hat.values), name="a_role_is_one_we_know"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


@known(
    says=_("Invitations on paper that nobody has used yet."),
    until=_("Used, or past their day."),
    forget=lambda today: Q(expires_on__lt=today),
    words=_("A fingerprint of the six words. The words are on the paper only."),
    roles=_("The roles the paper gives"),
    workplace=_("The workplace the paper names"),
    expires_on=_("The last day it can be used"),
    for_person=_("The person it lets back in, where it is a second one"),
)
class Invitation(models.Model):
    """A way in, on paper. It is used once and then it never was."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    words = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    workplace = models.ForeignKey("people.Workplace", null=True, blank=True, on_delete=models.SET_NULL)
    expires_on = models.DateField()
    for_person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return f"An invitation until {self.expires_on}"

    @property
    def gives(self) -> list[str]:
        """The roles of the paper, in words."""
        return [str(Hat(kind).label) for kind in self.roles]


@known(
    says=_(
        "A peer's word for somebody locked out, by name. It stays whether or not there is such a person here."
    ),
    until=_("A new invitation is printed, or fourteen days."),
    forget=lambda today: Q(expires_on__lt=today),
    name=_("The name the word is for"),
    by=_("Who gave their word"),
    expires_on=_("The last day it counts"),
)
class Vouch(models.Model):
    """It points at a name and at nobody: what is held about a peer must not tell them which names exist."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="vouches_given")
    expires_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "by"], name="one_word_from_each_for_a_name"),)

    def __str__(self) -> str:
        return f"A word for {self.name}"


@known(
    says=_("A coordinator's request to remove somebody, waiting for a second coordinator."),
    until=_("A second coordinator agrees, somebody takes it back, or fourteen days."),
    forget=lambda today: Q(expires_on__lt=today),
    person=_("Who would be removed"),
    by=_("Who asked"),
    expires_on=_("The last day it counts"),
)
class Removal(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="removal")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="removals_asked")
    expires_on = models.DateField()

    def __str__(self) -> str:
        return f"A request to remove {self.person_id}"


@known(
    says=_("A coordinator's offer to hand the work over to somebody."),
    until=_("The other person answers, or fourteen days."),
    forget=lambda today: Q(expires_on__lt=today),
    by=_("Who hands over"),
    to=_("Who is asked"),
    expires_on=_("The last day it counts"),
)
class HandOver(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="handing_over")
    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="handed")
    expires_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(by=models.F("to")), name="a_hand_over_needs_another_hand"),
        )

    def __str__(self) -> str:
        return f"A hand over to {self.to_id}"
