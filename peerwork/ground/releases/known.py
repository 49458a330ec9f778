"""Known numbers of a quarter: small ones hidden before they come here (known_counts.py), then frozen.

One table for the whole network and a quarter that is closed. Another cut of the same quarter could be laid beside
it and subtracted, so it is refused where the two come too near to each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from peerwork.ground.releases import marks
from peerwork.ground.releases.known_counts import ENOUGH_CONTACTS
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import Label, one_title
from peerwork.ground.releases.signing_off import PEERS_FIRST
from peerwork.ground.tallies import tallies

POPULATION = "network"
TOO_FEW = "too_few"
type Cell = int | float | str | None


class NotClosedYet(Exception):
    """Only a quarter whose numbers can no longer change is frozen."""


class TooAlike(Exception):
    """Beside a table that is frozen already, the difference would be of too few."""


@dataclass(frozen=True)
class Table:
    """At most two dimensions: what was counted, by kind. A cell is a number, TOO_FEW, or None for not counted.

    about_people: the columns whose numbers are of people. The last row is of all together.
    """

    columns: Sequence[tuple[str, Label]]
    rows: Sequence[tuple[Label, Mapping[str, Cell]]]
    about_people: frozenset[str] = frozenset()


@transaction.atomic
def draft_known(quarter: str, table: Table, *, question: str, title: Label, today: date) -> Release:
    """Freeze it. Safe to repeat: the first one stays as it is. Raises NotClosedYet and TooAlike."""
    if not tallies.is_closed(quarter):
        raise NotClosedYet(quarter)
    frozen = Release.objects.filter(kind=Release.Kind.KNOWN, population=POPULATION, period=quarter)
    if there := frozen.filter(question=question).first():
        return there
    if any(_too_alike(table, other.body) for other in frozen):
        raise TooAlike(quarter)
    release = Release(
        population=POPULATION, period=quarter, question=question, kind=Release.Kind.KNOWN, title=one_title(title),
        body={"title": title} | _body(table), made_on=today, outside_from=today + PEERS_FIRST,
    )  # fmt: skip
    release.mark = marks.of_release(release)
    release.save(force_insert=True)
    return release


def _body(table: Table) -> dict[str, Any]:
    return {
        "columns": [{"code": code, "label": label} for code, label in table.columns],
        "rows": [
            {"label": label, "cells": [cells.get(code) for code, _label in table.columns]}
            for label, cells in table.rows
        ],
        "about_people": sorted(table.about_people),
    }


def _too_alike(table: Table, body: Mapping[str, Any]) -> bool:
    """Is there a number of people in both whose difference would be of fewer than we show?"""
    codes = [column["code"] for column in body["columns"]]
    for code in table.about_people & set(body["about_people"]) & set(codes):
        ours = _numbers(cells.get(code) for _label, cells in table.rows)
        theirs = _numbers(row["cells"][codes.index(code)] for row in body["rows"])
        if any(0 < abs(one - other) < ENOUGH_CONTACTS for one in ours for other in theirs):
            return True
    return False


def _numbers(cells: Iterable[Cell]) -> list[int | float]:
    return [cell for cell in cells if isinstance(cell, int | float)]
