"""Tokens: drawn by every device when its vault opens, spent later by nobody in particular, found again on the board.

Who uses it: everybody, without knowing. What they fear: that an answer can be walked back to them; that it never
arrived and nobody can tell; that somebody with the key votes for ten.
"""

import os
import re
import shutil
import signal
from pathlib import Path

import pytest

from tests.journeys import spending
from tests.journeys.browser import DESK, a_house
from tests.journeys.conftest import PHRASES, Screen, same_person
from tests.journeys.spending import ROUND, again, call, counts, drawn, kept_by, named, opened, says, told_by
from tests.journeys.tapped import tapped
from tests.journeys.test_new_key import new_keys
from tests.journeys.test_the_vault_is_light import asked_for, gzipped
from tests.journeys.vaults import Disk, open_with_the_phrase

ROUNDS_ARE_OPEN = True

OFFLINE = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
BROKEN = "Failed to load resource: net::ERR_FAILED"
USED = "Failed to load resource: the server responded with a status of 409 (Conflict)"
ELSEWHERE = "Failed to load resource: the server responded with a status of 412 (Precondition Failed)"
DRAW = f"**/tokens/{ROUND}/"
MOST_TO_LOOK, MOST_TO_DRAW = 9 * 1024, 16 * 1024


@pytest.fixture(scope="module")
def there(house):
    """The house of these stories, with one round open."""
    told_by(house, spending.OPENS)
    return house


def a_house_of_its_own(demo_data, folder):
    shutil.copytree(demo_data, folder / "data")
    return a_house(folder / "data")


@pytest.fixture(scope="module")
def elsewhere(demo_data, tmp_path_factory):
    """Another house, for stories that it may not survive."""
    with a_house_of_its_own(demo_data, tmp_path_factory.mktemp("elsewhere")) as house:
        told_by(house, spending.OPENS)
        yield house


@pytest.fixture(scope="module")
def lying(demo_data, tmp_path_factory, chromium):
    """A house that will lie about its key. Ash has drawn before it began to."""
    with a_house_of_its_own(demo_data, tmp_path_factory.mktemp("lying")) as house:
        told_by(house, spending.OPENS)
        ash = Screen(chromium, house).sign_in(PHRASES["Ash"])
        house.first = kept_by(opened(ash, "Ash"))
        ash.close()
        yield house


def on_their_own_phone(screen, who, **at):
    somebody = screen(**at).sign_in(PHRASES[who], rest="14 days")
    return somebody, opened(somebody, who)


class TestDrawing:
    def test_opening_any_room_on_a_phone_draws_three_tokens_and_once_only(self, screen, there):
        ash, before = screen("Ash"), drawn(there)
        vault = opened(ash, "Ash", at="/mine/sealed/")
        kept = kept_by(vault)
        assert [sorted(one) for one in kept["tokens"]] == [["msg", "sig"]] * 3
        assert sorted(kept) == ["closes", "fingerprint", "tokens"]
        assert drawn(there) == before + 1
        since = len(ash.requests)
        again(ash, at="/mine/sealed/")
        assert [url for url in ash.requests[since:] if url.endswith(f"/tokens/{ROUND}/")] == []
        assert drawn(there) == before + 1

    def test_a_second_device_has_the_same_tokens(self, screen, there):
        first, before = kept_by(opened(screen("Kas"), "Kas")), drawn(there)
        assert kept_by(opened(screen("Kas"), "Kas")) == first
        assert drawn(there) == before

    def test_an_answer_lost_on_its_way_is_given_again(self, screen, there):
        tran, before = screen("Tran"), drawn(there)
        tran.expected = [BROKEN]

        def lose(route):
            route.fetch()
            route.abort()

        tran.page.route(DRAW, lose)
        made = kept_by(opened(tran, "Tran"))
        assert [sorted(one) for one in made["made"]] == [["blinded", "inv", "msg"]] * 3
        assert drawn(there) == before + 1
        tran.page.unroute(DRAW)
        kept = kept_by(opened(screen("Tran"), "Tran"))
        assert [one["msg"] for one in kept["tokens"]] == [one["msg"] for one in made["made"]]
        assert drawn(there) == before + 1

    def test_a_tab_closed_in_the_middle_changes_nothing(self, screen, there):
        bel, before = screen("Bel"), drawn(there)
        bel.expected = [BROKEN, ELSEWHERE]
        bel.page.route(DRAW, lambda route: route.abort())
        made = kept_by(opened(bel, "Bel"))["made"]
        assert drawn(there) == before
        kept = kept_by(opened(screen("Bel"), "Bel"))
        assert [one["msg"] for one in kept["tokens"]] == [one["msg"] for one in made]
        assert drawn(there) == before + 1

    def test_two_devices_at_once_end_with_the_same_tokens(self, screen, there):
        phone, tablet, before, held = screen("Sam"), screen("Sam"), drawn(there), []
        phone.expected = tablet.expected = [ELSEWHERE]
        phone.page.route(DRAW, lambda route: held.append(route))  # noqa: PLW0108 — it is told apart by its arguments
        open_with_the_phrase(phone, "Sam", at="/mine/sealed/")
        while not held:
            phone.page.wait_for_timeout(50)
        there_already = kept_by(opened(tablet, "Sam"))
        held[0].continue_()
        assert kept_by(spending.settled(phone, None))["tokens"] == there_already["tokens"]
        assert drawn(there) == before + 1

    def test_somebody_outside_the_audience_draws_nothing(self, screen, there):
        priya, before = screen("Priya"), drawn(there)
        vault = opened(priya, "Priya", at="/mine/sealed/")
        assert kept_by(vault) is None
        assert [url for url in priya.requests if "/static/tokens/" in url and "drawing" not in url] == []
        assert drawn(there) == before


