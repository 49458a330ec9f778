"""A day of Ash and Rosa with secrets in it, each put there by really using a room, over a wire that is tapped."""

from base64 import b64decode
from contextlib import contextmanager
from secrets import token_hex

import pyrage

from peerwork.people.vault.phrases import derive
from tests.journeys.conftest import PHRASES, Screen
from tests.journeys.tapped import tapped
from tests.journeys.test_after_something_hard import is_kept, start, step
from tests.journeys.test_my_plan import kept, writes
from tests.journeys.vaults import Disk, open_with_the_phrase

# What is typed. Each has a letter outside of ASCII, so that every way of writing it down has to be thought of.
LINE = "I stop humming the kerosene waltz in the café"
OPTION = "Count nine magpies behind the bakery of Zoë"
WORD_FOR_THE_CALENDAR = "Quincewood tea with Noël"
LETTER = "Meet me where the tangerine heron stood, naïve as ever"
TAKEN_ALONG = "umbrella saffron dock nettle orbit quill"
WHERE_FROM = {"an address": "203.0.113.77", "a device": "PlantedBrowser/7.7"}


class Day:
    """`secrets` never leave a device. `passing` comes to the server, which keeps none of it but in memory."""

    def __init__(self, chromium, tap):
        self.chromium, self.tap, self.seen, self.people = chromium, tap, [], []
        self.house, self.secrets, self.passing = tap.house, {}, dict(WHERE_FROM)
        self.disk = Disk(tap.house)
        self.ash = self.signed_in("Ash", rest="14 days")

    def signed_in(self, who, **how):
        somebody = Screen(
            self.chromium, self.tap, user_agent=WHERE_FROM["a device"], accept_downloads=True,
            extra_http_headers={"X-Forwarded-For": WHERE_FROM["an address"]},
        )  # fmt: skip
        somebody.context.on("request", self._note)
        self.people.append(somebody)
        somebody.sign_in(PHRASES[who], **how)
        self._keys_of(who)
        cookies = {one["name"]: one["value"] for one in somebody.context.cookies()}
        self.passing[f"the session of {who}"] = cookies["s"]
        return somebody

    def _note(self, asked):
        head = f"{asked.method} {asked.url}\n{asked.headers}\n".encode()
        self.seen.append(head + (asked.post_data_buffer or b""))

    def _keys_of(self, who):
        """What the phrase opens, worked out here as the browser does it."""
        (salt,) = self.disk.ask("SELECT salt FROM people_network")[0]
        door, opener = derive(PHRASES[who], salt=salt)
        wraps = (
            "people_wrap w JOIN people_person p ON p.id = w.person_id WHERE p.name = ? AND w.by = 'phrase'"
        )
        (locked,) = self.disk.ask(f"SELECT locked FROM {wraps}", who)[0]
        armored = b64decode("".join(locked.strip().splitlines()[1:-1]))
        key = pyrage.decrypt(armored, [pyrage.x25519.Identity.from_str(opener)]).decode().strip()
        self.secrets |= {f"the phrase of {who}": PHRASES[who], f"the key of {who}": key}
        self.secrets[f"what {who}'s phrase opens with"] = opener
        self.passing[f"what {who} shows at the door"] = door

    def sent(self):
        """All that left the devices, as the browser tells it and as the wire does."""
        return {"the browser": b"\n".join(self.seen), "the wire": b"\n".join(map(bytes, self.tap.sent))}


@contextmanager
def a_day(chromium, house):
    with tapped(house) as tap:
        day = Day(chromium, tap)
        try:
            yield day
        finally:
            for somebody in day.people:
                somebody.close()


def opens(day, somebody, who):
    """The vault opens, and stays open in this tab with half of a lock that the server has."""
    open_with_the_phrase(somebody, who)
    half = "fetch('/v/half/').then((answer) => answer.json()).then(({ half }) => half)"
    day.passing[f"half of the lock of {who}"] = b64decode(somebody.page.evaluate(half))


def is_open(somebody):
    somebody.page.locator("[data-opened]:visible").first.wait_for()
    somebody.page.wait_for_load_state("networkidle")


def writes_a_plan(day, ash):
    is_open(ash.open("/mine/plan/"))
    kept(writes(ash, "p.signs", LINE))
    kept(writes(ash, "p.first", OPTION))
    day.secrets |= {"a line of a plan": LINE, "an option of one's own": OPTION}


def checks_in(day, ash):
    is_open(ash.open("/mine/check-in/"))
    for set_of_answers in ash.page.locator("#check fieldset:visible .row").all():
        set_of_answers.get_by_role("radio").first.check()
    ash.press("Keep it").sees("It is kept")
    day.secrets["a question that was answered"] = "work.grief"


