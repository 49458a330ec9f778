"""Fran pays. She reads what is out, and must not learn from it what stands in a draft."""

from datetime import date

import pytest
import time_machine

from conftest import someone
from peerwork.voice.themes import frame, queries, rounds
from peerwork.voice.themes.tests.telling import OPENS, QUARTER, a_quarter, counted, said_by_many
from peerwork.voice.themes.tests.test_bulletin import signed, what_it_says

SPRING, MAY = "2027-Q1", date(2027, 5, 1)
ADDRESS = f"/themes/{SPRING}/"
HANDED_ON = "Peers read it first"


def on(day):
    return time_machine.travel(f"{day}T01:00:00Z", tick=True)


@pytest.fixture
def two(network, client):
    """Two quarters, as different as can be. Only the second is out."""
    with on("2026-10-05"):
        frame.first(OPENS)
        first = a_quarter(client, ["lss"] * 150 + ["wrk"] * 5)
    with on("2027-01-02"):
        there = said_by_many(client, rounds.keep_open(date(2027, 1, 2), 40), ["wrk"] * 155)
        second = signed(counted(there, on=date(2027, 4, 1)))
    with on(MAY):
        yield first, second


def beside(person):
    return [row.beside for row in queries.bulletin(person, SPRING, MAY).rows if row.beside]


def test_fran_sees_no_number_beside_one_that_is_not_out(two, fran, morgan):
    assert queries.bulletin(fran, QUARTER, MAY) is None
    assert beside(fran) == beside(morgan) == []
    assert queries.bulletin(fran, SPRING, MAY).beside == ""


def test_neither_on_the_screen_nor_on_the_sheet(two, sign_in, fran):
    seen = sign_in(fran, rest=10_000_000)
    page, sheet = (what_it_says(seen.get(f"{ADDRESS}{end}")) for end in ("", "themes.csv"))
    assert "Beside October" not in page
    assert not [word for word in ("more", "fewer", "cannot tell") if word in sheet]


def test_ash_reads_drafts_and_sees_both_on_a_page_that_is_not_to_be_handed_on(two, sign_in, ash):
    assert any(one.is_known for one in beside(ash))
    page = what_it_says(sign_in(ash, rest=10_000_000).get(ADDRESS))
    assert "Beside October" in page
    assert HANDED_ON in page


def test_once_both_are_out_everybody_sees_both(two, sign_in, fran):
    first, _second = two
    with on("2027-04-02"):
        signed(first)
    assert any(one.is_known for one in beside(fran))
    assert HANDED_ON not in what_it_says(sign_in(fran, rest=10_000_000).get(ADDRESS))


def test_a_co_chair_who_is_no_peer_reads_the_draft_she_is_asked_to_sign(two, network):
    lou, boss = someone("Lou", "co_chair"), someone("Pat", "co_chair", "manager")
    assert queries.bulletin(lou, QUARTER, MAY) is not None
    assert queries.bulletin(boss, QUARTER, MAY) is None
