"""What was written beside a theme goes to the same few peers, and comes out in other words or not at all."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from conftest import someone
from peerwork.ground.postbox import rounds
from peerwork.ground.postbox.models import Slip
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation import circle, over
from peerwork.voice.consultation.models import Wording

CIRCLE, ASKED = "/run/circle/", "/consultations/"
COLD = "its that cold in the van me hands dont work"
OTHERWISE = "It is cold at work."
TITLE = "What people talked about"


def a_quarter(quarter, *words):
    last = quarters.last_day(quarter)
    its_round = rounds.open_round(
        f"themes.{quarter}", audience="peers", tokens=3, roster=30, floor=20, price=1,
        opens_on=quarters.first_day(quarter), closes_on=last,
    )  # fmt: skip
    for said in words:
        Slip.objects.create(round=its_round, question="themes:words", answer=said)
    return its_round


@pytest.fixture
def open_one(network):
    return a_quarter(quarters.before(quarters.of(localdate())), COLD)


@pytest.fixture
def themes(open_one):
    rounds.close(open_one)
    return open_one


@pytest.fixture
def advises(network):
    return someone("Alex", "peer", "adviser")


def at(person, *more):
    """Where the circle reads the newest quarter."""
    (one,) = [one for one in over.for_the_circle(person) if one.asked is None]
    return "/".join([CIRCLE.rstrip("/"), str(one.pk), *map(str, more), ""])


def slip_of(themes):
    ((slip, _question, _said),) = circle.waiting(themes.pk)
    return slip


def says(response):
    return response.content.decode()


def test_while_people_still_say_what_is_on_their_mind_nobody_reads_it(seen_by, open_one, rosa):
    assert TITLE not in seen_by(rosa, CIRCLE)
    assert over.for_the_circle(rosa) == []


def test_a_quarter_that_is_over_waits_for_the_circle_and_for_nobody_else(
    sign_in, seen_by, themes, rosa, request
):
    assert TITLE in seen_by(rosa, CIRCLE)
    where = at(rosa)
    assert COLD in seen_by(rosa, where)
    others = [request.getfixturevalue(name) for name in ("ash", "kim", "morgan", "priya", "fran")]
    for person in (*others, someone("Max", "peer", "manager", "facilitator", "co_chair")):
        assert over.for_the_circle(person) == []
        for address in (CIRCLE, where, f"{where}{slip_of(themes)}/"):
            assert sign_in(person).get(address).status_code == 404, person.name


def test_said_in_other_words_the_writing_is_gone_and_two_agree(
    sign_in, seen_by, themes, rosa, rene, advises, ash, kim, morgan, priya, fran
):
    where, slip = at(rosa), slip_of(themes)
    assert TITLE in seen_by(rosa, f"{where}{slip}/")
    page = sign_in(rosa).post(f"{where}{slip}/", {"in_other_words": OTHERWISE}, follow=True)
    assert "What was written is deleted." in says(page)
    assert not Slip.objects.exists()
    wording = Wording.objects.get()
    assert (wording.round, wording.question) == (themes.pk, "themes")
    for person in (rene, advises):
        assert OTHERWISE not in seen_by(ash, ASKED)
        assert OTHERWISE in seen_by(person, where)
        page = sign_in(person).post(f"{CIRCLE}wordings/{wording.pk}/agreement/", follow=True)
        assert page.status_code == 200
    assert OTHERWISE in seen_by(ash, ASKED)
    for person in (kim, morgan, priya, fran):  # no peer, or manages staff
        assert OTHERWISE not in seen_by(person, ASKED)


def test_what_is_left_out_leads_back_to_a_page_that_is_there(sign_in, themes, rosa):
    where, slip = at(rosa), slip_of(themes)
    page = sign_in(rosa).post(f"{where}{slip}/left-out/", follow=True)
    assert page.status_code == 200
    assert "It is deleted, and nobody else reads it." in says(page)
    assert not Slip.objects.exists()
    assert over.for_the_circle(rosa) == []


def test_a_quarter_with_nothing_written_is_not_put_before_the_circle(seen_by, network, rosa):
    rounds.close(a_quarter("2025-Q1"))
    assert "Nothing is over yet" in seen_by(rosa, CIRCLE)


def test_a_year_of_words_is_shown_and_no_more(seen_by, network, ash):
    quarter = quarters.of(localdate() - timedelta(days=900))
    for number in range(6):
        Wording.objects.create(
            round=f"themes.{quarter}", question="themes", in_other_words=f"Words {number}", agreed=2
        )
        quarter = quarters.after(quarter)
    page = seen_by(ash, ASKED)
    assert [number for number in range(6) if f"Words {number}" in page] == [2, 3, 4, 5]
