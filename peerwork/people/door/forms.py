from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import OneOf
from peerwork.people.door.sessions import RESTS
from peerwork.people.vault import phrases
from peerwork.people.vault.keys import Lock

LONGEST_LOCKED = 4000


class WordsForm(forms.Form):
    """The six words on the paper. Case, commas and extra spaces do not matter."""

    words = forms.CharField(
        label=_("The six words on your paper"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_words(self) -> str:
        words = phrases.plain(self.cleaned_data["words"])
        if len(words.split()) != phrases.WORDS_IN_A_PHRASE:
            raise forms.ValidationError(_("There are six words on the paper. Please type all six."))
        return words


class RestForm(forms.Form):
    rest = forms.ChoiceField(
        label=_("Lock by itself after"),
        choices=[(key, words) for key, (_minutes, words) in RESTS.items()],
        initial="10",
        widget=OneOf,
    )


class KeysForm(forms.Form):
    """What the browser made out of a phrase. People never see these fields; a phrase is never among them."""

    phrase_door = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    phrase_locked = forms.CharField(max_length=LONGEST_LOCKED, widget=forms.HiddenInput, strip=False)

    @property
    def phrase(self) -> Lock:
        return Lock(self.cleaned_data["phrase_door"], self.cleaned_data["phrase_locked"])


class CodeForm(forms.Form):
    code_door = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    code_locked = forms.CharField(max_length=LONGEST_LOCKED, widget=forms.HiddenInput, strip=False)

    @property
    def code(self) -> Lock:
        return Lock(self.cleaned_data["code_door"], self.cleaned_data["code_locked"])


class JoinForm(KeysForm, CodeForm):
    recipient = forms.CharField(max_length=70, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=40,
        help_text=_("Any name you like. You can change it whenever you want."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("name",)


class DoorForm(forms.Form):
    door = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    rest = forms.ChoiceField(choices=[(key, key) for key in RESTS], required=False, widget=forms.HiddenInput)


class LockForm(forms.Form):
    """What the browser made out of a new phrase or code. Never the phrase or the code itself."""

    door = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    locked = forms.CharField(max_length=LONGEST_LOCKED, widget=forms.HiddenInput, strip=False)

    @property
    def lock(self) -> Lock:
        return Lock(self.cleaned_data["door"], self.cleaned_data["locked"])


class LabelForm(forms.Form):
    label = forms.CharField(max_length=40)
