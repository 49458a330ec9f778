"""Ash reads first, Rene and Noor sign, Fran reads what is out. Morgan and her boss see it when everybody does."""

import csv
import io
import json

import pytest

from conftest import someone
from peerwork.ground.postbox.models import Slip
from peerwork.ground.releases import ledger
from peerwork.ground.releases.counting import Question
from peerwork.ground.releases.models import Charge, Release, Signature
from peerwork.ground.releases.tests.rounds import a_round_that_is_over
from peerwork.insight.released import wording
from peerwork.insight.released.tests.readers import THEMES_OF, consultation_of, counted, signed_by

READING = f"/released/of/{THEMES_OF}/"


@pytest.fixture
def noor(network):
    """A second co-chair."""
    return someone("Noor", "peer", "co_chair")


@pytest.fixture
def draft(network):
    return counted()[0]


@pytest.fixture
def out(network, rene, noor):
    release = counted(days_ago=7)[0]
    signed_by(rene, noor)
    return release


def addresses_of(release):
    return [
        READING,
        f"{READING}numbers.csv",
        f"/released/{release.pk}/",
        f"/released/{release.pk}/numbers.csv",
    ]


def opens(client, address):
    return client.get(address).status_code == 200


@pytest.mark.parametrize("who", ["ash", "rene", "jude", "rosa"])
def test_peers_who_manage_nobody_read_a_draft(draft, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert all(opens(client, address) for address in addresses_of(draft))
    assert "July – September 2026" in client.get("/released/").content.decode()


def test_a_co_chair_who_is_no_peer_reads_what_she_is_asked_to_sign(draft, network, sign_in):
    lou = sign_in(someone("Lou", "co_chair"))
    assert all(opens(lou, address) for address in addresses_of(draft))
    boss = sign_in(someone("Pat", "co_chair", "manager"))
    assert not any(opens(boss, address) for address in addresses_of(draft))


@pytest.mark.parametrize("who", ["morgan", "priya", "fran", "kim"])
def test_nobody_else_sees_a_draft_nor_that_there_is_one(draft, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert not any(opens(client, address) for address in addresses_of(draft))
    page = client.get("/released/").content.decode()
    assert THEMES_OF not in page
    assert "Nothing has been released yet" in page


@pytest.mark.parametrize("who", ["ash", "rene", "kim", "morgan", "priya", "fran"])
def test_what_is_out_is_read_by_everybody_who_is_here(out, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert all(opens(client, address) for address in addresses_of(out))
    assert "Signed by Noor, Rene" in client.get("/released/").content.decode()


def test_whoever_is_not_signed_in_reads_nothing(out, client):
    assert {client.get(address).status_code for address in [*addresses_of(out), "/released/"]} == {302}


@pytest.mark.parametrize(("who", "sees"), [
    ("ash", True), ("kim", True), ("rene", True), ("morgan", False), ("priya", False), ("fran", False),
])  # fmt: skip
def test_what_the_year_was_spent_on_is_the_networks_own(out, sign_in, request, who, sees):
    client = sign_in(request.getfixturevalue(who))
    assert opens(client, "/released/ledger/") is sees
    assert ("7 of 8 left" in client.get("/released/").content.decode()) is sees


@pytest.mark.parametrize(("days_ago", "is_out"), [(6, False), (7, True)])
def test_two_co_chairs_sign_and_after_seven_days_it_is_out(sign_in, rene, noor, fran, days_ago, is_out):
    counted(days_ago=days_ago)
    for person in (rene, noor):
        page = (
            sign_in(person).post(f"{READING}signature/", {"signature": "mine"}, follow=True).content.decode()
        )
        assert "Your name stands under it." in page
    assert opens(sign_in(fran), READING) is is_out


def test_one_name_is_not_enough_however_long_it_lies(sign_in, rene, fran):
    counted(days_ago=300)
    sign_in(rene).post(f"{READING}signature/", {"signature": "mine"})
    assert not opens(sign_in(fran), READING)
    assert "1 co-chair has yet to sign it" in sign_in(rene).get("/released/").content.decode()


def test_a_name_is_taken_back_while_it_is_inside(draft, sign_in, rene, noor):
    signed_by(rene, noor)
    page = sign_in(rene).post(f"{READING}signature/", {"signature": "back"}, follow=True).content.decode()
    assert "Your name is gone from it." in page
    assert [mark.name for mark in Signature.objects.all()] == ["Noor"]


def test_and_not_when_it_has_left(out, sign_in, rene):
    page = sign_in(rene).post(f"{READING}signature/", {"signature": "back"}, follow=True).content.decode()
    assert "can no longer be taken back" in page
    assert Signature.objects.count() == 2


@pytest.mark.parametrize("who", ["ash", "kim", "morgan", "priya", "fran"])
def test_nobody_but_a_co_chair_signs(out, sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).post(f"{READING}signature/").status_code == 404


def test_a_co_chair_who_manages_staff_neither_reads_first_nor_signs(draft, sign_in, network):
    client = sign_in(someone("Max", "peer", "co_chair", "manager"))
    assert not opens(client, READING)
    assert client.post(f"{READING}signature/", {"signature": "mine"}).status_code == 404
    assert not Signature.objects.exists()


def test_one_signature_stands_under_all_that_was_released_together(sign_in, rene, network):
    counted("consultation.abc", asked=consultation_of(5), said={f"q{n}": {"a": 25} for n in range(5)})
    sign_in(rene).post("/released/of/consultation.abc/signature/", {"signature": "mine"})
    assert Signature.objects.count() == 5


def test_what_does_not_fit_in_the_year_says_so_on_the_page(sign_in, ash, priya, network):
    a_round_that_is_over("themes.2026-Q3", said={"themes": {"a": 30}})
    ledger.charge("peers", "x", "2026-Q4", "x", 7_500_000)
    page = sign_in(ash).get("/released/").content.decode()
    assert "Counting this would cost more of the year&#x27;s privacy than is left" in page
    assert Slip.objects.count() == 30
    assert "Counting this" not in sign_in(priya).get("/released/").content.decode()


def test_too_few_to_say_is_released_and_signed_like_any_answer(sign_in, rene, network):
    counted(said={"themes": {"a": 7}})
    page = sign_in(rene).get(READING).content.decode()
    assert "Too few to say." in page
    assert "Sign it" in page


def test_the_sheet_has_the_numbers_with_their_intervals_and_no_other(out, sign_in, fran):
    content = sign_in(fran).get(f"/released/{out.pk}/numbers.csv").content.decode("utf-8-sig")
    title, heads, *rows = csv.reader(io.StringIO(content))
    assert (title, heads) == (["What it was about"], ["Answer", "About", "At least", "At most"])
    assert [row[1:] for row in rows] == [
        [str(cell[side]) for side in ("value", "low", "high")] for cell in out.body["cells"]
    ]
    assert rows[-1][0] == "No answer to this"


def test_opinion_groups_are_told_in_words(sign_in, ash, network):
    views = [{"s1": 1, "s2": 1, "s3": 1, "s4": -1}, {"s1": 1, "s2": -1, "s3": -1, "s4": 1}]
    said = {json.dumps(view): 15 for view in views}
    statements = [(code, {"en": f"Statement {code}"}) for code in views[0]]
    counted(
        "consultation.abc",
        asked=[Question("say", "Together", "opinions", statements, 1, "say")],
        said={"say": said},
    )
    page = sign_in(ash).get("/released/of/consultation.abc/").content.decode()
    assert "Statement s1 – <strong>nearly all agree" in page
    assert opens(sign_in(ash), f"/released/{Release.objects.get().pk}/numbers.csv")


@pytest.mark.parametrize(("millionths", "says"), [
    (8_000_000, "8"), (10_000_000, "10"), (3_999_999, "4"), (333_333, "0.33"), (0, "0"), (1_500_000, "1.5"),
])  # fmt: skip
def test_millionths_are_told_as_people_write_numbers(millionths, says):
    assert wording.in_whole(millionths) == says


def test_all_of_a_round_is_one_sheet(sign_in, ash, network):
    counted("consultation.abc", asked=consultation_of(3), said={f"q{n}": {"a": 25} for n in range(3)})
    content = sign_in(ash).get("/released/of/consultation.abc/numbers.csv").content.decode("utf-8-sig")
    assert [line for line in content.splitlines() if line.endswith("?")] == [
        "Question 0?",
        "Question 1?",
        "Question 2?",
    ]


def test_the_ledger_shows_a_year_and_when_asked_every_line(sign_in, ash, network):
    ledger.charge("peers", "themes.2020-Q1", "2020-Q1", "themes", 1_000_000)
    assert "January – March 2020" not in sign_in(ash).get("/released/ledger/").content.decode()
    assert "January – March 2020" in sign_in(ash).get("/released/ledger/?all=yes").content.decode()


def test_a_line_somebody_changed_is_said_on_the_page(draft, sign_in, ash):
    assert "none was changed" in sign_in(ash).get("/released/ledger/").content.decode()
    Charge.objects.update(cost=1)
    assert "Line 1 is not what it was" in sign_in(ash).get("/released/ledger/").content.decode()


def test_a_release_somebody_changed_is_said_on_the_page(draft, sign_in, ash):
    assert "Each fits what it paid for" in sign_in(ash).get("/released/ledger/?all=yes").content.decode()
    Release.objects.update(body=draft.body | {"answered_about": 99})
    assert "do not fit together" in sign_in(ash).get("/released/ledger/?all=yes").content.decode()


@pytest.mark.parametrize("how_many", [1, 3])
def test_more_releases_cost_no_more_questions(sign_in, ash, network, how_many, django_assert_num_queries):
    for n in range(how_many):
        counted(f"themes.2026-Q{n + 1}")
    client = sign_in(ash)
    with django_assert_num_queries(8):
        client.get("/released/")


@pytest.mark.parametrize("how_many", [1, 3])
def test_more_questions_in_a_round_cost_no_more_either(
    sign_in, ash, network, how_many, django_assert_num_queries
):
    counted(
        "consultation.abc",
        asked=consultation_of(how_many),
        said={f"q{n}": {"a": 25} for n in range(how_many)},
    )
    client = sign_in(ash)
    client.get("/released/of/consultation.abc/")
    with django_assert_num_queries(6):
        client.get("/released/of/consultation.abc/")
