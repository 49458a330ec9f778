"""My people, something shown to one of them, and letters.

Who uses this, and what they fear. Kas, alone on site after a hard day: a boss who sees who talks to whom. Tran, on a
shared phone: whoever picks it up. Rosa, whom everybody asks: being pressed to answer. Rene: that somebody writes in
her name. And everybody: a server that puts another key between two people.
"""

import re
from datetime import date
from uuid import UUID

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peerwork.people.vault import parcels
from tests.journeys.conftest import PHRASES, stops_the_clock
from tests.journeys.my_people import (
    LETTERS,
    NOT_FOUND,
    PEOPLE,
    a_letter,
    box_of,
    card_of,
    give,
    open_again,
    opened,
    person,
    put_in_box,
    safety_words,
    signed_by,
    turn_to,
    write,
)  # fmt: skip
from tests.journeys.tapped import tapped
from tests.journeys.vaults import Disk, Vault

FORGED = "Something came in the name of"
NEW_KEY = "has a new key. Compare the four words again before you show anything."
FOR_ROSA = """async ([to, from, words]) => {
  const { person, recipient, signer } = vault.me, card = { name: "Ash", recipient, signer };
  const body = JSON.stringify(words);
  const sig = await vault.sign(`peerwork/1 parcel\\n${from}\\n${person}\\nletter\\n${body}`);
  const page = { v: 1, doc: "parcel", section: "letter", version: 1, from: person, body, card, sig };
  return [...await vault.sealTo(to.recipient, JSON.stringify(page), 4096)];
}"""


@pytest.fixture
def open_at(screen, house):
    """`open_at("Ash", PEOPLE, knows=["Rosa"])`: Ash in front of that page, open."""

    def come(who, path, *, knows=(), **options):
        return opened(screen(who, **options), who, path, people=knows, house=house)

    return come


def swap_key(house, card):
    """Whoever may write on the server's disk puts this key in the place of theirs."""
    sql = "UPDATE people_accountkey SET recipient = ?, signer = ? WHERE person_id = ?"
    Disk(house).ask(sql, card["recipient"], card["signer"], UUID(card["person"]).hex)


def lose_the_answer(route):
    """It arrives, and nobody hears of it."""
    route.fetch()
    route.abort()


class TestFindingEachOther:
    def test_ash_and_rosa_swap_cards_and_compare_the_same_words(self, open_at):
        ash, rosa = open_at("Ash", PEOPLE), open_at("Rosa", PEOPLE)
        ash.press("Make my card").sees("These four belong to my key.")
        rosa.press("Make my card").sees("These four belong to my key.")
        words = rosa.page.locator("p.words[data-six]").inner_text()
        ash.page.get_by_label("The words on their card").fill(words.upper())
        ash.press("Add")
        person(ash, "Rosa").get_by_text("You have not compared the four words yet.").wait_for()
        address = ash.page.locator("#card-link").inner_text()
        rosa.page.goto(address)
        rosa.sees("Open on this device.").page.wait_for_load_state("networkidle")
        assert "#" not in rosa.page.url  # the words do not stay in the address, nor in the history
        rosa.press("Add")
        # Her device did: all ten words were there.
        person(rosa, "Ash").get_by_text("You compared the four words.").wait_for()
        theirs = safety_words(ash, "Rosa")
        assert theirs == safety_words(rosa, "Ash")
        assert len(set(re.findall(r"\b[a-z]+\b", theirs))) >= 7
        person(ash, "Rosa").get_by_role("button", name="They are the same").click()
        person(ash, "Rosa").get_by_text("You compared the four words. Nobody stands between you.").wait_for()
        for somebody in (ash, rosa):
            somebody.check_accessibility()

    def test_a_card_that_was_changed_on_the_way_is_noticed(self, open_at, house):
        """The server names another key behind the six words. The last four say so."""
        tran = open_at("Tran", PEOPLE).press("Make my card").sees("These four belong to my key.")
        bel = open_at("Bel", PEOPLE)
        bel.expected.append(NOT_FOUND)
        six, four = (tran.page.locator(f"p.words[data-{which}]").inner_text() for which in ("six", "four"))
        wrong = " ".join(four.split()[::-1])
        bel.page.get_by_label("The words on their card").fill(f"{six} {wrong}")
        bel.press("Add").sees("The last four words do not fit the key behind this card.")
        assert bel.page.get_by_label("The words on their card").input_value() == f"{six} {wrong}"
        bel.page.get_by_label("The words on their card").fill("river lamp olive")
        bel.press("Add").sees("There are six words on a card")
        bel.page.get_by_label("The words on their card").fill("river lamp olive seven goat moon")
        bel.press("Add").sees("No card here has these words.")
        tran.press("Take my card away").sees("Without a card nobody finds you here.")
        bel.page.get_by_label("The words on their card").fill(six)
        bel.press("Add").sees("No card here has these words.")

    def test_peers_who_said_so_are_found_by_name_and_by_no_manager(self, open_at):
        otis = open_at("Otis", PEOPLE)
        otis.page.get_by_label("Peers may find me by name").check()
        otis.press("Save").sees("Saved.")
        sam = open_at("Sam", PEOPLE)
        sam.page.get_by_label("Or somebody who may be found by name").select_option(label="Otis")
        sam.press("Add them")
        person(sam, "Otis").wait_for()
        priya = open_at("Priya", PEOPLE)
        priya.page.wait_for_load_state("networkidle")
        assert not priya.page.get_by_label("Or somebody who may be found by name").is_visible()
        assert "Otis" not in priya.text()


