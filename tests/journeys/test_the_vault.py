"""The vault, as its owner finds it and as a server that lies would have it.

Who uses it: everybody with a key, on a phone that may be shared, lost or taken. What they fear: that somebody
reads what they wrote; that it is gone one day; that it was changed behind their back; that the phone stays open
on the table.
"""

import json
import re
import subprocess
from uuid import UUID

import pyrage
import pytest

from tests.journeys.conftest import PHRASES, same_person, stops_the_clock
from tests.journeys.test_on_the_road import wait_for_the_copy
from tests.journeys.vaults import Disk, Vault, changed_places, open_with_the_phrase, opened

SIGNS = {"lines": [{"id": "a", "text": "I stop answering Dee’s calls"}]}
OTHER = {"lines": [{"id": "a", "text": "I sleep in my clothes"}]}


class TestOpeningAndLocking:
    def test_what_was_written_on_one_device_is_read_on_another_with_the_phrase(self, screen):
        ash = opened(screen("Ash"), "Ash")
        assert ash.read("signs", "first") is None
        version = ash.write("signs", "first", SIGNS)
        assert ash.read("signs", "first") == {"body": SIGNS, "version": version}
        again = opened(screen("Ash"), "Ash")
        assert again.read("signs", "first") == {"body": SIGNS, "version": version}
        assert again.read_all("signs") == {
            "found": [["first", {"body": SIGNS, "version": version}]],
            "troubles": [],
        }

    def test_a_wrong_phrase_gives_one_sentence_and_loses_nothing_typed(self, screen):
        kas = screen("Kas").open("/mine/sealed/")
        kas.page.get_by_label("Your phrase").fill("not at all my own phrase")
        kas.press("Open").sees("That phrase does not open this. Check each word.")
        assert kas.page.get_by_label("Your phrase").input_value() == "not at all my own phrase"
        kas.check_accessibility()

    def test_it_stays_open_from_page_to_page_in_this_tab_and_in_no_other(self, screen, chromium):
        kas = screen("Kas")
        open_with_the_phrase(kas, "Kas").check_accessibility()
        kas.open("/mine/").open("/mine/sealed/").sees("Open on this device.")
        with same_person(kas, chromium) as another_tab:
            another_tab.open("/mine/sealed/").sees("Six words. It stays on this device.")

    def test_what_the_tab_keeps_opens_nothing_once_it_is_locked(self, screen):
        kas = open_with_the_phrase(screen("Kas"), "Kas")
        held = kas.page.evaluate("sessionStorage.getItem('held')")
        assert "SECRET" not in held
        kas.press("Lock it").sees("Six words. It stays on this device.")
        assert kas.page.evaluate("sessionStorage.length") == 0
        kas.page.evaluate("(held) => sessionStorage.setItem('held', held)", held)
        kas.open("/mine/sealed/").sees("Six words. It stays on this device.")
        kas.page.wait_for_timeout(500)
        assert not kas.page.get_by_text("Open on this device.").is_visible()

    def test_after_ten_quiet_minutes_it_locks_by_itself(self, screen):
        kas = screen()
        kas.page.clock.install()
        kas.sign_in(PHRASES["Kas"], rest="8 hours")
        open_with_the_phrase(kas, "Kas")
        stops_the_clock(kas)
        kas.page.clock.run_for(9 * 60_000)
        assert kas.page.get_by_text("Open on this device.").is_visible()
        kas.page.clock.run_for(2 * 60_000)
        kas.sees("Six words. It stays on this device.")
        assert kas.page.evaluate("sessionStorage.length") == 0

    def test_a_phone_that_slept_for_hours_locks_before_the_first_touch_counts(self, screen):
        kas = screen()
        kas.page.clock.install()
        kas.sign_in(PHRASES["Kas"], rest="8 hours")
        open_with_the_phrase(kas, "Kas")
        kas.page.clock.pause_at(kas.page.evaluate("Date.now() / 1000 + 3 * 3600"))
        kas.page.mouse.click(100, 300)
        kas.sees("Six words. It stays on this device.")

    def test_locking_one_tab_locks_the_others(self, screen):
        kas = open_with_the_phrase(screen("Kas"), "Kas")
        tab = kas.context.new_page()
        tab.goto(kas.page.url)
        tab.get_by_label("Your phrase").fill(PHRASES["Kas"])
        tab.get_by_role("button", name="Open", exact=True).click()
        tab.get_by_text("Open on this device.").wait_for()
        kas.press("Lock it")
        tab.get_by_text("Six words. It stays on this device.").wait_for()


