"""The pages of whoever plans. Jude fears the Sunday that everybody thought somebody else had."""

import re
from datetime import timedelta

from django.utils.timezone import localdate

from peerwork.support.line.roster import load, shifts, terms
from peerwork.support.line.roster.models import Regular, Shift, ShiftSeries
from peerwork.support.line.roster.tests.nights import FIRST, a_shift, on
from peerwork.support.line.roster.tests.pages import RUN, at, post, undo_in


class TestRun:
    WEEKLY = {
        "days": ["MO", "TU", "WE"],
        "starts": "18:00",
        "ends": "22:00",
        "every": "1",
        "zone": "Australia/Melbourne",
    }

    def planned(self, client, **more):
        return post(client, f"{RUN}plan/", **self.WEEKLY | {"day": localdate().isoformat()} | more)

    def test_jude_plans_evenings_and_the_gaps_stand_there_in_words(self, sign_in, jude, rosa, sam):
        page = self.planned(sign_in(jude), first=str(rosa.pk))
        assert "The line is open at these hours." in page
        assert Shift.objects.count() == 25  # eight weeks of three evenings, and the last Monday
        assert "Open: second on call" in page
        assert "Monday, Tuesday, Wednesday: 6 p.m. to 10 p.m., every week" in page
        assert "Somebody is on for 12 of 12 hours." in page
        assert "3 places open" in page

    def test_a_shift_that_is_too_long_or_ends_before_it_begins_is_told_and_nothing_is_lost(
        self, sign_in, jude
    ):
        page = self.planned(sign_in(jude), ends="23:00")
        assert "A shift is 4 hours at most." in page
        assert 'value="23:00"' in page
        for wrong in ({"ends": "18:10"}, {"day": "2020-01-01"}, {"until": "2026-11-01"}, {"starts": "x"}):
            assert "Something needs another look" in self.planned(sign_in(jude), **wrong)
        assert not ShiftSeries.objects.exists()

    def test_the_second_is_somebody_else(self, sign_in, jude, rosa):
        page = self.planned(sign_in(jude), first=str(rosa.pk), second=str(rosa.pk))
        assert "somebody else than the first" in page

    def test_jude_changes_the_hours_from_now_on(self, sign_in, jude, rosa):
        client = sign_in(jude)
        self.planned(client, first=str(rosa.pk))
        series = ShiftSeries.objects.get()
        page = client.get(f"{RUN}series/{series.pk}/").content.decode()
        assert 'value="18:00"' in page
        assert re.search(rf'value="{rosa.pk}" selected', page)
        said = self.WEEKLY | {"day": localdate().isoformat(), "starts": "19:00", "ends": "21:00"}
        post(client, f"{RUN}series/{series.pk}/", **said)
        assert {shift.ends_at - shift.starts_at for shift in Shift.objects.all()} == {timedelta(hours=2)}
        assert not Regular.objects.exists()

    def test_jude_closes_one_date_and_opens_it_again(self, sign_in, jude, rosa):
        client = sign_in(jude)
        self.planned(client, first=str(rosa.pk))
        shift = Shift.objects.earliest("starts_at")
        page = client.get(f"{RUN}shifts/{shift.pk}/off/").content.decode()
        assert "They are off then: Rosa" in " ".join(page.split())
        assert Shift.objects.filter(on=shift.on).exists()
        page = post(client, f"{RUN}shifts/{shift.pk}/off/")
        assert "The line is closed then." in page
        assert "Tell those who were on: Rosa." in page
        assert not Shift.objects.filter(on=shift.on).exists()
        series = ShiftSeries.objects.get()
        shifts.grow_all(localdate())
        assert not Shift.objects.filter(on=shift.on).exists()
        post(client, f"{RUN}series/{series.pk}/dates/", on=re.search(r'name="on" value="([^"]+)"', page)[1])
        assert on(Shift.objects.get(on=shift.on)) == {FIRST: "Rosa"}

    def test_jude_ends_it_for_good(self, sign_in, jude):
        client = sign_in(jude)
        self.planned(client)
        address = f"{RUN}series/{ShiftSeries.objects.get().pk}/end/"
        assert "This cannot be undone." in client.get(address).content.decode()
        post(client, address)
        assert not ShiftSeries.objects.exists()

    def test_kim_puts_sam_on_who_said_yes_and_takes_it_back(self, sign_in, kim, sam):
        shift, client = a_shift(), sign_in(kim)
        page = post(client, f"{RUN}shifts/{shift.pk}/people/", turn=FIRST, person=str(sam.pk))
        assert "Sam is on." in page
        post(client, "/line/undo/", undo=undo_in(page))
        assert on(shift) == {}

    def test_kim_is_told_whom_sam_replaced(self, sign_in, kim, sam, rosa):
        shift = a_shift(first=rosa)
        page = post(sign_in(kim), f"{RUN}shifts/{shift.pk}/people/", turn=FIRST, person=str(sam.pk))
        assert "Sam is on instead of Rosa." in page
        assert on(shift) == {FIRST: "Sam"}

    def test_not_even_kim_breaks_a_rule(self, sign_in, kim, sam):
        a_shift(first=sam, in_hours=6)
        shift = a_shift(in_hours=20)
        page = post(sign_in(kim), f"{RUN}shifts/{shift.pk}/people/", turn=FIRST, person=str(sam.pk))
        assert "Nothing changed. There are 12 hours of rest" in page
        assert "Something needs another look" in post(
            sign_in(kim), f"{RUN}shifts/{shift.pk}/people/", turn=FIRST, person="nobody"
        )

    def test_kim_who_does_not_answer_takes_nothing_herself(self, sign_in, kim):
        shift = a_shift()
        assert "I take it" not in sign_in(kim).get(at(shift)).content.decode()
        assert sign_in(kim).post(at(shift, "duty"), {"duty": "take", "turn": FIRST}).status_code == 404

    def test_the_network_says_what_it_promises(self, sign_in, jude):
        said = {"ring": 20, "patience": 120, "back_hours": 12, "weekend_hours": 36, "rest_hours": 10,
                "most_hours": 16, "longest_shift": 6}  # fmt: skip
        client = sign_in(jude)
        assert "Saved." in post(client, f"{RUN}terms/", **said)
        assert (terms.terms().back_hours, terms.rules().ring) == (12, 20)
        assert "does not make it shorter" in post(client, f"{RUN}terms/", **said | {"weekend_hours": 6})
        assert "wrong" in post(client, f"{RUN}terms/", **said | {"ring": 3})
        assert "Saved." in post(client, f"{RUN}terms/", **said | {"ring": 30})
        assert terms.rules().ring == 30

    def test_no_page_of_those_who_plan_has_a_number_of_anybody(self, seen_by, jude, sam):
        load.add(sam, 4711)
        a_shift(first=sam, in_hours=30)
        for address in (RUN, at(Shift.objects.get())):
            assert "Sam" in seen_by(jude, address)
            assert "4711" not in seen_by(jude, address)
