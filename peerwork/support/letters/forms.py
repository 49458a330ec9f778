from typing import Any

from django import forms

from peerwork.people.vault.cards import CardUnclear


class CardForm(forms.Form):
    """The fingerprint of six words, made in the browser, and whether to stand on the list. Never the words."""

    words = forms.RegexField(r"^[0-9a-f]{64}\Z", required=False)
    listed = forms.BooleanField(required=False)

    def __init__(self, *args, may_be_found: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.may_be_found = may_be_found

    def said(self) -> dict[str, Any]:
        """{words, listed}. Raises CardUnclear."""
        if not self.is_valid():
            raise CardUnclear
        return {**self.cleaned_data, "listed": self.cleaned_data["listed"] and self.may_be_found}