class TestAnotherKey:
    def test_a_key_swapped_on_the_server_is_noticed_and_trust_is_not_carried_over(self, open_at, house):
        mick = open_at("Mick", PEOPLE, knows=["Kim"])
        kim, me = card_of(house, "Kim"), card_of(house, "Mick")
        person(mick, "Kim").get_by_text("You compared the four words.").wait_for()
        before, key = box_of(house, "Kim"), Ed25519PrivateKey.generate()
        other = signed_by(kim, key) | {"recipient": str(pyrage.x25519.Identity.generate().to_public())}
        swap_key(house, other)
        give(house, to=me, sender=other, key=key, said=a_letter("trust me", kim["person"], me["person"]))
        open_again(mick, PEOPLE).sees(f"\u2068Kim\u2069 {NEW_KEY}")
        assert not person(mick, "Kim").locator("[data-standing]").is_visible()
        mick.check_accessibility()
        open_again(mick, LETTERS).sees("It opens when you have compared the four words again.")
        assert "trust me" not in mick.text()
        turn_to(mick, "Kim")
        mick.page.get_by_label("Your letter").fill("are you there")
        mick.press("Send").sees("has a new key. Compare the four words again").sees(
            "Your words are still here."
        )
        assert mick.page.get_by_label("Your letter").input_value() == "are you there"
        assert box_of(house, "Kim") == before
        swap_key(house, kim)
        mick.press("Send").sees("Sent.")
        open_again(mick, LETTERS).sees(f"{FORGED} \u2068Kim\u2069").press("Put it away")

    def test_they_are_the_same_is_for_the_words_on_the_screen(self, open_at, house):
        """The server is slow to say which key Jude has. Until it does, there is nothing to agree to."""
        bel, jude, held = open_at("Bel", PEOPLE, knows=["Jude"]), card_of(house, "Jude"), []
        other = jude | {"signer": "ab" * 32}
        bel.page.route(f"**/v/people/{jude['person']}/", lambda route: held.append(route))  # noqa: PLW0108 — a built-in cannot be one
        bel.open(PEOPLE).sees("Open on this device.")
        person(bel, "Jude").get_by_text("The four words", exact=True).click()
        same = person(bel, "Jude").get_by_role("button", name="They are the same")
        assert same.is_disabled()
        for route in held:
            route.fulfill(json=other)
        bel.sees(f"\u2068Jude\u2069 {NEW_KEY}")
        person(bel, "Jude").locator("[data-four]").nth(1).filter(has_text=re.compile(r"\w+ \w+")).wait_for()
        bel.page.unroute(f"**/v/people/{jude['person']}/")
        same.click()  # and by now the server says the old key again
        bel.page.locator(f"[id='person-{jude['person']}']:focus").wait_for()
        kept = Vault(bel).read("book", jude["person"])["body"]
        assert (kept["signer"], kept["checked"]) == (other["signer"], True)

    def test_a_new_key_counts_once_the_words_were_compared(self, open_at, house):
        otis, fran = open_at("Otis", PEOPLE, knows=["Fran"]), card_of(house, "Fran")
        key = Ed25519PrivateKey.generate()
        swap_key(house, signed_by(fran, key))
        open_again(otis, PEOPLE).sees(f"\u2068Fran\u2069 {NEW_KEY}")
        person(otis, "Fran").get_by_role("button", name="They are the same").click()
        person(otis, "Fran").get_by_text("You compared the four words.").wait_for()
        me = card_of(house, "Otis")
        give(
            house,
            to=me,
            sender=signed_by(fran, key),
            key=key,
            said=a_letter("new phone", fran["person"], me["person"]),
        )
        open_again(otis, LETTERS).press("Fran").sees("new phone")

    def test_a_forged_parcel_gives_one_sentence_and_is_never_shown(self, open_at, house):
        rene, bel, before = card_of(house, "Auntie Rene"), card_of(house, "Bel"), box_of(house, "Bel")
        key = Ed25519PrivateKey.generate()
        for said in (a_letter("send money", rene["person"], bel["person"]), {"not": "a letter"}):
            give(house, to=bel, sender=signed_by(rene, key), key=key, said=said)
        somebody = open_at("Bel", LETTERS, knows=["Auntie Rene"])
        somebody.sees(f"{FORGED} \u2068Auntie Rene\u2069")
        assert somebody.page.get_by_text(FORGED).count() == 1
        assert "money" not in somebody.text()
        somebody.check_accessibility()
        somebody.press("Put it away").page.get_by_text(FORGED).wait_for(state="detached")
        assert box_of(house, "Bel") == before

    def test_a_real_letter_to_somebody_else_is_not_one_to_me(self, open_at, house):
        """What Ash signed for Rosa is not from Ash when it lies in Bel's box."""
        ash, bel = open_at("Ash", LETTERS, knows=["Bel"]), card_of(house, "Bel")
        Vault(ash)  # the page's own vault, for the lines below
        said = a_letter("only for Rosa", card_of(house, "Ash")["person"], bel["person"])
        sealed = ash.page.evaluate(FOR_ROSA, [bel, card_of(house, "Rosa")["person"], said])
        put_in_box(house, bel, bytes(sealed))
        somebody = open_at("Bel", LETTERS, knows=["Ash"]).sees(FORGED)
        assert "only for Rosa" not in somebody.text()
        somebody.press("Put it away")


