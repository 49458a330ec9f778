"""Complaints. Tran rang at night and was laughed at, and fears that writing it down ends what help there is.

Rosa answers, was shouted at, and fears to look weak. Rene, who hears them, fears a pile that nobody sees. Morgan, who
manages staff, would like to know. And somebody wants to fill the box so that nobody is heard.
"""

import json
from base64 import b64decode, b64encode
from datetime import UTC, date, datetime, timedelta

import pyrage
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import someone
from peerwork.ground.retention.forgetting import forget
from peerwork.people.vault.tests.rings import given, ring
from peerwork.support.line.after import complaints
from peerwork.support.line.after.models import Complaint
from peerwork.support.line.after.tests.boxes import WORD, a_sender, as_sent, opened, sealed, sum_of

TODAY = date(2026, 11, 18)
LAUGHED = "I rang at four and was laughed at."


@pytest.fixture(autouse=True)
def _that_day():
    """Noon where the network keeps its clock."""
    with time_machine.travel(datetime(2026, 11, 18, 1, tzinfo=UTC)):
        yield


@pytest.fixture
def hearers(network, rene):
    """Rene and Mick co-chair and have keys; so does Vic, who co-chairs and manages staff."""
    mick, vic = someone("Mick", "peer", "co_chair"), someone("Vic", "co_chair", "manager")
    for one in (rene, mick, vic):
        given(one)
    return rene, mick


@pytest.fixture(scope="module")
def tran():
    return a_sender()


def sent(tran, *, side="asked", on=TODAY, content=None, to=("Rene", "Mick")):
    mark, identity = tran
    content = content or sealed(LAUGHED, *[ring(name).recipient for name in to])
    complaints.send(
        content, mark=mark, word=sum_of(WORD), side=side, reply_key=str(identity.to_public()), on=on
    )
    return Complaint.objects.get(pk=mark)


def another(at, **more):
    identity = pyrage.x25519.Identity.generate()
    return sent((f"{at:064x}", identity), content=sealed("x", identity.to_public()), **more)


class TestSending:
    def test_it_opens_for_both_who_hear_it_and_for_nobody_else(self, hearers, tran):
        kept = sent(tran)
        for who in ("Rene", "Mick"):
            assert opened(bytes(kept.sealed), pyrage.x25519.Identity.from_str(ring(who).identity)) == LAUGHED
        for other in (pyrage.x25519.Identity.from_str(ring("Vic").identity), tran[1]):
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(bytes(kept.sealed), [other])

    def test_only_co_chairs_who_manage_nobody_and_have_a_key_hear_it(self, hearers):
        someone("Noor", "peer", "co_chair")
        assert [name for name, _recipient in complaints.hearers()] == ["Mick", "Rene"]

    def test_sent_twice_it_is_there_once(self, hearers, tran):
        content = sealed(LAUGHED, ring("Rene").recipient)
        for _time in range(2):
            sent(tran, content=content)
        assert Complaint.objects.count() == 1

    def test_under_the_same_words_nobody_puts_something_else(self, hearers, tran):
        first = sent(tran)
        with pytest.raises(complaints.Taken):
            sent(tran)
        assert bytes(Complaint.objects.get().sealed) == bytes(first.sealed)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"content": b"I rang at four and was laughed at."},
            {"content": sealed(LAUGHED, a_sender()[1].to_public(), size=2048)},
            {"content": sealed("x" * 7000, a_sender()[1].to_public())},
            {"side": "boss"},
        ],
        ids=["not sealed", "short", "long", "from nowhere"],
    )
    def test_what_is_not_sealed_and_of_the_one_size_is_not_kept(self, network, tran, wrong):
        with pytest.raises(complaints.Unclear):
            sent(tran, **{"content": sealed(LAUGHED, tran[1].to_public())} | wrong)
        assert not Complaint.objects.exists()

    def test_a_key_that_nothing_can_be_sealed_to_could_never_be_answered(self, network, tran):
        content = sealed(LAUGHED, tran[1].to_public())
        for key in ("age1", "", "age1" + "q" * 58):
            with pytest.raises(complaints.Unclear):
                complaints.send(
                    content, mark=tran[0], word=sum_of(WORD), side="asked", reply_key=key, on=TODAY
                )

    def test_a_flood_ends_at_two_hundred_and_pushes_nobody_out(self, hearers, tran, monkeypatch):
        monkeypatch.setattr(complaints, "MOST_OPEN", 3)
        mine = sent(tran)
        for at in range(2):
            another(at)
        with pytest.raises(complaints.NoRoom):
            another(9)
        assert Complaint.objects.filter(pk=mine.pk).exists()
        complaints.answer(mine, sealed("heard", tran[1].to_public()), word=WORD, on=TODAY)
        another(9)