WRITTEN_MEANWHILE = "Failed to load resource: the server responded with a status of 412 (Precondition Failed)"
NO_CONNECTION = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"


def both_devices(screen, who):
    devices = [screen(who), screen(who)]
    for device in devices:
        device.expected = [WRITTEN_MEANWHILE]
    return [opened(device, who) for device in devices]


class TestTwoDevices:
    def test_the_later_one_is_shown_both_and_nothing_is_written_over(self, screen):
        first, second = both_devices(screen, "Tran")
        version = first.write("signs", "both", SIGNS)
        second.refresh()
        assert second.read("signs", "both")["version"] == version
        first.write("signs", "both", {"lines": []}, version)
        met = second.write("signs", "both", OTHER, version)
        assert (met["why"], met["theirs"]["body"]) == ("changed", {"lines": []})
        second.write("signs", "both", OTHER, met["theirs"]["version"])
        first.refresh()
        assert first.read("signs", "both")["body"] == OTHER

    def test_two_new_sections_at_the_same_moment_are_both_kept(self, screen):
        first, second = both_devices(screen, "Tran")
        for vault in (first, second):
            vault.list()
        first.write("notes", "one", SIGNS)
        second.write("notes", "two", OTHER)
        third = opened(screen("Tran"), "Tran").read_all("notes")
        assert {name: there["body"] for name, there in third["found"]} == {"one": SIGNS, "two": OTHER}

    def test_what_was_removed_is_gone_everywhere_and_its_place_is_blank(self, screen, house):
        tran = opened(screen("Tran"), "Tran")
        tran.write("notes", "gone", SIGNS)
        tran.remove("notes", "gone")
        assert ["notes", "gone"] not in tran.list()
        assert opened(screen("Tran"), "Tran").read("notes", "gone") is None

    def test_a_removal_that_broke_off_is_done_all_the_same(self, screen, house):
        tran = screen("Tran")
        tran.expected = ["Failed to load resource: net::ERR_FAILED"]
        vault, many = opened(tran, "Tran"), []
        vault.write("notes", "half", SIGNS)
        tran.page.route("**/v/shelf/0/", lambda route: (many.append(1), route.abort()))
        assert vault.remove("notes", "half")["why"] == "offline"
        assert many
        tran.page.unroute("**/v/shelf/0/")
        assert opened(screen("Tran"), "Tran").read("notes", "half") is None
        vault.refresh()
        vault.remove("notes", "half")
        assert ["notes", "half"] not in vault.list()

    def test_an_answer_lost_on_its_way_is_not_another_version(self, screen):
        tran = screen("Tran")
        tran.expected = [WRITTEN_MEANWHILE, "Failed to load resource: net::ERR_FAILED"]
        vault = opened(tran, "Tran")
        version = vault.write("notes", "twice", SIGNS)

        def lose(route):
            if "/shelf/0/" in route.request.url or route.request.method != "PUT":
                return route.continue_()
            route.fetch()
            return route.abort()

        tran.page.route("**/v/shelf/*/", lose)
        assert vault.write("notes", "twice", OTHER, version)["why"] == "offline"
        tran.page.unroute("**/v/shelf/*/")
        vault.refresh()
        assert isinstance(vault.write("notes", "twice", OTHER, version), int)

    def test_a_shelf_grows_when_it_is_full(self, screen, house):
        sam, disk = opened(screen("Sam"), "Sam"), Disk(house)
        many = len(disk.shelf_of("Sam"))
        for number in range(many + 2):
            sam.write("many", f"{number}", number)
        assert len(disk.shelf_of("Sam")) == many + 16
        found = opened(screen("Sam"), "Sam").read_all("many")["found"]
        assert sorted(there["body"] for _name, there in found) == list(range(many + 2))

    def test_too_much_for_one_page_is_refused_and_the_rest_stays(self, screen):
        sam = opened(screen("Sam"), "Sam")
        version = sam.write("long", "one", "short")
        assert sam.write("long", "one", "x" * 17_000, version)["why"] == "toolong"
        assert sam.read("long", "one")["body"] == "short"


