from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerwork.ground.retention.declarations import known, published
from peerwork.support.line.engine.words import Turn

TURNS = ((Turn.FIRST.value, _("first on call")), (Turn.SECOND.value, _("second on call")))


@published(
    says=_("What the network promises to whoever rings, and how it looks after those who answer."),
    until=_("The network closes."),
    ring=_("How long it rings at one person, in seconds"),
    patience=_("How long somebody waits for a person before a call back is offered, in seconds"),
    back_hours=_("Within how many hours we ring back"),
    weekend_hours=_("Within how many hours we ring back over a weekend"),
    rest_hours=_("How many hours lie between two shifts of one person"),
    most_hours=_("How many hours one person is on duty in two weeks, at most"),
    longest_shift=_("How long a shift may be, in hours"),
)
class Terms(models.Model):
    """What the network chose. The defaults are the pack's (packs/support_line)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ring = models.PositiveSmallIntegerField(default=25)
    patience = models.PositiveSmallIntegerField(default=180)
    back_hours = models.PositiveSmallIntegerField(default=24)
    weekend_hours = models.PositiveSmallIntegerField(default=48)
    rest_hours = models.PositiveSmallIntegerField(default=12)
    most_hours = models.PositiveSmallIntegerField(default=20)
    longest_shift = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="one_line_one_set_of_terms"),
            models.CheckConstraint(
                condition=Q(ring__gte=10, ring__lte=60), name="it_rings_for_ten_to_sixty_seconds"
            ),
            models.CheckConstraint(
                condition=Q(patience__gte=60, patience__lte=900),
                name="nobody_waits_over_a_quarter_of_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(back_hours__gt=0, weekend_hours__gte=F("back_hours"), weekend_hours__lte=72),
                name="we_ring_back_within_three_days",
            ),
        )

    def __str__(self) -> str:
        return gettext("What the line promises")


def rested_since() -> datetime:
    """Whoever was on until then has had the rest that lies between two shifts."""
    chosen = Terms.objects.first() or Terms()
    return now() - timedelta(hours=chosen.rest_hours)


@known(
    says=_("What those who answer the line say of themselves, so that whoever asks can choose."),
    until=_("They stop answering the line, or leave."),
    person=_("Who answers"),
    is_woman=_("Whether she says she is a woman"),
    speaks=_("The languages they talk in"),
    only_women=_("Whether they talk with women only"),
    not_my_workplace=_("Whether they would rather not talk with somebody from their own workplace"),
)
class Supporter(models.Model):
    """Somebody who answers the line. What is said here is their own choice, and shown to peers."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="on_the_line"
    )
    is_woman = models.BooleanField(default=False)
    speaks = models.JSONField(default=list)
    only_women = models.BooleanField(default=False)
    not_my_workplace = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"What {self.person_id} says of themselves"

    def get_is_woman_display(self) -> str:
        return gettext("yes") if self.is_woman else gettext("no")

    def get_only_women_display(self) -> str:
        return gettext("yes") if self.only_women else gettext("no")

    def get_not_my_workplace_display(self) -> str:
        return gettext("yes") if self.not_my_workplace else gettext("no")


@known(
    says=_("Two people the line never brings together. It works both ways, and the other is never told."),
    until=_("Whoever wished it takes it back, or one of the two leaves."),
    keeps_no_order=True,
    by=_("Who wished it"),
    whom=_("Whom they do not want to meet on the line"),
)
class Never(models.Model):
    """No reason is asked for, and none is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="nevers")
    whom = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["by", "whom"], name="each_never_once"),
            models.CheckConstraint(condition=~Q(by=F("whom")), name="nobody_avoids_themselves"),
        )

    def __str__(self) -> str:
        return "Two people the line never brings together"


@known(
    says=_("How shifts of the line repeat."),
    until=_("The last of its shifts is over and no more are to come."),
    forget=lambda _today: Q(shifts=None, rrule="", skipped=[]),
    first=_("When the first one starts, on its own clock"),
    rrule=_("How it repeats, as calendars write it"),
    skipped=_("Dates left out"),
    minutes=_("How long a shift lasts"),
    zone=_("The clock it follows"),
)
class ShiftSeries(models.Model):
    """How shifts come about: once, or by a rule (RFC 5545), on the wall clock of its zone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    first = models.CharField(max_length=16)
    rrule = models.CharField(max_length=200, blank=True)
    skipped = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(minutes__gte=30, minutes__lte=720), name="a_shift_lasts_half_an_hour_to_twelve"
            ),
        )

    def __str__(self) -> str:
        return self.first


