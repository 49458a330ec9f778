"""The addresses of drawing and looking, for those they are for and for everybody else."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerwork.ground.postbox import flushing, redeeming, rounds, signing
from peerwork.people.tokens.tests.a_round import OTHERS, THEMES, Device, a_round, again, from_url


@pytest.fixture
def themes(network):
    return a_round()


def sent(client, device, called=THEMES):
    return client.post(f"/tokens/{called}/", device.body(), content_type="application/json")


class TestDrawing:
    def test_a_device_asks_what_to_draw_and_draws(self, themes, ash, sign_in):
        phone, there = Device(themes), sign_in(ash)
        assert there.get("/tokens/").json() == {"rounds": [THEMES]}
        answer = sent(there, phone).json()
        assert answer["first"] is True
        tokens = phone.finish([from_url(one) for one in answer["signatures"]])
        assert all(signing.verify(themes.modulus, *token) for token in tokens)
        assert there.get(f"/tokens/{THEMES}/").json() == {"signatures": answer["signatures"]}
        # Before and after, the list is the same: it does not tell who has drawn.
        assert there.get("/tokens/").json() == {"rounds": [THEMES]}

    def test_nothing_was_drawn_yet(self, themes, ash, sign_in):
        assert sign_in(ash).get(f"/tokens/{THEMES}/").json() == {"signatures": []}

    def test_outside_the_audience_there_is_no_such_round(self, themes, kim, priya, fran, sign_in):
        for somebody in (kim, priya, fran):
            there = sign_in(somebody)
            assert there.get("/tokens/").json() == {"rounds": []}
            assert there.get(f"/tokens/{THEMES}/").status_code == 404
            assert sent(there, Device(themes)).status_code == 404
        assert again(themes).drawn == 0

    def test_a_wrong_round_and_a_closed_one_look_the_same(self, themes, ash, sign_in):
        there, phone = sign_in(ash), Device(themes)
        assert sent(there, phone, "themes.1999-Q1").status_code == 404
        rounds.close(themes)
        assert sent(there, phone).status_code == 404
        assert there.get("/tokens/").json() == {"rounds": []}

    @pytest.mark.parametrize(
        "body",
        ["", "no json", "[]", "{}", '{"blinded": 3}', '{"blinded": [3]}', '{"blinded": ["é"]}', '{"blinded": []}',
         '{"blinded": "abc"}', "\x00", '{"blinded": [null, null, null]}', "[" * 5000,
         "[" * 500_000, '{"blinded":' + "[" * 500_000],
    )  # fmt: skip
    def test_nonsense_is_refused_and_nothing_is_kept(self, themes, ash, sign_in, body):
        answer = sign_in(ash).post(f"/tokens/{THEMES}/", body, content_type="application/json")
        assert answer.status_code == 400
        assert again(themes).drawn == 0

    def test_who_waits_for_paper_draws_nothing_on_a_device(self, themes, ash, sign_in):
        from peerwork.people.tokens import drawing

        drawing.on_paper(ash, THEMES)
        there = sign_in(ash)
        assert there.get("/tokens/").json() == {"rounds": []}
        assert sent(there, Device(themes)).status_code == there.get(f"/tokens/{THEMES}/").status_code == 409
        assert again(themes).drawn == 0

    def test_it_asks_the_database_as_often_for_three_rounds_as_for_one(
        self, themes, ash, sign_in, django_assert_max_num_queries
    ):
        there = sign_in(ash)
        there.get("/tokens/")
        with django_assert_max_num_queries(6) as few:
            there.get("/tokens/")
        for number in range(2):
            a_round(f"consultation.00000000000{number}")
        with django_assert_max_num_queries(len(few)):
            assert len(there.get("/tokens/").json()["rounds"]) == 3
        with django_assert_max_num_queries(16):
            assert sent(there, Device(themes)).status_code == 200


class TestWhatAnybodySees:
    def test_the_keys_of_open_rounds_are_given_to_nobody_in_particular(self, themes, client):
        rounds.close(a_round(OTHERS, tokens=1))
        (only,) = client.get("/a/rounds/").json()["rounds"]
        assert only == {
            "id": THEMES, "modulus": themes.modulus, "e": 65537, "tokens": 3,
            "fingerprint": themes.fingerprint, "closes": str(themes.closes_on),
        }  # fmt: skip

    def test_watching_the_keys_does_not_tell_when_somebody_drew_or_spoke(self, themes, ash, client):
        from peerwork.people.tokens import drawing

        before, phone = client.get("/a/rounds/").content, Device(themes)
        tokens = phone.finish(drawing.draw(ash, THEMES, phone.blinded).signatures)
        redeeming.take(THEMES, redeeming.Token(*tokens[0]), [("themes", "stigma")], on=localdate())
        flushing.flush(themes)
        assert client.get("/a/rounds/").content == before

    def test_with_a_cookie_there_is_no_answer(self, themes, ash, sign_in):
        for address in ("/a/rounds/", f"/a/board/{THEMES}/"):
            assert sign_in(ash).get(address).status_code == 400

    def test_no_name_and_no_private_half_is_in_it(self, themes, ash, client, sign_in):
        sent(sign_in(ash), Device(themes))
        client.cookies.clear()
        said = client.get("/a/rounds/").content.decode()
        assert THEMES in said
        for secret in ("PRIVATE", "Ash", str(ash.pk), ash.pk.hex):
            assert secret not in said

    def test_the_board_shows_the_marks_sorted_once_they_are_put_up(self, themes, ash, client):
        phone = Device(themes)
        from peerwork.people.tokens import drawing

        tokens = phone.finish(drawing.draw(ash, THEMES, phone.blinded).signatures)
        for token in tokens:
            redeeming.take(THEMES, redeeming.Token(*token), [("themes", "stigma")], on=localdate())
        assert client.get(f"/a/board/{THEMES}/").content == b""
        flushing.flush(themes)
        answer = client.get(f"/a/board/{THEMES}/")
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content.decode().split() == sorted(
            signing.mark_of(prepared) for prepared, _sig in tokens
        )

    def test_there_is_no_board_of_a_round_that_never_was(self, network, client):
        assert client.get("/a/board/themes.1999-Q1/").status_code == 404


class TestDidMineCount:
    def test_the_numbers_are_there_for_whoever_is_part_of_it(self, themes, ash, kim, priya, seen_by):
        shown = seen_by(ash, "/counted/")
        assert themes.fingerprint[:4] in shown
        assert "That adds up." in shown
        for somebody in (kim, priya):
            assert themes.fingerprint[:4] not in seen_by(somebody, "/counted/")
            assert "No round is open" in seen_by(somebody, "/counted/")

    def test_the_board_is_named_and_no_link_leads_there_with_a_cookie(self, themes, ash, seen_by):
        """The nameless zone answers nobody who is signed in."""
        shown = seen_by(ash, "/counted/")
        assert f"/a/board/{THEMES}/" in shown
        assert 'href="/a/' not in shown

    def test_more_spent_than_drawn_is_said_aloud(self, themes, ash, seen_by):
        """Somebody with the key made a token of their own."""
        from peerwork.ground.postbox.models import Spent

        Spent.objects.create(mark="ab" * 32, round=themes)
        assert "That does not add up." in seen_by(ash, "/counted/")

    def test_who_joined_since_is_told_from_a_stuffed_ballot(self, network, ash, kas, seen_by):
        from peerwork.people.tokens import drawing

        small = a_round(roster=1)
        for somebody in (ash, kas):
            drawing.draw(somebody, THEMES, Device(small).blinded)
        shown = seen_by(ash, "/counted/")
        assert "1 more person has drawn than was here at the start." in shown
        assert "That adds up." in shown

    def test_a_month_after_the_end_it_is_not_shown_any_more(self, network, ash, seen_by):
        today = localdate()
        for called, days in ((THEMES, 29), (OTHERS, 31)):
            a_round(called, opens_on=today - timedelta(days=90), closes_on=today - timedelta(days=days))
        shown = seen_by(ash, "/counted/")
        assert THEMES in shown
        assert OTHERS not in shown

    def test_a_funder_finds_no_such_page(self, themes, fran, sign_in):
        assert sign_in(fran).get("/counted/").status_code == 404

    def test_each_round_costs_one_question(self, themes, ash, sign_in, django_assert_max_num_queries):
        there = sign_in(ash)
        there.get("/counted/")
        with django_assert_max_num_queries(10) as one:
            there.get("/counted/")
        for number in range(2):
            a_round(f"consultation.00000000000{number}")
        with django_assert_max_num_queries(len(one) + 2):
            there.get("/counted/")


def test_what_a_device_sends_holds_nothing_but_noise(themes):
    """The same length for everybody, and nothing of the token in it."""
    one, other = Device(themes), Device(themes)
    assert len(one.body()) == len(other.body())
    for prepared, _inverse in one.state:
        assert prepared not in b"".join(one.blinded)
        assert prepared.hex() not in json.dumps(one.body())