def walks_a_path(day, ash):
    is_open(ash.open("/mine/hard/"))
    card = start(ash, "police_raid", "A police raid")
    is_kept(ash, step(card, "next_day").get_by_label("I want this step").check)
    card.get_by_text("Put my days in a calendar").click()
    card.get_by_label("What shall your calendar call it?").fill(WORD_FOR_THE_CALENDAR)
    with ash.page.expect_download():
        card.get_by_role("button", name="Make the file").click()
    day.secrets |= {"what was hard": "police_raid", "a word for the calendar": WORD_FOR_THE_CALENDAR}


def makes_a_card(day, somebody, who):
    somebody.open("/mine/people/").press("Make my card")
    day.secrets[f"the words on the card of {who}"] = words_on_the_card(somebody)


def words_on_the_card(somebody):
    """They are there when all of this page is."""
    return somebody.page.locator("[data-six]:visible").inner_text()


def adds(day, somebody, who):
    words_on_the_card(somebody.open("/mine/people/"))
    somebody.page.get_by_label("The words on their card").fill(day.secrets[f"the words on the card of {who}"])
    somebody.press("Add").page.locator("[data-people] h3", has_text=who).wait_for()


def writes_a_letter(day, ash):
    ash.open("/talk/letters/").page.locator("#write-to option").first.wait_for(state="attached")
    ash.press("Write").page.get_by_label("Your letter").fill(LETTER)
    ash.press("Send").page.locator("[data-letters] li", has_text=LETTER).wait_for()
    day.secrets["a letter"] = LETTER


def reads_it(day, rosa):
    rosa.open("/talk/letters/").page.locator("[data-talks] button", has_text="Ash").click()
    rosa.sees(LETTER)


def shows_an_option(day, ash):
    is_open(ash.open("/mine/plan/"))
    ash.page.locator(".plan-line", has_text=OPTION).locator("[data-show]").click()
    lets_them_read(ash, "Rosa")


def lets_them_read(somebody, who):
    shown = somebody.page.locator("#show[open]")
    shown.locator("[data-picks] label", has_text=who).click()
    shown.get_by_role("button", name="Show it").click()
    shown.get_by_text("can read it now").wait_for()
    shown.get_by_role("button", name="Close").click()


def reads_what_was_shown(day, rosa):
    rosa.open("/mine/people/").sees(OPTION).sees(day.secrets["a friend's code"])


def takes_it_back(day, ash):
    given = ash.open("/mine/people/").page.locator("[data-given] li", has_text=OPTION)
    remember_the_words(day, ash, lambda: given.get_by_role("button", name="Take it back").click())
    given.wait_for(state="detached")


def remember_the_words(day, ash, press):
    """Those that take something back out of a box. They stand in the address of what is asked."""
    with ash.page.expect_request("**/v/given/*/") as asked:
        press()
    day.passing["the word that takes it back"] = asked.value.url.rpartition("/given/")[2].strip("/")


def takes_something_back(day, ash):
    """As the rooms do it, whatever it was. The server answers the same where there was nothing."""
    token = ash.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    ask = "([word, token]) => fetch(`/v/given/${word}/`, { method: 'DELETE', headers: { 'X-CSRFToken': token } })"
    remember_the_words(day, ash, lambda: ash.page.evaluate(ask, [token_hex(32), token]))


def leaves_a_code(day, ash):
    ash.open("/mine/keys/friend/").page.get_by_label("Your phrase").fill(PHRASES["Ash"])
    takes_the_code(day, ash, "a friend's code")
    for label in ("My friend has the code", "Seal it to one of my people"):
        ash.page.get_by_label(label).check()
    ash.press("Let this code help me back in")
    lets_them_read(ash, "Rosa")


def makes_a_new_code(day, ash):
    ash.open("/mine/keys/code/").page.get_by_label("Your phrase, as it is now").fill(PHRASES["Ash"])
    takes_the_code(day, ash, "a code on paper")
    ash.page.get_by_label("I have kept my new code").check()
    ash.press("Change it").page.wait_for_url("**/mine/keys/")


def takes_the_code(day, ash, what):
    code = ash.page.locator("[data-new]", has_text="-").inner_text()
    day.secrets |= {what: code, f"{what}, as it is worked with": code.replace("-", " ")}
    day.secrets[f"{what}, in one"] = code.replace("-", "")


def takes_it_along(day, ash):
    ash.open("/mine/sealed/").page.get_by_label("A phrase to seal it with").fill(TAKEN_ALONG)
    with ash.page.expect_download():
        ash.press("Make the file").sees("The file is on this device now.")
    day.secrets["a phrase for taking it along"] = TAKEN_ALONG