class TestAServerThatLies:
    """Each lie gives one sentence, and what it would have shown is not shown."""

    @pytest.fixture
    def bel(self, screen, house):
        return opened(screen("Bel"), "Bel")

    def written(self, bel, house, section, body):
        disk = Disk(house)
        before = disk.shelf_of("Bel")
        bel.refresh()
        now = bel.read("secret", section)
        bel.write("secret", section, body, now["version"] if now else 0)
        after = disk.shelf_of("Bel")
        (place,) = changed_places(before, after) - {0}
        return disk, place, before, after

    def test_a_flipped_bit(self, bel, house):
        disk, place, _before, after = self.written(bel, house, "flipped", SIGNS)
        bel.write("secret", "whole", OTHER)
        flipped = bytearray(after[place])
        flipped[-20] ^= 1
        disk.put(place, bytes(flipped))
        bel.refresh()
        assert bel.read("secret", "flipped")["why"] == "damaged"
        all_of_it = bel.read_all("secret")
        assert "whole" in dict(all_of_it["found"])  # one damaged page does not hide the others
        assert {"section": "flipped", "why": "damaged"} in all_of_it["troubles"]

    def test_two_pages_swapped(self, bel, house):
        disk, one, _before, _after = self.written(bel, house, "one", SIGNS)
        disk, two, _before, after = self.written(bel, house, "two", OTHER)
        disk.put(one, after[two])
        disk.put(two, after[one])
        bel.refresh()
        assert bel.read("secret", "one")["why"] == bel.read("secret", "two")["why"] == "swapped"

    def test_an_old_version_played_back(self, bel, house):
        disk, place, _before, first = self.written(bel, house, "old", SIGNS)
        self.written(bel, house, "old", OTHER)
        disk.put(place, first[place])
        bel.refresh()
        assert bel.read("secret", "old")["why"] == "older"

    def test_a_page_the_server_sealed_itself(self, bel, house):
        """It knows the public half, and so does everybody. Only the owner can mark a page as written by them."""
        disk, place, _before, after = self.written(bel, house, "made", SIGNS)
        sql = "SELECT recipient FROM people_accountkey WHERE person_id = ?"
        to = [pyrage.x25519.Recipient.from_str(disk.ask(sql, disk.person)[0][0])]
        said = {
            "v": 1,
            "doc": "secret",
            "section": "made",
            "version": 999,
            "from": str(UUID(disk.person)),
            "body": OTHER,
        }
        for mark in ("", "0" * 64):
            disk.put(place, pyrage.encrypt((mark + json.dumps(said)).ljust(2048).encode(), to))
            bel.refresh()
            assert bel.read("secret", "made")["why"] == "swapped"
        disk.put(place, after[place])
        bel.refresh()
        assert bel.read("secret", "made")["body"] == SIGNS

    def test_contents_the_server_sealed_itself_are_not_believed_either(self, bel, house):
        disk, _place, _before, after = self.written(bel, house, "known", SIGNS)
        sql = "SELECT recipient FROM people_accountkey WHERE person_id = ?"
        to = [pyrage.x25519.Recipient.from_str(disk.ask(sql, disk.person)[0][0])]
        said = {
            "v": 1,
            "doc": "contents",
            "section": "",
            "version": 999,
            "from": str(UUID(disk.person)),
            "body": {},
        }
        disk.put(0, pyrage.encrypt(json.dumps(said).ljust(2048).encode(), to))
        bel.refresh()
        assert bel.read("secret", "known")["why"] == "swapped"
        disk.put(0, after[0])

    def test_when_a_backup_was_put_back_its_owner_may_go_on_with_that(self, screen, house):
        otis = screen("Otis")
        vault, disk = opened(otis, "Otis"), Disk(house)
        version = vault.write("notes", "one", SIGNS)
        backup = disk.shelf_of("Otis")
        vault.write("notes", "one", OTHER, version)
        for place, sealed in backup.items():
            disk.put(place, sealed)
        otis.open("/mine/sealed/").sees("An older page came back in place of a newer one.")
        otis.check_accessibility()
        otis.press("A backup was put back. Go on with the older pages").sees("Take it with me")
        assert Vault(otis).read("notes", "one")["body"] == SIGNS

    def test_a_page_that_was_taken_away(self, bel, house):
        disk, place, before, _after = self.written(bel, house, "taken", SIGNS)
        disk.put(place, before[place])
        bel.refresh()
        assert bel.read("secret", "taken")["why"] == "older"

    def test_a_key_that_is_not_the_owners_is_not_written_to(self, screen, house):
        disk = Disk(house)
        ours = disk.ask(
            "SELECT recipient FROM people_accountkey k JOIN people_person p ON p.id = k.person_id WHERE p.name = 'Otis'"
        )
        theirs = str(pyrage.x25519.Identity.generate().to_public())
        disk.ask("UPDATE people_accountkey SET recipient = ? WHERE recipient = ?", theirs, ours[0][0])
        otis = screen("Otis").open("/mine/sealed/")
        otis.page.get_by_label("Your phrase").fill(PHRASES["Otis"])
        otis.press("Open").sees("The server shows others a key that is not yours.")
        disk.ask("UPDATE people_accountkey SET recipient = ? WHERE recipient = ?", ours[0][0], theirs)


