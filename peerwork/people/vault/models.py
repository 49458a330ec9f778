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
    signer=_("What their signature is checked with"),
)
class AccountKey(models.Model):
    """What others need to seal something to a person, and to know that something is from them.

    The other halves never come here in the clear. `signer` is an Ed25519 public key (RFC 8032), 64 digits.
    """

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="key"
    )
    recipient = models.CharField(max_length=70)
    signer = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.recipient


@sealed(
    says=_("Each person's own key, locked once for each way of opening it that they chose."),
    until=_("They change that way of opening it or take it away, or leave."),
    person=_("Whose key"),
    by=_("Whether the phrase, the printed code, a passkey or a friend's code opens it"),
    door=_("A fingerprint of what the browser shows at the door. A passkey shows nothing."),
    passkey=_("Which passkey opens it, where it is one"),
    locked=_("The key itself, as ciphertext"),
)
class Wrap(models.Model):
    """The account key, wrapped once for each way of opening it.

    `door` is SHA-256 of the 32 bytes the browser derives from the phrase for signing in; the other 32
    bytes, which open `locked`, never leave the browser. See keys.py. What a passkey opens with (its PRF
    value) never leaves the browser either, and shows nothing at the door.
    """

    class By(models.TextChoices):
        PHRASE = "phrase", _("the phrase")
        CODE = "code", _("the printed code")
        FRIEND = "friend", _("a code a friend keeps")
        PASSKEY = "passkey", _("a passkey")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="wraps")
    by = models.CharField(max_length=10, choices=By)
    door = models.CharField(max_length=64, unique=True, null=True, blank=True)
    passkey = models.OneToOneField(
        "people.Passkey", null=True, blank=True, on_delete=models.CASCADE, related_name="wrap"
    )
    locked = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "by"], condition=~Q(by="passkey"), name="one_wrap_for_each_way_in"
            ),
            models.CheckConstraint(
                condition=Q(by="passkey", passkey__isnull=False, door__isnull=True)
                | Q(by__in=["phrase", "code", "friend"], passkey__isnull=True, door__isnull=False),
                name="a_wrap_opens_one_way_we_know",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} by {self.by}"

    def get_locked_display(self) -> str:
        return gettext("Sealed. Only you can open it.")

    def get_door_display(self) -> str:
        return _beginning(self.door or "")


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


@sealed(
    says=_("Each person's shelf of sealed pages: plans, check-ins, notes. Everybody has one, used or not."),
    until=_("Its owner writes over it, makes a new key, or leaves."),
    keeps_no_order=True,
    person=_("Whose shelf"),
    place=_("Which place on the shelf. It says nothing about what is there."),
    sealed=_("A page, or nothing, as ciphertext only that person can open"),
)
class ShelfPage(models.Model):
    """One place on somebody's shelf. Blank pages look like written ones, so a shelf tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="shelf")
    place = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "place"], name="one_page_in_each_place"),)

    def __str__(self) -> str:
        return f"Place {self.place}"


@sealed(
    says=_(
        "What was sealed to somebody and given to them: a line of a plan, a message. Nobody is named as giver."
    ),
    until=_("Whoever gave it takes it back, its reader puts it away, or the week it is kept for is over."),
    forget=lambda today: Q(gone_on__lte=today),
    keeps_no_order=True,
    id=_("A fingerprint of the word that takes it back. Only the giver has the word."),
    to=_("Who can open it"),
    gone_on=_("The Monday it disappears, if it does"),
    sealed=_("What was given, as ciphertext"),
)
class Parcel(models.Model):
    """Something sealed, for one person. There is no sender and no time: both are inside, for its reader."""

    id = models.CharField(primary_key=True, max_length=64)
    to = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="parcels")
    gone_on = models.DateField(null=True, blank=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.id[:8]}…"


@known(
    says=_("How people here let others find their key: six words they hand out, or their name on a list."),
    until=_("They take it back, or leave."),
    person=_("Whose card"),
    words=_("A fingerprint of the six words. The words are on the card only."),
    listed=_("Whether peers may find them by name"),
)
class Card(models.Model):
    """Nobody can be found here who did not hand out a card or ask to be listed."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    words = models.CharField(max_length=64, unique=True, null=True, blank=True)
    listed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.person_id}"

    def get_listed_display(self) -> str:
        return gettext("yes") if self.listed else gettext("no")


@sealed(
    says=_("Pages sealed to a new key, while somebody is changing theirs."),
    until=_("The change is made, or the night."),
    forget=lambda _today: Q(pk__isnull=False),
    keeps_no_order=True,
    person=_("Whose page"),
    what=_("Whether it is a page of the shelf, of the log, or something given"),
    where=_("Which one"),
    sealed=_("The page, as ciphertext for the new key"),
)
class Resealed(models.Model):
    """A page for the new key, waiting for all the others: a key changes for everything at once, or not at all."""

    class What(models.TextChoices):
        SHELF = "shelf", _("a page of the shelf")
        HOURS = "hours", _("a page of the log")
        BOX = "box", _("something given")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="resealed")
    what = models.CharField(max_length=10, choices=What)
    where = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "what", "where"], name="each_page_is_resealed_once"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.where}"


def _beginning(long: str) -> str:
    """Enough of a number to tell it from another. Nobody reads the rest."""
    return f"{long[:8]}…"
