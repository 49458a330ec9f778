"""Paper: as many envelopes as people, nobody has both, and nothing on them says whose they are."""

import re

import pytest
from django.utils.timezone import localdate

from peerwork.ground.postbox import flushing, paper, redeeming, rounds
from peerwork.ground.postbox.models import PaperToken
from peerwork.people.tokens import drawing, envelopes
from peerwork.people.tokens.models import Draw
from peerwork.people.tokens.tests.a_round import OTHERS, THEMES, Device, a_round, again

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")
PAPER, SHEET = f"/run/paper/{OTHERS}/", f"/run/paper/{OTHERS}/envelopes/"


@pytest.fixture
def yearly(network):
    return a_round(OTHERS, tokens=1)


@pytest.fixture
def kims_desk(yearly, ash, kas, rosa, kim, sign_in):
    return sign_in(kim)


def codes_on(client):
    return CODE.findall(client.get(SHEET).content.decode())


class TestPuttingOnPaper:
    def test_kim_puts_two_on_paper_and_may_take_one_off_again(self, kims_desk, ash, kas):
        kims_desk.post(PAPER, {"people": [str(ash.pk), str(kas.pk)]})
        assert [one.person.name for one in envelopes.asked_for(OTHERS)] == ["Ash", "Kas"]
        kims_desk.post(PAPER, {"off": str(kas.pk)})
        assert [one.person.name for one in envelopes.asked_for(OTHERS)] == ["Ash"]
        assert drawing.rounds_of(kas)
        assert not drawing.rounds_of(ash)

    def test_who_has_drawn_gets_no_paper_and_the_others_do(self, kims_desk, yearly, ash, kas):
        drawing.draw(ash, OTHERS, Device(yearly).blinded)
        answer = kims_desk.post(PAPER, {"people": [str(ash.pk), str(kas.pk)]}, follow=True)
        assert "they get no paper: Ash." in answer.content.decode()
        assert [one.person.name for one in envelopes.asked_for(OTHERS)] == ["Kas"]
        kims_desk.post(PAPER, {"off": str(ash.pk)})
        assert again(yearly).drawn == Draw.objects.filter(on_paper=False).count() == 1

    def test_the_list_does_not_tell_who_has_drawn(self, kims_desk, yearly, ash):
        before = kims_desk.get(PAPER).content.decode()
        drawing.draw(ash, OTHERS, Device(yearly).blinded)
        after = kims_desk.get(PAPER).content.decode()
        assert "Ash" in before
        without = re.compile(r'(nonce|value|content)="[^"]{20,}"')
        assert without.sub("", before) == without.sub("", after)

    def test_only_people_of_the_audience_stand_in_it(self, kims_desk, priya, fran, morgan):
        shown = kims_desk.get(PAPER).content.decode()
        assert "Morgan" in shown
        for name in ("Priya", "Fran"):
            assert name not in shown
        assert "Select a valid choice" in kims_desk.post(PAPER, {"people": [str(priya.pk)]}).content.decode()
        assert not Draw.objects.exists()

    def test_it_is_for_coordinators_and_for_rounds_that_are_open(
        self, yearly, rosa, priya, rene, kim, sign_in
    ):
        for somebody in (rosa, priya, rene):
            assert sign_in(somebody).get(PAPER).status_code == 404
            assert sign_in(somebody).post(SHEET).status_code == 404
        rounds.close(yearly)
        assert sign_in(kim).get(PAPER).status_code == sign_in(kim).post(SHEET).status_code == 404
        assert sign_in(kim).get(f"/run/paper/{THEMES}/").status_code == 404

    def test_it_asks_the_database_as_often_for_many_as_for_few(
        self, kims_desk, yearly, ash, kas, rosa, django_assert_max_num_queries
    ):
        drawing.on_paper(ash, OTHERS)
        kims_desk.get(PAPER)
        with django_assert_max_num_queries(12) as few:
            kims_desk.get(PAPER)
        for somebody in (kas, rosa):
            drawing.on_paper(somebody, OTHERS)
        with django_assert_max_num_queries(len(few)):
            kims_desk.get(PAPER)