class TestTheClock:
    def test_it_is_heard_within_seven_days_whoever_sent_it(self, hearers):
        days = {side: set() for side in ("asked", "answered")}
        for at in range(60):
            side = "asked" if at % 2 else "answered"
            days[side].add((another(at, side=side).due_on - TODAY).days)
        assert days["asked"] == days["answered"] == {6, 7}

    def test_its_order_says_nothing_of_which_came_first(self, hearers):
        for at, ago in enumerate([0, 5, 3]):
            another(at, on=TODAY - timedelta(days=ago))
        shown = complaints.clock(TODAY)
        assert shown == sorted(shown)
        assert all(one.days_left >= 0 and not one.is_late for one in shown)

    def test_several_of_one_day_and_side_stand_there_as_one(self, hearers):
        for at in range(40):
            another(at, side="asked" if at % 4 else "answered")
        shown = complaints.clock(TODAY)
        assert len(shown) <= 4
        assert sum(one.many for one in shown if one.side == "asked") == 30

    def test_a_late_one_is_late_for_everybody_to_see_and_gone_after_thirty_days(self, hearers, tran):
        kept = sent(tran)
        late = kept.due_on + timedelta(days=2)
        (shown,) = complaints.clock(late)
        assert (shown.is_late, shown.days_late) == (True, 2)
        assert complaints.kept(late) == complaints.Kept(in_time=0, all=1)
        forget(kept.due_on + timedelta(days=30))
        assert Complaint.objects.exists()
        forget(kept.due_on + timedelta(days=31))
        assert not Complaint.objects.exists()

    def test_one_that_waits_in_its_time_is_neither_kept_nor_broken(self, hearers, tran):
        sent(tran)
        assert complaints.kept(TODAY) == complaints.Kept(in_time=0, all=0)

    @pytest.mark.parametrize(("after", "in_time"), [(0, 1), (1, 0)])
    def test_answered_on_its_day_is_in_time_and_a_day_later_is_not(self, hearers, tran, after, in_time):
        kept = sent(tran)
        day = kept.due_on + timedelta(days=after)
        complaints.answer(kept, sealed("heard", tran[1].to_public()), word=WORD, on=day)
        assert complaints.kept(day + timedelta(days=3)) == complaints.Kept(in_time, 1)
        assert complaints.clock(day) == []

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_clock_takes_one_question(self, hearers, django_assert_num_queries, many):
        for at in range(many):
            another(at)
        with django_assert_num_queries(1):
            assert sum(one.many for one in complaints.clock(TODAY)) == many