@known(
    says=_("Who is usually on duty in a series of shifts."),
    until=_("Somebody else is, or they leave."),
    series=_("Which series"),
    person=_("Who"),
    turn=_("First or second on call"),
)
class Regular(models.Model):
    """New shifts of the series begin with these people on them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    series = models.ForeignKey(ShiftSeries, on_delete=models.CASCADE, related_name="regulars")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="regular_shifts")
    turn = models.CharField(max_length=6, choices=TURNS)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["series", "turn"], name="one_regular_for_each_turn"),
            models.UniqueConstraint(fields=["series", "person"], name="a_regular_has_one_turn"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.turn}"


@known(
    says=_("The hours the line is open. Nobody's name is in it."),
    until=_("The rest after it is over: twelve hours, or what the network chose."),
    forget=lambda _today: Q(ends_at__lt=rested_since()),
    series=_("The series it belongs to"),
    on=_("The date the rule gave it, on its own clock"),
    starts_at=_("When it starts"),
    ends_at=_("When it ends"),
)
class Shift(models.Model):
    """Some hours of the line. What happened in them is not written anywhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    series = models.ForeignKey(ShiftSeries, on_delete=models.CASCADE, related_name="shifts")
    on = models.CharField(max_length=16)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["series", "on"], name="a_series_gives_each_shift_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


@known(
    says=_("Who is on duty in a shift to come, or has to rest after one."),
    until=_("The rest after the shift is over. No list is kept of who was on."),
    forget=lambda _today: Q(shift__ends_at__lt=rested_since()),
    shift=_("Which shift"),
    person=_("Who"),
    turn=_("First or second on call"),
    wants_out=_("Whether they ask somebody to take it over"),
)
class Duty(models.Model):
    """Somebody can be rung. It goes with its shift, once they have had their rest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="duties")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="duties")
    turn = models.CharField(max_length=6, choices=TURNS)
    wants_out = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["shift", "turn"], name="one_person_for_each_turn"),
            models.UniqueConstraint(fields=["shift", "person"], name="a_person_has_one_turn_in_a_shift"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.turn}"


@known(
    says=_("An offer to swap two shifts, until the other answers."),
    until=_("The other answers, it is taken back, or one of the two shifts is over."),
    forget=lambda today: Q(mine__shift__ends_at__date__lt=today) | Q(theirs__shift__ends_at__date__lt=today),
    mine=_("The shift that is offered"),
    theirs=_("The shift that is asked for"),
)
class SwapOffer(models.Model):
    """I take yours if you take mine. It goes with either of the two."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mine = models.OneToOneField(Duty, on_delete=models.CASCADE, related_name="offered")
    theirs = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="asked_for")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(mine=F("theirs")), name="a_swap_needs_two_shifts"),
        )

    def __str__(self) -> str:
        return "An offer to swap two shifts"


@known(
    says=_("Who is resting from the line, and until when. Nobody asks why."),
    until=_("Two nights after, or they come back earlier."),
    forget=lambda today: Q(off_until__lt=today - timedelta(days=1)),  # a rest ends in the morning after
    person=_("Who rests"),
    off_until=_("The last day"),
)
class Rest(models.Model):
    """After a hard call until a morning; after a loss as long as somebody wants."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="rest_from_the_line"
    )
    off_until = models.DateField()

    def __str__(self) -> str:
        return f"{self.person_id} rests"


@known(
    says=_("How much of the line somebody carried lately, as one number that halves every week."),
    until=_("It has gone down to nothing, or they leave."),
    forget=lambda _today: Q(points=0),
    person=_("Who"),
    points=_("Hours on duty, and more for what was hard. Nobody sees anybody else's."),
    week=_("The Monday it was last halved: the same for everybody"),
)
class Load(models.Model):
    """So that what is open is offered fairly. Which call was hard stands nowhere."""

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="load"
    )
    points = models.PositiveIntegerField(default=0)
    week = models.DateField()

    def __str__(self) -> str:
        return f"{self.points}"


@known(
    says=_("Devices that somebody asked us to ring while they are on duty."),
    until=_("They switch it off there, the device is gone, or they leave."),
    person=_("Whose device"),
    endpoint=_("The address its maker gave for that. What is sent there is empty."),
)
class Bell(models.Model):
    """A web push address (RFC 8030). Nothing is ever sent there but an empty knock."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="bells")
    endpoint = models.CharField(max_length=700)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "endpoint"], name="each_bell_once"),)

    def __str__(self) -> str:
        return f"A bell of {self.person_id}"
