"""Kim needs the quarter for the board; Fran will read it with a pencil. Nobody may be found in it."""

import re
from datetime import date

import pytest

from conftest import someone
from peerwork.ground.tallies import tallies
from peerwork.ground.tallies.models import Closing
from peerwork.insight.returns import queries

DAY, QUARTER = date(2026, 8, 12), "2026-Q3"


def held(kind, *, times=1, came=None, most=None, taken=None, minutes=60, capacity=None):
    name = f"gatherings.{kind}"
    tallies.add(f"{name}.planned", times, on=DAY)
    tallies.add(f"{name}.held", times, on=DAY)
    tallies.add(f"{name}.weeks", times, on=DAY)
    tallies.add(f"{name}.minutes", times * minutes, on=DAY)
    if came is not None:
        tallies.add(f"{name}.counted", times, on=DAY)
        tallies.add(f"{name}.came", came, on=DAY)
        tallies.add_most(f"{name}.came_most", most, on=DAY)
        tallies.add(f"{name}.person_minutes", came * minutes, on=DAY)
    if taken is not None:
        tallies.add(f"{name}.offered", capacity or 10, on=DAY)
        tallies.add(f"{name}.taken", taken, on=DAY)
        tallies.add_most(f"{name}.taken_most", taken, on=DAY)


def the_page():
    summary = queries.summary(QUARTER, today=date(2026, 11, 22))
    return {str(row.name): row for row in [*summary.rows, summary.total]}


def test_what_happened_is_on_one_page(db):
    held("practice", times=6, came=54, most=12)
    held("support", times=10, came=60, most=8)
    tallies.add("gatherings.support.planned", 2, on=DAY)
    tallies.add("gatherings.support.off", 2, on=DAY)
    page = the_page()
    assert (page["Community of practice"].came, page["Community of practice"].hours) == (54, 54.0)
    assert (page["Support group"].planned, page["Support group"].held, page["Support group"].off) == (
        12,
        10,
        2,
    )
    assert (page["All together"].held, page["All together"].came, page["All together"].average_minutes) == (
        16,
        114,
        60,
    )


def test_two_people_who_met_forty_times_are_not_shown(db):
    held("practice", times=6, came=54, most=12)
    held("support", times=10, came=60, most=8)
    held("training", times=40, came=80, most=2)
    page = the_page()
    assert page["Training session"].came is None
    assert page["Training session"].hours is None
    assert page["Training session"].held == 40  # that it was held is about nobody


def test_fran_cannot_subtract(db):
    held("practice", times=6, came=54, most=12)
    held("support", times=10, came=60, most=8)
    held("training", times=1, came=3, most=3)
    page = the_page()
    hidden = [name for name, row in page.items() if row.came is None]
    assert "Training session" in hidden
    assert len(hidden) == 2
    assert page["All together"].came == 117


def test_when_even_the_sum_is_too_few_nothing_is_shown(db):
    held("support", times=3, came=4, most=2)
    page = the_page()
    assert page["Support group"].came is None
    assert page["All together"].came is None
    assert page["All together"].hours is None


def test_one_kind_alone_is_the_total_and_is_shown_or_hidden_with_it(db):
    held("support", times=3, came=15, most=6)
    page = the_page()
    assert page["Support group"].came == page["All together"].came == 15


def test_what_was_not_counted_is_not_too_few(db):
    held("social", times=2)
    held("support", times=3, came=15, most=6)
    rows = list(queries.as_sheet(queries.summary(QUARTER, today=date(2026, 11, 22))))
    soup = next(row for row in rows if str(row[0]) == "Just being together")
    assert soup[-2:] == ["not counted", "not counted"]


def test_places_and_heads_hide_apart(db):
    """Nobody kept a seat at the training, but many came: the one does not hide the other."""
    held("training", times=2, came=20, most=12, taken=0)
    held("support", times=9, came=60, most=8, taken=40)
    held("practice", times=9, came=60, most=8, taken=30)
    page = the_page()
    assert page["Training session"].taken is None
    assert page["Training session"].came == 20


