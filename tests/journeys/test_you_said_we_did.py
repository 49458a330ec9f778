"""What was found gets an answer, or everybody sees how long it has had none."""

import re
import sqlite3
from datetime import timedelta

from django.utils.timezone import localdate

from tests.journeys.browser import DESK

FOUND = "Nobody has time to talk after a death."


def six_weeks_go_by(house, words):
    """As if the days had gone by: the house has only these words to go by."""
    disk = sqlite3.connect(house.data / "peerwork.db", timeout=20)
    day = (localdate() - timedelta(days=43)).isoformat()
    with disk:
        disk.execute("UPDATE voice_finding SET found_on = ? WHERE words = ?", (day, words))
    disk.close()


class TestYouSaidWeDid:
    """Rene puts up what many said; for six weeks nobody answers; then Kim promises, does, and says what it came to."""

    def test_the_whole_way(self, screen, house):
        self.house, self.screen = house, screen
        self.given_rene_puts_up_what_was_found()
        self.then_peers_see_it_that_day_and_managers_do_not()
        self.when_six_weeks_go_by_without_an_answer()
        self.then_everybody_sees_how_long_it_waits()
        self.when_kim_promises_something()
        self.and_says_what_was_done_and_what_it_came_to()
        self.then_ash_reads_the_whole_chain_and_can_print_it()
        self.and_nobodys_name_is_in_it()

    def given_rene_puts_up_what_was_found(self):
        self.rene = self.screen("Auntie Rene").open("/steer/").follow("You said, we did")
        self.rene.sees("Who said it is not written down").check_accessibility()
        self.rene.follow("Put up what was found").check_accessibility()
        page = self.rene.page
        page.get_by_label("What was found?").fill("Our Tran and others have no time after a death.")
        page.get_by_label("Where was it heard?").fill("The consultation this year")
        self.rene.press("Put it up").sees("Could this give somebody away?").check_accessibility()
        page.get_by_label("What was found?").fill(FOUND)
        self.rene.press("Put it up").sees("Until tonight it can be taken back.").check_accessibility()
        self.address = page.url.removeprefix(self.house.address)

    def then_peers_see_it_that_day_and_managers_do_not(self):
        self.ash, self.priya = self.screen("Ash"), self.screen("Priya", viewport=DESK)
        self.ash.open("/said/").sees(FOUND)
        assert FOUND not in self.priya.open("/said/").text()

    def when_six_weeks_go_by_without_an_answer(self):
        six_weeks_go_by(self.house, FOUND)

    def then_everybody_sees_how_long_it_waits(self):
        self.fran = self.screen("Fran")
        for somebody in (self.ash, self.priya, self.fran):
            somebody.open("/said/").sees(FOUND).sees("Has waited 6 weeks").check_accessibility()
        self.fran.follow(FOUND).sees("Nobody has answered for 6 weeks.").check_accessibility()
        assert "Promise something" not in self.fran.text()

    def when_kim_promises_something(self):
        self.kim = self.screen("Kim").open(self.address).follow("Promise something")
        self.kim.check_accessibility()
        self.says("What will be done?", "Two paid hours, taken when they are needed.", "The coordinators")
        due = self.kim.page.get_by_label("Until when?")
        due.fill((localdate() - timedelta(days=3)).isoformat())
        self.kim.press("Save").sees("That day is over.").check_accessibility()
        assert "Two paid hours" in self.kim.page.get_by_label("What will be done?").input_value()
        due.fill((localdate() + timedelta(days=60)).isoformat())
        self.kim.press("Save").sees("It is there now, for everybody to read.").sees("Promised for")

    def and_says_what_was_done_and_what_it_came_to(self):
        self.kim.follow("Say what was done")
        self.says("What was done?", "The hours are in the roster.", "The coordinators")
        self.kim.press("Save").sees("What was done").follow("Say what it came to").sees("This ends it.")
        self.says("What did it come to?", "It helps. Not everybody takes them.", "The co-chairs")
        self.kim.press("Save").sees("Done").check_accessibility()
        assert "Answer it" not in self.kim.text()

    def says(self, asked, words, whose):
        self.kim.page.get_by_label(asked).fill(words)
        self.kim.page.get_by_label(whose).check()

    def then_ash_reads_the_whole_chain_and_can_print_it(self):
        self.ash.open(self.address)
        for words in ("Two paid hours", "The hours are in the roster.", "Not everybody takes them."):
            self.ash.sees(words)
        self.ash.page.evaluate("window.print = () => { window.printed = true; }")
        self.ash.press("Print this page")
        assert self.ash.page.evaluate("window.printed")
        self.ash.page.emulate_media(media="print")
        assert "Print this page" not in self.ash.text()
        assert FOUND in self.ash.text()

    def and_nobodys_name_is_in_it(self):
        disk = sqlite3.connect(self.house.data / "peerwork.db", timeout=20)
        said = [
            row
            for table in ("voice_finding", "voice_answer")
            for row in disk.execute(f"SELECT * FROM {table}")
        ]
        names = [name for (name,) in disk.execute("SELECT name FROM people_person")]
        numbers = [number for (number,) in disk.execute("SELECT id FROM people_person")]
        disk.close()
        assert FOUND in str(said)
        assert not [each for each in (*names, *numbers) if re.search(rf"\b{re.escape(each)}\b", str(said))]
