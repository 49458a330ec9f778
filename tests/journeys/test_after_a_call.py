"""After a call. Sam has had enough for today, and fears to be asked why. Ash fears that her calls are counted."""

from datetime import date, timedelta

import pytest

from tests.journeys.browser import DESK, PHONE
from tests.journeys.vaults import Disk, opened

TODAY = "2026-11-22"
# The page a talk ends on has this piece (line/after_next.html); here it stands by itself.
COUNT = """async ([address, today]) => {
    const { countThisTalk } = await import(address);
    const place = window.place = document.createElement("section"), stop = document.createElement("button");
    stop.dataset.stopCounting = "";
    place.append(stop);
    await countThisTalk(vault, place, today);
    return place.hidden;
}"""
STOP = "() => { window.place.querySelector('button').click(); }"


def days_ago(days):
    return str(date.fromisoformat(TODAY) - timedelta(days=days))


@pytest.fixture
def ash(screen, house):
    """With her own shelf open, and the module as the house serves it."""
    ash = screen("Ash")
    vault = opened(ash, "Ash")
    (file,) = (house.data / "static/line").glob("after_count.*.js")
    ash.counts = lambda day: ash.page.evaluate(COUNT, [f"/static/line/{file.name}", day])
    ash.vault = vault
    yield ash
    vault.remove("line", "talks")


def test_sam_rests_until_a_morning_and_nobody_asks_why(screen, house):
    Disk(house).ask("DELETE FROM support_rest")
    sam = screen("Sam").open("/line/after/")
    sam.check_accessibility()
    sam.press("Off until then").sees("nobody rings you, and nobody is told why.")
    sam.sees("You are resting. Nobody is put through to you")
    sam.check_accessibility()
    assert len(Disk(house).ask("SELECT * FROM support_rest")) == 1
    Disk(house).ask("DELETE FROM support_rest")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_numbers_read_on_any_screen(screen, house, size):
    rosa = screen("Rosa", viewport=size).open("/run/line/numbers/").sees("The line in numbers")
    rosa.check_accessibility()
    assert not rosa.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def test_after_two_talks_in_thirty_days_ash_is_offered_a_next_step(ash):
    assert ash.counts(days_ago(60)) is True
    assert ash.counts(days_ago(20)) is True
    assert ash.counts(TODAY) is False
    # What is long ago fell out, and there is nothing else: no call, no name, no hour.
    assert ash.vault.read("line", "talks")["body"] == {"days": [days_ago(20), TODAY]}


def test_ash_stops_the_counting_and_nothing_of_it_is_left(ash):
    ash.counts(days_ago(3))
    assert ash.counts(TODAY) is False
    ash.page.evaluate(STOP)
    for _look in range(100):
        if ash.page.evaluate("window.place.hidden"):
            break
        ash.page.wait_for_timeout(50)
    assert ash.vault.read("line", "talks")["body"] == {"stopped": True}
    assert ash.counts(TODAY) is True
    assert ash.vault.read("line", "talks")["body"] == {"stopped": True}