class TestLetters:
    def test_letters_go_both_ways_and_are_taken_back(self, open_at, house):
        boxes = lambda: [len(box_of(house, who)) for who in ("Kas", "Sam")]  # noqa: E731 — said twice below
        before = boxes()
        kas, sam = open_at("Kas", LETTERS, knows=["Sam"]), open_at("Sam", LETTERS, knows=["Kas"])
        turn_to(kas, "Sam")
        write(kas, "Dee died last night.\nCan you ring?")
        kas.sees("Can you ring?").check_accessibility()
        open_again(sam, LETTERS).press("Kas").sees("Dee died last night.")
        write(sam, "On my way. ☕ 你好")
        open_again(kas, LETTERS).press("Sam").sees("On my way. ☕ 你好")
        assert boxes() == [many + 2 for many in before]
        kas.page.get_by_text("Take it back?").first.click()
        kas.press("Take it back").page.get_by_text("Can you ring?").wait_for(state="detached")
        open_again(sam, LETTERS).press("Kas").sees("On my way.")
        assert "Dee" not in sam.text()
        assert boxes() == [many + 1 for many in before]

    def test_on_the_server_all_letters_look_alike_and_go_on_a_monday(self, open_at, house):
        before = box_of(house, "Bel")
        tran = open_at("Tran", LETTERS, knows=["Bel"])
        turn_to(tran, "Bel")
        write(tran, "a")
        write(tran, "b" * 3000)
        rows = [row for row in box_of(house, "Bel") if row not in before]
        sizes, days = (
            {size for _id, _day, size in rows},
            {date.fromisoformat(day) for _id, day, _size in rows},
        )
        assert max(sizes) - min(sizes) < 300  # that is the stanza without meaning, and not the letter
        (gone,) = days
        assert gone.weekday() == 0
        shown = tran.page.get_by_text("Gone by").first.inner_text()
        assert f"Monday {gone.day} {gone:%B}" in shown.replace("\u2068", "").replace(",", "")

    def test_what_is_too_long_is_refused_beside_the_field_and_nothing_is_lost(self, open_at, house):
        jude = open_at("Jude", LETTERS, knows=["Kim"])
        turn_to(jude, "Kim")
        before, words = box_of(house, "Kim"), "x" * 4000
        field = jude.page.get_by_label("Your letter")
        field.fill(words)
        jude.press("Send").sees("Too long for one letter, by")
        many = int(re.search(r"by \D*(\d+)", jude.page.locator("#letter-wrong").inner_text())[1])
        assert (field.input_value(), box_of(house, "Kim")) == (words, before)
        jude.check_accessibility()
        write(jude, words[:-many])  # exactly so much is too much
        assert len(box_of(house, "Kim")) == len(before) + 1

    def test_a_send_that_fails_keeps_the_words_and_nobody_gets_it_twice(self, open_at, house):
        auntie = open_at("Auntie Rene", LETTERS, knows=["Jude"])
        turn_to(auntie, "Jude")
        before = len(box_of(house, "Jude"))
        auntie.expected.append("Failed to load resource: net::ERR_INTERNET_DISCONNECTED")
        auntie.page.get_by_label("Your letter").fill("Sorry Business this week")
        auntie.context.set_offline(True)
        auntie.press("Send").sees("There is no connection just now.").sees("Your words are still here.")
        assert auntie.page.get_by_label("Your letter").input_value() == "Sorry Business this week"
        auntie.context.set_offline(False)
        lost = f"**/people/{card_of(house, 'Jude')['person']}/parcels/**"
        auntie.page.route(lost, lose_the_answer)
        auntie.expected.append("Failed to load resource: net::ERR_FAILED")
        auntie.press("Send").sees("Your words are still here.")
        assert len(box_of(house, "Jude")) == before  # it arrived, and was taken back
        auntie.page.unroute(lost)
        auntie.press("Send").sees("Sent.")
        assert len(box_of(house, "Jude")) == before + 1
        assert auntie.page.get_by_label("Your letter").input_value() == ""

    def test_nobody_is_pressed_and_nobody_is_watched(self, open_at, house):
        """It asks on the clock: the same question, whether somebody writes, something comes, or nothing happens."""
        otis = open_at("Otis", LETTERS, knows=["Bel"])
        otis.page.clock.install()
        asked = []
        otis.context.on("request", lambda request: asked.append(request.url.partition("/v/")[2]))
        otis.open(LETTERS).sees("Open on this device.")
        turn_to(otis, "Bel")
        stops_the_clock(otis)
        asked.clear()
        otis.page.get_by_label("Your letter").type("I am still thinking about", delay=5)
        assert asked == []  # typing asks nothing
        for _half_a_minute in range(3):
            otis.page.clock.run_for(30_000)
            otis.page.wait_for_timeout(400)
        assert asked == ["box/"] * 3
        assert otis.page.get_by_label("Your letter").input_value() == "I am still thinking about"


