"""One part or one question while it is written: the same text in each of its languages, side by side."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peerwork.ground.ui.forms import OneOf
from peerwork.voice.consultation import languages
from peerwork.voice.consultation.form import Form, Kind
from peerwork.voice.consultation.languages import Language
from peerwork.voice.consultation.questions import WITH_OPTIONS, room_for_options

TITLE, SAYS, QUESTION, OPTION, END = 80, 600, 300, 120, 60
EMPTY_ROWS = 3


class SideBySide(forms.Form):
    """Every text once for each language. Only the first language has to be filled in before it can be kept."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, form: Form, thing: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tongues = languages.of(form)
        self.thing = thing or {}
        self.mark = mark(self.thing)
        self.fields["was"].initial = self.mark

    def write_in(self, name: str, label: Any, longest: int, *, needed: bool = False, rows: int = 0) -> None:
        for tongue in self.tongues:
            self.fields[f"{name}_{tongue.code}"] = forms.CharField(
                label=f"{label} · {tongue.name}" if len(self.tongues) > 1 else label,
                max_length=longest,
                required=needed and tongue == self.tongues[0],
                widget=_line(tongue, rows),
                initial=self.thing.get(name, {}).get(tongue.code, ""),
            )

    def said(self, name: str) -> dict[str, str]:
        """What was written, by language, without what was left empty."""
        written = ((tongue.code, self.cleaned_data[f"{name}_{tongue.code}"]) for tongue in self.tongues)
        return {code: words for code, words in written if words}

    def sides(self, name: str) -> list[forms.BoundField]:
        return [self[f"{name}_{tongue.code}"] for tongue in self.tongues]

    def changed_meanwhile(self) -> bool:
        """Somebody else kept another version while this one was being written."""
        return bool(self.mark) and self.data.get("was", "") != self.mark


def mark(thing: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(thing, sort_keys=True).encode()).hexdigest()[:16] if thing else ""


def _line(tongue: Language, rows: int) -> forms.Widget:
    attrs = {"lang": tongue.code, "dir": tongue.dir}
    return (
        forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs | {"autocomplete": "off"})
    )


class SectionForm(SideBySide):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.write_in("title", _("What this part is called"), TITLE, needed=True)
        self.write_in("says", _("A few words before it, if needed"), SAYS, rows=3)

    def rows(self) -> list[list[forms.BoundField]]:
        return [self.sides("title"), self.sides("says")]

    def what(self) -> dict[str, Any]:
        return {"title": self.said("title"), "says": self.said("says")}


class QuestionForm(SideBySide):
    """One question of any kind. An option that is emptied is taken out; there are always three empty ones."""

    def __init__(self, *args: Any, kind: str, asked_before: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.write_in("text", _("The question"), QUESTION, needed=True, rows=2)
        if kind == Kind.SCALE:
            self.write_in("low", _("What 1 means"), END, needed=True)
            self.write_in("high", _("What 5 means"), END, needed=True)
        self.option_codes: list[str] = []
        if kind in WITH_OPTIONS:
            self._add_options()
        if kind == Kind.CHOOSE:
            self._add_most()
        if asked_before:
            self._ask_if_new()

    def _add_options(self) -> None:
        there = self.thing.get("options", [])
        codes = [option["code"] for option in there] + [""] * EMPTY_ROWS
        self.option_codes = codes[: room_for_options(self.kind)]
        label = _("Sentence") if self.kind == Kind.STATEMENTS else _("Answer")
        for at, _code in enumerate(self.option_codes):
            self.thing = {**self.thing, f"option_{at}": there[at]["text"] if at < len(there) else {}}
            self.write_in(f"option_{at}", f"{label} {at + 1}", OPTION)

    def _add_most(self) -> None:
        self.fields["most"] = forms.TypedChoiceField(
            label=_("How many may be chosen"),
            choices=[(1, "1"), (2, "2"), (3, "3")],
            coerce=int,
            initial=self.thing.get("most", 1),
            widget=OneOf,
            help_text=_("With one, you will know most."),
        )

    def _ask_if_new(self) -> None:
        self.fields["is_new"] = forms.BooleanField(
            label=_("It asks for something else than last time"),
            required=False,
            help_text=_("Then it is a new question, and is not laid beside the old answers."),
        )

    def rows(self) -> Iterator[list[forms.BoundField]]:
        names = ["text", *(["low", "high"] if self.kind == Kind.SCALE else [])]
        for name in [*names, *(f"option_{at}" for at, _code in enumerate(self.option_codes))]:
            yield self.sides(name)

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("most", "is_new") if name in self.fields]

    def what(self) -> dict[str, Any]:
        said: dict[str, Any] = {"text": self.said("text"), "is_new": self.cleaned_data.get("is_new", False)}
        said["options"] = list(self._options())
        if self.kind == Kind.SCALE:
            said |= {"low": self.said("low"), "high": self.said("high")}
        return said | {"most": self.cleaned_data.get("most") or 1}

    def _options(self) -> Iterator[dict[str, Any]]:
        for at, code in enumerate(self.option_codes):
            if words := self.said(f"option_{at}"):
                yield {"code": code, "text": words}
