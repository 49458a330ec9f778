from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import Choices
from peerwork.people.members import queries
from peerwork.people.rules import Hat


class RolesField(forms.MultipleChoiceField):
    """What somebody does here: any number of roles."""

    widget = Choices

    def __init__(self, **kwargs) -> None:
        super().__init__(label=_("What they do here"), choices=Hat.choices, **kwargs)


class InviteForm(forms.Form):
    roles = RolesField(initial=[Hat.PEER])
    workplace = forms.ModelChoiceField(
        label=_("Workplace"), queryset=None, required=False, empty_label=_("None, or not said")
    )
    how_many = forms.IntegerField(
        label=_("How many papers"),
        min_value=1,
        max_value=40,
        initial=1,
        help_text=_("Each one lets one person in."),
    )
    days = forms.IntegerField(label=_("Good for how many days"), min_value=1, max_value=90, initial=28)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplace"].queryset = queries.workplaces()


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("A list of people"),
        help_text=_("A list saved as CSV or XLSX, with a column for roles. Up to 5 MB."),
    )


class PersonForm(forms.Form):
    roles = RolesField()
    workplaces = forms.ModelMultipleChoiceField(
        label=_("Where they work"), queryset=None, required=False, widget=Choices
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workplaces"].queryset = queries.workplaces()


class WorkplaceForm(forms.Form):
    name = forms.CharField(label=_("Name of the workplace"), max_length=80)


class NetworkForm(forms.Form):
    name = forms.CharField(label=_("The network's name"), max_length=80, help_text=_("Only members see it."))
    public_name = forms.CharField(
        label=_("The name strangers see"),
        max_length=30,
        help_text=_("It stands in page titles, on the icon and on papers. Choose a word that says nothing."),
    )
    meeting_word = forms.CharField(
        label=_("What calendars call a gathering"),
        max_length=30,
        help_text=_("The same word for all of them, so that a glance at a phone tells nothing."),
    )
    talk_number = forms.RegexField(
        r"^[+\d][\d\s()-]*$",
        label=_("A number to ring when things get rough"),
        max_length=30,
        required=False,
        help_text=_("Shown large on everybody's first page. Leave it empty if there is none."),
    )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who takes over"), queryset=None)

    def __init__(self, *args, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