class TestStrangers:
    def test_somebody_new_waits_at_the_door_and_what_they_wrote_is_not_read_out(self, open_at, house):
        morgan = open_at("Morgan", LETTERS, knows=["Tran"])
        turn_to(morgan, "Tran")
        write(morgan, "It is Morgan from work")
        tran = open_at("Tran", LETTERS).sees(
            "Somebody who calls themselves \u2068Morgan\u2069 wants to write to you"
        )
        assert "from work" not in tran.text()
        tran.check_accessibility()
        tran.page.get_by_text("The four words", exact=True).click()
        theirs = (
            tran.page.locator("[data-theirs]").filter(has_text=re.compile(r"\w+ \w+ \w+ \w+")).inner_text()
        )
        assert theirs in safety_words(open_again(morgan, PEOPLE), "Tran")
        tran.press("Let in").press("Morgan").sees("It is Morgan from work")

    def test_put_away_with_all_that_follows_means_unread_for_good(self, open_at, house):
        priya = open_at("Priya", LETTERS, knows=["Kas"])
        turn_to(priya, "Kas")
        write(priya, "Why did you not answer?")
        kas = open_at("Kas", LETTERS).sees("Somebody who calls themselves \u2068Priya\u2069")
        had = len(box_of(house, "Kas"))
        kas.press("Put away, and all that follows").page.get_by_text("calls themselves").wait_for(
            state="detached"
        )
        assert len(box_of(house, "Kas")) == had - 1
        write(priya, "Hello?")
        open_again(kas, LETTERS)
        assert "Priya" not in kas.text()
        assert len(box_of(house, "Kas")) == had - 1
        open_again(kas, PEOPLE).page.get_by_text("Whose parcels I put away unread").click()
        kas.press("Let in again")
        person(kas, "Priya").wait_for()

    def test_a_name_of_somebody_here_with_another_key_is_no_stranger_but_forged(self, open_at, house):
        """Somebody with a program of their own says: I am Jude, and this is my key."""
        jude, sam, key = card_of(house, "Jude"), card_of(house, "Sam"), Ed25519PrivateKey.generate()
        said = a_letter("ring me", jude["person"], sam["person"])
        give(house, to=sam, sender=signed_by(jude, key), key=key, said=said)
        before = len(box_of(house, "Sam"))
        nobody = sam | {"person": "00000000-0000-4000-8000-000000000001"}
        give(house, to=sam, sender=signed_by(nobody, key), key=key, said={"of": "nobody here"})
        put_in_box(house, sam, b"not even sealed")
        line = "Things that came, and that nobody here signed: \u20683\u2069"
        first, somebody = open_at("Sam", PEOPLE), open_at("Sam", LETTERS)
        for one in (first, somebody):
            one.expected.append(NOT_FOUND)
            one.sees(line)
        first.check_accessibility()
        assert "calls themselves" not in somebody.text()
        somebody.press("Put them all away").page.get_by_text("nobody here signed").wait_for(state="detached")
        assert len(box_of(house, "Sam")) == before - 1


