"""A quarter is made final: its numbers stay as they are, and the same table waits for the co-chairs to sign.

What goes to the funder is what stood on the page, small ones hidden, once. Nothing is worked out again.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from peerwork.ground.releases import known
from peerwork.ground.releases.known import Cell, Table
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import Label
from peerwork.ground.tallies import tallies
from peerwork.insight.returns import queries
from peerwork.insight.returns.summary import Row, Summary

QUESTION = "gatherings"
ABOUT_PEOPLE = frozenset({"taken", "came", "hours"})
COLUMNS: dict[str, Promise] = {
    "planned": _("Planned"),
    "held": _("Held"),
    "off": _("Called off"),
    "weeks": _("Weeks with a gathering"),
    "average_minutes": _("Average minutes"),
    "offered": _("Places offered"),
    "taken": _("Places taken"),
    "came": _("Came"),
    "hours": _("Hours together"),
}


@transaction.atomic
def close(quarter: str, *, today: date) -> Release | None:
    """Raises tallies.NotOver. A quarter in which nothing was planned is closed and leaves nothing to sign."""
    tallies.close(quarter, today=today)
    summary = queries.summary(quarter, today=today)
    if not summary.rows:
        return None
    title = in_every_language(_("Gatherings"))
    return known.draft_known(quarter, as_table(summary), question=QUESTION, title=title, today=today)


def as_table(summary: Summary) -> Table:
    """The page's own rows. What it hides is hidden here; what was not counted is None."""
    rows = [(in_every_language(row.name), _cells(row)) for row in summary.rows]
    total = (in_every_language(summary.total.name), _cells(summary.total))
    columns = [(code, in_every_language(name)) for code, name in COLUMNS.items()]
    return Table(columns, [*rows, total], ABOUT_PEOPLE)


def _cells(row: Row) -> dict[str, Cell]:
    cells: dict[str, Cell] = {code: getattr(row, code) for code in COLUMNS}
    hidden = {"taken": row.hides_taken, "came": row.hides_came, "hours": row.hides_hours}
    cells |= {code: known.TOO_FEW for code, hides in hidden.items() if hides}
    return cells | {code: cells[code] or None for code in ("weeks", "offered")}


def in_every_language(words: str | Promise) -> Label:
    """What is frozen is read in more than one language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(words)
    return said
