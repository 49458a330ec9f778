"""What peers type in this room: changes to the list, each with its reason, and the words of a bulletin."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.postbox import hints
from peerwork.ground.ui.forms import Choices, OneOf
from peerwork.voice.themes import changing, frame
from peerwork.voice.themes.models import Bulletin, Frame

LABEL, PLAIN = 60, 120
CAREFUL = (
    ("low", _("May be shown with other numbers.")),
    ("medium", _("Shown only for the whole network.")),
    ("high", _("Shown only for the whole network and a whole quarter.")),
)


class ChangeForm(forms.Form):
    """One change. `list_now` is what it changes: the proposal, or the list in force."""

    why = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("Everybody will read it. Nobody will read who wrote it.")
    )

    def __init__(self, *args: Any, list_now: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.list_now = list_now
        self.order_fields([name for name in self.fields if name != "why"] + ["why"])

    def themes(self) -> list[tuple[str, str]]:
        return [(theme.code, theme.label) for theme in frame.themes(self.list_now)]

    def groups(self) -> list[tuple[str, str]]:
        return [(group["code"], group["label"]) for group in self.list_now.themes]

    def do(self) -> None:
        """Raises CannotChange."""
        raise NotImplementedError


def _label(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LABEL)


def _plain(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=PLAIN)


class AddForm(ChangeForm):
    group = forms.ChoiceField(label=_("In which group?"))
    label = _label(_("What it is called"))
    plain = _plain(_("The same in a few plain words"))
    sensitivity = forms.ChoiceField(
        label=_("How careful do we have to be with it?"), choices=CAREFUL, widget=OneOf, initial="medium"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = self.groups()

    def do(self) -> None:
        changing.add(self.cleaned_data.pop("group"), **self.cleaned_data)


class AddGroupForm(ChangeForm):
    label = _label(_("What the group is called"))

    def do(self) -> None:
        changing.add_group(self.cleaned_data["label"], why=self.cleaned_data["why"])


class OtherWordsForm(ChangeForm):
    code = forms.ChoiceField(label=_("Which theme?"))
    label = _label(_("What it is called from now on"))
    plain = _plain(_("The same in a few plain words"))
    same = forms.BooleanField(
        label=_("It still means the same."),
        error_messages={"required": _("If it means something else, add a theme and retire this one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = self.themes()

    def do(self) -> None:
        said = {name: self.cleaned_data[name] for name in ("label", "plain", "why")}
        changing.say_otherwise(self.cleaned_data["code"], **said)


class RetireForm(ChangeForm):
    code = forms.ChoiceField(label=_("Which theme is no longer asked for?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = self.themes()

    def do(self) -> None:
        changing.retire(self.cleaned_data["code"], why=self.cleaned_data["why"])


class SplitForm(ChangeForm):
    code = forms.ChoiceField(label=_("Which theme becomes two?"))
    first, first_plain = _label(_("The first one")), _plain(_("The first one, in a few plain words"))
    second, second_plain = _label(_("The second one")), _plain(_("The second one, in a few plain words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = self.themes()

    def do(self) -> None:
        said = self.cleaned_data
        into = [(said["first"], said["first_plain"]), (said["second"], said["second_plain"])]
        changing.split(said["code"], into=into, why=said["why"])


class MergeForm(ChangeForm):
    codes = forms.MultipleChoiceField(label=_("Which themes become one?"), widget=Choices)
    label = _label(_("What it is called"))
    plain = _plain(_("The same in a few plain words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = self.themes()

    def clean_codes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["codes"]
        if len(codes) < 2:  # noqa: PLR2004 — one is one already
            raise forms.ValidationError(_("Pick two or more."))
        return codes

    def do(self) -> None:
        changing.merge(self.cleaned_data.pop("codes"), **self.cleaned_data)


class WordsOnForm(ChangeForm):
    on = forms.BooleanField(
        label=_("Ask for a few words too"),
        required=False,
        help_text=_(
            "A few words of your own are read by the peer circle alone. They are gone 30 days after the last day."
        ),
    )

    def do(self) -> None:
        changing.let_words_in(on=self.cleaned_data["on"], why=self.cleaned_data["why"])


FORMS: dict[str, Callable[..., ChangeForm]] = {
    "add": AddForm,
    "group": AddGroupForm,
    "words": OtherWordsForm,
    "retire": RetireForm,
    "split": SplitForm,
    "merge": MergeForm,
    "own-words": WordsOnForm,
}
NAMES = {
    "add": _("Add a theme"),
    "words": _("Say one in other words"),
    "retire": _("Retire a theme"),
    "split": _("Split one in two"),
    "merge": _("Merge some into one"),
    "group": _("Add a group"),
    "own-words": _("Words in one's own hand"),
}


class BulletinForm(forms.ModelForm):
    """What peers say around the numbers. Names and places are pointed out; a second press saves it all the same."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Bulletin
        fields = ("says_first", "heard", "is_ready")
        labels = {
            "says_first": _("What do you want said first?"),
            "heard": _("What was heard, in your words"),
            "is_ready": _("These words are done. Everybody may read them once the numbers are out."),
        }
        help_texts = {
            "says_first": _("One or two sentences."),
            "heard": _("So short that the bulletin stays one page. No names, no places, no quotes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard"].max_length = 1500
        self.fields["heard"].widget.attrs["maxlength"] = 1500

    def pointed_out(self) -> list[hints.Hint]:
        """What to look at before it is saved. Empty once somebody said to save it all the same."""
        if not self.is_valid() or self.cleaned_data["anyway"]:
            return []
        return [hint for name in ("says_first", "heard") for hint in hints.find(self.cleaned_data[name])]