class TestASmallGroup:
    def test_three_come_in_each_by_their_own_word_and_one_leaves(self, open_at, house):
        bel = open_at("Bel", LETTERS, knows=["Otis", "Mick"])
        bel.page.get_by_text("Make a small group").click()
        bel.page.get_by_label("What shall it be called?").fill("Night drivers")
        for name in ("Otis", "Mick"):
            bel.page.get_by_label(name, exact=True).check()
        bel.press("Ask them").sees("They are asked.")
        otis = open_at("Otis", LETTERS, knows=["Bel"]).sees("asks you into")
        otis.check_accessibility()
        otis.press("Come in").page.get_by_role("heading", name="Night drivers", level=2).wait_for()
        write(otis, "Who has the van on Friday?")
        mick = open_at("Mick", LETTERS, knows=["Bel"]).sees("asks you into")
        assert "van" not in mick.text()
        assert "calls themselves" not in mick.text()  # Otis is new to Mick, and waits until Mick says yes
        mick.press("Come in").page.get_by_role("heading", name="Night drivers", level=2).wait_for()
        assert "van" not in mick.text()  # it was written before Mick was in
        mick.sees("In it:")
        open_again(bel, LETTERS).press("Night drivers").sees("Who has the van on Friday?")
        write(bel, "I do")
        for somebody in (otis, mick):
            open_again(somebody, LETTERS).press("Night drivers").sees("I do")
        mick.check_accessibility()
        mick.page.get_by_text("Leave this group").click()
        mick.press("Leave").page.get_by_role("heading", name="Night drivers", level=2).wait_for(
            state="hidden"
        )
        assert "Night drivers" not in mick.text()
        open_again(bel, LETTERS).press("Night drivers").sees("left.")
        had = len(box_of(house, "Mick"))
        write(bel, "Mick is gone")
        assert len(box_of(house, "Mick")) == had
        open_again(otis, LETTERS).press("Night drivers").sees("Mick is gone")

    def test_nobody_is_added_without_the_others_seeing_it(self, open_at, house):
        kas = open_at("Kas", LETTERS, knows=["Sam", "Rosa"])
        kas.page.get_by_text("Make a small group").click()
        kas.page.get_by_label("What shall it be called?").fill("Elm Street")
        kas.page.get_by_label("Sam", exact=True).check()
        kas.press("Ask them").sees("They are asked.")
        sam = open_at("Sam", LETTERS, knows=["Kas"]).sees("asks you into")
        sam.press("Come in").page.get_by_role("heading", name="Elm Street").wait_for()
        open_again(kas, LETTERS).press("Elm Street")
        kas.page.get_by_text("Ask somebody in").click()
        kas.page.get_by_label("Whom?").select_option(label="Rosa")
        kas.press("Ask").sees("Asked:")
        open_again(sam, LETTERS).press("Elm Street").sees("was asked in, and is not one of your people yet.")
        before = len(box_of(house, "Rosa"))
        write(sam, "Not yet for Rosa")
        assert len(box_of(house, "Rosa")) == before
        sam.press("Let \u2068Rosa\u2069 in").page.get_by_text("is not one of your people yet").wait_for(
            state="detached"
        )

    def test_somebody_outside_cannot_speak_in_it(self, open_at, house):
        """Rene is one of Tran's people and knows the number of a talk. That makes her no part of it."""
        tran, rene, key = card_of(house, "Tran"), card_of(house, "Auntie Rene"), Ed25519PrivateKey.generate()
        somebody = open_at("Tran", LETTERS)
        vault, number, signed = Vault(somebody), "0" * 32, signed_by(rene, key)
        mine = {"name": "Us", "asked": [tran["person"]], "yes": [tran["person"]], "out": {}}
        vault.write("letters", f"g:{number}", mine)
        vault.write("book", rene["person"], {**signed, "checked": True})
        for talk, words in ((number, "let me in"), ("two", "one of your people")):
            give(
                house,
                to=tran,
                sender=signed,
                key=key,
                said=a_letter(words, rene["person"], tran["person"], talk=talk),
            )
        open_again(somebody, LETTERS).press("Us").page.get_by_role("heading", name="Us", level=2).wait_for()
        assert "let me in" not in somebody.text()
        open_again(somebody, LETTERS).press("Auntie Rene").sees("one of your people")


