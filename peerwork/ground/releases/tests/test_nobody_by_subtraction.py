"""Fran knows what everybody said but Ash, all totals, and the board. The release leaves her where she was."""

from collections import Counter
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerwork.ground.releases import counting, known, noise, numbers
from peerwork.ground.releases.known import Table, TooAlike
from peerwork.ground.releases.known_counts import ENOUGH_CONTACTS
from peerwork.ground.releases.models import Release
from peerwork.ground.releases.numbers import NO_ANSWER, Question, Terms
from peerwork.ground.releases.tests.rounds import QUARTER, TODAY, a_round_that_is_over
from peerwork.ground.tallies import tallies

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CODES = ["a", "b", "c", "d"]
noises = st.integers(-200, 400)


@st.composite
def two_networks(draw):
    """What people said, once with Ash and once with Ash saying anything else or nothing; and how it is counted."""
    tokens, marks = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    said = Counter(draw(st.lists(st.sampled_from(CODES), min_size=0, max_size=30)))
    by_ash = st.lists(st.sampled_from([*CODES, "unheard of"]), max_size=tokens * marks)
    with_ash, instead = said + Counter(draw(by_ash)), said + Counter(draw(by_ash))
    most = max(with_ash.total(), instead.total())
    spent = max(-(-most // marks), 1) + draw(st.integers(0, 20))
    return with_ash, instead, Terms(spent, tokens, 1_000_000, draw(st.booleans())), marks


def asking(marks):
    return Question("q", "Which?", "choose", [(code, code) for code in CODES], marks, "q")


@FEW
@given(networks=two_networks(), seen=st.lists(noises, min_size=5, max_size=5))
def test_what_is_released_follows_from_the_noisy_numbers_alone(monkeypatch, networks, seen):
    """Whatever noise made of it, and every whole number can come of every other: Ash's answer is not in it.

    So no two releases differ by one person for sure, and no cell is the rest of a sum: each true table with as many
    tokens would have said the same.
    """
    with_ash, instead, terms, marks = networks
    monkeypatch.setattr(noise, "noisy", lambda counts, *, cells, **_more: dict(zip(cells, seen, strict=True)))
    assert numbers.as_said(asking(marks), with_ash, terms) == numbers.as_said(asking(marks), instead, terms)


@FEW
@given(networks=two_networks())
def test_one_person_moves_the_true_numbers_by_no_more_than_is_paid_for(monkeypatch, networks):
    with_ash, instead, terms, marks = networks
    true = []
    shipped = noise.noisy
    monkeypatch.setattr(
        noise, "noisy", lambda counts, **how: true.append((counts, how)) or shipped(counts, **how)
    )
    for said in (with_ash, instead):
        numbers.as_said(asking(marks), said, terms)
    (one, how), (other, _how) = true
    assert one.keys() == other.keys() == {*CODES, NO_ANSWER} == set(how["cells"])
    assert sum(abs(one[cell] - other[cell]) for cell in one) <= how["d_in"] == 2 * terms.tokens * marks
    assert sum(one.values()) == sum(other.values()) == terms.spent * marks


@FEW
@given(networks=two_networks())
def test_what_is_said_lies_between_none_and_all_and_inside_its_interval(networks):
    with_ash, _instead, terms, marks = networks
    body = numbers.as_said(asking(marks), with_ash, terms)
    for cell in body["cells"]:
        assert 0 <= cell["low"] <= cell["high"]
        assert cell["low"] - 5 < cell["value"] < cell["high"] + 5
    assert body["answered_about"] >= 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.integers(0, 30), seen=st.lists(noises, min_size=3, max_size=3))
def test_a_round_counted_whole_says_the_same_with_and_without_what_ash_said(db, monkeypatch, said, seen):
    monkeypatch.setattr(noise, "noisy", lambda counts, *, cells, **_more: dict(zip(cells, seen, strict=True)))
    asked = Question("q", "Which?", "choose", [("a", "A"), ("b", "B")], 1, "q")
    bodies = []
    for answers in ({"a": said, "b": 30 - said}, {"a": said, "b": 29 - said}):
        with transaction.atomic():
            over = a_round_that_is_over("consultation.1", said={"q": answers}, spent=30)
            (release,) = counting.count(
                over.id, population="peers", quarter=QUARTER, questions=[asked], today=TODAY
            )
            bodies.append((release.kind, release.title, release.body))
            transaction.set_rollback(True)
    assert bodies[0] == bodies[1]


@pytest.fixture
def closed_quarter(db):
    tallies.close(QUARTER, today=TODAY)


def a_cut(cells):
    rows = [(f"Kind {n}", {"held": n, "came": came}) for n, came in enumerate(cells)]
    return Table([("held", "Held"), ("came", "Came")], rows, frozenset({"came"}))


cuts = st.lists(st.one_of(st.integers(5, 40), st.just(known.TOO_FEW), st.none()), min_size=1, max_size=4)


@FEW
@given(wanted=st.lists(cuts, min_size=2, max_size=5))
def test_no_two_frozen_tables_of_a_quarter_differ_by_fewer_than_we_show(closed_quarter, wanted):
    """With one and without one of them, laid side by side, is how one person is found. Another quarter is about other
    contacts: what is counted late goes into the next one, never into two (ground/tallies)."""
    with transaction.atomic():
        for n, cells in enumerate(wanted):
            try:
                known.draft_known(QUARTER, a_cut(cells), question=f"cut {n}", title="x", today=TODAY)
            except TooAlike:
                continue
        frozen = [people_in(release) for release in Release.objects.all()]
        assert frozen
        for ours, theirs in combinations(frozen, 2):
            assert not any(0 < abs(one - other) < ENOUGH_CONTACTS for one in ours for other in theirs)
        transaction.set_rollback(True)


def people_in(release):
    return [row["cells"][1] for row in release.body["rows"] if isinstance(row["cells"][1], int)]


def test_the_same_quarter_without_one_person_is_refused(closed_quarter):
    known.draft_known(QUARTER, a_cut([12, 30]), question="gatherings", title="x", today=TODAY)
    with pytest.raises(TooAlike):
        known.draft_known(QUARTER, a_cut([12, 29]), question="without managers", title="x", today=TODAY)


def test_a_frozen_table_stays_as_it_is(closed_quarter):
    first = known.draft_known(QUARTER, a_cut([12]), question="gatherings", title="x", today=TODAY)
    again = known.draft_known(QUARTER, a_cut([99]), question="gatherings", title="x", today=TODAY)
    assert again.pk == first.pk
    assert people_in(again) == [12]


def test_a_quarter_that_can_still_change_is_not_frozen(db):
    with pytest.raises(known.NotClosedYet):
        known.draft_known(QUARTER, a_cut([12]), question="gatherings", title="x", today=TODAY)
