import unicodedata
from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# What holds some letters together in Persian, in Hindi and in emoji, and cannot be seen.
JOINERS = "\u200c\u200d"
# Letters and signs that are drawn as nothing: fillers of Hangul, blanks of Braille and of hieroglyphs,
# a note without a head, and the place of a picture that is not there.
DRAWN_AS_NOTHING = dict.fromkeys(
    map(ord, "\u115f\u1160\u3164\uffa0\u2800\ufffc\U00013441\U00013442\U0001d159"), " "
)


class ChosenName(forms.CharField):
    """Any name with a letter, a digit or an emoji to see in it. What only turns or hides letters is left out."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value) -> str:
        typed = (super().to_python(value) or "").translate(DRAWN_AS_NOTHING)
        kept = "".join(c for c in typed if c.isprintable() or c.isspace() or c in JOINERS)
        return " ".join(kept.split()) if any(map(_can_be_seen, kept)) else ""


def _can_be_seen(letter: str) -> bool:
    """Letters, digits, and signs such as emoji. Marks, points and spaces do not make a name."""
    return unicodedata.category(letter)[0] in "LNS"


class NameForm(forms.Form):
    name = ChosenName(
        label=_("What shall we call you?"),
        help_text=_("Any name you like. You can change it whenever you want."),
    )


@cache
def zones() -> list[tuple[str, str]]:
    named = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/"))
    )
    return [(zone, zone.replace("_", " ")) for zone in named]


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Your clock"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As my phone says")), *settings.LANGUAGES]
        self.fields["time_zone"].choices = [("", _("The network's clock")), *zones()]


class VouchForm(forms.Form):
    name = ChosenName(label=_("The name they chose here"))
    sure = forms.BooleanField(label=_("I have spoken with them, and I am sure it is them"))


class SureForm(forms.Form):
    """The second step of something that cannot be undone."""

    sure = forms.BooleanField(label=_("Yes, I am sure"))
