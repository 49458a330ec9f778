"""Rounds of themes that are over: counted once, by the door that all numbers leave by."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.releases import counting
from peerwork.voice.themes import frame, rounds

if TYPE_CHECKING:
    from peerwork.ground.postbox.models import Round
    from peerwork.ground.releases.models import Release

QUESTION = "themes"


def count_what_is_closed(today: date, progress: Callable[[int, int], None] | None = None) -> "list[Release]":
    """Safe to repeat. Where the year has no room for it left, a round stays uncounted, and its page says why."""
    made: list[Release] = []
    for over in _closed():
        try:
            made += count(over, today=today, progress=progress)
        except counting.Uncounted:
            continue
    return made


def _closed() -> "list[Round]":
    found = [postbox.find(one["id"]) for one in postbox.all_public() if one["id"].startswith(rounds.BEGINS)]
    return [over for over in found if over and over.state == over.State.CLOSED]


def count(
    over: "Round", *, today: date, progress: Callable[[int, int], None] | None = None
) -> "list[Release]":
    quarter = rounds.quarter_of(over.id)
    return counting.count(
        over.id,
        population=over.audience,
        quarter=quarter,
        questions=[question(over)],
        today=today,
        progress=progress,
    )


def question(over: "Round") -> counting.Question:
    """One question with one mark a slip. What it is counted by was settled when the quarter began."""
    list_of_then, by_group = frame.of_quarter(rounds.quarter_of(over.id)), rounds.by_group(over.roster)
    cells = frame.cells(list_of_then, by_group=by_group)
    into = {theme.code: theme.group for theme in frame.themes(list_of_then)} if by_group else {}
    return counting.Question(
        code=QUESTION,
        title=_("What people talked about"),
        kind="theme",
        cells=cells,
        marks=1,
        slips=QUESTION,
        into=into,
    )
