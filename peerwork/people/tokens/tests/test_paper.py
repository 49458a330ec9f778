"""Paper: as many envelopes as people, nobody has both, and nothing anywhere says whose they are."""

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
COUNTED = "/counted/"
TELLS_NOTHING = re.compile(r'(nonce|value|content)="[^"]{20,}"')


@pytest.fixture
def yearly(network):
    return a_round(OTHERS, tokens=1)


@pytest.fixture
def kims_desk(yearly, ash, kas, rosa, kim, sign_in):
    return sign_in(kim)


def codes_of(client, **sent):
    return CODE.findall(client.post(SHEET, sent).content.decode())


def spend(code, said="a"):
    redeeming.take(OTHERS, redeeming.Paper(code), [("q1", said)], on=localdate())


class TestAskingForPaper:
    def test_ash_asks_on_her_own_page_and_may_take_it_back(self, yearly, ash, sign_in):
        there = sign_in(ash)
        asked = there.post(COUNTED, {"paper": OTHERS}, follow=True).content.decode()
        assert "You asked for paper." in asked
        assert not drawing.rounds_of(ash)
        back = there.post(COUNTED, {"device": OTHERS}, follow=True).content.decode()
        assert "I would rather answer on paper" in back
        assert drawing.rounds_of(ash) == [yearly]

    def test_whose_device_has_drawn_gets_no_paper(self, yearly, ash, sign_in):
        drawing.draw(ash, OTHERS, Device(yearly).blinded)
        there = sign_in(ash)
        told = there.post(COUNTED, {"paper": OTHERS}, follow=True).content.decode()
        assert "Whoever&#x27;s device has drawn gets no paper." in told
        there.post(COUNTED, {"device": OTHERS})
        assert again(yearly).drawn == Draw.objects.filter(on_paper=False).count() == 1

    def test_nobody_asks_for_a_round_that_is_not_theirs(self, yearly, priya, sign_in):
        for called in (OTHERS, THEMES, ""):
            assert sign_in(priya).post(COUNTED, {"paper": called}).status_code == 404
        assert not Draw.objects.exists()

    def test_kim_puts_nobody_on_paper(self, kims_desk, ash):
        kims_desk.post(PAPER, {"people": [str(ash.pk)]})
        kims_desk.post(SHEET, {"people": [str(ash.pk)]})
        assert not Draw.objects.exists()
        assert not PaperToken.objects.exists()

    def test_kim_sees_how_many_and_never_who(self, kims_desk, ash, kas):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        shown = kims_desk.get(PAPER).content.decode()
        assert "Make 2 envelopes" in shown
        for name in ("Ash", "Kas", str(ash.pk)):
            assert name not in shown

    def test_the_desk_does_not_tell_who_has_drawn(self, kims_desk, yearly, ash):
        before = kims_desk.get(PAPER).content.decode()
        drawing.draw(ash, OTHERS, Device(yearly).blinded)
        after = kims_desk.get(PAPER).content.decode()
        assert TELLS_NOTHING.sub("", before) == TELLS_NOTHING.sub("", after)

    def test_it_is_for_coordinators_and_for_rounds_that_are_open(
        self, yearly, rosa, priya, rene, kim, sign_in
    ):
        for somebody in (rosa, priya, rene):
            assert sign_in(somebody).get(PAPER).status_code == 404
            assert sign_in(somebody).post(SHEET).status_code == 404
        rounds.close(yearly)
        assert sign_in(kim).get(PAPER).status_code == sign_in(kim).post(SHEET).status_code == 404
        assert sign_in(kim).get(f"/run/paper/{THEMES}/").status_code == 404

    def test_who_manages_staff_prints_nothing_for_peers(self, yearly, kim, ash, sign_in):
        a_round(THEMES, audience="members")
        kim.roles.create(kind="manager")
        drawing.on_paper(ash, OTHERS)
        there = sign_in(kim)
        assert there.get(PAPER).status_code == there.post(SHEET).status_code == 404
        assert there.get(f"/run/paper/{THEMES}/").status_code == 200
        assert not PaperToken.objects.exists()


