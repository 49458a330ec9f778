"""Something is said without a name: between two calls, on the bus without a network, on a borrowed phone."""

import subprocess
import sys

import pytest

from tests.journeys.browser import DESK
from tests.journeys.conftest import PHRASES, same_person

ROUNDS_ARE_OPEN = True
WORDS = """
from peerwork.voice.themes import frame; frame.first(today)
from peerwork.voice.themes.models import Frame; Frame.objects.update(words_on={on})
"""
SLIPS = """
from peerwork.ground.postbox.models import Slip
print(sorted(Slip.objects.values_list("question", "answer")))
"""
FLUSH = "from peerwork.ground.postbox import flushing, rounds as p; [flushing.flush(r) for r in p.open_now(['peers'])]"


def in_the_house(house, code):
    """Run this where the house is, as its night would."""
    begin = (
        "from peerwork.site.commands.house import wake; wake();"
        "from django.utils import timezone; timezone.activate('Australia/Melbourne');"
        "today = timezone.localdate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin + code],
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def slips(house):
    in_the_house(house, FLUSH)
    return in_the_house(house, SLIPS)


def opened(somebody, who, address="/themes/"):
    """The page, with the vault opened on it and the tokens counted."""
    somebody.open(address).page.get_by_label("Your phrase").fill(PHRASES[who])
    somebody.press("Open")
    return ready(somebody)


def again(somebody):
    """The page once more: the vault is still open in this tab."""
    return ready(somebody.open("/themes/"))


def ready(somebody):
    somebody.page.locator("[data-left]", has_text="quarter").wait_for()
    return somebody


def pick(somebody, *names):
    for name in names:
        somebody.page.get_by_role("checkbox", name=name).check()
    return somebody


def send(somebody):
    return somebody.press("Send, without my name")


class TestSaying:
    def test_sam_says_what_it_was_about_in_a_few_taps(self, screen, house):
        sam = opened(screen("Sam"), "Sam")
        sam.sees("Left for you until the end of the quarter: 3 of 3.")
        pick(sam, "Loss and hard events", "Work and conditions")
        send(sam).sees("It is in, without your name.")
        sam.sees("Left for you until the end of the quarter: 1 of 3.")
        sam.check_accessibility()
        assert slips(house) == "[('themes', 'lss'), ('themes', 'wrk')]\n"

    def test_what_leaves_the_device_has_no_cookie_and_is_as_long_as_any_other(self, screen, house):
        mick = opened(screen("Mick"), "Mick")
        sent = []
        mick.context.on("request", lambda asked: sent.append(asked) if "/a/themes/" in asked.url else None)
        send(pick(mick, "Practice questions")).sees("It is in, without your name.")
        (asked,) = sent
        assert "cookie" not in asked.all_headers()
        assert "referer" not in asked.all_headers()
        assert len(asked.post_data_buffer) == 8192

    def test_three_are_the_most_and_nothing_says_more_than_that(self, screen):
        otis = opened(screen("Otis"), "Otis")
        pick(otis, "Health and wellbeing", "Life outside work", "Practice questions")
        assert otis.page.get_by_role("checkbox", name="Work and conditions").is_disabled()
        send(otis).sees("You have said all you can this quarter.")
        otis.sees("It is in, without your name.")
        assert otis.page.get_by_role("button", name="Send, without my name").is_disabled()

    def test_a_link_from_another_room_leads_to_its_group_and_the_server_is_not_told(self, screen):
        bel = screen("Bel")
        opened(bel, "Bel", "/themes/#lss")
        assert bel.page.get_by_role("checkbox", name="Loss and hard events").is_checked()
        assert not [url for url in bel.requests if "lss" in url.partition("#")[0]]

    def test_without_a_tick_nothing_goes(self, screen):
        tran = opened(screen("Tran"), "Tran")
        send(tran).sees("Pick at least one.")

    def test_with_no_network_it_waits_on_ones_own_phone_and_goes_by_itself(self, screen, house):
        kas = opened(screen().sign_in(PHRASES["Kas"], rest="14 days"), "Kas")
        kas.page.evaluate("navigator.serviceWorker.ready")
        before = slips(house)
        kas.context.set_offline(True)
        kas.expected = [
            f"Failed to load resource: net::ERR_{why}" for why in ("INTERNET_DISCONNECTED", "FAILED")
        ]
        send(pick(kas, "Community and system signals")).sees("It waits on this phone, sealed.")
        kas.sees("Left for you until the end of the quarter: 2 of 3.")
        kas.check_accessibility()
        kas.context.set_offline(False)
        with kas.page.expect_response("**/a/themes/"):
            again(kas)
        assert slips(house).count("'sys'") == before.count("'sys'") + 1


class TestWords:
    @pytest.fixture(autouse=True)
    def _words_are_on(self, house):
        in_the_house(house, WORDS.format(on=True))
        yield
        in_the_house(house, WORDS.format(on=False))

    def test_what_could_give_somebody_away_is_pointed_out_in_two_steps(self, screen, house):
        ash = opened(screen("Ash"), "Ash")
        words = ash.page.get_by_label("A few words, if you like")
        words.fill("the Footscray clinic again, ask kerb_queen")
        send(pick(ash, "Stigma, respect and power")).sees("This could give somebody away")
        ash.sees("the Footscray clinic").sees("This looks like somebody's handle.")
        ash.check_accessibility()
        ash.press("Change it")
        assert words.evaluate("(field) => field === document.activeElement")
        words.fill("The roster changes every week.")
        send(ash).sees("It is in, without your name.")
        assert "('themes:words', 'The roster changes every week.')" in slips(house)
        assert words.input_value() == ""
        words.fill("our van has no heating")
        send(pick(ash, "Work and conditions")).sees("our van")
        ash.press("Send it all the same").sees("It is in, without your name.")
        assert "our van has no heating" in slips(house)

    def test_names_of_my_people_are_looked_for_on_the_device_alone(self, screen):
        jude = opened(screen("Jude"), "Jude")
        found = jude.page.evaluate(
            """async () => {
                const found = performance.getEntriesByType("resource").map(({ name }) => name);
                const { namesIn } = await import(found.find((url) => /themes\\/words\\.[^/]*js$/.test(url)));
                return namesIn("then zoë and Ann-Marie, not Annabel", ["Zoë", "Ann-Marie", "Anna"]);
            }"""
        )
        assert [one["words"] for one in found] == ["zoë", "Ann-Marie"]


class TestTheBulletin:
    def test_fran_reads_what_is_out_on_one_page(self, screen):
        fran = screen("Fran").open("/themes/bulletins/")
        fran.page.locator("main .card a").first.click()
        fran.sees("What people talked about").sees("Beside")
        fran.check_accessibility()
        made = fran.page.pdf(format="A4")
        assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") == 1

    def test_it_can_be_read_on_a_wide_screen_and_taken_along(self, screen, chromium):
        with same_person(screen("Ash"), chromium, viewport=DESK, accept_downloads=True) as ash:
            ash.open("/themes/bulletins/").page.locator("main .card a").first.click()
            with ash.page.expect_download() as file:
                ash.follow("As a file to print (PDF)")
            assert file.value.path().read_bytes().startswith(b"%PDF-")
            ash.check_accessibility()


def test_ash_proposes_a_theme_and_rene_puts_it_in_force(screen):
    ash = screen("Ash").open("/themes/frame/").follow("Propose a change").follow("Add a theme")
    ash.page.get_by_label("In which group?").select_option("sys")
    ash.page.get_by_label("What it is called").fill("Test strips")
    ash.page.get_by_label("The same in a few plain words").fill("Too few, too late")
    ash.page.get_by_label("Why?").fill("It came up three times.")
    ash.check_accessibility()
    ash.press("Put it in the proposal").sees("New: “Test strips”.")
    ash.check_accessibility()
    rene = screen("Auntie Rene").open("/themes/frame/").follow("Look at what is proposed")
    rene.press("Put it in force").sees("It counts from").sees("New: “Test strips”.")
    rene.check_accessibility()
