"""At the end of the quarter Kim can say how much happened, without holding a register of who came."""

import json
from datetime import timedelta

import pyrage
import pytest
from django.utils import timezone
from django.utils.timezone import localdate, now

from conftest import MELBOURNE, a_gathering, it_is_over, someone
from peerwork.ground.retention import holdings
from peerwork.ground.retention.forgetting import forget
from peerwork.ground.tallies import quarters, tallies
from peerwork.people.members import persons
from peerwork.people.vault import log
from peerwork.people.vault.tests.rings import given
from peerwork.support.gatherings import counts, seats, settling
from peerwork.support.gatherings.models import Gathering, Seat


@pytest.fixture(autouse=True)
def _on_the_network_clock(network):
    with timezone.override(MELBOURNE):
        yield


def test_hours_go_into_everyones_own_log_and_only_they_can_tell(network, friday_group, ash, kas, rosa):
    identities = {person.name: given(person).identity for person in (ash, kas, rosa)}
    seats.take(friday_group, by=ash)
    it_is_over(friday_group)

    settling.settle_past_days(localdate())

    pages = {person.name: log.pages_of(person)[0][1] for person in (ash, kas, rosa)}  # Kas was not there
    told = {
        name: json.loads(pyrage.decrypt(page, [pyrage.x25519.Identity.from_str(identities[name])]))["lines"]
        for name, page in pages.items()
    }
    assert told["Ash"] == [{"what": "Support group", "minutes": 90}]
    assert told["Rosa"] == told["Ash"]  # she held the room
    assert told["Kas"] == []


def test_a_day_without_anything_gets_a_page_like_any_other(network, ash, morgan):
    """Otherwise Morgan's own log would say on which days there was something he may not know of."""
    for person in (ash, morgan):
        given(person)
    today = localdate()
    settling.settle_past_days(today - timedelta(days=5))
    group = it_is_over(a_gathering("Friday group"), days_ago=3)
    settling.settle_past_days(today)
    settling.settle_past_days(today)
    every_day = [today - timedelta(days=days) for days in range(6, 0, -1)]
    assert localdate(group.ends_at) in every_day
    for person in (ash, morgan):
        assert [day for day, _page in log.pages_of(person)] == every_day


def test_a_house_that_slept_for_a_year_does_not_fill_the_logs(network, ash):
    given(ash)
    settling.settle_past_days(localdate() - timedelta(days=365))
    settling.settle_past_days(localdate())
    assert len(log.pages_of(ash)) == 1 + 92


def test_the_seats_are_gone_and_a_number_is_left(friday_group, ash, kas):
    for person in (ash, kas):
        seats.take(friday_group, by=person)
    it_is_over(friday_group)
    assert Seat.objects.count() == 2  # there was something to forget
    settling.settle_past_days(localdate())
    assert Seat.objects.count() == 0
    assert Gathering.objects.get(pk=friday_group.pk).places_taken == 2


def test_what_was_called_off_gives_nobody_hours(network, friday_group, ash):
    identity = given(ash).identity
    seats.take(friday_group, by=ash)
    friday_group.is_off = True
    it_is_over(friday_group)
    settling.settle_past_days(localdate())
    ((_day, page),) = log.pages_of(ash)
    assert json.loads(pyrage.decrypt(page, [pyrage.x25519.Identity.from_str(identity)]))["lines"] == []
    assert Gathering.objects.get().places_taken is None


def test_today_is_not_settled_while_it_is_still_today(friday_group, ash):
    seats.take(friday_group, by=ash)
    friday_group.starts_at, friday_group.ends_at = now() - timedelta(minutes=2), now() - timedelta(minutes=1)
    friday_group.save()
    settling.settle_past_days(localdate(friday_group.ends_at))
    assert Seat.objects.count() == 1


def test_settling_twice_is_settling_once(network, friday_group, ash):
    given(ash)
    seats.take(friday_group, by=ash)
    it_is_over(friday_group)
    settling.settle_past_days(localdate())
    before = log.pages_of(ash)
    assert settling.settle_past_days(localdate()) == 0
    assert log.pages_of(ash) == before