class TestWithoutAConnection:
    def test_what_is_written_on_the_bus_waits_sealed_and_is_sent_later(self, screen):
        mick = screen().sign_in(PHRASES["Mick"], rest="14 days")
        mick.expected = [NO_CONNECTION]
        vault = opened(mick, "Mick")
        version = vault.write("bus", "one", SIGNS)
        mick.context.set_offline(True)
        vault.write("bus", "one", OTHER, version)
        mick.sees("Some of it waits on this phone for a connection.")
        assert vault.read("bus", "one") == {"body": OTHER, "version": version, "waits": True}
        kept = mick.page.evaluate(
            """() => new Promise((done) => {
                const opening = indexedDB.open('pages'), latin = new TextDecoder('latin1');
                const told = (one) => one instanceof Uint8Array ? latin.decode(one) : JSON.stringify(one);
                opening.onsuccess = () => {
                    const all = opening.result.transaction('kept').objectStore('kept').getAll();
                    all.onsuccess = () => { opening.result.close(); done(all.result.map(told).join(' ')); };
                };
            })"""
        )
        assert "age-encryption.org" in kept
        assert not re.search("answering Dee|in my clothes|SECRET", kept)
        mick.context.set_offline(False)
        mick.page.get_by_text("Some of it waits").wait_for(state="hidden")
        assert opened(screen("Mick"), "Mick").read("bus", "one")["body"] == OTHER

    def test_what_met_another_change_is_shown_beside_it(self, screen):
        mick = screen().sign_in(PHRASES["Mick"], rest="14 days")
        mick.expected = [NO_CONNECTION, WRITTEN_MEANWHILE]
        vault = opened(mick, "Mick")
        version = vault.write("bus", "two", SIGNS)
        mick.context.set_offline(True)
        vault.write("bus", "two", {"mine": True}, version)
        elsewhere = opened(screen("Mick"), "Mick")
        elsewhere.write("bus", "two", {"theirs": True}, version)
        mick.context.set_offline(False)
        mick.sees("Something you wrote here met something written elsewhere. Look at both.")
        both = vault.read("bus", "two")
        assert (both["body"], both["mine"]) == ({"theirs": True}, {"mine": True})
        vault.write("bus", "two", {"both": True}, both["version"])
        mick.page.get_by_text("Something you wrote here met").wait_for(state="hidden")

    def test_what_was_removed_on_the_bus_does_not_come_back(self, screen):
        mick = screen().sign_in(PHRASES["Mick"], rest="14 days")
        mick.expected = [NO_CONNECTION]
        vault = opened(mick, "Mick")
        vault.write("bus", "old", SIGNS)
        mick.context.set_offline(True)
        vault.write("bus", "new", OTHER)
        for section in ("old", "new"):
            vault.remove("bus", section)
            assert vault.read("bus", section) is None
        mick.context.set_offline(False)
        mick.page.get_by_text("Some of it waits").wait_for(state="hidden")
        again = opened(screen("Mick"), "Mick")
        assert [again.read("bus", section) for section in ("old", "new")] == [None, None]

    def test_it_opens_with_the_phrase_and_no_connection(self, screen):
        mick = screen().sign_in(PHRASES["Mick"], rest="14 days")
        wait_for_the_copy(mick)
        mick.expected = [NO_CONNECTION]
        vault = opened(mick, "Mick", at="/mine/plan/")
        vault.write("bus", "three", SIGNS)
        vault.read_all("bus")
        mick.context.set_offline(True)
        again = opened(mick, "Mick", at="/mine/plan/")
        assert again.read("bus", "three")["body"] == SIGNS
        mick.context.set_offline(False)

    def test_on_a_shared_phone_nothing_is_kept_and_it_says_so(self, screen):
        kas = screen("Kas")
        kas.expected = [NO_CONNECTION]
        vault = opened(kas, "Kas")
        kas.context.set_offline(True)
        assert vault.write("bus", "one", SIGNS)["why"] == "offline"
        kas.context.set_offline(False)
        assert kas.page.evaluate("indexedDB.databases()") == []


