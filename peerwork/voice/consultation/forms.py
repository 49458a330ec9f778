"""What is filled in about a consultation as a whole, and by the peer circle."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import Date, OneOf
from peerwork.voice.consultation import languages

# Shifts differ: whoever works every other week should have a day to answer.
SHORTEST, LONGEST = timedelta(days=7), timedelta(days=120)
AUDIENCES = [("peers", _("Peers")), ("members", _("All members"))]


class NameForm(forms.Form):
    title = forms.CharField(label=_("What it is called"), max_length=120)
    audience = forms.ChoiceField(
        label=_("Who may answer"),
        choices=AUDIENCES,
        initial="peers",
        widget=OneOf,
        help_text=_("Who answered is written down nowhere."),
    )


class StartForm(NameForm):
    like = forms.ChoiceField(
        label=_("Start from"),
        required=False,
        widget=OneOf,
        help_text=_("A question that is kept can be laid beside the answers of last time."),
    )

    def __init__(self, *args: Any, earlier: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = [("", _("An empty page")), *earlier.items()]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Add a language"))

    def __init__(self, *args: Any, there: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = languages.all_known().values()
        self.fields["language"].choices = [(one.code, one.name) for one in known if one.code not in there]


class OpeningForm(forms.Form):
    opens_on = forms.DateField(label=_("The first day"), widget=Date)
    closes_on = forms.DateField(
        label=_("The last day"), widget=Date, help_text=_("Two or three weeks reach most people.")
    )
    sure = forms.BooleanField(
        label=_("Open it. After this nobody can change it: no question, no day, and not who may answer.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("opens_on"), said.get("closes_on")
        if first and first < self.today:
            self.add_error("opens_on", _("That day is over."))
        elif first and last:
            self._check_length(first, last)
        return said

    def _check_length(self, first: date, last: date) -> None:
        if last - first < SHORTEST - timedelta(days=1):
            self.add_error(
                "closes_on", _("Leave it open for a week at least, so that every shift can answer.")
            )
        elif last - first > LONGEST:
            self.add_error("closes_on", _("That is too long. Four months is the most."))
        elif first > self.today + LONGEST:
            self.add_error("opens_on", _("That day is too far away."))


class WordingForm(forms.Form):
    """What somebody said, in other words. Saving it in spite of a hint is a second press."""

    in_other_words = forms.CharField(
        label=_("In other words"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What was meant, not how it was said. No names, no places, nothing that only one could say."
        ),
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