class TestTheEnvelopes:
    def test_as_many_are_printed_as_people_asked(self, kims_desk, yearly, ash, kas, rosa):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        assert len(set(codes_of(kims_desk))) == PaperToken.objects.count() == again(yearly).drawn == 2
        assert kims_desk.post(SHEET).status_code == 302  # pressed twice
        assert PaperToken.objects.count() == again(yearly).drawn == 2
        drawing.on_paper(rosa, OTHERS)  # came later
        assert len(codes_of(kims_desk)) == 1
        assert PaperToken.objects.count() == again(yearly).drawn == 3

    def test_an_envelope_holds_as_many_codes_as_a_device_draws(self, network, ash, kim, sign_in):
        themes = a_round()
        drawing.on_paper(ash, THEMES)
        shown = sign_in(kim).post(f"/run/paper/{THEMES}/envelopes/").content.decode()
        assert len(CODE.findall(shown)) == 3
        assert shown.count('class="paper-slip"') == again(themes).drawn == 1

    def test_once_printed_nobody_is_on_paper_anywhere(self, kims_desk, yearly, ash, kas):
        """Whoever takes the disk, the stage and the board finds two draws like any others."""
        drawing.on_paper(ash, OTHERS)
        drawing.draw(kas, OTHERS, Device(yearly).blinded)
        codes_of(kims_desk)
        assert not Draw.objects.filter(on_paper=True).exists()
        kept = [bytes(one) for one in Draw.objects.values_list("blinded", flat=True)]
        assert {len(one) for one in kept} == {256}
        assert all(int.from_bytes(one) < int(yearly.modulus, 16) for one in kept)
        assert len(set(kept)) == 2

    def test_once_printed_their_device_draws_nothing_that_fits_and_there_is_no_second_envelope(
        self, kims_desk, yearly, ash
    ):
        drawing.on_paper(ash, OTHERS)
        codes_of(kims_desk)
        assert drawing.rounds_of(ash) == [yearly]
        assert not drawing.draw(ash, OTHERS, Device(yearly).blinded).is_the_first
        drawing.not_on_paper(ash, OTHERS)
        with pytest.raises(drawing.HasDrawn):
            drawing.on_paper(ash, OTHERS)
        assert again(yearly).drawn == Draw.objects.count() == 1

    def test_nothing_on_them_says_whose_they_are(self, kims_desk, ash, kas):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        sheet = kims_desk.post(SHEET).content.decode()
        for name in ("Ash", "Kas", "Kim", "Kerbside", str(ash.pk)):
            assert name not in sheet

    def test_everybody_sees_how_many_were_printed(self, yearly, ash, kas, rosa, kim, sign_in):
        printed = re.compile(r'Envelopes printed</th><td class="number">(\d+)<')
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        assert printed.findall(sign_in(rosa).get(COUNTED).content.decode()) == ["0"]
        codes_of(sign_in(kim))
        codes_of(sign_in(kim), again="yes")
        assert printed.findall(sign_in(rosa).get(COUNTED).content.decode()) == ["2"]

    def test_the_codes_stand_in_one_answer_and_are_kept_nowhere(self, kims_desk, ash):
        drawing.on_paper(ash, OTHERS)
        answer = kims_desk.post(SHEET)
        (code,) = CODE.findall(answer.content.decode())
        assert "no-store" in answer["Cache-Control"]
        assert kims_desk.get(SHEET).status_code == 302
        kept = f"{list(PaperToken.objects.values())} {list(Draw.objects.values())} {dict(kims_desk.session)}"
        assert paper.mark_of(OTHERS, code) in kept
        assert code not in kept
        assert code.replace("-", "") not in kept

    def test_a_printed_code_answers_once_and_its_line_is_on_the_board(self, kims_desk, yearly, ash):
        drawing.on_paper(ash, OTHERS)
        sheet = kims_desk.post(SHEET).content.decode()
        (code,) = CODE.findall(sheet)
        begins = re.search(r"begins with ([0-9a-f ]{14})\.", sheet)[1]
        spend(code.lower())
        with pytest.raises(redeeming.AlreadySpent):
            spend(code, "b")
        flushing.flush(yearly)
        (mark,) = rounds.board(OTHERS)
        assert mark == paper.mark_of(OTHERS, code)
        assert mark.startswith(begins.replace(" ", ""))


class TestPrintingAgain:
    def test_the_old_codes_are_good_for_nothing_and_there_are_as_many_new_ones(
        self, kims_desk, yearly, ash, kas
    ):
        for somebody in (ash, kas):
            drawing.on_paper(somebody, OTHERS)
        jammed = codes_of(kims_desk)
        fresh = codes_of(kims_desk, again="yes")
        assert len(fresh) == PaperToken.objects.count() == again(yearly).drawn == 2
        for code in jammed:
            with pytest.raises(redeeming.NotGood):
                spend(code)
        for code in fresh:
            spend(code)

    def test_what_was_used_is_not_made_again_on_the_board_or_on_its_way(
        self, kims_desk, yearly, ash, kas, rosa
    ):
        for somebody in (ash, kas, rosa):
            drawing.on_paper(somebody, OTHERS)
        one, other, _third = codes_of(kims_desk)
        spend(one)
        flushing.flush(yearly)
        spend(other)  # waits in memory
        (last,) = codes_of(kims_desk, again="yes")
        spend(last)
        rounds.close(yearly)
        assert len(rounds.board(OTHERS)) == again(yearly).drawn == 3

    def test_where_nothing_was_printed_nothing_is_made(self, kims_desk, ash):
        drawing.on_paper(ash, OTHERS)
        assert kims_desk.post(SHEET, {"again": "yes"}).status_code == 302
        assert not PaperToken.objects.exists()
        assert envelopes.how_many_wait(OTHERS) == 1


def test_the_night_forgets_who_waited_for_paper(yearly, ash):
    drawing.on_paper(ash, OTHERS)
    rounds.close(yearly)
    assert drawing.forget_what_is_over() == 1
    assert not Draw.objects.exists()