def test_an_empty_quarter_says_so(sign_in, kim):
    page = sign_in(kim).get("/run/quarters/2025-Q1/").content.decode()
    assert "Nothing has been counted in this quarter yet" in page


@pytest.mark.parametrize(
    "nonsense",
    ["2026-Q5", "x", "2026", "20266-Q1", "2026-Q1x", "9999-Q4", "0001-Q1", "+025-Q1", "٢٠٢٥-Q1", "2200-Q1"],
)
def test_what_is_no_quarter_is_not_there(sign_in, kim, nonsense):
    client = sign_in(kim)
    for page in ("", "numbers.csv", "closing/"):
        assert client.get(f"/run/quarters/{nonsense}/{page}").status_code == 404
    assert client.post(f"/run/quarters/{nonsense}/closing/").status_code == 404
    assert not Closing.objects.exists()


@pytest.mark.parametrize("quarter", ["2000-Q1", "2199-Q4"])
def test_the_first_and_the_last_quarter_open(sign_in, kim, quarter):
    assert sign_in(kim).get(f"/run/quarters/{quarter}/").status_code == 200


def test_a_quarter_is_made_final_once_it_is_over(sign_in, kim):
    held("support", came=15, most=6)
    page = sign_in(kim).post(f"/run/quarters/{QUARTER}/closing/", follow=True).content.decode()
    assert "final" in page
    assert tallies.is_closed(QUARTER)
    page = sign_in(kim).post("/run/quarters/2099-Q1/closing/", follow=True).content.decode()
    assert "not over yet" in page
    assert not tallies.is_closed("2099-Q1")


def test_the_sheet_is_the_page_and_no_cell_wakes_up(sign_in, kim):
    held("support", came=15, most=6)
    answer = sign_in(kim).get(f"/run/quarters/{QUARTER}/numbers.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "Support group,1,1,0,1,60,,not counted,15,15\r\n" in answer.content.decode("utf-8-sig")


def test_a_coordinator_who_manages_staff_sees_no_quarter(sign_in, network):
    both = someone("Max", "coordinator", "manager")
    assert sign_in(both).get("/run/quarters/").status_code == 404


def test_an_open_quarter_says_so_far_and_a_final_one_says_final(sign_in, kim):
    tallies.add("gatherings.support.planned", on=date(2100, 1, 1))
    held("support", came=15, most=6)
    tallies.close(QUARTER, today=date(2026, 11, 22))
    so_far = sign_in(kim).get("/run/quarters/2100-Q1/").content.decode()
    assert "were held so far" in so_far
    assert '<span class="tag">Final</span>' not in so_far
    final = sign_in(kim).get(f"/run/quarters/{QUARTER}/").content.decode()
    assert "were held, in a quarter of 13 weeks" in final
    assert '</h1><span class="tag">Final</span>' in final


def test_the_quarter_leads_back_and_can_be_printed(sign_in, kim):
    held("support", came=15, most=6)
    page = sign_in(kim).get(f"/run/quarters/{QUARTER}/").content.decode()
    assert 'href="/run/quarters/"' in page
    assert "data-print" in page
    assert "ui/print" in page


def test_on_a_phone_each_number_says_what_it_is(sign_in, kim):
    """The names of the columns are out of sight there, so each cell brings its own."""
    held("support", came=15, most=6)
    page = sign_in(kim).get(f"/run/quarters/{QUARTER}/").content.decode()
    names = re.findall(r'<th scope="col" class="number">(.+?)</th>', page)
    assert len(names) == 8
    assert re.findall(r'<td class="number" data-label="(.+?)">', page) == names * 2


@pytest.mark.parametrize("kinds", [1, 3])
def test_more_kinds_cost_no_more_questions(sign_in, kim, kinds, django_assert_num_queries):
    for kind in ("support", "practice", "training")[:kinds]:
        held(kind, came=15, most=6)
    client = sign_in(kim)
    with django_assert_num_queries(8):
        client.get(f"/run/quarters/{QUARTER}/")