class TestAnswering:
    def test_only_whoever_has_the_six_words_reads_the_answer(self, hearers, tran):
        kept = sent(tran)
        complaints.answer(kept, sealed("I am sorry. We talk to them.", kept.reply_key), word=WORD, on=TODAY)
        reply = bytes(Complaint.objects.get().reply)
        assert opened(reply, a_sender()[1]) == "I am sorry. We talk to them."
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(reply, [pyrage.x25519.Identity.from_str(ring("Rene").identity)])

    def test_what_somebody_read_does_not_change_any_more(self, hearers, tran):
        kept = sent(tran)
        complaints.answer(kept, sealed("heard", kept.reply_key), word=WORD, on=TODAY)
        with pytest.raises(complaints.Taken):
            complaints.answer(kept, sealed("never heard", kept.reply_key), word=WORD, on=TODAY)

    @pytest.mark.parametrize("word", ["", "ab" * 32, sum_of(WORD)])
    def test_whoever_could_not_open_it_cannot_close_it(self, hearers, tran, word):
        """Not with another word, nor with the fingerprint that stands in the table."""
        kept = sent(tran, to=["Mick"])
        assert (
            json.loads(
                pyrage.decrypt(bytes(kept.sealed), [pyrage.x25519.Identity.from_str(ring("Mick").identity)])
            )["word"]
            == WORD
        )
        with pytest.raises(complaints.NotOpened):
            complaints.answer(kept, sealed("heard", kept.reply_key), word=word, on=TODAY)
        assert complaints.is_open(TODAY).count() == 1

    def test_an_answer_in_the_open_is_not_kept(self, hearers, tran):
        kept = sent(tran)
        with pytest.raises(complaints.Unclear):
            complaints.answer(kept, b"I am sorry.", word=WORD, on=TODAY)
        assert complaints.is_open(TODAY).count() == 1