class TestTakingItAlong:
    PHRASE = "one bag for the whole road"

    def test_any_age_program_opens_the_file_and_it_can_be_brought_back(self, screen, tmp_path):
        rene = screen("Auntie Rene")
        vault = opened(rene, "Auntie Rene")
        version = vault.write("signs", "first", SIGNS)
        vault.write("signs", "second", OTHER)
        rene.page.get_by_label("A phrase to seal it with").fill(self.PHRASE)
        with rene.page.expect_download() as coming:
            rene.press("Make the file").sees("The file is on this device now.")
        file = tmp_path / coming.value.suggested_filename
        assert file.name == "pages.age"
        coming.value.save_as(file)
        assert "sleep in my clothes" in pyrage.passphrase.decrypt(file.read_bytes(), self.PHRASE).decode()
        assert "sleep in my clothes" in opened_by_age(file, self.PHRASE)
        assert b"clothes" not in file.read_bytes()

        vault.remove("signs", "second")
        vault.write("signs", "first", {"lines": []}, version)
        rene.open("/mine/sealed/").sees("Open on this device.")
        rene.page.get_by_label("The file").set_input_files(file)
        rene.page.get_by_label("The phrase it was sealed with").fill("not this one at all")
        rene.press("Look what is in it").sees("That phrase does not open this.")
        rene.page.get_by_label("The phrase it was sealed with").fill(self.PHRASE)
        rene.press("Look what is in it").sees("differs from what is here").check_accessibility()
        rene.press("Bring these in").sees("It is all here now.")
        vault = Vault(rene)
        vault.refresh()
        assert vault.read("signs", "second")["body"] == OTHER  # what was new came in,
        assert vault.read("signs", "first")["body"] == {"lines": []}  # and nothing was written over unasked.

    def test_a_file_that_is_not_ours_is_refused(self, screen, tmp_path):
        rene = open_with_the_phrase(screen("Auntie Rene"), "Auntie Rene")
        strange = tmp_path / "strange.age"
        for content, says in (
            (b"not age at all", "does not open this"),
            (pyrage.passphrase.encrypt(b'{"what": "recipes"}', self.PHRASE), "is not one of ours"),
        ):
            strange.write_bytes(content)
            rene.page.get_by_label("The file").set_input_files(strange)
            rene.page.get_by_label("The phrase it was sealed with").fill(self.PHRASE)
            rene.press("Look what is in it").sees(says)


def opened_by_age(file, phrase):
    """What Debian's own `age` command makes of it. It asks for the phrase on a terminal, so it is given one."""
    ask = f"import pty, os, sys\npid, seat = pty.fork()\nif pid == 0: os.execvp('age', ['age', '-d', {str(file)!r}])\n"
    answer = (
        "said = b''\nwhile b'passphrase' not in said: said += os.read(seat, 100)\n"
        f"os.write(seat, {phrase.encode()!r} + b'\\n')\n"
        "try:\n  while part := os.read(seat, 65536): said += part\nexcept OSError: pass\nsys.stdout.buffer.write(said)"
    )
    done = subprocess.run(
        ["python3", "-c", ask + answer], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout
