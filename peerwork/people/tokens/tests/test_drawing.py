"""Drawing: everybody once, the same number, needed or not; and what asks twice gets the same again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now

from peerwork.ground.postbox import rounds, signing
from peerwork.people.members import persons
from peerwork.people.tokens import drawing
from peerwork.people.tokens.models import Draw
from peerwork.people.tokens.queries import roster
from peerwork.people.tokens.tests.a_round import OTHERS, THEMES, Device, a_round, again


@pytest.fixture
def themes(network):
    return a_round()


class TestWhoDraws:
    def test_peers_draw_in_a_round_for_peers_and_nobody_else(
        self, themes, ash, morgan, jude, kim, priya, fran
    ):
        for somebody in (ash, morgan, jude):
            assert drawing.rounds_of(somebody) == [themes]
        for somebody in (kim, priya, fran):
            assert drawing.rounds_of(somebody) == []
            with pytest.raises(drawing.NotTheirs):
                drawing.draw(somebody, THEMES, Device(themes).blinded)
        assert again(themes).drawn == 0

    def test_in_a_round_for_all_members_only_a_funder_does_not(self, network, kim, priya, fran):
        everybodys = a_round(OTHERS, audience="members", tokens=1)
        assert drawing.rounds_of(kim) == drawing.rounds_of(priya) == [everybodys]
        assert drawing.rounds_of(fran) == []

    def test_the_roster_counts_who_could_draw_today(self, network, ash, kas, morgan, kim, priya, fran):
        assert (roster("peers"), roster("members")) == (3, 5)
        persons.pause(kas)
        assert (roster("peers"), roster("members")) == (2, 4)


class TestABatch:
    def test_its_tokens_are_good_and_one_more_has_drawn(self, themes, ash):
        phone = Device(themes)
        signed = drawing.draw(ash, THEMES, phone.blinded)
        assert signed.is_the_first
        for prepared, signature in phone.finish(signed.signatures):
            assert signing.verify(themes.modulus, prepared, signature)
        assert again(themes).drawn == 1

    def test_an_answer_that_got_lost_is_given_again(self, themes, ash):
        phone = Device(themes)
        first = drawing.draw(ash, THEMES, phone.blinded)
        assert drawing.draw(ash, THEMES, phone.blinded) == first
        assert drawing.drawn_before(ash, THEMES) == first.signatures
        assert again(themes).drawn == 1

    def test_a_second_batch_gets_the_signatures_of_the_first_and_is_told_so(self, themes, ash):
        phone, tablet = Device(themes), Device(themes)
        first = drawing.draw(ash, THEMES, phone.blinded)
        second = drawing.draw(ash, THEMES, tablet.blinded)
        assert second.signatures == first.signatures
        assert not second.is_the_first
        token = tablet.finish(second.signatures)[0]
        assert not signing.verify(themes.modulus, *token)
        assert again(themes).drawn == 1

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda batch: batch[:2],
            lambda batch: [*batch, batch[0]],
            lambda batch: [],
            lambda batch: [batch[0], batch[1], b"\xff" * 256],
            lambda batch: [batch[0], batch[1], batch[2][1:]],
            lambda batch: [batch[0], batch[1], batch[2] + b"\0"],
            lambda batch: [batch[0] + batch[1][:100], batch[1][100:], batch[2]],
        ],
        ids=["too few", "too many", "none", "not below the key", "too short", "too long", "cut elsewhere"],
    )
    def test_what_is_no_batch_is_not_kept_and_is_in_nobodys_way(self, themes, ash, spoil):
        phone = Device(themes)
        with pytest.raises(signing.NotSignable):
            drawing.draw(ash, THEMES, spoil(phone.blinded))
        assert not Draw.objects.exists()
        assert again(themes).drawn == 0
        assert drawing.draw(ash, THEMES, phone.blinded).is_the_first

    def test_it_is_good_in_its_own_round_only(self, themes, ash):
        other, phone = a_round(OTHERS), Device(themes)
        drawing.draw(ash, THEMES, phone.blinded)
        assert drawing.drawn_before(ash, OTHERS) == []
        ((prepared, signature), *_more) = phone.finish(drawing.drawn_before(ash, THEMES))
        assert not signing.verify(other.modulus, prepared, signature)

    def test_what_is_kept_of_it_is_as_long_for_everybody(self, themes, ash, kas):
        for somebody in (ash, kas):
            drawing.draw(somebody, THEMES, Device(themes).blinded)
        assert {len(bytes(one)) for one in Draw.objects.values_list("blinded", flat=True)} == {3 * 256}


class TestTheEnd:
    def test_nobody_draws_before_a_round_opens_or_after_its_last_day(self, themes, ash):
        for days in (-4, 31):
            with time_machine.travel(now() + timedelta(days=days)), pytest.raises(drawing.NotTheirs):
                drawing.draw(ash, THEMES, Device(themes).blinded)
        assert not Draw.objects.exists()

    def test_a_closed_round_signs_nothing_not_even_again(self, themes, ash, kas):
        phone = Device(themes)
        drawing.draw(ash, THEMES, phone.blinded)
        rounds.close(themes)
        for somebody in (ash, kas):
            with pytest.raises(drawing.NotTheirs):
                drawing.draw(somebody, THEMES, phone.blinded)
            with pytest.raises(drawing.NotTheirs):
                drawing.drawn_before(somebody, THEMES)
            assert drawing.rounds_of(somebody) == []

    def test_the_night_forgets_who_had_drawn_in_what_is_over_and_nothing_else(self, themes, ash, kas):
        a_round(OTHERS)
        for called in (THEMES, OTHERS):
            drawing.draw(ash, called, Device(rounds.find(called)).blinded)
        drawing.on_paper(kas, THEMES)
        rounds.close(themes)
        assert drawing.forget_what_is_over() == 2
        assert drawing.forget_what_is_over() == 0
        assert list(Draw.objects.values_list("person__name", "round")) == [("Ash", OTHERS)]
        rounds.close(rounds.find(OTHERS))
        assert drawing.forget_what_is_over() == 1
        assert not Draw.objects.exists()

    def test_who_leaves_leaves_no_draw_and_the_number_stays(self, themes, ash):
        drawing.draw(ash, THEMES, Device(themes).blinded)
        ash.delete()
        assert not Draw.objects.exists()
        assert again(themes).drawn == 1


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def at_once(self, work, many=50):
        def one(number):
            try:
                return work(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(many) as pool:
            return list(pool.map(one, range(many)))

    def test_fifty_batches_for_one_person_make_one_draw(self, themes, ash):
        devices = [Device(themes) for _one in range(50)]
        came = self.at_once(lambda number: drawing.draw(ash, THEMES, devices[number].blinded))
        assert len({tuple(one.signatures) for one in came}) == 1
        assert [one.is_the_first for one in came].count(True) == 1
        assert Draw.objects.count() == again(themes).drawn == 1
        won = next(device for device, one in zip(devices, came, strict=True) if one.is_the_first)
        assert all(signing.verify(themes.modulus, *token) for token in won.finish(came[0].signatures))

    def test_paper_or_a_device_and_never_both(self, themes, ash):
        phone = Device(themes)

        def ask(number):
            try:
                drawing.draw(ash, THEMES, phone.blinded) if number % 2 else drawing.on_paper(ash, THEMES)
            except (drawing.OnPaper, drawing.HasDrawn):
                return False
            return True

        came = self.at_once(ask, many=20)
        drawn = Draw.objects.get()
        assert {came[number] for number in range(20) if (number % 2 == 0) == drawn.on_paper} == {True}
        assert {came[number] for number in range(20) if (number % 2 == 0) != drawn.on_paper} == {False}
        assert again(themes).drawn == (0 if drawn.on_paper else 1)
