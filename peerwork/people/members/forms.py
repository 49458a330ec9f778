from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=40,
        help_text=_("Any name you like. You can change it whenever you want."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
    return [(zone, zone.replace("_", " ")) for zone in named]


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Your clock"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As my phone says")), *settings.LANGUAGES]
        self.fields["time_zone"].choices = [("", _("The network's clock")), *zones()]


class VouchForm(forms.Form):
    name = forms.CharField(
        label=_("The name they chose here"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sure = forms.BooleanField(label=_("I have spoken with them, and I am sure it is them"))


class SureForm(forms.Form):
    """The second step of something that cannot be undone."""

    sure = forms.BooleanField(label=_("Yes, I am sure"))
