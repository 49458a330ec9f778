"""Kim plans the fortnightly table, changes her mind, and nothing that people counted on is lost."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from conftest import MELBOURNE, a_gathering, it_is_over
from peerwork.support.gatherings import dates, seats, series, times
from peerwork.support.gatherings.models import Company, Gathering, Series

PLAIN = {"title": "Table", "kind": "practice", "company": "peers_alone", "minutes": 90, "zone": MELBOURNE}


def weekly(first=None, hosts=(), **what):
    first = first or datetime.combine(localdate() + timedelta(days=7), datetime.min.time()).replace(hour=18)
    return series.plan(first=first, rrule="FREQ=WEEKLY", hosts=hosts, **PLAIN | what)


def test_half_a_year_stands_in_the_calendar(network):
    assert weekly().gatherings.count() == 26


def test_growing_twice_makes_nothing_twice_and_a_night_later_one_more_is_there(network):
    table = weekly()
    assert series.grow(table, today=localdate()) == []
    assert len(series.grow(table, today=localdate() + timedelta(days=7))) == 1


def test_whoever_facilitates_goes_on_with_the_new_dates(network, rosa):
    table = weekly(hosts=[rosa])
    (fresh,) = series.grow(table, today=localdate() + timedelta(days=7))
    assert [host.person for host in fresh.hosts.all()] == [rosa]


def test_a_series_that_starts_next_year_has_its_first_date_today(network):
    far = datetime.combine(localdate() + timedelta(days=300), datetime.min.time()).replace(hour=9)
    assert series.plan(first=far, **PLAIN).gatherings.count() == 1


def test_an_hour_later_keeps_every_seat(network, ash):
    table = weekly()
    first = table.gatherings.earliest("starts_at")
    seats.take(first, by=ash)
    later = times.of_wall(table.first) + timedelta(hours=1)
    series.change(table, first=later, rrule=table.rrule, **series.what_it_is(table))
    moved = Gathering.objects.get(pk=first.pk)
    assert moved.starts_at == first.starts_at + timedelta(hours=1)
    assert moved.seats.count() == 1
    assert table.gatherings.count() == 26


def test_a_date_the_new_rule_does_not_give_is_called_off_where_somebody_has_a_seat(network, ash):
    table = weekly()
    first, second = table.gatherings.order_by("starts_at")[:2]
    seats.take(second, by=ash)
    series.change(
        table, first=times.of_wall(table.first), rrule="FREQ=WEEKLY;INTERVAL=2", **series.what_it_is(table)
    )
    assert Gathering.objects.get(pk=second.pk).is_off
    assert not Gathering.objects.get(pk=first.pk).is_off
    assert table.gatherings.filter(is_off=False).count() == 13


def test_what_was_held_for_peers_alone_stays_closed_when_the_series_opens(network):
    table = weekly()
    held = it_is_over(table.gatherings.earliest("starts_at"))
    what = series.what_it_is(table) | {"company": Company.MANAGERS_WELCOME}
    series.change(table, first=times.of_wall(table.first), rrule=table.rrule, **what)
    assert Gathering.objects.get(pk=held.pk).company == Company.PEERS_ALONE
    assert set(table.gatherings.exclude(pk=held.pk).values_list("company", flat=True)) == {
        Company.MANAGERS_WELCOME
    }


def test_a_date_changed_by_itself_stays_as_it_is(network):
    table = weekly()
    first = table.gatherings.earliest("starts_at")
    moved_to = times.of_wall(first.on) + timedelta(days=1)
    dates.change(first, starts=moved_to, place="The library")
    series.change(
        table,
        first=times.of_wall(table.first),
        rrule=table.rrule,
        **series.what_it_is(table) | {"place": "Town hall"},
    )
    first.refresh_from_db()
    assert first.place == "The library"
    assert first.starts_at == times.moment(moved_to, MELBOURNE)


def test_ending_a_series_takes_out_what_nobody_counts_on(network, ash):
    table = weekly()
    second = table.gatherings.order_by("starts_at")[1]
    seats.take(second, by=ash)
    series.end(table)
    assert [gathering.is_off for gathering in table.gatherings.all()] == [True]


def test_a_series_with_nothing_left_in_the_calendar_is_forgotten(network):
    from peerwork.ground.retention.forgetting import forget

    gathering = it_is_over(a_gathering("Long ago"), days_ago=430)
    kept = a_gathering("Still to come")
    forget(localdate())
    assert set(Series.objects.all()) == {kept.series}
    assert not Gathering.objects.filter(pk=gathering.pk).exists()


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        ({"is_public": True}, "a_public_series_welcomes_managers"),
        ({"minutes": 0}, "a_series_takes_some_time"),
        ({"capacity": 0}, "a_series_has_room_for_somebody"),
    ],
)
def test_the_database_itself_keeps_the_promises(network, broken, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        weekly(**broken)


def test_a_gathering_nobody_counts_cannot_hold_a_count(network):
    gathering = a_gathering("Soup", kind="social", counted=False)
    with pytest.raises(IntegrityError, match="an_uncounted_gathering_has_no_count"), transaction.atomic():
        Gathering.objects.filter(pk=gathering.pk).update(heads=7)


def test_the_same_date_cannot_stand_there_twice(network):
    gathering = a_gathering("Soup")
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.create(
            series=gathering.series, on=gathering.on, starts_at=now(), ends_at=now() + timedelta(hours=1),
            **series.what_it_is(gathering),
        )  # fmt: skip