class TestWhenTheServerDies:
    def test_kill_9_in_the_middle_of_a_draw(self, elsewhere, chromium):
        house, before = elsewhere, drawn(elsewhere)
        ash = Screen(chromium, house).sign_in(PHRASES["Ash"], rest="14 days")

        def signs_and_dies(route):
            route.fetch()
            kill(house)
            route.abort()

        ash.page.route(DRAW, signs_and_dies)
        open_with_the_phrase(ash, "Ash", at="/mine/sealed/")
        wait_until(ash, lambda: house.process.poll() is not None)
        house.start()
        ash.close()
        assert (drawn(house), len(spending.rows_of_draws(house, "Ash"))) == (before + 1, 1)
        after = Screen(chromium, house).sign_in(PHRASES["Ash"])
        assert len(kept_by(opened(after, "Ash"))["tokens"]) == 3
        assert drawn(house) == before + 1
        after.check_nothing_went_wrong()
        after.close()


def kill(house):
    """The whole house at once, as when the power goes: the process started here, and those it started."""
    pids = [house.process.pid]
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            pids += [int(child) for child in task.read_text().split()]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


class TestAKeyIsChanged:
    def test_the_tokens_come_along(self, elsewhere, chromium):
        kas = Screen(chromium, elsewhere).sign_in(PHRASES["Kas"])
        before = kept_by(opened(kas, "Kas"))
        kas.open("/mine/keys/").follow("A new key")
        kas.page.get_by_label("Your phrase, as it is now").fill(PHRASES["Kas"])
        kas.press("Go on")
        phrase, _code = new_keys(kas)
        kas.press("Change my key").sees("The old one opens nothing any more")
        kas.open("/counted/").page.get_by_label("Your phrase").fill(phrase)
        kas.press("Open").sees("Open on this device.")
        assert kept_by(spending.settled(kas, None)) == before
        assert says(kas) == "sent"
        kas.check_nothing_went_wrong()
        kas.close()


def posted(somebody):
    """Every slip that leaves from here on: headers and body."""
    seen = []

    def note(asked):
        if asked.url.endswith("/a/themes/"):
            seen.append((asked.all_headers(), asked.post_data_buffer))

    somebody.page.on("requestfinished", note)
    return seen


