"""Sam says something between two calls. He fears that it says whose call it was; Rosa, that saying nothing shows."""

from datetime import date

import pytest
import time_machine

from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.postbox import staging
from peerwork.voice.themes import changing, frame, rounds
from peerwork.voice.themes.tests.telling import (
    OPENS,
    OVER,
    ROUND,
    counted,
    drawn,
    pieces_of,
    said_by_many,
    say,
)


@pytest.fixture(autouse=True)
def _a_day_in_october():
    with time_machine.travel("2026-10-05T01:00:00Z", tick=True):
        yield


@pytest.fixture
def small(network):
    return rounds.keep_open(OPENS, 40)


@pytest.fixture
def large(network):
    return rounds.keep_open(OPENS, 61)


def with_words(network):
    frame.first(date(2026, 7, 1))
    changing.let_words_in(on=True, why="Enough of us want it.")
    changing.put_in_force(today=date(2026, 7, 1))
    return rounds.keep_open(OPENS, 40)


class TestOpening:
    def test_one_opens_each_quarter_and_once(self, network):
        first = rounds.keep_open(OPENS, 40)
        assert rounds.keep_open(date(2026, 12, 31), 99).pk == first.pk
        assert (first.id, first.tokens, first.audience, first.closes_on) == (
            ROUND,
            3,
            "peers",
            date(2026, 12, 31),
        )
        assert rounds.keep_open(date(2027, 1, 1), 41).id == "themes.2027-Q1"

    def test_no_round_opens_where_there_is_nobody_to_answer(self, network):
        assert rounds.keep_open(OPENS, 0) is None

    def test_sixty_people_are_counted_by_group_and_sixty_one_by_theme(self):
        assert (rounds.by_group(60), rounds.by_group(61)) == (True, False)


class TestTheDoor:
    def test_in_a_small_network_the_group_is_all_that_is_kept(self, small, client):
        assert say(client, small, drawn(small)[0], ("themes", "wel.use")).status_code == 204
        postbox.close(small)
        assert pieces_of(small) == [("themes", "wel")]

    def test_in_a_larger_one_it_is_the_theme(self, large, client):
        one, two, _left = drawn(large)
        assert say(client, large, one, ("themes", "wel.use")).status_code == 204
        assert say(client, large, two, ("themes", "oth.prc")).status_code == 204
        postbox.close(large)
        assert pieces_of(large) == [("themes", "oth.prc"), ("themes", "wel.use")]

    def test_the_same_again_is_fine_and_something_else_with_the_same_token_is_not(self, large, client):
        token = drawn(large)[0]
        assert say(client, large, token, ("themes", "wrk.pay")).status_code == 204
        assert say(client, large, token, ("themes", "wrk.pay")).status_code == 204
        assert say(client, large, token, ("themes", "wrk.load")).status_code == 409

    def test_a_token_of_a_consultation_says_nothing_here_and_is_not_spent(self, large, client):
        other = postbox.open_round(
            "consultation.x", audience="peers", tokens=1, roster=61, floor=20, price=1,
            opens_on=OPENS, closes_on=date(2026, 12, 31),
        )  # fmt: skip
        assert say(client, other, drawn(other)[0], ("themes", "wrk.pay")).status_code == 400
        assert staging.how_many(other.pk) == 0

    def test_a_token_of_nobodys_says_nothing(self, large, client):
        prepared, signature = drawn(large)[0]
        assert say(client, large, (prepared, signature[::-1]), ("themes", "wrk.pay")).status_code == 400
        assert say(client, large, (prepared[::-1], signature), ("themes", "wrk.pay")).status_code == 400

    @pytest.mark.parametrize(
        "pieces",
        [
            [],
            [("themes", "wrk.nothing")],
            [("themes", "Kas told me")],
            [("themes", "wrk.pay"), ("themes", "wrk.load")],
            [("else", "wrk.pay")],
            [("themes", "wrk.pay"), ("themes:words", "the lift is broken")],  # words are off
        ],
    )
    def test_nothing_comes_in_that_is_not_on_the_list(self, large, client, pieces):
        token = drawn(large)[0]
        assert say(client, large, token, *pieces).status_code == 400
        assert (
            say(client, large, token, ("themes", "wrk.pay")).status_code == 204
        )  # and the token is still good

    def test_when_the_quarter_is_over_nothing_comes_in_any_more(self, large, client):
        token = drawn(large)[0]
        with time_machine.travel("2027-01-01T01:00:00Z", tick=True):
            assert say(client, large, token, ("themes", "wrk.pay")).status_code == 410

    def test_a_cookie_is_sent_away(self, large, sign_in, ash):
        came = sign_in(ash).post("/a/themes/", data=b"{}", content_type="application/json")
        assert came.status_code == 400
        assert "no cookie" in came.content.decode()

    def test_words_come_along_where_the_list_lets_them_and_are_cut_from_their_theme(self, network, client):
        there = with_words(network)
        one, two, three = drawn(there)
        words = ("themes:words", "  Nobody asks us before they change the roster. ")
        assert say(client, there, one, ("themes", "wrk"), words).status_code == 204
        assert say(client, there, two, ("themes", "sup"), ("themes:words", "x" * 201)).status_code == 400
        assert say(client, there, three, ("themes", "sup"), ("themes:words", "  ")).status_code == 400
        postbox.close(there)
        assert pieces_of(there) == [
            ("themes", "wrk"),
            ("themes:words", "Nobody asks us before they change the roster."),
        ]


class TestLookingAtWords:
    def test_what_could_give_somebody_away_is_named_with_its_reason(self, client, network):
        found = client.post("/a/hints/", {"text": "at the Footscray clinic, ask kerb_queen"}).json()["hints"]
        assert [(hint["words"], hint["kind"]) for hint in found] == [
            ("at the Footscray clinic", "place"),
            ("kerb_queen", "handle"),
        ]
        assert all(hint["why"] for hint in found)

    def test_it_tells_nobody_who_is_here(self, client, network, ash, kas):
        """Names the network knows are not looked for, so asking for one finds out nothing."""
        asked = [client.post("/a/hints/", {"text": f"{name} was great"}).json() for name in ("kas", "zed")]
        assert asked == [{"hints": []}, {"hints": []}]


class TestCounting:
    def test_many_say_something_and_one_release_comes_of_it(self, small, client):
        said_by_many(client, small, ["lss.od"] * 240 + ["wrk.pay"] * 110)  # far above any noise
        release = counted(small)
        assert (release.period, release.question, release.population) == (ROUND, "themes", "peers")
        cells = {cell["code"]: cell["value"] for cell in release.body["cells"]}
        assert len(cells) == 10  # eight groups, none of these, and what was left out
        assert cells["lss"] > cells["wrk"] > 0
        assert pieces_of(small) == []

    def test_too_few_are_not_counted_at_all(self, small, client):
        said_by_many(client, small, ["lss.od"] * 30)  # ten people could have said as much
        release = counted(small)
        assert release.body == {"title": "What people talked about", "kind": "theme", "too_few": True}

    def test_counting_again_makes_nothing_more(self, small, client):
        said_by_many(client, small, ["lss.od"] * 60)
        assert counted(small)
        assert counted(small) is None

    def test_where_the_year_has_no_room_left_the_round_stays_as_it_is(self, small, client, monkeypatch):
        from peerwork.ground.releases import ledger

        monkeypatch.setattr(ledger, "CAP", 10)
        said_by_many(client, small, ["lss.od"] * 60)
        assert counted(small, on=OVER) is None
        small.refresh_from_db()
        assert small.state == small.State.CLOSED
        assert len(pieces_of(small)) == 60
