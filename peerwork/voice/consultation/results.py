"""What came of a consultation, out of what was released and nothing else: no answer is ever looked at here.

Peers read it first. Everybody else, a funder too, reads a number when two co-chairs have signed it and the peers had
their days. What peers agreed on in words stays among peers: only a release leaves the house.
"""

from collections import defaultdict
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from peerwork.ground.releases import counting as releases
from peerwork.ground.releases import shown, signing_off
from peerwork.ground.releases.models import Release
from peerwork.ground.tallies import quarters
from peerwork.people.members.models import Person
from peerwork.people.rules import reads_first
from peerwork.voice.consultation import agreeing, comparing, consultations, counting, queries
from peerwork.voice.consultation import form as forms
from peerwork.voice.consultation.comparing import Beside
from peerwork.voice.consultation.form import Kind
from peerwork.voice.consultation.models import Consultation, Wording
from peerwork.voice.consultation.over import THEMES
from peerwork.voice.consultation.policy import reads_wordings

type Marks = dict[str, str]
type Words = dict[str, list[str]]
type Pairs = tuple[tuple[str, str], ...]

# Pages kept ready: each is large.
PIECES = 24
# So many quarters of themes are shown in words.
A_YEAR = 4


class Told(NamedTuple):
    """One question: each number beside last time, or what people agree on, or words that peers agreed on."""

    title: str
    numbers: list[tuple[SafeString, Beside | None]]
    opinions: SafeString | str = ""
    in_words: list[str] | None = None

    @property
    def has_changed(self) -> bool:
        return any(beside is not None and beside.differs for _piece, beside in self.numbers)


class Section(NamedTuple):
    title: str
    told: list[Told]


def told_to(person: Person, today: date) -> list[Consultation]:
    """Those of which this person may read something, the newest first. Without their questions."""
    periods = set(_seen_by(person, today).values_list("period", flat=True).distinct())
    opened = Consultation.objects.exclude(state=Consultation.State.WRITTEN).defer("form")
    newest_first = opened.order_by("-closes_on", "pk") if periods else ()
    return [one for one in newest_first if consultations.round_of(one) in periods]


def not_told_yet(person: Person, today: date) -> QuerySet[Consultation]:
    """Those that were for this person and are over. Some of them may be told by now."""
    over = queries.for_the_audience(person).filter(closes_on__lt=today)
    return over.defer("form").order_by("-closes_on", "pk")


def page_of(number: UUID, person: Person, today: date) -> dict[str, Any] | None:
    """All that the page of one consultation's results shows to this person. None where it is no page of theirs."""
    told = told_to(person, today)
    one = next((one for one in told if one.pk == number), None)
    if one is None:
        return _nothing_yet(not_told_yet(person, today).filter(pk=number).first())
    before = next((other for other in told if _is_before(other, one)), None)
    return {"consultation": one, "before": before} | _said(one, before, person, today)


def _nothing_yet(one: Consultation | None) -> dict[str, Any] | None:
    return {"consultation": one, "sections": "", "why_not": _why_not(one)} if one else None


def _said(one: Consultation, before: Consultation | None, person: Person, today: date) -> dict[str, Any]:
    periods = [consultations.round_of(each) for each in (one, before) if each is not None]
    there = _seen_by(person, today).filter(period__in=periods).annotate(names=Count("signatures"))
    marks: dict[str, Marks] = {period: {} for period in periods}
    is_draft = False
    for period, question, mark, outside_from, names in there.values_list(
        "period", "question", "mark", "outside_from", "names"
    ):
        marks[period][question] = mark
        is_out = outside_from <= today and names >= signing_off.ENOUGH
        is_draft |= period == periods[0] and not is_out
    words = _in_words(periods[0]) if reads_wordings(person) else None
    key = [tuple(sorted(each.items())) for each in marks.values()]
    return {"is_draft": is_draft, "sections": _piece(one.pk, tuple(key), words, get_language() or "en")}


@lru_cache(maxsize=PIECES)
def _piece(number: UUID, marks: tuple[Pairs, ...], words: Pairs | None, language: str) -> SafeString:
    """All sections, made once for all who read the same: what was asked and what was released is fixed."""
    mine, old = (dict(marks[at]) if at < len(marks) else {} for at in range(2))
    form = Consultation.objects.values_list("form", flat=True).get(pk=number)
    said = _sections(form, mine, old, _by_question(words), language)
    return render_to_string("consultation/result_sections.html", {"sections": said}) if said else SafeString()


def _sections(form: forms.Form, mine: Marks, old: Marks, words: Words | None, language: str) -> list[Section]:
    sections = []
    for section in form["sections"]:
        told = [_told(question, mine, old, words, language) for question in section["questions"]]
        sections.append(Section(forms.text(section.get("title") or {}, language), list(filter(None, told))))
    return [section for section in sections if section.told]


def _told(
    question: dict[str, Any], mine: Marks, old: Marks, words: Words | None, language: str
) -> Told | None:
    code, title = question["code"], forms.text(question["text"], language)
    if question["kind"] == Kind.WORDS:
        return Told(title, [], in_words=words.get(code, [])) if words is not None else None
    if question["kind"] != Kind.STATEMENTS:
        return Told(title, _numbers([code], mine, old, language)) if code in mine else None
    opinions = agreeing.piece(mine[code], language) if code in mine else ""
    codes = [counting.code_of(code, one["code"]) for one in question["options"]]
    numbers = _numbers(codes, mine, old, language)
    return Told(title, numbers, opinions) if numbers or opinions else None


def _numbers(
    codes: list[str], mine: Marks, old: Marks, language: str
) -> list[tuple[SafeString, Beside | None]]:
    """Each number, and beside it the one before. A piece that was made once is never made again."""
    return [
        (shown.piece(mine[code]), comparing.beside(mine[code], old[code], language) if code in old else None)
        for code in codes
        if code in mine
    ]


def _seen_by(person: Person, today: date) -> QuerySet[Release, Any]:
    everything = Release.objects.all() if reads_first(person) else signing_off.all_out(today)
    return everything.filter(Q(period__startswith=consultations.BEGINS))


def _is_before(one: Consultation, other: Consultation) -> bool:
    """Asked of the same people, and over before the other was."""
    if one.audience != other.audience or one.closes_on is None or other.closes_on is None:
        return False
    return one.closes_on < other.closes_on


def _why_not(consultation: Consultation) -> str:
    """Why there is nothing to read, where there is a reason. Empty where it is only a matter of days."""
    return str(dict(releases.waiting()).get(consultations.round_of(consultation), ""))


def themes_in_words(person: Person) -> list[tuple[str, list[str]]]:
    """What was written about themes, as peers said it in other words and agreed: (quarter, words), the newest first."""
    if not reads_wordings(person):
        return []
    said = Wording.objects.filter(round__startswith=THEMES, agreed__gte=queries.ENOUGH)
    by_round = defaultdict[str, list[str]](list)
    for its_round, words in said.order_by("-round", "pk").values_list("round", "in_other_words"):
        by_round[its_round].append(words)
    newest = islice(by_round.items(), A_YEAR)
    return [(quarters.in_words(its_round.removeprefix(THEMES)), words) for its_round, words in newest]


def _in_words(period: str) -> Pairs:
    """(question, in other words), as peers agreed."""
    return tuple(queries.agreed_wordings(period).values_list("question", "in_other_words"))


def _by_question(words: Pairs | None) -> Words | None:
    if words is None:
        return None
    return {question: [said for code, said in words if code == question] for question, _said in words}