class TestSaying:
    """One round serves all of these, so each has somebody of its own."""

    def test_it_goes_without_a_name_and_nothing_of_it_stands_in_the_vault(self, screen, there):
        rosa, vault = on_their_own_phone(screen, "Rosa")
        assert len(kept_by(vault)["tokens"]) == 3
        shelf, slips, since = Disk(there).shelf_of("Rosa"), posted(rosa), len(rosa.requests)
        assert says(rosa) == "sent"
        assert named(rosa.requests[since:]) == []
        assert Disk(there).shelf_of("Rosa") == shelf
        wait_until(rosa, lambda: slips)
        ((headers, body),) = slips
        assert not {"cookie", "referer"} & set(headers)
        assert len(body) == 8192
        assert b"Rosa" not in body
        assert counts(rosa) == {"of": 3, "counted": 0, "waits": 1, "left": 2}

    def test_every_slip_is_as_long_and_the_fourth_has_no_token(self, screen, there):
        mick, _vault = on_their_own_phone(screen, "Mick")
        slips = posted(mick)
        assert [says(mick, code) for code in ("stg.coll", "sup.alone", "wrk.pay")] == ["sent"] * 3
        assert says(mick, "stg.coll") == "none-left"
        wait_until(mick, lambda: len(slips) == 3)
        assert {len(body) for _headers, body in slips} == {8192}
        assert counts(mick)["left"] == 0

    def test_what_another_device_spent_is_skipped(self, screen, there):
        jude, other = screen("Jude"), screen("Jude")
        other.expected = [USED]
        for device in (jude, other):
            opened(device, "Jude")
        assert says(jude, "stg.coll") == "sent"
        assert says(other, "sup.alone") == "sent"
        assert counts(other)["left"] == 1

    def test_without_a_connection_it_waits_on_ones_own_phone_and_goes_by_itself(self, screen, there):
        ash, _vault = on_their_own_phone(screen, "Ash")
        ash.expected = [OFFLINE, BROKEN]
        before, shelf = int(told_by(there, spending.WAITING)), Disk(there).shelf_of("Ash")
        ash.context.set_offline(True)
        assert says(ash) == "waits"
        assert counts(ash) == {"of": 3, "counted": None, "waits": 1, "left": 2}
        kept = ash.page.evaluate(EVERYTHING_KEPT)
        (slips,) = [content for name, content in kept.items() if name.startswith("slips/")]
        assert slips.startswith("age-encryption.org/v1")
        assert len(slips) > 16_384
        ash.context.set_offline(False)
        wait_until(ash, lambda: int(told_by(there, spending.WAITING)) == before + 1)
        assert Disk(there).shelf_of("Ash") == shelf

    def test_what_waits_goes_at_the_next_opening_too(self, screen, there):
        tran, _vault = on_their_own_phone(screen, "Tran")
        tran.expected, before = [OFFLINE, BROKEN], int(told_by(there, spending.WAITING))
        tran.context.set_offline(True)
        assert says(tran) == "waits"
        tran.page.goto("about:blank")
        tran.context.set_offline(False)
        again(tran)
        wait_until(tran, lambda: int(told_by(there, spending.WAITING)) == before + 1)

    def test_on_a_shared_phone_nothing_is_kept(self, screen, there):
        bel = screen("Bel")
        opened(bel, "Bel")
        assert says(bel, "stg.coll") == "sent"
        bel.expected = [OFFLINE]
        bel.context.set_offline(True)
        assert says(bel, "sup.alone") == "failed"
        assert bel.page.evaluate("indexedDB.databases()") == []
        kept = bel.page.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)].join()")
        assert not re.search(r"wrk|stg|sup|themes|msg", kept)
        bel.context.set_offline(False)

    def test_a_lost_stage_is_sent_again_on_another_day(self, screen, there):
        sam, _vault = on_their_own_phone(screen, "Sam")
        assert says(sam) == "sent"
        told_by(there, spending.LOSES)
        slips = posted(sam)
        again(sam)
        assert slips == []  # once a day is enough
        sam.page.add_init_script(TOMORROW)
        opened(sam, "Sam")
        wait_until(sam, lambda: told_by(there, spending.WAITING) == "1")
        wait_until(sam, lambda: len(slips) == 1)


TOMORROW = """(() => {
    const Real = Date, later = 26 * 3_600_000;
    globalThis.Date = class extends Real {
        constructor(...said) { super(...(said.length ? said : [Real.now() + later])); }
        static now() { return Real.now() + later; }
    };
})()"""
EVERYTHING_KEPT = """() => new Promise((done) => {
    const opening = indexedDB.open("pages", 1);
    opening.onsuccess = () => {
        const kept = opening.result.transaction("kept").objectStore("kept");
        const [names, all] = [kept.getAllKeys(), kept.getAll()];
        all.onsuccess = () => {
            const text = (one) => ArrayBuffer.isView(one) ? String.fromCharCode(...one) : JSON.stringify(one);
            opening.result.close();
            done(Object.fromEntries(names.result.map((name, at) => [name, text(all.result[at])])));
        };
    };
})"""


def wait_until(somebody, it_is):
    for _look in range(60):
        if it_is():
            return
        somebody.page.wait_for_timeout(250)
    raise AssertionError