class TestThePages:
    def puts(self, tran, content=None, **more):
        content = content or sealed(LAUGHED, ring("Rene").recipient, ring("Mick").recipient)
        body = as_sent(content, tran[1]) | more
        return Client().put(
            reverse("a:line_complaint", args=[tran[0]]), body, content_type="application/json"
        )

    def test_somebody_without_a_name_here_sends_one_and_fetches_the_answer(self, hearers, tran):
        assert self.puts(tran).status_code == 204
        told = Client().get(reverse("a:line_complaint", args=[tran[0]])).json()
        assert (told["reply"], told["days_left"] in {6, 7}) == ("", True)
        kept = Complaint.objects.get()
        complaints.answer(kept, sealed("heard", kept.reply_key), word=WORD, on=kept.due_on)
        answered = Client().get(reverse("a:line_complaint", args=[tran[0]]))
        assert opened(b64decode(answered.json()["reply"]), tran[1]) == "heard"

    def test_whether_there_is_an_answer_is_not_seen_by_the_size(self, hearers, tran):
        self.puts(tran)
        sizes = {len(Client().get(reverse("a:line_complaint", args=[tran[0]])).content)}
        kept = Complaint.objects.get()
        complaints.answer(kept, sealed("heard", kept.reply_key), word=WORD, on=kept.due_on)
        sizes.add(len(Client().get(reverse("a:line_complaint", args=[tran[0]])).content))
        assert len(sizes) == 1

    @pytest.mark.parametrize(
        "more",
        [{"sealed": "§"}, {"side": "boss"}, {"word": "ab"}, {"key": "age1"}, {"sealed": ""}, {"sealed": 7}],
    )
    def test_what_is_not_right_is_refused_and_nothing_is_kept(self, hearers, tran, more):
        assert self.puts(tran, **more).status_code == 400
        assert not Complaint.objects.exists()

    @pytest.mark.parametrize("body", [b"[" * 10_000, b"[]", b'"\\ud800"', b"{}", b"", b"\xff"])
    def test_whatever_is_sent_it_is_answered_and_not_kept(self, hearers, tran, body):
        address = reverse("a:line_complaint", args=[tran[0]])
        assert Client().put(address, body, content_type="application/json").status_code == 400
        assert not Complaint.objects.exists()

    def test_it_takes_no_cookie(self, hearers, tran, sign_in, ash):
        address = reverse("a:line_complaint", args=[tran[0]])
        assert (
            sign_in(ash).put(address, as_sent(b"", tran[1]), content_type="application/json").status_code
            == 400
        )

    def test_other_words_find_nothing(self, hearers, tran):
        self.puts(tran)
        assert Client().get(reverse("a:line_complaint", args=["ab" * 32])).status_code == 404
        assert Client().get("/a/line/complaints/x/").status_code == 404

    def test_the_page_without_a_name_names_nobody(self, hearers):
        page = Client().get(reverse("a:line_complaints")).content.decode()
        assert ring("Rene").recipient in page
        assert "Rene" not in page
        assert "Mick" not in page
        assert "csrf" not in page

    def test_ash_and_rosa_see_the_same_clock_and_who_reads_it(self, hearers, tran, seen_by, ash, rosa):
        sent(tran, on=TODAY)
        for who in (ash, rosa):
            page = seen_by(who, reverse("after:complain"))
            assert "One from somebody who rang" in page
            assert "Mick" in page
            assert "Hear what waits" not in page
            assert tran[0] not in page

    def test_a_late_one_is_said_plainly(self, hearers, tran, seen_by, ash):
        kept = sent(tran)
        with time_machine.travel(
            datetime(2026, 11, 18, 1, tzinfo=UTC) + (kept.due_on - TODAY) + timedelta(days=2)
        ):
            page = seen_by(ash, reverse("after:complain"))
        assert "An answer should have come 2 days ago." in " ".join(page.split())

    def test_rene_gets_it_sealed_and_sends_the_answer_sealed(self, hearers, tran, sign_in, rene):
        kept = sent(tran, on=TODAY)
        page = sign_in(rene).get(reverse("after:hear")).content.decode()
        assert b64encode(bytes(kept.sealed)).decode() in page
        assert LAUGHED not in page
        reply = b64encode(sealed("heard", kept.reply_key)).decode()
        address = reverse("after:answer", args=[kept.pk])
        said = sign_in(rene).post(address, {"sealed": reply, "word": WORD}, follow=True).content.decode()
        assert "Only whoever has the six words can read it." in said
        again = sign_in(rene).post(address, {"sealed": reply, "word": WORD}, follow=True).content.decode()
        assert "Their answer stands" in again

    def test_rene_cannot_close_what_was_sealed_to_mick(self, hearers, tran, sign_in, rene):
        kept = sent(tran, on=TODAY, to=["Mick"])
        reply = b64encode(sealed("heard", kept.reply_key)).decode()
        for said in ({"sealed": reply}, {"sealed": reply, "word": kept.word}):
            page = (
                sign_in(rene)
                .post(reverse("after:answer", args=[kept.pk]), said, follow=True)
                .content.decode()
            )
            assert "it waits for whoever it was sealed to" in page
        assert not bytes(Complaint.objects.get().reply)

    def test_an_answer_that_is_not_sealed_is_sent_back(self, hearers, tran, sign_in, rene):
        kept = sent(tran, on=TODAY)
        address = reverse("after:answer", args=[kept.pk])
        for wrong in ("", "§§", b64encode(b"sorry").decode()):
            said = sign_in(rene).post(address, {"sealed": wrong, "word": WORD}, follow=True).content.decode()
            assert "did not arrive sealed" in said
        assert not bytes(Complaint.objects.get().reply)

    def test_nobody_else_hears_them_not_even_a_co_chair_who_manages_staff(
        self, hearers, tran, sign_in, ash, kim, morgan
    ):
        kept = sent(tran)
        vic = someone("Vera", "peer", "co_chair", "manager")
        for who in (ash, kim, morgan, vic):
            assert sign_in(who).get(reverse("after:hear")).status_code == 404
            assert sign_in(who).post(reverse("after:answer", args=[kept.pk])).status_code == 404

    @pytest.mark.parametrize("name", ["after:complain", "after:hear"])
    def test_one_or_three_of_them_ask_the_database_as_often(self, hearers, sign_in, rene, name):
        asked = []
        for at in range(3):
            another(at, side="asked" if at % 2 else "answered")
            with CaptureQueriesContext(connection) as questions:
                assert sign_in(rene).get(reverse(name)).status_code == 200
            asked.append(len(questions))
        assert asked[0] == asked[2] <= 5

    def test_where_nobody_can_hear_it_the_page_says_so(self, network, seen_by, ash):
        assert "Nobody can hear it here just now" in seen_by(ash, reverse("after:complain"))
