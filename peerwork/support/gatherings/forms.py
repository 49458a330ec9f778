from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerwork.ground.postbox.hints import Hint
from peerwork.ground.ui.forms import Choices, Date, OneOf, Time
from peerwork.people.members.forms import zones
from peerwork.people.rules import Someone, manages_staff
from peerwork.support.gatherings import agenda, notes, times
from peerwork.support.gatherings.models import Company, Gathering, Hours, Kind, Way

LONGEST_MINUTES = 12 * 60
# More heads than this are asked about twice, where a gathering has no number of places.
MANY = 50
# A calendar is for the next few years, and clocks are unknown further off. A series may have begun long ago.
FURTHEST, EARLIEST = timedelta(days=5 * 366), date(2000, 1, 1)


def in_reach(day: date) -> None:
    """Raises ValidationError for a day no calendar of ours can hold."""
    if not EARLIEST <= day <= localdate() + FURTHEST:
        raise ValidationError(_("That day is too far away. Choose one within five years."))


class PlaceForm(forms.Form):
    """What may differ from date to date: when, how long, where, how much room."""

    day = forms.DateField(label=_("Day"), widget=Date, validators=[in_reach])
    starts = forms.TimeField(label=_("Starts at"), widget=Time)
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=5, max_value=LONGEST_MINUTES, initial=90
    )
    way = forms.ChoiceField(label=_("How people come together"), choices=Way.choices, widget=OneOf)
    place = forms.CharField(
        label=_("Where"),
        max_length=300,
        required=False,
        help_text=_("An address, a link or a number. Only those who may come see it."),
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=500,
        required=False,
        help_text=_("Empty: room for everybody."),
    )

    @property
    def first(self) -> datetime:
        """The wall clock time of the first date."""
        day: date = self.cleaned_data["day"]
        starts: time = self.cleaned_data["starts"]
        return datetime.combine(day, starts.replace(second=0))

    def what(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("minutes", "way", "place", "capacity")}