class TestShowing:
    def test_ash_shows_a_line_rosa_reads_it_and_ash_takes_it_back(self, open_at, house):
        ash = open_at("Ash", PEOPLE, knows=["Rosa"])
        Vault(ash).write(
            "plan", "p.signs", {"lines": [{"id": "a", "text": "I stop answering Dee’s calls"}], "options": []}
        )
        ash.open("/mine/plan/").sees("I stop answering Dee’s calls")
        button = ash.page.get_by_role("button", name=re.compile("Show.*Dee"))
        button.click()
        dialog = ash.page.get_by_role("dialog", name="Show this to one person")
        dialog.get_by_text(
            "They can read it until you take it back. What was read cannot be un-read."
        ).wait_for()
        ash.check_accessibility()
        ash.page.keyboard.press("Escape")
        assert button.evaluate("(button) => button === document.activeElement")
        button.click()
        dialog.get_by_label("Rosa").check()
        dialog.get_by_role("button", name="Show it").click()
        ash.sees("can read it now.")
        rosa = open_at("Rosa", PEOPLE, knows=["Ash"])
        person(rosa, "Ash").get_by_text("I stop answering Dee’s calls").wait_for()
        rosa.check_accessibility()
        open_again(ash, PEOPLE)
        mine = person(ash, "Rosa")
        mine.get_by_text("I stop answering Dee’s calls").wait_for()
        ash.check_accessibility()
        mine.get_by_role("button", name="Take it back").click()
        mine.get_by_text("I stop answering Dee’s calls").wait_for(state="detached")
        open_again(rosa, PEOPLE)
        assert "Dee" not in rosa.text()

    def test_a_code_for_a_friend_is_sealed_to_them(self, open_at, house):
        """For the day phrase and paper are both gone: Mick keeps it, and it opens nothing by itself."""
        bel = open_at("Bel", PEOPLE, knows=["Mick"]).open("/mine/keys/friend/")
        code = bel.page.locator("[data-new]").inner_text()
        bel.page.get_by_label("Your phrase").fill(PHRASES["Bel"])
        bel.page.get_by_label("Seal it to one of my people").check()
        bel.press("Let this code help me back in")
        dialog = bel.page.get_by_role("dialog", name="Show this to one person")
        dialog.get_by_label("Mick").check()
        bel.check_accessibility()
        dialog.get_by_role("button", name="Show it").click()
        bel.sees("can read it now.")
        assert bel.page.evaluate("sessionStorage.getItem('to-show')") is None
        mick = open_at("Mick", PEOPLE, knows=["Bel"])
        person(mick, "Bel").get_by_text(code).wait_for()

    def test_a_changed_line_takes_the_place_of_the_one_before(self, open_at, house):
        tran, before = open_at("Tran", PEOPLE, knows=["Otis"]), len(box_of(house, "Otis"))
        for text in ("Not before noon", "Not before two"):
            vault = Vault(tran)
            had = vault.read("plan", "p.work") or {"version": 0}
            vault.write(
                "plan", "p.work", {"lines": [{"id": "a", "text": text}], "options": []}, had["version"]
            )
            tran.open("/mine/plan/").sees(text)
            tran.page.get_by_role("button", name=re.compile(f"Show.*{text}")).click()
            tran.page.get_by_role("dialog").get_by_label("Otis").check()
            tran.press("Show it").sees("can read it now.")
        otis = open_at("Otis", PEOPLE, knows=["Tran"])
        person(otis, "Tran").get_by_text("Not before two").wait_for()
        assert "noon" not in otis.text()
        assert len(box_of(house, "Otis")) == before + 1
        person(otis, "Tran").get_by_role("button", name="Put it away").click()
        person(otis, "Tran").get_by_text("Not before two").wait_for(state="detached")
        assert len(box_of(house, "Otis")) == before

    @pytest.mark.parametrize("can_take_back", [True, False])
    def test_what_may_have_arrived_can_be_taken_back(self, open_at, house, can_take_back):
        rene, before = open_at("Auntie Rene", PEOPLE, knows=["Fran"]), len(box_of(house, "Fran"))
        vault = Vault(rene)
        had = vault.read("plan", "p.signs") or {"version": 0}
        line = {"lines": [{"id": "a", "text": "I stop eating"}], "options": []}
        vault.write("plan", "p.signs", line, had["version"])
        rene.open("/mine/plan/").sees("I stop eating")
        rene.page.route("**/parcels/**", lose_the_answer)
        if not can_take_back:
            rene.page.route("**/given/**", lambda route: route.abort())
        rene.expected.append("Failed to load resource: net::ERR_FAILED")
        rene.page.get_by_role("button", name=re.compile("Show.*eating")).click()
        rene.page.get_by_role("dialog").get_by_label("Fran").check()
        rene.press("Show it").sees("There is no connection just now.")
        rene.page.unroute_all()
        open_again(rene, PEOPLE)
        assert len(box_of(house, "Fran")) == before + (not can_take_back)
        listed = person(rene, "Fran").get_by_text("I stop eating")
        assert listed.count() == int(not can_take_back)
        if not can_take_back:
            person(rene, "Fran").get_by_role("button", name="Take it back").click()
            listed.wait_for(state="detached")
        assert len(box_of(house, "Fran")) == before

    def test_parting_takes_everything_back(self, open_at, house):
        sam = open_at("Sam", PEOPLE, knows=["Otis"])
        before = len(box_of(house, "Otis"))
        Vault(sam).write(
            "plan", "p.signs", {"lines": [{"id": "a", "text": "Too many doubles"}], "options": []}
        )
        sam.open("/mine/plan/").sees("Too many doubles")
        sam.page.get_by_role("button", name=re.compile("Show.*doubles")).click()
        sam.page.get_by_label("Otis").check()
        sam.press("Show it").sees("can read it now.")
        assert len(box_of(house, "Otis")) == before + 1
        open_again(sam, PEOPLE)
        person(sam, "Otis").get_by_text("Part ways").click()
        person(sam, "Otis").get_by_role("button", name="Remove \u2068Otis\u2069", exact=True).click()
        person(sam, "Otis").wait_for(state="detached")
        assert len(box_of(house, "Otis")) == before