def test_a_night_that_breaks_half_way_leaves_the_day_whole(network, friday_group, ash, monkeypatch):
    seats.take(friday_group, by=ash)
    it_is_over(friday_group)

    def break_down(*_anything):
        raise RuntimeError

    monkeypatch.setattr("peerwork.people.vault.log.seal_day", break_down)
    with pytest.raises(RuntimeError):
        settling.settle_past_days(localdate())
    assert Seat.objects.count() == 1
    assert not Gathering.objects.get(pk=friday_group.pk).is_settled


def a_counted(title="Friday", *, heads, days_ago=1, **what):
    gathering = it_is_over(a_gathering(title, **what), days_ago=days_ago)
    settling.settle_past_days(localdate())
    counts.count(gathering, heads=heads, minutes=60)
    return gathering


def of_this_quarter(gathering):
    return tallies.of_quarter(quarters.of(localdate(gathering.starts_at)), under="gatherings.")


def test_a_head_count_goes_into_the_quarter_once(network):
    gathering = a_counted(heads=7, capacity=10)
    counts.tally_what_is_due(localdate())
    counts.tally_what_is_due(localdate())
    found = of_this_quarter(gathering)
    assert found == {
        f"gatherings.support.{what}": number
        for what, number in {
            "planned": 1, "held": 1, "minutes": 60, "weeks": 1, "offered": 10, "taken": 0, "taken_most": 0,
            "counted": 1, "came": 7, "came_most": 7, "person_minutes": 420,
        }.items()
    }  # fmt: skip


def test_a_count_cannot_change_once_the_quarter_has_it(network):
    gathering = a_counted(heads=7)
    counts.tally_what_is_due(localdate())
    with pytest.raises(counts.AlreadyTallied):
        counts.count(gathering, heads=8, minutes=60)


def test_just_being_together_leaves_no_number_behind(network):
    soup = it_is_over(a_gathering("Soup", kind="social", counted=False))
    settling.settle_past_days(localdate())
    with pytest.raises(counts.AlreadyTallied):
        counts.count(soup, heads=7, minutes=60)
    counts.tally_what_is_due(localdate())
    assert set(of_this_quarter(soup)) == {
        f"gatherings.social.{what}" for what in ("planned", "held", "minutes", "weeks")
    }


def test_without_a_count_it_is_held_all_the_same_after_two_weeks(network):
    gathering = it_is_over(a_gathering("Friday"), days_ago=10)
    settling.settle_past_days(localdate())
    counts.tally_what_is_due(localdate())
    assert not Gathering.objects.get(pk=gathering.pk).is_tallied
    counts.tally_what_is_due(localdate() + timedelta(days=6))
    found = of_this_quarter(gathering)
    assert found["gatherings.support.held"] == 1
    assert "gatherings.support.came" not in found


def test_two_in_one_week_are_one_week_with_one(network):
    gathering = a_counted(heads=5)
    a_counted("Again", heads=5)
    counts.tally_what_is_due(localdate())
    found = of_this_quarter(gathering)
    assert (found["gatherings.support.held"], found["gatherings.support.weeks"]) == (2, 1)


def test_whats_counted_late_never_changes_a_closed_quarter(network):
    gathering = a_counted(heads=7, days_ago=100)
    quarter = quarters.of(localdate(gathering.starts_at))
    tallies.close(quarter, today=localdate())
    counts.tally_what_is_due(localdate())
    assert tallies.of_quarter(quarter, under="gatherings.") == {}
    assert tallies.of_quarter(quarters.after(quarter), under="gatherings.")["gatherings.support.came"] == 7


def test_whoever_leaves_takes_everything_along(network, friday_group, ash):
    given(ash)
    seats.take(friday_group, by=ash)
    key = ash.pk
    assert list(holdings.about(key))
    persons.leave(ash)
    assert list(holdings.about(key)) == []


def test_forgetting_keeps_what_has_not_had_its_day(network, friday_group, ash):
    seats.take(friday_group, by=ash)
    forget(localdate())
    assert Seat.objects.count() == 1
    assert someone("Bo", "peer")
