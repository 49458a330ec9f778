from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known


class Kind(models.TextChoices):
    PRACTICE = "practice", _("Community of practice")
    SUPPORT = "support", _("Support group")
    SOCIAL = "social", _("Just being together")
    TRAINING = "training", _("Training session")
    ADVISORY = "advisory", _("Advisory meeting")


class Company(models.TextChoices):
    PEERS_ALONE = "peers_alone", _("Peers alone")
    MANAGERS_WELCOME = "managers_welcome", _("Managers welcome")
    MANAGERS_ONLY = "managers_only", _("Managers only")


class Hours(models.TextChoices):
    DURING = "during", _("In work time")
    AFTER = "after", _("After hours")


class Way(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    LINK = "link", _("On a link")
    PHONE = "phone", _("By phone")


WHAT_IT_IS = {
    "title": _("What it is called"),
    "about": _("A few words about it"),
    "kind": _("What kind of gathering it is"),
    "company": _("Who it is for"),
    "hours": _("Whether it is in work time"),
    "way": _("In person, on a link or by phone"),
    "place": _("Where to go"),
    "capacity": _("How many places there are, if there is an end to them"),
    "minutes": _("How long it lasts"),
    "zone": _("The clock it follows"),
    "counted": _("Whether heads are counted afterwards"),
    "is_public": _("Whether anyone with the address may see when it is"),
}


class WhatItIs(models.Model):
    """What a series and each of its gatherings say of themselves.

    A gathering keeps its own copy: a series that opens to managers in May does not open what was held in April.
    """

    title = models.CharField(max_length=80)
    about = models.CharField(max_length=600, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    company = models.CharField(max_length=20, choices=Company, default=Company.PEERS_ALONE)
    hours = models.CharField(max_length=8, choices=Hours, default=Hours.AFTER)
    way = models.CharField(max_length=12, choices=Way, default=Way.IN_PERSON)
    place = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40)
    counted = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(company=Company.MANAGERS_WELCOME),
                name="a_public_%(class)s_welcomes_managers",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="a_%(class)s_takes_some_time"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0), name="a_%(class)s_has_room_for_somebody"
            ),
        )


@known(
    says=_("How gatherings repeat."),
    until=_("Nothing of it is left in the calendar."),
    forget=lambda _today: Q(gatherings=None),
    **WHAT_IT_IS,
    first=_("The first date, on its own clock"),
    rrule=_("How it repeats, as calendars write it"),
    extra=_("Dates added by hand"),
    skipped=_("Dates left out"),
    source=_("A fingerprint of where it was imported from"),
    source_said=_("A fingerprint of what it said there"),
)
class Series(WhatItIs):
    """How gatherings come about: once, or by a rule (RFC 5545), on the wall clock of its zone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.CharField(max_length=16)
    rrule = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=list, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=64, blank=True)
    source_said = models.CharField(max_length=64, blank=True)

    class Meta(WhatItIs.Meta):
        constraints = (
            *WhatItIs.Meta.constraints,
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="imported_once"),
        )

    def __str__(self) -> str:
        return self.title


@known(
    says=_("Gatherings: what is on, and for a while what was on. Nobody's name is in it."),
    until=_("A year and a month after it was held."),
    forget=lambda today: Q(ends_at__date__lt=today.replace(year=today.year - 1, day=1)),
    **WHAT_IT_IS,
    series=_("The series it belongs to"),
    on=_("The date the rule gave it, on its own clock"),
    starts_at=_("When it starts"),
    ends_at=_("When it ends"),
    is_off=_("Whether it was called off"),
    is_own=_("Whether this date was changed by itself"),
    places_taken=_("How many places were kept, as a number"),
    heads=_("How many came, as a number"),
    employers=_("How many workplaces were in the room, as a number"),
    is_settled=_("Whether its seats have been deleted"),
    is_tallied=_("Whether it is in the quarter's numbers"),
)
class Gathering(WhatItIs):
    """A time to be together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="gatherings")
    on = models.CharField(max_length=16)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    is_off = models.BooleanField(default=False)
    is_own = models.BooleanField(default=False)
    places_taken = models.PositiveSmallIntegerField(null=True, blank=True)
    heads = models.PositiveSmallIntegerField(null=True, blank=True)
    employers = models.PositiveSmallIntegerField(null=True, blank=True)
    is_settled = models.BooleanField(default=False)
    is_tallied = models.BooleanField(default=False)

    class Meta(WhatItIs.Meta):
        constraints = (
            *WhatItIs.Meta.constraints,
            models.UniqueConstraint(fields=["series", "on"], name="a_series_gives_each_date_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_gathering_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(counted=True) | Q(heads=None, employers=None, places_taken=None),
                name="an_uncounted_gathering_has_no_count",
            ),
        )

    def __str__(self) -> str:
        return self.title