class TestTheBoard:
    def test_it_finds_mine_and_the_numbers_need_no_javascript(self, screen, there, chromium):
        kas, _vault = on_their_own_phone(screen, "Kas")
        assert says(kas) == "sent"
        again(kas)
        kas.sees("Yours on the board: 0 of 3. On the way from this device: 1.").check_accessibility()
        told_by(there, spending.PUTS_UP)
        again(kas)
        kas.sees("Yours on the board: 1 of 3.").sees("Your device drew its tokens with this key.")
        with same_person(kas, chromium, java_script_enabled=False) as plain:
            numbers = re.findall(r"\t(\d+)", plain.open("/counted/").sees("That adds up.").text())
            _start, people, tokens, spent = map(int, numbers[:4])
            assert (people, tokens) == (drawn(there), 3 * people)
            assert 1 <= spent <= tokens
        with same_person(kas, chromium, viewport=DESK, color_scheme="dark") as desk:
            desk.open("/counted/").check_accessibility()

    def test_another_device_finds_it_there_and_leaves_that_token_alone(self, screen, there):
        phone, tablet = screen("Morgan"), screen("Morgan")
        for device in (phone, tablet):
            opened(device, "Morgan")
        assert says(phone) == "sent"
        told_by(there, spending.PUTS_UP)
        assert counts(tablet) == {"of": 3, "counted": 1, "waits": 0, "left": 2}


class TestAServerThatLies:
    SAYS = "The server shows you a key that others do not see."

    def test_another_key_than_before_is_noticed_and_nothing_more_is_done(self, lying, chromium):
        told_by(lying, spending.SHOWS_ANOTHER_KEY)
        ash = Screen(chromium, lying).sign_in(PHRASES["Ash"])
        open_with_the_phrase(ash, "Ash", at="/mine/plan/").sees(self.SAYS).check_accessibility()
        ash.open("/counted/").sees("Your device drew its tokens with another key.")
        assert kept_by(spending.settled(ash, None)) == lying.first
        ash.close()

    def test_a_signature_by_a_key_that_nobody_else_sees_is_noticed(self, lying, chromium):
        told_by(lying, spending.SIGNS_WITH_ANOTHER_KEY)
        kas = Screen(chromium, lying).sign_in(PHRASES["Kas"])
        vault = opened(kas, "Kas", at="/mine/sealed/")
        kas.sees(self.SAYS)
        assert "tokens" not in kept_by(vault)
        kas.close()

    def test_the_keys_are_asked_for_by_nobody(self, screen, there):
        rene = screen("Auntie Rene")
        heads = []
        rene.page.on("requestfinished", lambda one: heads.append((one.url, one.all_headers())))
        opened(rene, "Auntie Rene", at="/mine/sealed/")
        nameless = [headers for url, headers in heads if "/a/" in url]
        assert nameless
        assert all(not {"cookie", "referer"} & set(headers) for headers in nameless)
        assert any("cookie" in headers for url, headers in heads if url.endswith("/tokens/"))


PRINTS = (
    "from peerwork.ground.postbox import paper, rounds; print(*paper.print_tokens(rounds.find('ROUND'), 2))"
)


class TestPaper:
    """Asking for it and printing it: test_paper.py."""

    def test_a_printed_code_answers_once(self, screen, there):
        codes = told_by(there, PRINTS).split()
        hand = screen("Morgan")
        opened(hand, "Morgan")
        hand.expected = [
            USED,
            "Failed to load resource: the server responded with a status of 400 (Bad Request)",
        ]
        told = [
            call(hand, "postPaper", "/a/themes/", ROUND, code, [["themes", theme]])
            for code, theme in (
                (codes[0].lower().replace("-", " "), "wrk.pay"),
                (codes[0], "stg.coll"),
                ("0000-0000-0000-0000", "wrk.pay"),
            )
        ]
        assert told == ["sent", "none-left", "failed"]


class TestWhatItWeighs:
    def test_little_is_loaded_and_the_heavy_part_only_to_draw(self, elsewhere, chromium):
        first = Screen(chromium, elsewhere).sign_in(PHRASES["Rosa"])
        cookies = first.context.cookies()
        first.close()
        weights = []
        for _time in range(2):
            with tapped(elsewhere) as tap:
                rosa = Screen(chromium, tap)
                rosa.context.add_cookies(cookies)
                opened(rosa, "Rosa", at="/mine/sealed/")
                ours = [
                    path for path in asked_for(tap) if re.search(r"^/static/(tokens/|vendor/blind)", path)
                ]
                rosa.close()
            assert len(set(ours)) == len(ours)
            weights.append(sum(gzipped(elsewhere, path) for path in ours))
        print(f"\nto draw: {weights[0]} bytes; to look: {weights[1]}")
        to_draw, to_look = weights
        assert to_look <= MOST_TO_LOOK
        assert to_draw - to_look <= MOST_TO_DRAW
