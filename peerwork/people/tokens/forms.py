from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import Choices


class PaperForm(forms.Form):
    """Who answers on paper in this round."""

    people: Any = forms.MultipleChoiceField(label=_("Who answers on paper"), widget=Choices)

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in people}
        self.fields["people"].choices = [(key, one.name) for key, one in self.known.items()]

    def clean_people(self):
        return [self.known[key] for key in self.cleaned_data["people"]]