@known(
    says=_("Who facilitates or covers a gathering."),
    until=_("Two weeks after it, when the count is in or never will be."),
    forget=lambda _today: Q(gathering__is_tallied=True),
    gathering=_("Which gathering"),
    person=_("Who"),
    part=_("Whether they facilitate or cover"),
)
class Host(models.Model):
    """Somebody holds the room."""

    class Part(models.TextChoices):
        FACILITATES = "facilitates", _("facilitates")
        COVERS = "covers", _("covers")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="hosting")
    part = models.CharField(max_length=12, choices=Part, default=Part.FACILITATES)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["gathering", "person"], name="each_host_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.part}"


@known(
    says=_("Seats people keep at gatherings that are not over yet."),
    until=_("The night after the gathering. Nothing of it is left, only how many there were."),
    forget=lambda _today: Q(gathering__is_settled=True),
    gathering=_("Which gathering"),
    person=_("Whose seat"),
    state=_("Kept, waiting for one, or cannot come"),
    turn=_("The place in the line, while waiting"),
    moved_up=_("Whether a place came free for them"),
)
class Seat(models.Model):
    """A place kept for someone. It is deleted when the gathering is over: no register is kept."""

    class State(models.TextChoices):
        KEPT = "kept", _("kept")
        WAITING = "waiting", _("waiting")
        APOLOGIES = "apologies", _("cannot come")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(max_length=10, choices=State, default=State.KEPT)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_up = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["gathering", "person"], name="one_seat_each"),
            models.UniqueConstraint(fields=["gathering", "turn"], name="one_turn_each"),
            models.CheckConstraint(
                condition=Q(state="waiting", turn__isnull=False) | (~Q(state="waiting") & Q(turn=None)),
                name="only_those_waiting_have_a_turn",
            ),
        )

    def __str__(self) -> str:
        return f"A seat at {self.gathering_id}"


@known(
    says=_("Things somebody would like to talk about. No name, and no order, are kept with them."),
    until=_("Two weeks after the gathering."),
    forget=lambda _today: Q(gathering__is_tallied=True),
    keeps_no_order=True,
    gathering=_("Which gathering"),
    says_what=_("What they wrote"),
)
class AgendaItem(models.Model):
    """A suggestion for the agenda. There is no field for who."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="agenda")
    says_what = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.says_what


@known(
    says=_("Short notes after a gathering: three questions, no names."),
    until=_("A year and a month, with the gathering."),
    gathering=_("Which gathering"),
    new=_("What was new"),
    surprising=_("What was surprising"),
    to_share=_("What others should know by next week"),
)
class Note(models.Model):
    """Three answers, forty words each. There is no field for who wrote them."""

    gathering = models.OneToOneField(
        Gathering, primary_key=True, on_delete=models.CASCADE, related_name="note"
    )
    new = models.CharField(max_length=400, blank=True)
    surprising = models.CharField(max_length=400, blank=True)
    to_share = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"A note on {self.gathering_id}"


@known(
    says=_("Calendar addresses people made for themselves."),
    until=_("They take the address away, or leave."),
    person=_("Whose calendar"),
    token=_("A fingerprint of the secret in the address"),
    everything=_("Whether it shows all they may come to, or only their own seats"),
    with_place=_("Whether the place stands in it"),
)
class Feed(models.Model):
    """A secret address a calendar app can read. Without the address nobody can; with it anybody can."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="feeds")
    token = models.CharField(max_length=64, unique=True)
    everything = models.BooleanField(default=False)
    with_place = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"A calendar of {self.person_id}"