class TestTheEnvelopes:
    def test_as_many_are_printed_as_people_are_on_paper(self, kims_desk, yearly, ash, kas, rosa):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        kims_desk.post(SHEET)
        assert len(set(codes_on(kims_desk))) == PaperToken.objects.count() == again(yearly).drawn == 2
        kims_desk.post(SHEET)  # pressed twice
        assert len(codes_on(kims_desk)) == PaperToken.objects.count() == again(yearly).drawn == 2
        drawing.on_paper(rosa, OTHERS)  # came later
        kims_desk.post(SHEET)
        assert len(codes_on(kims_desk)) == PaperToken.objects.count() == again(yearly).drawn == 3

    def test_an_envelope_holds_as_many_codes_as_a_device_draws(self, network, ash, kim, sign_in):
        themes = a_round()
        drawing.on_paper(ash, THEMES)
        there = sign_in(kim)
        there.post(f"/run/paper/{THEMES}/envelopes/")
        shown = there.get(f"/run/paper/{THEMES}/envelopes/").content.decode()
        assert len(CODE.findall(shown)) == 3
        assert shown.count('class="paper-slip"') == again(themes).drawn == 1

    def test_once_printed_nobody_is_taken_off_and_no_device_draws(self, kims_desk, yearly, ash):
        drawing.on_paper(ash, OTHERS)
        kims_desk.post(SHEET)
        kims_desk.post(PAPER, {"off": str(ash.pk)})
        assert envelopes.asked_for(OTHERS)[0].is_printed
        with pytest.raises(drawing.OnPaper):
            drawing.draw(ash, OTHERS, Device(yearly).blinded)

    def test_nothing_on_them_says_whose_they_are(self, kims_desk, ash, kas):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        kims_desk.post(SHEET)
        sheet = kims_desk.get(SHEET).content.decode()
        for name in ("Ash", "Kas", "Kim", "Kerbside", str(ash.pk)):
            assert name not in sheet
        columns = Draw.objects.values_list("blinded", flat=True)
        assert {bytes(one) for one in columns} == {envelopes.PRINTED}

    def test_the_codes_stay_until_they_are_printed_and_for_nobody_else(self, kims_desk, ash, jude, sign_in):
        drawing.on_paper(ash, OTHERS)
        kims_desk.post(SHEET)
        assert codes_on(kims_desk) == codes_on(kims_desk)
        kims_desk.post(SHEET, {"printed": "yes"})
        assert kims_desk.get(SHEET).status_code == 302
        assert sign_in(jude).get(SHEET).status_code == 302

    def test_a_printed_code_answers_once_and_its_line_is_on_the_board(self, kims_desk, yearly, ash):
        drawing.on_paper(ash, OTHERS)
        kims_desk.post(SHEET)
        (code,) = codes_on(kims_desk)
        begins = re.search(r"begins with ([0-9a-f ]{14})\.", kims_desk.get(SHEET).content.decode())[1]
        redeeming.take(OTHERS, redeeming.Paper(code.lower()), [("q1", "a")], on=localdate())
        with pytest.raises(redeeming.AlreadySpent):
            redeeming.take(OTHERS, redeeming.Paper(code), [("q1", "b")], on=localdate())
        flushing.flush(yearly)
        (mark,) = rounds.board(OTHERS)
        assert mark == paper.mark_of(OTHERS, code)
        assert mark.startswith(begins.replace(" ", ""))

    def test_what_the_database_keeps_does_not_hold_a_code(self, kims_desk, ash):
        drawing.on_paper(ash, OTHERS)
        kims_desk.post(SHEET)
        (code,) = codes_on(kims_desk)
        kept = f"{list(PaperToken.objects.values())} {list(Draw.objects.values())}"
        assert paper.mark_of(OTHERS, code) in kept
        assert code not in kept
        assert code.replace("-", "") not in kept
