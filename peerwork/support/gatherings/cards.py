"""A gathering on a card, ready to show: the same few words on Today, Together and Run.

Made here and not in a template, because these lists are the pages people open most.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerwork.ground.ui.words import day, when
from peerwork.support.gatherings.words import company_name, kind_name, way_name

SOME_ID = UUID(int=0)


class Card(NamedTuple):
    """`looks` and `tag_looks` are the names of their styles."""

    address: str
    title: str
    when: str
    what: str
    tag: str
    tag_looks: str
    looks: str
    week: str


def shown(rows: Iterable[dict[str, Any]]) -> list[Card]:
    """Cards in the language and on the clock that are active. The rows are those of queries.cards."""
    language = get_language() or "en"
    return [_card(row, language) for row in rows]


def _card(row: dict[str, Any], language: str) -> Card:
    tag, tag_looks = tag_of(row)
    return Card(
        address=_address().replace(str(SOME_ID), str(row["id"])),
        title=row["title"],
        when=when(row["starts_at"]),
        what=_what(language, row["kind"], row["company"], row["way"], row["title"]),
        tag=tag,
        tag_looks=tag_looks,
        looks="off" if row["is_off"] else tag_looks,
        week=_week(language, _monday(row["starts_at"])),
    )


def tag_of(row: dict[str, Any]) -> tuple[str, str]:
    """The word on the tag, and its style: what matters most to this person comes first."""
    if row["is_off"]:
        return _("Called off"), "off"
    if row["my_state"] == "kept":
        return _("Your seat"), "mine"
    if row["my_state"] == "waiting":
        return _("You are in the line"), ""
    if row["my_state"] == "apologies":
        return _("You cannot come"), ""
    if row["i_host"]:
        return _("You hold the room"), "mine"
    return (_("Full"), "") if row["is_full"] else ("", "")


@lru_cache
def _address() -> str:
    return reverse("gatherings:gathering", args=[SOME_ID])


@lru_cache
def _what(_language: str, kind: str, company: str, way: str, title: str) -> str:
    """Its kind, unless the title says that already, whom it is for, and how people come together."""
    words = (kind_name(kind), company_name(company), way_name(way))
    return " · ".join(str(word) for word in words if str(word) != title)


def _monday(moment: datetime) -> date:
    on = localdate(moment)
    return on - timedelta(days=on.weekday())


@lru_cache
def _week(_language: str, monday: date) -> str:
    return _("Week of %(day)s") % {"day": day(monday)}
