"""Words that everybody will read. What could give somebody away is pointed out; saving it anyway is a second press."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from peerwork.ground.postbox import hints
from peerwork.ground.ui.forms import Date, OneOf
from peerwork.voice.findings.chains import K, Whose

# A promise for longer than this is a wish.
FURTHEST = timedelta(days=2 * 366)


def can_be_promised(day: date) -> None:
    """Raises ValidationError for a day that is over, or too far away to hold anybody to."""
    if day < localdate():
        raise ValidationError(_("That day is over. Choose one that is to come."))
    if day > localdate() + FURTHEST:
        raise ValidationError(_("Choose a day within two years."))


class Words(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        rows = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
        super().__init__(widget=rows, **kwargs)


class HintedForm(forms.Form):
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def pointed_out(self, names: Iterable[str]) -> list[hints.Hint]:
        """What to look at before it is saved. Empty once somebody said to save it all the same."""
        if not self.is_valid() or self.cleaned_data["anyway"]:
            return []
        texts = (self.cleaned_data.get(name, "") for name in ("words", "heard_in"))
        names = list(names)
        return [hint for text in texts for hint in hints.find(text, names=names)]


class FindingForm(HintedForm):
    words = Words(
        label=_("What was found?"),
        max_length=300,
        help_text=_("In your own words, not in anybody's. No names, no places."),
    )
    heard_in = forms.CharField(
        label=_("Where was it heard?"),
        max_length=120,
        help_text=_("Like: the consultation in spring. Not who said it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    release = forms.ChoiceField(
        label=_("Does it rest on something that was counted?"),
        required=False,
        help_text=_("Then only peers see it until that is out."),
    )

    def __init__(self, *args: Any, releases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"].choices = [("", _("No")), *releases]

    def what(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"words": said["words"], "heard_in": said["heard_in"], "release": said["release"] or None}


ASKS = {
    K.PROMISE: _("What will be done?"),
    K.NO: _("Why not?"),
    K.STEP: _("What was done?"),
    K.REPLY: _("What did it come to?"),
}


class AnswerForm(HintedForm):
    words = Words(max_length=600, help_text=_("Everybody reads this. No names."))
    whose = forms.ChoiceField(label=_("Who stands for it?"), choices=Whose.choices, widget=OneOf)
    due_on = forms.DateField(label=_("Until when?"), widget=Date, validators=[can_be_promised])

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = ASKS[K(kind)]
        if kind != K.PROMISE:
            del self.fields["due_on"]

    def what(self) -> dict[str, Any]:
        return {name: said for name, said in self.cleaned_data.items() if name != "anyway"}
