"""Checking in: answered, kept and drawn on the device. What leaves it is sealed, and nobody is told."""

import csv
import io

import pytest

from tests.journeys.browser import DESK
from tests.journeys.checking_in import (
    ADDRESS,
    GOOD,
    HARD,
    MET,
    MODULE,
    answer,
    check_in,
    dots,
    kept_by,
    opened,
    ready,
    stands_in,
    table,
)
from tests.journeys.conftest import PHRASES

# A check


def test_ash_checks_in_and_sees_a_picture_and_the_same_as_a_table(screen):
    ash = opened(screen("Ash"), "Ash")
    ash.sees("Nothing is kept yet").check_accessibility()
    check_in(ash, HARD).check_accessibility()
    assert ash.page.evaluate("document.activeElement.textContent") == "It is kept"
    assert dots(ash, "I have something left") == 1
    assert ash.page.locator(".check-in-line").count() == 3  # what was left out has no line
    assert [row[1:] for row in table(ash, "What the work was like")] == [
        ["I was paid fairly for all I did.", "I was safe at work."], ["A little", "Very much"],
    ]  # fmt: skip
    ash.check_accessibility()
    [picture] = ash.page.get_by_role("img", name="I have something left in my tank.").all()
    assert "Last:" in picture.get_attribute("aria-label")
    assert "Not at all." in picture.get_attribute("aria-label")
    ash.press("Answer once more")
    check_in(ash, GOOD)
    assert dots(ash, "I have something left") == 2
    heavy = ash.page.locator(".check-in-line", has_text="The work has felt heavy")
    assert heavy.locator("[data-top]").inner_text() == "Not at all"  # up is easier, in every line
    assert table(ash, "Shift weather")[1][1:] == ["Very much", "Not at all"]


def test_it_is_there_on_a_second_screen_and_goes_from_both(screen):
    first = opened(screen("Kas"), "Kas")
    check_in(first, HARD).press("Answer once more")
    check_in(first, GOOD).press("Lock it")
    first.page.get_by_label("Your phrase").wait_for()
    assert "tank" not in first.text()
    assert first.page.locator("#check").is_hidden()

    second = opened(screen("Kas", viewport=DESK), "Kas")
    assert dots(second, "I have something left") == 2
    second.page.get_by_text("Take one out, or all").click()
    rows = second.page.locator("[data-checks] li")
    assert rows.count() == 2
    second.check_accessibility()
    rows.first.get_by_role("button").click()
    rows.first.get_by_role("button", name="Put it back").wait_for()
    assert dots(second, "I have something left") == 1
    assert len(kept_by(second)) == 1
    rows.first.get_by_role("button", name="Put it back").click()
    rows.first.get_by_role("button", name="Take it out").wait_for()
    assert dots(second, "I have something left") == 2
    rows.first.get_by_role("button").click()
    rows.first.get_by_role("button", name="Put it back").wait_for()

    opened(first, "Kas")
    assert dots(first, "I have something left") == 1
    first.page.get_by_text("Take one out, or all").click()
    first.press("Take all of them out").sees("There is no way back").check_accessibility()
    first.press("No, keep them").press("Take all of them out").press("Yes, take all of them out")
    first.sees("All of them are gone.").sees("Nothing is kept yet")
    assert kept_by(first) == []
    second.page.reload()
    second.sees("Nothing is kept yet")


def test_two_screens_at_once_lose_nothing(screen):
    one, other = (opened(screen("Tran"), "Tran") for _ in range(2))
    check_in(one, GOOD)
    other.expected = [MET]
    check_in(other, HARD)
    assert len(kept_by(other)) == 2
    one.press("Answer once more").expected = [MET]
    check_in(one, HARD)
    one.page.reload()
    ready(one)
    assert dots(one, "I have something left") == 3


def test_a_check_without_an_answer_is_no_check(screen):
    sam = opened(screen("Sam"), "Sam").press("Keep it").sees("Pick at least one answer")
    sam.check_accessibility()
    answer(sam, HARD).press("Clear my answers").press("Keep it").sees("Pick at least one answer")
    assert sam.page.locator("#check").is_visible()


# Who is told, and who is not


def everything_sent(somebody):
    sent = []
    somebody.context.on(
        "request", lambda request: sent.append((request.method, request.url, request.post_data_buffer))
    )
    return sent


