"""Paper in place of a device, and what every device does alike whether its owner says something or not."""

import re

import pytest

from tests.journeys import spending
from tests.journeys.browser import DESK
from tests.journeys.spending import ROUND, call, drawn, opened, told_by

ROUNDS_ARE_OPEN = True
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
FLUSHES = "from peerwork.ground.postbox import flushing, rounds; flushing.flush(rounds.find('ROUND'))"


@pytest.fixture(scope="module")
def there(house):
    told_by(house, spending.OPENS)
    return house


def round_on(somebody):
    return somebody.page.locator(f"[data-round='{ROUND}']")


def test_otis_asks_for_paper_and_nobody_else_reads_his_name(screen, there):
    otis, before = screen("Otis"), drawn(there)
    otis.open("/counted/")
    round_on(otis).get_by_role("button", name="I would rather answer on paper").click()
    otis.sees("You asked for paper.").check_accessibility()
    assert not otis.page.evaluate(OVERFLOWS)

    kim = screen("Kim", viewport=DESK).open(f"/run/paper/{ROUND}/").sees("You see only how many.")
    kim.check_accessibility()
    assert "Otis" not in kim.page.content()
    kim.press("Make 1 envelope").sees("Then mix the pile").check_accessibility()
    jammed = CODE.findall(kim.page.locator("article").inner_text())
    kim.page.get_by_role("link", name="Back", exact=True).click()
    kim.sees("Envelopes printed in this round: 1").check_accessibility()
    kim.press("Print again").sees("Then mix the pile")
    codes = CODE.findall(kim.page.locator("article").inner_text())
    assert len(jammed) == len(codes) == 3
    assert not set(jammed) & set(codes)
    assert drawn(there) == before + 1

    opened(otis, "Otis")
    otis.open("/counted/")
    otis.sees("Your tokens are not on this device. Perhaps you asked for paper.")
    assert drawn(there) == before + 1


def test_the_board_is_read_in_a_browser_that_is_signed_in(screen, there):
    ash = screen("Ash")
    opened(ash, "Ash")
    assert (
        call(ash, "post", {"address": "/a/themes/", "round": ROUND, "pieces": [["themes", "wrk.pay"]]})
        == "sent"
    )
    told_by(there, FLUSHES)
    heads = []
    ash.open("/counted/")
    ash.page.on("requestfinished", lambda one: heads.append((one.url, one.all_headers())))
    round_on(ash).get_by_text("Look for yourself").click()
    board = round_on(ash).locator("[data-marks]")
    board.wait_for(state="visible")
    assert re.fullmatch(r"[0-9a-f]{64}(\n[0-9a-f]{64})*", board.input_value())
    assert all("cookie" not in headers for url, headers in heads if "/a/board/" in url)
    ash.check_accessibility()
    assert not ash.page.evaluate(OVERFLOWS)


def test_a_device_that_said_nothing_asks_for_the_board_as_well(screen, there):
    """Whoever watches the line cannot tell by it who has spoken."""
    mick = screen("Mick")
    opened(mick, "Mick", at="/mine/sealed/")
    assert any(url.endswith(f"/a/board/{ROUND}/") for url in mick.requests)


def test_a_long_slip_in_any_letters_is_as_long_as_a_short_one(screen, there):
    rosa, lengths = screen("Rosa"), []
    opened(rosa, "Rosa")
    rosa.page.on(
        "request", lambda one: lengths.append(len(one.post_data_buffer)) if "/a/themes/" in one.url else None
    )
    rosa.expected = ["Failed to load resource: the server responded with a status of 400 (Bad Request)"]
    for words in ("a", "سلام " * 350, "🙂" * 800):
        slip = {"address": "/a/themes/", "round": ROUND, "pieces": [["themes", words]]}
        call(rosa, "post", slip)
    assert set(lengths) == {8192}
    assert len(lengths) == 3
