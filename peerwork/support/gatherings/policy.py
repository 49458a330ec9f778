"""Who may know of a gathering, come in, hold the room, and plan one.

Most of this is about Morgan, a peer who also manages staff: what is for peers alone is not there for
Morgan, not by name, not by number, not by address. queries.py asks the same of the database, and a test
holds the two side by side for every mix of hats.
"""

from rules.predicates import predicate

from peerwork.people.rules import (
    Someone,
    advises,
    is_coordinator,
    is_facilitator,
    is_member,
    is_peer,
    manages_staff,
)
from peerwork.support.gatherings.models import Company, Gathering, Host, Kind


@predicate
def is_for_peers_alone(_person: Someone, gathering: Gathering) -> bool:
    return gathering.company == Company.PEERS_ALONE


@predicate
def is_for_managers_only(_person: Someone, gathering: Gathering) -> bool:
    return gathering.company == Company.MANAGERS_ONLY


@predicate
def is_of_the_advisory_group(_person: Someone, gathering: Gathering) -> bool:
    return gathering.kind == Kind.ADVISORY


@predicate
def holds_the_room(person: Someone, gathering: Gathering) -> bool:
    return person.pk is not None and Host.objects.filter(gathering=gathering.pk, person=person.pk).exists()


# The one wall nothing gets around, whatever else a person does here.
is_walled_off = is_for_peers_alone & manages_staff

belongs = (
    (~is_for_peers_alone | is_peer)
    & (~is_for_managers_only | manages_staff)
    & (~is_of_the_advisory_group | advises)
)

may_enter = is_member & ~is_walled_off & belongs
may_run = is_member & ~is_walled_off & (is_coordinator | holds_the_room)
may_know = may_enter | may_run
may_see_seats = is_member & ~is_walled_off & holds_the_room

plans = is_coordinator | is_facilitator
# Whoever covers holds the room, and so comes in and sees who else does.
may_cover = may_enter & plans
# A file may name anything that is here already, so whoever reads it must be let in everywhere.
brings_in = is_coordinator & ~manages_staff
# A debrief is for peers alone, so nobody who manages staff is told that one was asked for.
hears_of_debriefs = plans & ~manages_staff
# The same question without a gathering in hand: is there a page behind "Run" for this person?
runs_something = plans