def test_no_answer_leaves_the_device_but_sealed(screen, house):
    rosa = screen("Rosa")
    sent = everything_sent(rosa)
    opened(rosa, "Rosa")
    before = len(sent)
    check_in(rosa, HARD)
    [check] = kept_by(rosa)  # there is something to leak:
    assert check["answers"] == {"work.pay": 1, "work.safe": 4, "p1": 0}
    assert check["scores"] == {"work.pay": 1, "work.safe": 4, "p1": 0}
    assert (check["instrument"], check["section"][4:6]) == ("pulse@1", "-Q")

    written = [(url, body) for method, url, body in sent if method != "GET"]
    assert written
    for url, body in written:
        assert url.startswith(f"{house.address}/v/")
        assert body.startswith(b"age-encryption.org/v1\n")
    assert all(url.startswith(f"{house.address}/v/shelf/") for _method, url, _body in sent[before:])
    for _method, url, body in sent:
        told = url.encode() + (body or b"")
        for secret in (b"checkins", b"pulse@", b"work.pay", b"answers", b"Not at all"):
            assert secret not in told
    kept = rosa.page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases()])"
    )
    assert "work.pay" not in kept
    assert "pulse" not in kept


def test_not_even_a_page_whose_script_broke_sends_an_answer(screen):
    """The form by itself, as a browser sends it, with nobody listening."""
    otis = opened(screen("Otis"), "Otis")
    answer(otis, HARD)
    assert otis.page.evaluate("[...new FormData(document.getElementById('check'))].length") == len(HARD)
    asked = len(otis.requests)
    otis.page.evaluate("document.getElementById('check').submit()")
    otis.page.wait_for_timeout(500)
    assert otis.requests[asked:] == []
    assert otis.page.url.endswith(ADDRESS)


def test_after_a_hard_week_people_stand_right_there_and_nobody_is_told(screen):
    jude = opened(screen("Jude"), "Jude")
    check_in(jude, GOOD)
    assert not stands_in(jude, "#result")  # they are at the end of the page, as ever
    assert jude.page.get_by_role("link", name="Talk to a peer").is_visible()
    assert jude.page.locator("#changes").is_hidden()

    jude.press("Answer once more")
    asked = len(jude.requests)
    check_in(jude, HARD)
    assert stands_in(jude, "#result")
    result = jude.page.locator("#result")
    assert result.get_by_role("link", name="Talk to a peer").is_visible()
    assert result.get_by_role("link", name="See when people meet next").is_visible()
    assert result.get_by_role("link", name="What can I do now?").is_visible()
    assert "That sounds heavy" in result.inner_text()
    assert {url.split("/v/")[1].split("/")[0] for url in jude.requests[asked:]} == {"shelf"}

    changes = jude.page.locator("#changes")
    assert "I was paid fairly" in changes.inner_text()  # what was low,
    assert "You said: A little" in changes.inner_text()
    assert "Pay for every hour" in changes.inner_text()
    assert "I was safe" not in changes.inner_text()  # and not what was not.
    jude.page.reload()
    jude.page.locator("#changes").get_by_text("Pay for every hour").wait_for()
    assert "That sounds heavy" not in jude.text()
    assert not stands_in(jude, "#result")


def test_with_the_keyboard_alone(screen):
    morgan = screen("Morgan").open(ADDRESS)
    press = morgan.page.keyboard.press

    def go_to(what, key="Tab"):
        for _step in range(60):
            if morgan.page.evaluate(f"(what) => {{ const e = document.activeElement; return {what}; }}"):
                return
            press(key)
        pytest.fail(f"the keyboard does not get to {what}")

    go_to("e.id === 'phrase'")
    morgan.page.keyboard.type(PHRASES["Morgan"])
    press("Enter")
    morgan.page.locator("#check").wait_for()
    go_to("e.name?.endsWith('/work.pay')")
    press("Space")
    press("ArrowRight")
    go_to("e.name?.endsWith('/p1')")
    press("ArrowRight")
    press("ArrowRight")
    go_to("e.textContent === 'Keep it'")
    press("Enter")
    morgan.sees("It is kept")
    go_to("e.textContent === 'The same as a table'")
    press("Enter")
    assert "A little" in morgan.page.locator("table").first.inner_text()
    go_to("e.textContent === 'Take one out, or all'")
    press("Enter")
    go_to("e.textContent === 'Take it out'")
    press("Enter")
    morgan.page.get_by_role("button", name="Put it back").wait_for()
    assert morgan.page.evaluate("document.activeElement.textContent") == "Put it back"


