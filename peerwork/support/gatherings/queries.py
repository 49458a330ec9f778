"""Questions about gatherings. Every one of them asks on behalf of somebody.

`open_to` is the only way in: what a person may not know of is not in it. It says in SQL what policy.py
says in words; a test compares the two for every mix of hats.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from peerwork.people.rules import Someone, advises, is_coordinator, is_member, is_peer, manages_staff
from peerwork.support.gatherings.models import (
    AgendaItem,
    Company,
    Feed,
    Gathering,
    Host,
    Kind,
    Note,
    Seat,
    Series,
)

ON_A_CARD = (
    "id", "title", "kind", "company", "hours", "way", "starts_at", "ends_at", "zone", "is_off", "capacity",
    "my_state", "my_moved_up", "i_host", "may_enter", "is_full",
)  # fmt: skip


def open_to(person: Any) -> QuerySet[Any]:
    """Every gathering this person may know about. Pages start here, never at Gathering.objects."""
    enters = _may_enter(person)
    known = Gathering.objects.annotate(
        i_host=Exists(Host.objects.filter(gathering=OuterRef("pk"), person=person.pk)),
        may_enter=Case(When(enters, then=Value(value=True)), default=Value(value=False)),
    )
    if not is_member(person):
        return known.none()
    if manages_staff(person):
        known = known.exclude(company=Company.PEERS_ALONE)
    return known if is_coordinator(person) else known.filter(enters | Q(i_host=True))


def _may_enter(person: Someone) -> Q:
    """`may_enter` of policy.py, as a condition. For somebody who is a member."""
    closed = Q(pk__in=[])
    if not is_peer(person) or manages_staff(person):
        closed |= Q(company=Company.PEERS_ALONE)
    if not manages_staff(person):
        closed |= Q(company=Company.MANAGERS_ONLY)
    if not advises(person):
        closed |= Q(kind=Kind.ADVISORY)
    return ~closed


def cards(gatherings: QuerySet[Any], person: Any) -> QuerySet[Gathering, dict[str, Any]]:
    """What a card shows of each, and nothing else: the columns, the person's own seat, and whether it is full."""
    kept = Seat.objects.filter(gathering=OuterRef("pk"), state=Seat.State.KEPT).order_by().values("gathering")
    taken = Subquery(kept.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    mine = FilteredRelation("seats", condition=Q(seats__person=person.pk))
    return (
        gatherings.annotate(mine=mine, my_state=F("mine__state"), my_moved_up=F("mine__moved_up"))
        .annotate(
            is_full=Case(
                When(capacity=None, then=Value(value=False)), default=Q(capacity__lte=Coalesce(taken, 0))
            )
        )
        .order_by("starts_at", "id")
        .values(*ON_A_CARD)
    )


def coming(person: Any, *, at: datetime | None = None) -> QuerySet[Any]:
    """What is on, from this moment as far ahead as it is planned."""
    return open_to(person).filter(ends_at__gt=at or now())


def found(
    person: Any, *, words: str = "", kind: str = "", hours: str = "", at: datetime | None = None
) -> QuerySet[Any]:
    """What is on that matches: words in the title or the description, a kind, work time or after."""
    gatherings = coming(person, at=at)
    for word in words.split()[:5]:
        gatherings = gatherings.filter(Q(title__icontains=word) | Q(about__icontains=word))
    if kind in Kind.values:
        gatherings = gatherings.filter(kind=kind)
    return gatherings.filter(hours=hours) if hours in {"during", "after"} else gatherings


def where_expected(person: Any, *, at: datetime | None = None) -> QuerySet[Any]:
    """Where this person has a seat, waits for one, or holds the room."""
    return coming(person, at=at).filter(_is_expected(person))


def where_not_expected(person: Any, *, at: datetime | None = None) -> QuerySet[Any]:
    """The rest of what is on."""
    return coming(person, at=at).exclude(_is_expected(person))


def _is_expected(person: Any) -> Q:
    states = [Seat.State.KEPT, Seat.State.WAITING]
    own = Seat.objects.filter(gathering=OuterRef("pk"), person=person.pk, state__in=states)
    return Q(Exists(own)) | Q(i_host=True)


def to_count(person: Any) -> QuerySet[Any]:
    """Gatherings this person held that still want their heads counted."""
    over = open_to(person).filter(i_host=True, ends_at__lte=now(), counted=True, is_off=False)
    return over.filter(heads=None, is_tallied=False).order_by("starts_at")


def run_by(person: Any) -> QuerySet[Any]:
    """What this person may run: everything they may know of for a coordinator, else what they hold."""
    gatherings = open_to(person)
    return gatherings if is_coordinator(person) else gatherings.filter(i_host=True)


def series_run_by(person: Any) -> QuerySet[Series]:
    """A series is changed whole, so all that is to come of it must be this person's to run.

    A coordinator runs whatever is not walled off from them; others, what they facilitate themselves.
    """
    to_come = Gathering.objects.filter(series=OuterRef("pk"), ends_at__gt=now())
    known = Series.objects.exclude(Exists(to_come.exclude(pk__in=open_to(person).values("pk"))))
    if manages_staff(person):
        known = known.exclude(company=Company.PEERS_ALONE)
    if is_coordinator(person):
        return known.filter(Exists(open_to(person).filter(series=OuterRef("pk"))))
    facilitated = Host.objects.filter(person=person.pk, part=Host.Part.FACILITATES)
    return known.filter(Exists(to_come.filter(pk__in=facilitated.values("gathering"))))


def next_of(series: Series) -> Gathering:
    """The first date of a series that has just been planned: it always has one."""
    return series.gatherings.order_by("starts_at")[0]


def hosts_of(gathering: Gathering) -> list[dict[str, Any]]:
    """Who holds the room: names and parts. Whoever may enter may know."""
    return [
        dict(row)
        for row in gathering.hosts.order_by("part", "person__name").values("person", "person__name", "part")
    ]


def seats_at(gathering: Gathering) -> list[dict[str, Any]]:
    """Who keeps a seat, for whoever holds the room. Those waiting come last, in their order."""
    in_order = Case(
        *(When(state=state, then=Value(n)) for n, state in enumerate(Seat.State.values)),
        output_field=IntegerField(),
    )
    rows = gathering.seats.order_by(in_order, F("turn"), "person__name")
    return [dict(row) for row in rows.values("person__name", "state")]


def before_in_line(person: Any, gathering: Gathering) -> int | None:
    """How many stand in the line before this person. None where they do not stand in it."""
    waiting = gathering.seats.filter(state=Seat.State.WAITING)
    turn = waiting.filter(person=person.pk).values_list("turn", flat=True).first()
    return None if turn is None else waiting.filter(turn__lt=turn).count()


def agenda_of(gathering: Gathering) -> list[AgendaItem]:
    """In the order of the alphabet: the order they came in is not kept."""
    return list(gathering.agenda.order_by("says_what"))


def note_of(gathering: Gathering) -> Note | None:
    return Note.objects.filter(gathering=gathering).first()


def lately_held(
    person: Any, gathering: Gathering, *, most: int = 6
) -> list[tuple[datetime, datetime, str, bool]]:
    """The last few of the same series, as rotation.fits wants them."""
    held = open_to(person).filter(series=gathering.series_id, is_off=False, ends_at__lte=now())
    return _times(held.order_by("-starts_at")[:most])


def lately_held_of_kind(
    person: Any, kind: str, *, most: int = 6
) -> list[tuple[datetime, datetime, str, bool]]:
    held = open_to(person).filter(kind=kind, is_off=False, ends_at__lte=now())
    return _times(held.order_by("-starts_at")[:most])


def _times(gatherings: Iterable[Gathering]) -> list[tuple[datetime, datetime, str, bool]]:
    return [(g.starts_at, g.ends_at, g.zone, g.hours == "during") for g in gatherings]


def feeds_of(person: Any) -> QuerySet[Feed]:
    return Feed.objects.filter(person=person).order_by("everything", "pk")


def in_feed(feed: Feed) -> QuerySet[Any]:
    """What a calendar shows of a person's gatherings: a month back and as far ahead as they are planned."""
    person = feed.person
    shown = open_to(person).filter(starts_at__gt=now() - timedelta(days=31))
    states = [Seat.State.KEPT, Seat.State.WAITING]
    own = Seat.objects.filter(gathering=OuterRef("pk"), person=person, state__in=states)
    shown = shown.annotate(my_state=Subquery(own.values("state")[:1], output_field=CharField()))
    return (shown if feed.everything else shown.filter(Q(my_state__isnull=False) | Q(i_host=True))).order_by(
        "starts_at"
    )


def public_dates(series_id: Any) -> QuerySet[Any]:
    """The dates of a series that anyone may see. Empty for every other series, and for one that is not there."""
    dates = Gathering.objects.filter(series=series_id, is_public=True, company=Company.MANAGERS_WELCOME)
    return dates.filter(starts_at__gt=now() - timedelta(days=31)).order_by("starts_at")


def facilitators_of(series: Series) -> list[Any]:
    """Who facilitates the next date, by id: the ones a changed series starts from."""
    upcoming = series.gatherings.filter(ends_at__gt=now(), is_own=False).order_by("starts_at").first()
    if upcoming is None:
        return []
    return list(upcoming.hosts.filter(part=Host.Part.FACILITATES).values_list("person", flat=True))