def test_nothing_that_was_typed_crosses_the_wire(open_at, house, screen):
    with tapped(house) as tap:
        kas = open_at("Kas", PEOPLE, knows=["Jude"], at=tap)
        kas.press("Make my card").sees("These four belong to my key.")
        six = kas.page.locator("p.words[data-six]").inner_text()
        kas.page.get_by_label("The words on their card").fill("parrot river parrot river parrot river")
        kas.expected.append(NOT_FOUND)
        kas.press("Add").sees("No card here has these words.")
        open_again(kas, LETTERS)
        turn_to(kas, "Jude")
        write(kas, "nobody may read zebrafinch")
        kas.page.get_by_label("Your letter").fill("an unsent wombatdraft")
        kas.page.wait_for_timeout(300)
        wire = b"\n".join(map(bytes, tap.sent)).lower()
    fingerprint = parcels.fingerprint(six).encode()
    assert fingerprint in wire  # the tap hears what is sent,
    assert b"/parcels/" in wire
    said = ["zebrafinch", "wombatdraft", "parrot", "jude", *(six.replace(" ", mark) for mark in " -+")]
    assert [words for words in said if words.encode() in wire] == []  # and nothing of this


def test_words_of_a_card_never_stand_in_an_address(open_at):
    """A start that fails or is slow, and an address that is no address: the button is off until something listens."""
    sam = open_at("Sam", PEOPLE)
    sam.page.route("**/v/box/**", lambda route: route.fulfill(status=503, body=""))
    sam.expected.append(
        "Failed to load resource: the server responded with a status of 503 (Service Unavailable)"
    )
    sam.open(PEOPLE).sees("Open on this device.")
    field = sam.page.get_by_label("The words on their card")
    field.fill("river lamp olive seven goat moon")
    field.press("Enter")
    assert sam.page.get_by_role("button", name="Add", exact=True).is_disabled()
    assert sam.page.url.endswith(PEOPLE)
    sam.page.unroute_all()
    sam.page.goto("about:blank")
    sam.open(PEOPLE + "#%").sees("Open on this device.").sees("Add somebody")
    field.fill("river")
    sam.press("Add").sees("There are six words on a card")


