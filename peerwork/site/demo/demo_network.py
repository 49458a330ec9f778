"""A made-up network, with a lived quarter behind it, made through the same verbs as a real one."""

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import invitations, network, persons
from peerwork.people.members.models import Network, Person
from peerwork.people.vault import by_hand, phrases
from peerwork.people.workplaces import workplaces
from peerwork.site.demo import demo_line, demo_voices
from peerwork.site.demo.script import script
from peerwork.support.gatherings import agenda, counts, notes, seats, series, settling, times
from peerwork.support.gatherings.models import Gathering, Seat, Series

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def make_once() -> None:
    """Make the demo network, unless this server has a network already.

    The card comes first: a folder with this network in it is never without the sign that it is made up.
    """
    if Network.objects.exists():
        return
    said = script()
    settings.OPTIONS.card.write_text(_card(said))
    with timezone.override(ZoneInfo(said["network"]["time_zone"])), transaction.atomic():
        founded = network.found(**said["network"])
        people = {person["name"]: _join(person, founded) for person in said["people"]}
        for gathering in said["gatherings"]:
            _plan(gathering, people)
        _live(said, people)
        _look_ahead(said, people)
        demo_line.make(said["line"], people)
    # Outside of that: a flush is written to the disk before what waits is let go.
    with timezone.override(ZoneInfo(said["network"]["time_zone"])):
        demo_voices.make(people, timezone.localdate())


def _join(said: dict[str, Any], founded: Network) -> Person:
    keys = by_hand.make(phrase=said["phrase"], code=phrases.printed_code(), salt=founded.salt)
    paper = invitations.write(roles=said["hats"])
    person = persons.join(
        paper.invitation,
        name=said["name"],
        language="",
        recipient=keys.recipient,
        signer=keys.signer,
        phrase=keys.phrase,
        code=keys.code,
    )
    persons.work_at(person, [workplaces.put_on_the_list(name) for name in said.get("works_at", ())])
    return person


def _plan(said: dict[str, Any], people: dict[str, Person]) -> Series:
    day = _next(said["weekday"], timezone.localdate() + timedelta(days=said["first"]))
    first = datetime.combine(day, datetime.strptime(said["at"], "%H:%M").time())  # noqa: DTZ007 — a wall clock
    zone = timezone.get_current_timezone_name()
    what = {
        name: said[name] for name in ("title", "about", "kind", "company", "hours", "way", "place", "minutes")
    }
    more = {
        "capacity": said.get("capacity"),
        "counted": said.get("counted", True),
        "is_public": said.get("is_public", False),
    }
    rrule = times.rule_for(said["repeats"], first=first, until=None, zone=zone)
    hosts = [people[name] for name in said["hosts"]]
    return series.plan(first=first, rrule=rrule, hosts=hosts, today=day, zone=zone, **what, **more)


def _next(weekday: str, day: date) -> date:
    ahead = (WEEKDAYS.index(weekday) - day.weekday()) % len(WEEKDAYS)
    return day + timedelta(days=ahead)


def _live(said: dict[str, Any], people: dict[str, Person]) -> None:
    """The quarter behind: who had seats then, how many came, and the nights after. Yesterday is still to be counted."""
    today = timezone.localdate()
    came = {gathering["title"]: cycle(gathering.get("comes", [0])) for gathering in said["gatherings"]}
    past = Gathering.objects.filter(ends_at__date__lt=today).order_by("starts_at")
    for gathering in past:
        names = said["seats"].get(gathering.title, [])
        Seat.objects.bulk_create(
            [Seat(gathering=gathering, person=people[name]) for name in names[: gathering.capacity]]
        )
        if gathering.counted and gathering.ends_at.date() < today - timedelta(days=8):
            heads = next(came[gathering.title])
            counts.count(gathering, heads=heads, minutes=gathering.minutes, employers=min(heads, 4))
    _note(said, past)
    settling.settle_past_days(today)
    counts.tally_what_is_due(today)
    forget(today)


def _note(said: dict[str, Any], past: Any) -> None:
    for title, answers in said["note"].items():
        if held := past.filter(title=title).last():
            notes.write(held, **answers)


def _look_ahead(said: dict[str, Any], people: dict[str, Person]) -> None:
    for title, names in said["seats"].items():
        upcoming = (
            Gathering.objects.filter(title=title, starts_at__gt=timezone.now()).order_by("starts_at").first()
        )
        if upcoming is None:
            continue
        for name in names:
            seats.take(upcoming, by=people[name])
        for words in said["agenda"].get(title, ()):
            agenda.suggest(upcoming, says=words)


def _card(said: dict[str, Any]) -> str:
    lines = ["", "A made-up network to look around in. Sign in with one of these phrases:", ""]
    lines += [f"  {p['name']:<12} {p['may']:<32} {p['phrase']}" for p in said["people"] if p["may"]]
    return "\n".join([*lines, "", "Nothing in it is secret. Stop with Ctrl-C.", ""])
