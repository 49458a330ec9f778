from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import Choices, Date, OneOf, Time
from peerwork.people.members.forms import zones
from peerwork.support.gatherings.times import of_wall
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster import hours, supporters
from peerwork.support.line.roster.models import TURNS, ShiftSeries, Supporter, Terms
from peerwork.support.line.roster.terms import terms

FURTHEST = timedelta(days=366)
SHORTEST = 30
DAY = 24 * 60


class PlanForm(forms.Form):
    """When the line is open, and who is usually on."""

    days = forms.MultipleChoiceField(
        label=_("On which days"),
        choices=[
            ("MO", _("Monday")),
            ("TU", _("Tuesday")),
            ("WE", _("Wednesday")),
            ("TH", _("Thursday")),
            ("FR", _("Friday")),
            ("SA", _("Saturday")),
            ("SU", _("Sunday")),
        ],
        required=False,
        widget=Choices,
        help_text=_("None: only once, on the first day."),
    )
    starts = forms.TimeField(label=_("Starts at"), widget=Time)
    ends = forms.TimeField(label=_("Ends at"), widget=Time, help_text=_("May be after midnight."))
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[("1", _("Every week")), ("2", _("Every second week"))],
        initial="1",
        widget=OneOf,
    )
    day = forms.DateField(label=_("First day"), widget=Date)
    until = forms.DateField(
        label=_("Until"), widget=Date, required=False, help_text=_("Empty: until further notice.")
    )
    zone = forms.ChoiceField(label=_("On the clock of"), choices=zones)
    first = forms.ModelChoiceField(
        label=_("Usually first on call"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    second = forms.ModelChoiceField(
        label=_("Usually second on call"),
        queryset=None,
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Only those who said yes. Where a rest would be too short, the place stays open."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answering = supporters.in_the_order_of_names()
        for turn in Turn:
            self.fields[turn].queryset = answering

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("first") and said.get("first") == said.get("second"):
            self.add_error("second", _("The second is somebody else than the first."))
        if said.get("until") and said.get("day") and said["until"] < said["day"]:
            self.add_error("until", _("That is before the first day."))
        if {"day", "zone"} <= set(said):
            self._check_day(said["day"], hours.today_in(said["zone"]))
        if {"starts", "ends"} <= set(said):
            self._check_length(terms().longest_shift)
        return said

    def _check_day(self, day: date, today: date) -> None:
        if not today <= day <= today + FURTHEST:
            self.add_error("day", _("Choose a day from today on, within a year."))

    def _check_length(self, longest: int) -> None:
        minutes = self.minutes
        if minutes < SHORTEST:
            self.add_error("ends", _("A shift is half an hour at least."))
        if minutes > longest * 60:
            self.add_error("ends", _("A shift is %(n)s hours at most.") % {"n": longest})

    @property
    def minutes(self) -> int:
        """Between the two times on the wall, past midnight where need be."""
        starts, ends = (self.cleaned_data[name] for name in ("starts", "ends"))
        return ((ends.hour - starts.hour) * 60 + ends.minute - starts.minute) % DAY or DAY

    def what(self) -> dict[str, Any]:
        said = self.cleaned_data
        day = hours.first_of(said["day"], said["days"])
        return {
            "first": datetime.combine(day, said["starts"].replace(second=0)),
            "rrule": hours.rule_for(said["days"], every=int(said["every"]), until=said["until"]),
            "minutes": self.minutes,
            "zone": said["zone"],
            "regulars": {turn.value: said[turn] for turn in Turn},
        }


def as_it_is(series: ShiftSeries, regulars: dict[str, Any]) -> dict[str, Any]:
    """What the form shows of a series that is there. Saved as it is, every date of it stays where it is."""
    first = of_wall(series.first)
    ends = (first + timedelta(minutes=series.minutes)).time()
    day = hours.next_date(series.first, rrule=series.rrule, since=hours.today_in(series.zone))
    return (
        {"day": day, "starts": first.time(), "ends": ends, "zone": series.zone}
        | hours.said_in(series.rrule)
        | regulars
    )


class PutOnForm(forms.Form):
    turn = forms.ChoiceField(label=_("Which place"), choices=TURNS, widget=OneOf)
    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=None,
        empty_label=None,
        help_text=_("Ask them first. Nobody is put on unasked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = supporters.in_the_order_of_names()


class RestForm(forms.Form):
    rest = forms.ChoiceField(
        label=_("How long?"),
        choices=[
            ("today", _("Until the morning")),
            ("week", _("A week")),
            ("until", _("Until a day I choose")),
        ],
        initial="today",
        widget=OneOf,
    )
    last_day = forms.DateField(label=_("The last day of it"), widget=Date, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        day = said.get("last_day")
        if said.get("rest") == "until" and not (day and localdate() <= day <= localdate() + FURTHEST):
            self.add_error("last_day", _("Choose a day from today on, within a year."))
        return said


class MeForm(forms.ModelForm):
    """Everything here is optional, and shown to peers who look for somebody to talk to."""

    speaks = forms.MultipleChoiceField(
        label=_("Languages I can talk in"), choices=supporters.languages, required=False, widget=Choices
    )

    class Meta:
        model = Supporter
        fields = ("is_woman", "speaks", "only_women", "not_my_workplace")
        labels = {
            "is_woman": _("I am a woman, and peers may ask for that"),
            "only_women": _("I talk with women only"),
            "not_my_workplace": _("I would rather not talk with people from my own workplace"),
        }


class NeverForm(forms.Form):
    whom = forms.ModelMultipleChoiceField(
        label=_("Those who answer the line"), queryset=None, required=False, widget=Choices
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whom"].queryset = supporters.in_the_order_of_names().exclude(pk=person.pk)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("The name they use here"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("We do not say whether there is such a person."),
    )


class TermsForm(forms.ModelForm):
    ring = forms.IntegerField(
        label=_("How long it rings at one person, in seconds"), min_value=10, max_value=60
    )
    patience = forms.IntegerField(
        label=_("How long somebody waits before we offer to ring back, in seconds"),
        min_value=60,
        max_value=900,
    )
    back_hours = forms.IntegerField(label=_("We ring back within so many hours"), min_value=1, max_value=72)
    weekend_hours = forms.IntegerField(label=_("Over a weekend, within"), min_value=1, max_value=72)
    rest_hours = forms.IntegerField(label=_("Hours of rest between two shifts"), min_value=0, max_value=48)
    most_hours = forms.IntegerField(label=_("Most hours on duty in two weeks"), min_value=1, max_value=80)
    longest_shift = forms.IntegerField(label=_("Longest shift, in hours"), min_value=1, max_value=12)

    class Meta:
        model = Terms
        fields = (
            "ring", "patience", "back_hours", "weekend_hours", "rest_hours", "most_hours", "longest_shift"
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("weekend_hours", 72) < said.get("back_hours", 0):
            self.add_error("weekend_hours", _("A weekend does not make it shorter."))
        return said
