from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, sealed


@known(
    says=_("The public half of each person's key. It can seal, not open."),
    until=_("They make a new key, or leave."),
    person=_("Whose key"),
    recipient=_("The public half, as age writes it"),
)
class AccountKey(models.Model):
    """What others need to seal something to a person. The other half never comes here in the clear."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="key"
    )
    recipient = models.CharField(max_length=70)

    def __str__(self) -> str:
        return self.recipient


@sealed(
    says=_("Each person's own key, locked with their phrase and with their printed code."),
    until=_("They change the phrase or the code, or leave."),
    person=_("Whose key"),
    by=_("Whether the phrase or the printed code opens it"),
    door=_("A fingerprint of what the browser shows at the door"),
    locked=_("The key itself, as ciphertext"),
)
class Wrap(models.Model):
    """The account key, wrapped once for each way of opening it.

    `door` is SHA-256 of the 32 bytes the browser derives from the phrase for signing in; the other 32
    bytes, which open `locked`, never leave the browser. See keys.py.
    """

    class By(models.TextChoices):
        PHRASE = "phrase", _("the phrase")
        CODE = "code", _("the printed code")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="wraps")
    by = models.CharField(max_length=10, choices=By)
    door = models.CharField(max_length=64, unique=True)
    locked = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "by"], name="one_wrap_for_each_way_in"),
            models.CheckConstraint(
                condition=Q(by__in=["phrase", "code"]), name="a_wrap_opens_one_way_we_know"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} by {self.by}"

    def get_locked_display(self) -> str:
        return gettext("Sealed. Only you can open it.")

    def get_door_display(self) -> str:
        return _beginning(self.door)


@known(
    says=_("Passkeys people added, so that a device can sign in without the phrase."),
    until=_("They take it away, get a new phrase, or leave."),
    person=_("Whose passkey"),
    credential=_("The number the device gave it"),
    public_key=_("The public half of the passkey"),
    label=_("What the person calls the device"),
)
class Passkey(models.Model):
    """A passkey for signing in. There is no counter and no last use: both would tell when someone came."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.TextField()
    label = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.label

    def get_credential_display(self) -> str:
        return _beginning(self.credential)

    def get_public_key_display(self) -> str:
        return _beginning(self.public_key)


@sealed(
    says=_(
        "Each person's own log of hours: one sealed page of the same size for everyone, on the same days."
    ),
    until=_("A year and a month, or they leave."),
    forget=lambda today: Q(day__lt=today.replace(year=today.year - 1, day=1)),
    keeps_no_order=True,
    person=_("Whose page"),
    day=_("Which day. Everyone gets a page for it, whether there was something or not."),
    page=_("The hours, as ciphertext only that person can open"),
)
class LogPage(models.Model):
    """One page of a private log. Everybody has as many pages as everybody else, so a page tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="log_pages")
    day = models.DateField()
    page = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "day"], name="one_page_each_a_day"),)

    def __str__(self) -> str:
        return f"A page for {self.day}"


def _beginning(long: str) -> str:
    """Enough of a number to tell it from another. Nobody reads the rest."""
    return f"{long[:8]}…"
