"""From an empty machine to the end of the quarter, in a real browser, on a phone."""

import re
import sqlite3
from datetime import timedelta

import pytest
import vobject
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from tests.journeys.browser import House


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("empty") / "data", demo=False)
    house.start()
    yield house
    house.stop()


class TestANetworkJoinsAndMeets:
    """Kim sets up; Rosa and Ash come in with papers; they meet; Kim tells the funder how much happened."""

    def test_the_whole_way(self, screen, empty_house):
        self.house, self.screen = empty_house, screen
        self.given_kim_sets_up_the_network_with_one_command()
        self.when_kim_joins_with_her_paper()
        self.and_kim_prints_papers_for_a_facilitator_and_a_peer()
        self.and_rosa_and_ash_join_in_under_two_minutes()
        self.and_kim_plans_a_friday_group_with_rosa()
        self.then_ash_sees_it_on_today_and_keeps_a_seat()
        self.then_rosa_sees_ash_is_coming()
        self.then_ashs_calendar_app_shows_a_neutral_word()
        self.when_the_evening_is_over()
        self.and_rosa_counts_heads_and_answers_three_questions()
        self.and_a_night_passes()
        self.then_ash_finds_the_hours_in_a_log_only_ash_can_open()
        self.then_kim_has_the_quarter_on_one_page()
        self.then_nothing_on_the_disk_says_who_was_there()

    def given_kim_sets_up_the_network_with_one_command(self):
        done = self.house.run(
            "setup", "--name", "Kerbside", "--public-name", "Corner", "--time-zone", "Australia/Melbourne"
        )
        assert done.returncode == 0, done.stderr
        self.kims_words = re.search(r"^  ((?:\w+ ){5}\w+)$", done.stdout, re.MULTILINE)[1]

    def when_kim_joins_with_her_paper(self):
        self.kim, self.kims_phrase = self.join(self.kims_words, "Kim")
        self.kim.sees("Good to have you here, Kim").check_accessibility()

    def and_kim_prints_papers_for_a_facilitator_and_a_peer(self):
        self.papers = [self.print_paper("Facilitator", "Peer worker"), self.print_paper("Peer worker")]

    def print_paper(self, *roles):
        page = self.kim.open("/run/welcome/invitations/").page
        for box in page.get_by_role("checkbox").all():
            box.uncheck()
        for role in roles:
            page.get_by_label(role, exact=True).check()
        self.kim.press("Make the papers")
        self.kim.check_accessibility()
        assert page.locator(".paper-slip svg").count() == 1
        return page.locator(".paper-slip .words").inner_text()

    def and_rosa_and_ash_join_in_under_two_minutes(self):
        began = now()
        self.rosa, self.rosas_phrase = self.join(self.papers[0], "Rosa")
        self.ash, self.ashs_phrase = self.join(self.papers[1], "Ash", by_qr=True)
        assert now() - began < timedelta(minutes=2)

    def join(self, words, name, *, by_qr=False):
        somebody = self.screen(at=self.house)
        if by_qr:
            somebody.open(f"/join/#{words.replace(' ', '-')}")
            assert somebody.page.get_by_label("six words").input_value() == words
        else:
            somebody.open("/join/").page.get_by_label("six words").fill(
                f" {words.upper().replace(' ', ', ')} "
            )
        somebody.check_accessibility()
        somebody.press("Go on")
        page = somebody.page
        page.locator("[data-ready]").wait_for()
        page.get_by_label("What shall we call you?").fill(name)
        first = page.locator("[data-phrase]").inner_text()
        somebody.press("Six other words")
        expect(page.locator("[data-phrase]")).not_to_have_text(first)
        phrase = page.locator("[data-phrase]").inner_text()
        assert len(phrase.split()) == 6
        assert re.fullmatch(r"(\w{4}-){5}\w{4}", page.locator("[data-code]").inner_text())
        page.get_by_label("I have kept my phrase and my code").check()
        somebody.check_accessibility()
        somebody.press("Come in")
        somebody.sees(f"Good to have you here, {name}")
        return somebody, phrase

    def and_kim_plans_a_friday_group_with_rosa(self):
        page = self.kim.open("/run/plan/").page
        page.get_by_label("What it is called").fill("Friday group")
        page.get_by_label("Rosa").check()
        page.get_by_label("Kim").uncheck()
        page.get_by_label("Day", exact=True).fill((localtime(now()) + timedelta(days=2)).date().isoformat())
        page.get_by_label("Starts at").fill("18:30")
        page.get_by_label("Every week").check()
        page.get_by_label("Where").fill("12 Elm Street")
        self.kim.check_accessibility()
        self.kim.press("Put it in the calendar")
        self.kim.sees("It is in the calendar")

    def then_ash_sees_it_on_today_and_keeps_a_seat(self):
        self.ash.open("/").check_accessibility()
        self.ash.follow("Friday group").press("Keep me a seat")
        self.ash.sees("There is a seat with your name on it")
        self.ash.check_accessibility()
        self.ash.open("/").sees("Your seat")

    def then_rosa_sees_ash_is_coming(self):
        self.rosa.open("/").follow("Friday group").sees("Who keeps a seat")
        assert "Ash" in self.rosa.text()

    def then_ashs_calendar_app_shows_a_neutral_word(self):
        self.ash.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.ash.open("/mine/calendar/").press("Make an address")
        address = self.ash.page.locator("#address").inner_text()
        self.ash.press("Copy it").sees("Copied")
        assert self.ash.page.evaluate("navigator.clipboard.readText()") == address
        app = self.screen(at=self.house)  # no cookie, as a calendar app
        answer = app.context.request.get(address)
        assert answer.status == 200
        (event,) = vobject.readOne(answer.text()).contents["vevent"]
        assert event.summary.value == "Catch-up"
        assert "Friday" not in answer.text()

    def when_the_evening_is_over(self):
        """Two days go by: the first date moves into yesterday."""
        with sqlite3.connect(self.house.data / "peerwork.db", timeout=20) as disk:
            disk.execute(
                "UPDATE support_gathering"
                " SET starts_at = datetime(starts_at, '-3 days'), ends_at = datetime(ends_at, '-3 days')"
                " WHERE starts_at = (SELECT min(starts_at) FROM support_gathering)"
            )
        disk.close()

    def and_rosa_counts_heads_and_answers_three_questions(self):
        self.rosa.open("/run/").sees("Waiting for a head count").follow("Count and note")
        page = self.rosa.page
        page.get_by_label("How many were there?").fill("7")
        page.get_by_label("What did you notice that is new?").fill("Test strips are scarce in the north.")
        self.rosa.check_accessibility()
        self.rosa.press("Save")
        self.rosa.sees("It is a number now, not a list")
        self.rosa.sees("Test strips are scarce")

    def and_a_night_passes(self):
        done = self.house.night()
        assert done.returncode == 0, done.stderr

    def then_ash_finds_the_hours_in_a_log_only_ash_can_open(self):
        self.ash.open("/mine/hours/").check_accessibility()
        self.ash.page.get_by_label("Your phrase").fill(self.ashs_phrase)
        self.ash.press("Open")
        self.ash.page.locator("#log").wait_for()
        assert "1.5 hours in all" in self.ash.text()
        assert "Support group" in self.ash.text()
        self.ash.check_accessibility()
        self.ash.press("I was not there")
        self.ash.sees("0 hours in all")

    def then_kim_has_the_quarter_on_one_page(self):
        self.kim.open("/run/quarters/")
        self.kim.page.get_by_role("main").get_by_role("link").last.click()
        self.kim.sees("1 of 1 planned gatherings were held")
        assert "Heads counted: 7" in self.kim.text()
        self.kim.check_accessibility()
        sheet = self.kim.context.request.get(self.kim.page.url + "numbers.csv").text()
        assert "Support group,1,1,0,1,90," in sheet

    def then_nothing_on_the_disk_says_who_was_there(self):
        told = self.house.run("seized")
        assert "Exact times beside people: none" in told.stdout
        assert "Network or mail addresses: none" in told.stdout
        disk = sqlite3.connect(self.house.data / "peerwork.db")
        assert disk.execute("SELECT count(*) FROM support_seat").fetchone() == (0,)
        disk.close()
