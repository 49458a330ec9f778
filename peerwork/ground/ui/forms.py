"""How every form looks: the question, a hint, what went wrong beside it, and nothing typed is lost."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "pieces/form.html"
    field_template_name = "pieces/field.html"


class Choices(forms.CheckboxSelectMultiple):
    """Several of a few: each on its own line, large enough for a thumb."""

    template_name = "pieces/choices.html"
    option_template_name = "pieces/choice.html"


class OneOf(forms.RadioSelect):
    """One of a few."""

    template_name = "pieces/choices.html"
    option_template_name = "pieces/choice.html"


class Date(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Time(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def is_group(field: Any) -> bool:
    """A question with several answers to pick from is a fieldset, not a label."""
    return bool(field.use_fieldset)
