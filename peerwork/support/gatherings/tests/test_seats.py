"""A seat is known to its owner and to whoever holds the room, and then it never was."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils.timezone import now

from conftest import a_gathering, it_is_over, someone
from peerwork.people.members import persons
from peerwork.support.gatherings import dates, seats, series, times
from peerwork.support.gatherings.models import Seat

KEPT, WAITING, SORRY = Seat.State


def states(gathering):
    return {seat.person.name: seat.state for seat in gathering.seats.select_related("person")}


def test_taking_a_seat_twice_is_taking_it_once(friday_group, ash):
    seats.take(friday_group, by=ash)
    seats.take(friday_group, by=ash)
    assert states(friday_group) == {"Ash": KEPT}


def test_when_every_seat_is_kept_the_next_stands_in_line_and_moves_up_by_itself(network, ash, kas, sam):
    small = a_gathering("Small", capacity=1)
    for person in (ash, kas, sam):
        seats.take(small, by=person)
    assert states(small) == {"Ash": KEPT, "Kas": WAITING, "Sam": WAITING}
    seats.give_up(small, by=ash)
    assert states(small) == {"Kas": KEPT, "Sam": WAITING}
    assert small.seats.get(person=kas).moved_up


def test_apologies_free_the_place_and_can_be_taken_back(network, ash, kas):
    small = a_gathering("Small", capacity=1)
    seats.take(small, by=ash)
    seats.take(small, by=kas)
    seats.send_apologies(small, by=ash)
    assert states(small) == {"Ash": SORRY, "Kas": KEPT}
    seats.take(small, by=ash)
    assert states(small) == {"Ash": WAITING, "Kas": KEPT}


def test_apologies_need_no_seat(friday_group, ash):
    seats.send_apologies(friday_group, by=ash)
    assert states(friday_group) == {"Ash": SORRY}


def test_more_room_lets_the_line_in(network, ash, kas, sam):
    small = a_gathering("Small", capacity=1)
    for person in (ash, kas, sam):
        seats.take(small, by=person)
    dates.change(small, starts=times.of_wall(small.on), capacity=2)
    assert states(small) == {"Ash": KEPT, "Kas": KEPT, "Sam": WAITING}


def test_leaving_the_line_keeps_the_order_of_the_others(network, ash, kas, sam, rosa):
    small = a_gathering("Small", capacity=1)
    for person in (ash, kas, sam, rosa):
        seats.take(small, by=person)
    seats.give_up(small, by=kas)
    seats.give_up(small, by=ash)
    assert states(small) == {"Sam": KEPT, "Rosa": WAITING}


@pytest.mark.parametrize("change", [seats.take, seats.give_up, seats.send_apologies])
def test_there_are_no_seats_at_what_is_over_or_called_off(friday_group, ash, change):
    dates.call_off(friday_group)
    with pytest.raises(seats.TooLate):
        change(friday_group, by=ash)
    dates.bring_back(friday_group)
    it_is_over(friday_group)
    with pytest.raises(seats.TooLate):
        change(friday_group, by=ash)


@pytest.mark.django_db(transaction=True)
def test_ten_hands_at_once_and_three_seats(network):
    small = a_gathering("Small", capacity=3)
    people = [someone(f"P{n}", "peer") for n in range(10)]
    together = Barrier(10)

    def reach(person):
        together.wait()
        seats.take(small, by=person)
        connection.close()

    hands = [Thread(target=reach, args=[person]) for person in people]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    kept = small.seats.filter(state=KEPT)
    assert kept.count() == 3
    assert sorted(small.seats.exclude(turn=None).values_list("turn", flat=True)) == list(range(1, 8))


class TestWhenItIsForOthersNow:
    """What somebody keeps somewhere would go on telling them about it: its new name, its new day."""

    @pytest.fixture
    def table(self, network, ash, morgan, priya):
        table = a_gathering("Open table", company="managers_welcome", capacity=2, hosts=[priya])
        for person in (morgan, ash):
            seats.take(table, by=person)
        return table

    def test_a_series_for_peers_alone_lets_go_of_those_who_manage_staff(self, table, jude):
        kas = someone("Kas", "peer")
        seats.take(table, by=kas)
        what = series.what_it_is(table.series) | {"company": "peers_alone", "title": "Something else"}
        series.change(table.series, first=times.of_wall(table.series.first), rrule="", **what)
        assert states(table) == {"Ash": KEPT, "Kas": KEPT}  # and Morgan's place went to Kas
        assert not table.hosts.exists()

    def test_somebody_who_starts_to_manage_staff_is_let_go_the_night_after(self, friday_group, ash, kas):
        for person in (ash, kas):
            seats.take(friday_group, by=person)
        persons.wear(ash, {"peer", "manager"})
        seats.let_go_of_those_kept_out_by_now(now())
        assert states(friday_group) == {"Kas": KEPT}

    def test_nobody_else_loses_anything(self, table, ash, morgan, priya):
        seats.let_go_of_those_kept_out_by_now(now())
        assert states(table) == {"Ash": KEPT, "Morgan": KEPT}
        assert table.hosts.get().person == priya
