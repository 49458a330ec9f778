"""A year has so much privacy. Fran asks often; Ash's share is spent once, and never twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerwork.ground.releases import counting, ledger
from peerwork.ground.releases.ledger import CAP, Overspent, PaidAlready
from peerwork.ground.releases.models import Charge, Release
from peerwork.ground.releases.tests.rounds import QUARTER, THEMES, TODAY, a_round_that_is_over
from peerwork.ground.tallies import quarters

YEARS = [f"{year}-Q{n}" for year in range(2025, 2029) for n in range(1, 5)]


def charge(
    cost=1_000_000, *, period="themes.2026-Q4", quarter=QUARTER, question="themes", population="peers"
):
    return ledger.charge(population, period, quarter, question, cost)


def test_what_is_spent_is_no_longer_left(db):
    charge()
    assert ledger.left("peers", QUARTER) == CAP - 1_000_000


def test_more_than_is_left_is_refused_in_words_and_nothing_is_written(db):
    charge(CAP - 5)
    with pytest.raises(Overspent, match="more of the year's privacy than is left"):
        charge(6, question="another")
    assert Charge.objects.count() == 1
    charge(5, question="another")
    assert ledger.left("peers", QUARTER) == 0


def test_a_year_later_there_is_room_again_and_not_a_quarter_sooner(db):
    charge(CAP)
    for quarter in ("2027-Q1", "2027-Q2", "2027-Q3"):
        assert ledger.left("peers", quarter) == 0
    assert ledger.left("peers", "2027-Q4") == CAP


def test_what_is_counted_late_for_an_older_quarter_is_no_way_around(db):
    """Every four quarters in a row count, also those that end later than the quarter asked about."""
    charge(CAP, quarter="2027-Q1")
    with pytest.raises(Overspent):
        charge(1, quarter="2026-Q3", question="late")


def test_the_same_question_of_the_same_answers_is_paid_for_once(db):
    charge()
    with pytest.raises(PaidAlready):
        charge()
    assert Charge.objects.count() == 1


@pytest.mark.parametrize("cost", [0, -1, 0.5, 1.0, None])
def test_a_cost_is_a_whole_number(db, cost):
    with pytest.raises(ValueError, match=str(cost)):
        charge(cost)


def test_what_is_asked_of_all_members_is_paid_for_by_peers_too(db):
    charge(5_000_000, population="members")
    assert ledger.left("peers", QUARTER) == CAP - 5_000_000
    charge(3_000_000, population="peers")
    assert ledger.left("members", QUARTER) == 0


def test_peers_and_another_group_do_not_pay_for_each_other(db):
    charge(5_000_000, population="peers")
    assert ledger.left("facilitators", QUARTER) == CAP


some_charges = st.lists(
    st.tuples(st.sampled_from(YEARS), st.integers(1, CAP), st.sampled_from(["peers", "members", "others"])),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=some_charges)
def test_nobody_ever_pays_more_than_the_cap_in_any_four_quarters(db, asked):
    with transaction.atomic():
        for n, (quarter, cost, population) in enumerate(asked):
            room = ledger.left(population, quarter)
            try:
                charge(cost, quarter=quarter, period=str(n), population=population)
            except Overspent:
                assert cost > room
            else:
                assert cost <= room
        for someone in ("peers", "others"):
            for first in YEARS:
                assert paid_by(someone, four_from(first)) <= CAP
        assert chain_holds()
        transaction.set_rollback(True)


def four_from(quarter):
    run = [quarter]
    while len(run) < 4:
        run.append(quarters.after(run[-1]))
    return run


def paid_by(someone, run):
    lines = Charge.objects.filter(quarter__in=run, population__in=[someone, "members"])
    return sum(lines.values_list("cost", flat=True))


def chain_holds():
    """The chain alone: these lines pay for nothing that was released."""
    return ledger.check().broken_at is None


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_at_once_and_room_for_eight():
    together, refused = Barrier(50), []

    def reach(n):
        together.wait()
        try:
            charge(question=f"q{n}")
        except Overspent:
            refused.append(n)
        finally:
            connection.close()

    hands = [Thread(target=reach, args=[n]) for n in range(50)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert Charge.objects.count() == 8
    assert len(refused) == 42
    assert sorted(Charge.objects.values_list("place", flat=True)) == list(range(1, 9))
    assert chain_holds()


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_at_once_for_the_same_question():
    together, refused = Barrier(50), []

    def reach(_n):
        together.wait()
        try:
            charge()
        except PaidAlready:
            refused.append(1)
        finally:
            connection.close()

    hands = [Thread(target=reach, args=[n]) for n in range(50)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (Charge.objects.count(), len(refused)) == (1, 49)


@pytest.fixture
def counted(db):
    for n, name in enumerate(("themes.2026-Q3", "themes.2026-Q4", "themes.2027-Q1")):
        a_round_that_is_over(name, said={"themes": {"a": 20, "b": 10 + n}})
        counting.count(name, population="peers", quarter=QUARTER, questions=[THEMES], today=TODAY)


def test_a_ledger_nobody_touched_is_whole(counted):
    checked = ledger.check()
    assert (checked.is_whole, checked.broken_at) == (True, None)
    assert checked.newest == Charge.objects.get(place=3).mark


@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("cost", 1), ("question", "x"), ("period", "x"), ("quarter", "2020-Q1"), ("population", "x"),
        ("before", "f" * 64), ("mark", "f" * 64),
    ],
)  # fmt: skip
def test_a_line_that_was_changed_shows(counted, place, column, value):
    Charge.objects.filter(place=place).update(**{column: value})
    checked = ledger.check()
    assert not checked.is_whole
    assert checked.broken_at == place


@pytest.mark.parametrize("place", [1, 2])
def test_a_line_that_was_taken_out_shows(counted, place):
    Charge.objects.filter(place=place).delete()
    assert ledger.check().broken_at == place


def test_the_last_line_taken_out_shows_in_what_it_paid_for(counted):
    Charge.objects.filter(place=3).delete()
    assert not ledger.check().is_whole


def test_a_release_taken_out_or_changed_shows(counted):
    release = Release.objects.first()
    release.body["cells"][0]["value"] += 1
    release.save()
    assert not ledger.check().is_whole
    release.delete()
    assert not ledger.check().is_whole
