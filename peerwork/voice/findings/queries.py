"""Questions about findings, asked for a person."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate

from peerwork.ground.releases import signing_off
from peerwork.ground.releases.models import Release
from peerwork.people.rules import Someone, reads_first
from peerwork.voice.findings import chains
from peerwork.voice.findings.chains import Chain, State
from peerwork.voice.findings.models import Finding
from peerwork.voice.findings.policy import reads

# What a finding may rest on: the newest releases, as many as a year has.
RELEASES = 60


def open_to(person: Someone, *, today: date) -> QuerySet[Any]:
    """Every finding this person may know of. Pages start here."""
    if not reads(person):
        return Finding.objects.none()
    return Finding.objects.all() if reads_first(person) else _for_everybody(today)


def _for_everybody(today: date) -> QuerySet[Any]:
    """No longer to be taken back, and resting on nothing that is not out."""
    out = Q(release=None) | Q(release__in=signing_off.all_out(today).values("pk"))
    return Finding.objects.filter(out, found_on__lt=today)


def recent() -> QuerySet[Any]:
    """For what everybody reads, like the bulletin: the newest first, each with its chain."""
    return _for_everybody(localdate()).prefetch_related("answers").order_by("-found_on", "pk")


class List(NamedTuple):
    """What waits stands first, the oldest on top. Then what was promised, by its day. Then what has its answer."""

    waiting: list[Chain]
    promised: list[Chain]
    over: list[Chain]


def listed(person: Someone, *, today: date) -> List:
    found = open_to(person, today=today).prefetch_related("answers").order_by("found_on", "pk")
    all_of_it = [chains.of(finding, today=today) for finding in found]
    promised = [chain for chain in all_of_it if chain.state == State.PROMISED]
    return List(
        waiting=[chain for chain in all_of_it if chain.state == State.WAITS],
        promised=sorted(promised, key=lambda chain: chain.due_on or today),
        over=[chain for chain in reversed(all_of_it) if chain.state in {State.REFUSED, State.DONE}],
    )


def release_of(finding: Finding) -> Release | None:
    """What it rests on. Whoever may read the finding may read that."""
    return Release.objects.filter(pk=finding.release).first() if finding.release else None


def to_rest_on() -> list[tuple[str, str]]:
    """The newest releases: (number, title). For those who put findings up, who see drafts too."""
    found = Release.objects.order_by("-made_on", "title").values_list("pk", "title", "made_on")
    return [
        (str(pk), f"{title} ({date_format(made_on, 'j F Y')})") for pk, title, made_on in found[:RELEASES]
    ]
