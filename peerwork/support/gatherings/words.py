"""Words for templates: what a stored value is called. A list page reads plain values, not whole models."""

from django import template
from django.utils.functional import Promise

from peerwork.support.gatherings.models import Company, Hours, Kind, Way

register = template.Library()
KINDS, COMPANIES, ALL_HOURS, WAYS = (dict(choice.choices) for choice in (Kind, Company, Hours, Way))
WAY_ICONS = {Way.IN_PERSON: "map-pin", Way.LINK: "link", Way.PHONE: "phone"}


@register.filter
def kind_name(value: str) -> str | Promise:
    return KINDS[value]


@register.filter
def company_name(value: str) -> str | Promise:
    return COMPANIES[value]


@register.filter
def hours_name(value: str) -> str | Promise:
    return ALL_HOURS[value]


@register.filter
def way_name(value: str) -> str | Promise:
    return WAYS[value]


@register.filter
def way_icon(value: str) -> str:
    return WAY_ICONS[Way(value)]