def test_without_a_mouse(open_at):
    jude = open_at("Jude", LETTERS, knows=["Rosa"])
    keys = jude.page.keyboard
    jude.page.get_by_label("Write to").focus()
    keys.type("Rosa")
    keys.press("Tab")
    keys.press("Enter")
    jude.page.get_by_role("heading", name="Rosa", level=2).wait_for()
    assert jude.page.evaluate("document.activeElement.textContent") == "Rosa"
    while jude.page.evaluate("document.activeElement.id") != "letter":
        keys.press("Tab")
    keys.type("By the keys alone")
    keys.press("Tab")
    keys.press("Enter")
    jude.sees("Sent.")
    jude.page.go_back()
    jude.page.get_by_role("heading", name="Your talks").wait_for()
    assert jude.page.evaluate("document.activeElement.textContent") == "Your talks"
    assert not jude.page.get_by_label("Your letter").is_visible()


def test_a_locked_page_holds_nothing_of_it(open_at):
    sam = open_at("Sam", LETTERS, knows=["Mick"])
    turn_to(sam, "Mick")
    write(sam, "The van is behind Elm Street")
    sam.page.get_by_label("Your letter").fill("half a sentence")
    sam.press("Lock it").sees("Six words. It stays on this device.")
    assert "Elm Street" not in sam.page.content()
    assert "half a sentence" not in sam.page.content()


@pytest.mark.parametrize("path", [PEOPLE, LETTERS])
def test_before_there_is_a_key_nothing_is_on_the_page(screen, path):
    tran = screen("Tran").open(path)
    tran.sees("Six words. It stays on this device.").check_accessibility()
    assert not tran.page.locator("[data-opened]").first.is_visible()
    assert not re.search("ash|rosa|otis", tran.text(), re.IGNORECASE)
