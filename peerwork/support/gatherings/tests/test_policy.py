"""Who may know of a gathering. Most of it is about Morgan, who is a peer and manages staff.

Who uses this room, and what they fear. Ash works alone and wants company: fears that a manager learns which
group, or how often. Morgan belongs with the peers and is somebody's boss: fears neither side trusting him.
Rosa holds the room: fears a list of names in her bag. Kim plans: fears losing the sheet, or leaking it.
"""

from itertools import chain, combinations

import pytest

from conftest import a_gathering, it_is_over, someone
from peerwork.people.rules import Hat
from peerwork.support.gatherings import dates, queries
from peerwork.support.gatherings.models import Company, Gathering, Kind
from peerwork.support.gatherings.policy import (
    brings_in,
    may_cover,
    may_enter,
    may_know,
    may_run,
    may_see_seats,
)

PEERS, WELCOME, MANAGERS = Company.PEERS_ALONE, Company.MANAGERS_WELCOME, Company.MANAGERS_ONLY


@pytest.mark.parametrize(
    ("who", "company", "enters"),
    [
        ("ash", PEERS, True), ("ash", WELCOME, True), ("ash", MANAGERS, False),
        ("morgan", PEERS, False), ("morgan", WELCOME, True), ("morgan", MANAGERS, True),
        ("priya", PEERS, False), ("priya", WELCOME, True), ("priya", MANAGERS, True),
        ("kim", PEERS, False), ("kim", WELCOME, True), ("kim", MANAGERS, False),
        ("fran", PEERS, False), ("fran", WELCOME, False), ("fran", MANAGERS, False),
    ],
)  # fmt: skip
def test_who_may_come_in(request, network, who, company, enters):
    assert may_enter(request.getfixturevalue(who), a_gathering("x", company=company)) is enters


def test_a_coordinator_plans_what_is_for_peers_alone_without_coming_in(friday_group, kim):
    assert may_know(kim, friday_group)
    assert may_run(kim, friday_group)
    assert not may_enter(kim, friday_group)


def test_no_other_hat_gets_around_the_wall(network):
    """Somebody who manages staff and is everything else besides still does not see what is for peers alone."""
    everything = someone("Max", *Hat.values)
    hosted = a_gathering("x", hosts=[everything])
    assert not may_know(everything, hosted)
    assert not queries.open_to(everything).filter(pk=hosted.pk).exists()


def test_only_whoever_holds_the_room_sees_who_keeps_a_seat(friday_group, rosa, kim, ash):
    assert may_see_seats(rosa, friday_group)
    assert not may_see_seats(kim, friday_group)
    assert not may_see_seats(ash, friday_group)


def test_an_advisory_meeting_is_for_the_advisory_group(network, ash, rene, kim):
    meeting = a_gathering("x", kind=Kind.ADVISORY, company=WELCOME)
    assert may_enter(rene, meeting)
    assert not may_know(ash, meeting)
    assert may_run(kim, meeting)


INTERESTING = [
    Hat.PEER,
    Hat.PEER_ELSEWHERE,
    Hat.MANAGER,
    Hat.COORDINATOR,
    Hat.FACILITATOR,
    Hat.ADVISER,
    Hat.FUNDER,
]
MIXES = list(chain.from_iterable(combinations(INTERESTING, n) for n in range(4)))


@pytest.fixture(scope="class")
def one_of_each(django_db_setup, django_db_blocker):
    """A gathering of every company and kind, for the next test to look at with every mix of hats."""
    from peerwork.people.members import network

    with django_db_blocker.unblock():
        founded = network.found(name="N", public_name="N", time_zone="Australia/Melbourne")
        for company in Company:
            for kind in (Kind.SUPPORT, Kind.ADVISORY):
                a_gathering(f"{company} {kind}", company=company, kind=kind)
        yield list(Gathering.objects.all())
        Gathering.objects.all().delete()
        founded.delete()


class TestEveryMixOfHats:
    @pytest.mark.parametrize("hats", MIXES, ids=lambda hats: "+".join(hats) or "nobody")
    def test_the_words_and_the_database_agree_for_every_mix_of_hats(self, one_of_each, db, hats):
        person = someone("X", *hats)
        hosted = [thing for n, thing in enumerate(one_of_each) if n % 2]
        for thing in hosted:
            thing.hosts.create(person=person)
        seen = {thing.pk: thing.may_enter for thing in queries.open_to(person)}
        assert seen == {
            thing.pk: may_enter(person, thing) for thing in one_of_each if may_know(person, thing)
        }
        runs = set(queries.run_by(person).values_list("pk", flat=True))
        assert runs == {thing.pk for thing in one_of_each if may_run(person, thing)}


class TestWhoMayChangeASeries:
    """A series is changed whole, so nothing of it may be hidden from whoever changes it."""

    @pytest.fixture
    def boss(self, network):
        return someone("Bo", Hat.COORDINATOR, Hat.MANAGER)

    def test_a_coordinator_who_manages_staff_finds_no_series_for_peers_alone(self, friday_group, boss, kim):
        assert list(queries.series_run_by(kim)) == [friday_group.series]
        assert list(queries.series_run_by(boss)) == []

    def test_not_even_by_a_date_that_was_open_once(self, friday_group, boss):
        Gathering.objects.filter(pk=friday_group.pk).update(company=WELCOME)
        assert list(queries.series_run_by(boss)) == []  # what is to come of it is for peers alone

    def test_nor_by_a_series_with_one_date_to_come_that_is_not_open(self, open_evening, boss):
        assert list(queries.series_run_by(boss)) == [open_evening.series]
        Gathering.objects.filter(pk=open_evening.pk).update(company=PEERS)
        assert list(queries.series_run_by(boss)) == []

    def test_whoever_covers_one_date_does_not_change_them_all(self, friday_group, rosa, sam):
        dates.cover(friday_group, by=sam)
        assert list(queries.series_run_by(rosa)) == [friday_group.series]
        assert list(queries.series_run_by(sam)) == []


class TestWhoMayCover:
    """Whoever covers sees who keeps a seat. So only those who would come in anyway may."""

    @pytest.mark.parametrize(("who", "may"), [("kim", False), ("jude", True), ("ash", False), ("rosa", True)])
    def test_only_those_who_may_come_in_and_plan(self, request, friday_group, who, may):
        assert may_cover(request.getfixturevalue(who), friday_group) is may

    def test_nobody_covers_what_is_over(self, sign_in, friday_group, jude):
        it_is_over(friday_group)
        assert sign_in(jude).post(f"/together/{friday_group.pk}/cover/", {"cover": "yes"}).status_code == 404

    def test_whoever_facilitates_and_presses_cover_goes_on_facilitating(self, friday_group, rosa):
        dates.cover(friday_group, by=rosa)
        dates.stop_covering(friday_group, by=rosa)
        assert friday_group.hosts.get().person == rosa


def test_a_file_is_brought_in_by_coordinators_who_manage_nobody(kim, jude, rosa):
    boss = someone("Bo", Hat.COORDINATOR, Hat.MANAGER)
    assert [brings_in(person) for person in (kim, jude, rosa, boss)] == [True, True, False, False]
