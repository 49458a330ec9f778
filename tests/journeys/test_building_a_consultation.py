"""From an empty page to open questions, on a phone and at a desk; and what a few peers do with the words afterwards."""

import subprocess
import sys
from datetime import timedelta

from django.utils.timezone import localdate

from tests.journeys.browser import DESK
from tests.journeys.conftest import same_person

ROUNDS_ARE_OPEN = True

TITLE = "What matters to us"
TEA = "i reckon the tea is crook an nobody listens"


def in_the_house(house, code):
    """Something that happens on the server by itself, as in a night."""
    wake = "from peerwork.site.commands.house import wake; wake();"
    done = subprocess.run(
        [sys.executable, "-c", wake + code],
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


class TestBuildingAConsultation:
    """Auntie Rene chairs: she writes on her phone what peers will be asked, and in Arabic at a desk."""

    def test_the_whole_way(self, screen, house, chromium):
        self.rene, self.house, self.screen = screen("Auntie Rene"), house, screen
        self.given_the_year_has_room_for_one()
        self.given_rene_starts_with_an_empty_page()
        self.when_she_adds_a_part_and_two_questions()
        self.and_a_few_sentences_and_own_words()
        self.then_she_sees_what_will_be_known()
        self.and_a_hard_word_is_pointed_out()
        self.when_she_takes_a_question_out_it_comes_back()
        self.and_moves_it_with_the_keyboard_alone()
        with same_person(self.rene, chromium, viewport=DESK) as self.desk:
            self.when_she_adds_arabic_at_a_desk()
            self.then_the_preview_speaks_it()
        self.when_she_opens_it()
        self.then_nobody_can_change_it()
        self.then_ash_finds_it_and_it_is_not_there_for_fran()
        self.when_ash_has_answered_and_it_is_over()
        self.then_rosa_says_it_in_other_words()
        self.and_two_others_agree()

    def given_the_year_has_room_for_one(self):
        """The one that is open in the demo network has what there was."""
        in_the_house(
            self.house,
            "from peerwork.voice.consultation.models import Consultation;"
            "Consultation.objects.filter(state='open').delete()",
        )

    def given_rene_starts_with_an_empty_page(self):
        page = self.rene.open("/run/consultations/").page
        page.get_by_label("What it is called").fill(TITLE)
        self.rene.check_accessibility()
        self.rene.press("Start").sees("Nothing is asked yet").check_accessibility()
        self.address = page.url.removeprefix(self.house.address)

    def when_she_adds_a_part_and_two_questions(self):
        page = self.rene.follow("Add a part").page
        page.get_by_label("What this part is called").fill("Your work")
        self.rene.check_accessibility()
        self.rene.press("Save").sees("The part is there")
        self.add("Choose from a list")
        page.get_by_label("The question").fill("Are you paid for meetings?")
        page.get_by_label("Answer 1").fill("Yes")
        page.get_by_label("Answer 2").fill("Some of them")
        page.get_by_label("Answer 3").fill("No")
        self.rene.check_accessibility()
        self.rene.press("Save").sees("The question is there")
        self.add("A scale from 1 to 5")
        page.get_by_label("The question").fill("How safe do you feel at work?")
        page.get_by_label("What 1 means").fill("not at all")
        self.rene.press("Save")  # the browser asks for what is missing; nothing is lost
        assert page.get_by_label("The question").input_value() == "How safe do you feel at work?"
        page.get_by_label("What 5 means").fill("very")
        self.rene.press("Save").sees("How safe do you feel at work?")

    def add(self, kind):
        self.rene.page.get_by_text("Add a question here").click()
        self.rene.follow(kind)

    def and_a_few_sentences_and_own_words(self):
        page = self.rene.page
        self.add("Say whether you agree")
        page.get_by_label("The question").fill("How do you see this?")
        page.get_by_label("Sentence 1").fill("Managers hear what peers say.")
        page.get_by_label("Sentence 2").fill("Shifts are shared fairly.")
        self.rene.press("Save")
        self.add("A few words of one’s own")
        page.get_by_label("The question").fill("What do clients tell you?")
        self.rene.press("Save").sees("What do clients tell you?")

    def then_she_sees_what_will_be_known(self):
        self.rene.sees("What you will know").check_accessibility()
        assert "Under twenty no numbers are made" in self.rene.text()  # the demo network is small

    def and_a_hard_word_is_pointed_out(self):
        self.rene.sees("Instead of “clients”")

    def when_she_takes_a_question_out_it_comes_back(self):
        self.rene.page.get_by_role("button", name="Take out: Are you paid for meetings?").click()
        self.rene.sees("It is out")
        assert "Are you paid" not in self.rene.text()
        self.rene.press("Undo the last change").sees("It is as it was before")
        assert "Are you paid" in self.rene.text()

    def and_moves_it_with_the_keyboard_alone(self):
        down = self.rene.page.get_by_role("button", name="Down: Are you paid for meetings?")
        down.focus()
        self.rene.page.keyboard.press("Enter")
        self.rene.sees("Moved.")
        titles = self.rene.page.locator("li.written h3").all_inner_texts()
        assert [title.strip() for title in titles][:2] == [
            "How safe do you feel at work?",
            "Are you paid for meetings?",
        ]

    def when_she_adds_arabic_at_a_desk(self):
        page = self.desk.open(self.address).page
        page.get_by_text("Ask in one more language").click()
        page.get_by_label("Add a language").select_option("ar")
        self.desk.press("Add it").sees("Something is not said in every language")
        page.get_by_role("link", name="Change: What do clients tell you?").click()
        page.get_by_label("The question · English").fill("What do people tell you?")
        arabic = page.get_by_label("The question · العربيّة")
        assert arabic.get_attribute("dir") == "rtl"
        arabic.fill("ماذا يقول لك الناس؟")
        self.desk.check_accessibility()
        self.desk.press("Save").sees("ماذا يقول لك الناس؟")
        self.desk.check_accessibility()

    def then_the_preview_speaks_it(self):
        self.desk.follow("Look at it as others will").check_accessibility()
        self.desk.follow("العربيّة").sees("ماذا يقول لك الناس؟").check_accessibility()

    def when_she_opens_it(self):
        self.rene.open(self.address).page.get_by_role("button", name="Take out: العربيّة").click()
        self.rene.follow("Choose the days and open it").sees(
            "What is fixed from then on"
        ).check_accessibility()
        self.rene.page.get_by_label("Open it. After this").check()
        self.rene.press("Open it").sees("It was opened. Since then").check_accessibility()

    def then_nobody_can_change_it(self):
        assert self.rene.page.get_by_role("button", name="Take out").count() == 0
        self.rene.follow("What was changed").check_accessibility()

    def then_ash_finds_it_and_it_is_not_there_for_fran(self):
        self.screen("Ash").open("/consultations/").sees(TITLE)
        assert TITLE not in self.screen("Fran").open("/consultations/").text()

    def when_ash_has_answered_and_it_is_over(self):
        after = localdate() + timedelta(days=30)
        in_the_house(
            self.house,
            "from datetime import date;"
            "from peerwork.voice.consultation import consultations, form;"
            "from peerwork.voice.consultation.models import Consultation;"
            "from peerwork.voice.consultation.tests.answered import answer;"
            f"one = Consultation.objects.get(title={TITLE!r});"
            "words = [form.slip_code(q) for q in form.questions(one.form) if q['kind'] == 'words'];"
            f"answer(one, [(words[0], {TEA!r})]);"
            f"consultations.close_what_is_over(date.fromisoformat('{after}'))",
        )

    def then_rosa_says_it_in_other_words(self):
        rosa = self.screen("Rosa").open("/run/circle/")
        rosa.check_accessibility()
        rosa.follow(TITLE).sees(TEA).check_accessibility()
        rosa.follow(f"Say it in other words: {TEA}").sees("What do people tell you?").check_accessibility()
        words = rosa.page.get_by_label("In other words")
        words.fill("Somebody at the Elm Street Outreach feels unheard.")
        rosa.press("Save, and delete what was written").sees(
            "Could this give somebody away"
        ).check_accessibility()
        words.fill("Somebody feels unheard.")
        rosa.press("Save, and delete what was written").sees("What was written is deleted")
        assert TEA not in rosa.text()

    def and_two_others_agree(self):
        for name in ("Auntie Rene", "Jude"):
            peer = self.rene if name == "Auntie Rene" else self.screen(name)
            peer.open("/run/circle/").follow(TITLE)
            peer.press("It gives nobody away: Somebody feels unheard.").sees("Thank you")
        peer.sees("1 is agreed").check_accessibility()
