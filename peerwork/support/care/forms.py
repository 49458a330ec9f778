from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import OneOf
from peerwork.support.care import queries


class TellForm(forms.Form):
    """To which of their own workplaces, and the second step of what cannot be taken back."""

    workplace = forms.ModelChoiceField(
        queryset=None,
        label=_("Which workplace?"),
        widget=OneOf,
        empty_label=None,
        error_messages={
            "required": _("Pick one."),
            "invalid_choice": _("They know already, or you do not work there as far as we know."),
        },
    )
    sure = forms.BooleanField(
        label=_("I want them to know. I cannot take it back."),
        error_messages={"required": _("Tick this if you want them to know.")},
    )

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = queries.workplaces_to_tell(person)