class DateForm(PlaceForm):
    """One date of a series, changed by itself."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if {"day", "starts"} <= set(said) and times.moment(self.first, self.zone) <= now():
            self.add_error("day", _("That is in the past."))
        return said


class SeriesForm(PlaceForm):
    title = forms.CharField(label=_("What it is called"), max_length=80)
    about = forms.CharField(
        label=_("A few words about it"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=OneOf)
    company = forms.ChoiceField(label=_("Who it is for"), choices=Company.choices, widget=OneOf)
    hours = forms.ChoiceField(label=_("Work time or after"), choices=Hours.choices, widget=OneOf)
    zone = forms.ChoiceField(label=_("On the clock of"), choices=zones)
    repeats = forms.ChoiceField(
        label=_("Repeats"),
        widget=OneOf,
        initial="once",
        choices=[
            ("once", _("Only once")),
            ("weekly", _("Every week")),
            ("fortnightly", _("Every two weeks")),
            ("monthly", _("Every month, on the same weekday")),
        ],
    )
    until = forms.DateField(
        label=_("Until"),
        widget=Date,
        required=False,
        validators=[in_reach],
        help_text=_("Empty: until further notice."),
    )
    hosts = forms.ModelMultipleChoiceField(
        label=_("Who facilitates"), queryset=None, required=False, widget=Choices
    )
    counted = forms.BooleanField(
        label=_("Count heads afterwards"),
        required=False,
        initial=True,
        help_text=_("Untick it to be together without any number kept."),
    )
    is_public = forms.BooleanField(
        label=_("Anyone with the address may see when it is"),
        required=False,
        help_text=_("Only where managers are welcome. It makes a calendar address to share."),
    )

    field_order = (
        "title", "kind", "company", "about", "hosts", "day", "starts", "minutes", "zone", "repeats", "until",
        "hours", "way", "place", "capacity", "counted", "is_public",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Someone, people: Any, rule: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["hosts"].queryset = people
        if manages_staff(person):
            self.fields["company"].choices = [c for c in Company.choices if c[0] != Company.PEERS_ALONE]
        if times.repeats_of(rule) == "other":
            self.fields["repeats"].choices += [
                ("other", _("As it was brought in: %(rule)s") % {"rule": rule})
            ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("is_public") and said.get("company") != Company.MANAGERS_WELCOME:
            self.add_error(
                "is_public", _("Only a gathering where managers are welcome can be seen by anyone.")
            )
        if said.get("until") and said.get("day") and said["until"] < said["day"]:
            self.add_error("until", _("That is before the first day."))
        if said.get("company") == Company.PEERS_ALONE and any(
            manages_staff(host) for host in said.get("hosts", ())
        ):
            self.add_error(
                "hosts", _("Somebody you chose manages staff. What is for peers alone has no such host.")
            )
        if self._is_all_past(said):
            self.add_error("day", _("That is in the past. Nothing would be in the calendar."))
        return said

    def _is_all_past(self, said: dict[str, Any]) -> bool:
        whole = {"day", "starts", "zone", "repeats"} <= set(said)
        return whole and said["repeats"] == "once" and times.moment(self.first, said["zone"]) <= now()

    def what(self) -> dict[str, Any]:
        names = ("title", "about", "kind", "company", "hours", "zone", "counted", "is_public")
        return super().what() | {name: self.cleaned_data[name] for name in names}

    @property
    def rrule(self) -> str:
        said = self.cleaned_data
        if said["repeats"] == "other":
            return self.rule
        return times.rule_for(said["repeats"], first=self.first, until=said["until"], zone=said["zone"])


class CountForm(forms.Form):
    heads = forms.IntegerField(
        label=_("How many were there?"),
        min_value=0,
        max_value=1000,
        help_text=_("Everybody in the room, as a number."),
    )
    minutes = forms.IntegerField(
        label=_("How long did it take, in minutes?"), min_value=5, max_value=LONGEST_MINUTES
    )
    employers = forms.IntegerField(
        label=_("From how many workplaces, more or less?"), min_value=0, max_value=200, required=False
    )

    def hints(self, gathering: Gathering) -> list[Hint]:
        """A slip of the finger would stay in the quarter's numbers for good."""
        heads, room = self.cleaned_data["heads"], gathering.capacity or MANY
        if heads <= 2 * room:
            return []
        return [Hint(str(heads), _("That is far more than there is room for. Is it right?"))]


class HintedForm(forms.Form):
    """Words that others will read. Points out what could give somebody away; saving anyway is a second press."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)


class NoteForm(HintedForm):
    new = forms.CharField(label=_("What did you notice that is new?"), required=False)
    surprising = forms.CharField(label=_("What surprised you?"), required=False)
    to_share = forms.CharField(label=_("What should others know by next week?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("new", "surprising", "to_share"):
            field = self.fields[name]
            field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": 400})
            field.max_length = 400
            field.help_text = _("Forty words or fewer. No names.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in ("new", "surprising", "to_share"):
            if len(said.get(name, "").split()) > notes.MOST_WORDS:
                self.add_error(
                    name, _("That is more than forty words. Shorter is kinder to those who read it.")
                )
        return said


class AgendaForm(HintedForm):
    says = forms.CharField(
        label=_("Something I would like to talk about"),
        max_length=agenda.LONGEST,
        help_text=_("No name is kept with it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FeedForm(forms.Form):
    everything = forms.ChoiceField(
        label=_("What shall be in it?"),
        choices=[("", _("Only my own seats")), ("yes", _("Everything I may come to"))],
        required=False,
        widget=OneOf,
        initial="",
    )
    with_place = forms.BooleanField(
        label=_("Show the place too"),
        required=False,
        help_text=_("Leave it off if others see your calendar."),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("A calendar or a list"),
        help_text=_("An .ics file, or a list saved as CSV or XLSX. Up to 5 MB."),
    )
    company = forms.ChoiceField(
        label=_("Who they are for"),
        choices=Company.choices,
        initial=Company.PEERS_ALONE,
        widget=OneOf,
        help_text=_(
            "You can change each one afterwards. Nothing is shown to managers unless you say so here."
        ),
    )


def wall_of(moment: datetime, zone: str) -> datetime:
    """What the clock in that zone shows at this moment."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