# To take along


def test_it_can_be_taken_along_as_a_sheet(screen):
    kim = opened(screen("Kim"), "Kim")
    check_in(kim, HARD)
    with kim.page.expect_download() as saved:
        kim.press("All of it as a sheet (CSV)")
    assert saved.value.suggested_filename == "notes.csv"
    text = saved.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Day", "Questions", "About what", "Number", "In words"]
    assert [row[1:] for row in rows[1:]] == [
        ["What the work was like", "I was paid fairly for all I did.", "1", "A little"],
        ["What the work was like", "I was safe at work.", "4", "Very much"],
        ["Shift weather", "I have something left in my tank.", "0", "Not at all"],
    ]
    assert len({row[0] for row in rows[1:]}) == 1


def test_on_my_own_phone_a_check_waits_for_a_connection(screen):
    priya = opened(screen().sign_in(PHRASES["Priya"], rest="14 days"), "Priya")
    check_in(priya, GOOD).press("Answer once more")
    priya.expected = ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]
    priya.context.set_offline(True)
    check_in(priya, HARD).sees("waits on this phone")
    priya.context.set_offline(False)
    priya.page.locator("[data-queue]").wait_for(state="hidden")
    priya.page.reload()
    ready(priya)
    assert dots(priya, "I have something left") == 2


def test_a_check_that_waited_and_one_from_elsewhere_are_both_kept(screen):
    away = opened(screen().sign_in(PHRASES["Mick"], rest="14 days"), "Mick")
    away.expected = ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED", MET]
    check_in(away, GOOD).press("Answer once more")
    away.context.set_offline(True)
    check_in(away, HARD).sees("waits on this phone")
    home = opened(screen("Mick"), "Mick")
    check_in(home, GOOD)
    away.context.set_offline(False)
    away.sees("met something written elsewhere")
    away.page.reload()
    assert dots(ready(away), "I have something left") == 3
    assert away.page.locator("[data-queue]").is_hidden()
    home.page.reload()
    assert dots(ready(home), "I have something left") == 3


# Where they are kept

LONGEST = {f"{number:03}".rjust(30, "q"): 1000 for number in range(100)}


def test_a_quarter_takes_as_many_checks_as_somebody_wants_to_keep(screen):
    """The longest checks there can be, one more than fit on a sealed page, and then a few."""
    bel = opened(screen("Bel"), "Bel")
    bel.page.evaluate(f"""async () => {{
        window.vaults = await ({MODULE})('open');
        window.pages = await ({MODULE})('check_in_kept');
    }}""")
    longest = {"day": "2026-11-02", "instrument": f"{'x' * 40}@9999", "answers": LONGEST, "scores": LONGEST}
    bel.page.evaluate(
        """async (check) => {
            const kept = pages.keptIn(await new Promise(vaults.whenOpen));
            await kept.all();
            for (let many = 0; many < 5; many += 1) await kept.add(check);
            await kept.add({ ...check, day: "2026-08-01" });
        }""",
        longest,
    )
    kept = kept_by(bel)
    assert [{key: check[key] for key in longest} for check in kept if check["day"] == longest["day"]] == [
        longest
    ] * 5
    assert {check["section"] for check in kept} == {
        "2026-Q3",
        *("2026-Q4", "2026-Q4-2", "2026-Q4-3", "2026-Q4-4", "2026-Q4-5"),
    }


def test_a_page_that_does_not_open_is_left_alone_and_the_next_check_goes_beside_it(screen):
    sam = opened(screen("Sam"), "Sam")
    sam.page.evaluate(f"async () => {{ window.pages = await ({MODULE})('check_in_kept'); }}")
    section = sam.page.evaluate(
        """async () => {
            const troubles = [{ section: "2026-Q4", why: "damaged" }];
            const readAll = async () => Object.assign(new Map(), { troubles });
            const kept = pages.keptIn({ readAll, change: async (_doc, _section, how) => how(undefined) });
            await kept.all();
            return (await kept.add({ day: "2026-12-31" })).section;
        }"""
    )
    assert section == "2026-Q4-2"
