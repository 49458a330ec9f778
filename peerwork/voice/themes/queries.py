"""Questions about bulletins, asked for a person. Numbers come from releases, and from nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerwork.ground.releases import shown, signing_off
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import NO_ANSWER
from peerwork.ground.tallies import quarters
from peerwork.people.rules import Someone
from peerwork.voice.findings import queries as findings
from peerwork.voice.themes import comparing, frame, rounds
from peerwork.voice.themes.counting import QUESTION
from peerwork.voice.themes.models import Bulletin
from peerwork.voice.themes.policy import sees_drafts

# So many findings, and so many rows, stand on one page beside the rest.
FINDINGS, ROWS, SHORT = 4, 14, 240


@dataclass(frozen=True)
class Row:
    """One theme, or one group: its words, its interval, and what it is beside the quarter before."""

    line: shown.Line
    beside: comparing.Difference | None

    @property
    def says(self) -> str | Promise | int:
        return self.line.band or self.line.value


@dataclass(frozen=True)
class Page:
    """A bulletin, ready to be read: on the screen, on paper, or as a sheet."""

    quarter: str
    release: Release
    words: Bulletin
    rows: list[Row]
    is_out: bool
    before: str

    @property
    def when(self) -> str:
        return quarters.in_words(self.quarter)

    @property
    def too_few(self) -> bool:
        return "cells" not in self.release.body

    @property
    def in_bands(self) -> bool:
        return self.release.body.get("shape") == "bands"

    @property
    def half_width(self) -> int:
        return int(self.release.body.get("half_width", 0))

    @property
    def answered_about(self) -> int:
        return int(self.release.body.get("answered_about", 0))

    @property
    def largest(self) -> list[Row]:
        """As many rows as one page holds. The others stand behind them, and in the sheet."""
        return self.rows[:ROWS]

    @property
    def others(self) -> list[Row]:
        return self.rows[ROWS:]

    @property
    def changed(self) -> list[Row]:
        """The rows of which something can be said beside the quarter before."""
        return [row for row in self.rows if row.beside and row.beside.is_known]

    @property
    def beside(self) -> str:
        """The quarter before, in words, where there is one to look at."""
        return quarters.in_words(self.before) if any(row.beside for row in self.rows) else ""


def bulletin(person: Someone, quarter: str, today: date) -> Page | None:
    """The bulletin of a quarter, where this person may see it: a draft for the peers, what is out for everybody."""
    release = _readable(person, quarter, today)
    if release is None:
        return None
    words = words_of(quarter)
    if not words.is_ready and not sees_drafts(person):
        words = Bulletin(quarter=quarter)
    earlier = _readable(person, quarters.before(quarter), today)
    rows = _rows(release, earlier, quarter) if "cells" in release.body else []
    # A page that sets its numbers beside a draft is no more to be handed on than the draft.
    is_out = all(signing_off.is_out(one, today) for one in (release, earlier) if one)
    return Page(quarter, release, words, rows, is_out, quarters.before(quarter))


def bulletins(person: Someone, today: date) -> list[tuple[str, str, bool]]:
    """Those this person may read, newest first: (quarter, in words, is it out)."""
    begins = rounds.BEGINS
    found = (
        Release.objects.filter(question=QUESTION, period__startswith=begins).defer("body").order_by("-period")
    )
    looked = [(rounds.quarter_of(one.period), signing_off.is_out(one, today)) for one in found]
    drafts = sees_drafts(person)
    return [(quarter, quarters.in_words(quarter), is_out) for quarter, is_out in looked if is_out or drafts]


def what_became() -> list[str]:
    """A sentence for each of the newest findings: what was found, and what somebody said to it last."""
    return [Truncator(_with_its_answer(finding)).chars(SHORT) for finding in findings.recent()[:FINDINGS]]


def _with_its_answer(finding: Any) -> str:
    last = max(finding.answers.all(), key=lambda answer: answer.place, default=None)
    if last is None:
        return _("%(found)s No answer yet.") % {"found": _ended(finding.words)}
    said = {"found": _ended(finding.words), "kind": last.get_kind_display(), "words": last.words}
    return _("%(found)s %(kind)s: %(words)s") % said


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…", "؟")) else f"{words}."


def words_of(quarter: str) -> Bulletin:
    return Bulletin.objects.filter(pk=quarter).first() or Bulletin(quarter=quarter)


def _readable(person: Someone, quarter: str, today: date) -> Release | None:
    """Its numbers, where this person may read them. "More than in a draft" would tell what stands in the draft."""
    found = Release.objects.filter(period=rounds.id_of(quarter), question=QUESTION).first()
    return found if found and (signing_off.is_out(found, today) or sees_drafts(person)) else None


def _rows(release: Release, before: Release | None, quarter: str) -> list[Row]:
    """Largest first, as far as anybody can tell. What had no theme at all is not one."""
    themes = list(frame.themes(frame.of_quarter(quarter)))
    beside = comparing.compare(release.body, before.body, themes=themes) if before else {}
    lines = shown.as_lines(release.body, get_language() or "en")
    cells = [cell["code"] for cell in release.body["cells"]]
    rows = [
        (code, Row(line, beside.get(code)))
        for code, line in zip(cells, lines, strict=True)
        if code != NO_ANSWER
    ]
    return [row for _code, row in sorted(rows, key=lambda found: -found[1].line.value)]


def as_sheet(page: Page) -> Iterator[list[Any]]:
    """Numbers that are noisy stand beside the interval they come with."""
    yield [_("Theme"), _("About"), _("At least"), _("At most"), _("In words"), _("Beside the quarter before")]
    if page.too_few:
        yield [_("Too few to say")]
    for row in page.rows:
        line = row.line
        beside = row.beside.says if row.beside else ""
        yield [line.label, line.value, line.low, line.high, line.band, beside]
