from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import OneOf
from peerwork.people.door.sessions import RESTS
from peerwork.people.members.forms import NameForm
from peerwork.people.vault import phrases
from peerwork.people.vault.keys import Lock

LONGEST_LOCKED = 4000


class WordsForm(forms.Form):
    """The six words on the paper. Case, commas and extra spaces do not matter."""

    words = forms.CharField(
        label=_("The six words on your paper"),
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
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


class Unspoken(forms.HiddenInput):
    """Filled in by the browser, and never written back into a page."""

    def format_value(self, _value):
        return None


class ByTheBrowser(forms.Form):
    """Fields the browser fills in. What is wrong with them is said once, in words a person can use."""

    def full_clean(self) -> None:
        super().full_clean()
        filled_in = (name for name, field in self.fields.items() if isinstance(field.widget, Unspoken))
        unclear = [name for name in filled_in if name in self.errors]
        for name in unclear:
            del self.errors[name]
        if unclear:
            self.add_error(None, _("Your browser could not make the keys. Please press the button again."))


class Digits(forms.RegexField):
    """32 bytes, in hexadecimal digits: what the browser shows at the door, or a public key."""

    widget = Unspoken

    def __init__(self, **kwargs) -> None:
        super().__init__(r"^[0-9a-f]{64}\Z", **kwargs)


class Locked(forms.CharField):
    """A key, locked in the browser: armored age text."""

    widget = Unspoken

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=LONGEST_LOCKED, strip=False, **kwargs)


class KeysForm(ByTheBrowser):
    """What the browser made out of a phrase. People never see these fields; a phrase is never among them."""

    phrase_door = Digits()
    phrase_locked = Locked()

    @property
    def phrase(self) -> Lock:
        return Lock(self.cleaned_data["phrase_door"], self.cleaned_data["phrase_locked"])


class CodeForm(ByTheBrowser):
    code_door = Digits()
    code_locked = Locked()

    @property
    def code(self) -> Lock:
        return Lock(self.cleaned_data["code_door"], self.cleaned_data["code_locked"])


class KeyForm(KeysForm, CodeForm):
    """A key the browser made: its public half, and the two ways to open it."""

    recipient = forms.CharField(max_length=70, widget=Unspoken)
    signer = Digits()

    @property
    def made(self) -> dict[str, Any]:
        said = self.cleaned_data
        public = {"recipient": said["recipient"], "signer": said["signer"]}
        return {**public, "phrase": self.phrase, "code": self.code}


class JoinForm(KeyForm, NameForm):
    """`friend_door` is what a friend's code shows, from somebody who comes back with a second paper."""

    friend_door = Digits(required=False)

    field_order = ("name",)

    @property
    def said(self) -> dict[str, Any]:
        return {**self.made, "name": self.cleaned_data["name"], "friend": self.cleaned_data["friend_door"]}


class ChangeKeyForm(KeyForm):
    """A new key, from whoever shows the phrase, and a fingerprint of everything that was sealed to it again."""

    now = Digits()
    carried = Digits()

    @property
    def said(self) -> dict[str, Any]:
        return {**self.made, "shown": self.cleaned_data["now"], "carried": self.cleaned_data["carried"]}


class DoorForm(ByTheBrowser):
    door = Digits()


class LockForm(ByTheBrowser):
    """What the browser made out of a new phrase or code, and of the phrase as it is now. Never the words."""

    now = Digits()
    door = Digits()
    locked = Locked()

    @property
    def lock(self) -> Lock:
        return Lock(self.cleaned_data["door"], self.cleaned_data["locked"])


class OpensForm(ByTheBrowser):
    """A key, locked with what a passkey gives in the browser, from whoever shows the phrase."""

    now = Digits()
    locked = Locked()


class PasskeyForm(forms.Form):
    """What the device made, as JSON, what its owner calls it, and what the browser made out of their phrase."""

    now = Digits()
    made = forms.CharField(strip=False)
    label = forms.CharField(required=False)

    def clean_label(self) -> str:
        return self.cleaned_data["label"][:40] or gettext("A device")
