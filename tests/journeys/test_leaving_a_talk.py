"""Leaving fast in the middle of the line, while the network is so slow that the next page takes its time."""

import re

import pytest

from tests.journeys.on_the_line import Memory, asks, on_call, put_on_duty
from tests.test_kept_running import wait_until

ROUNDS_ARE_OPEN = True
# How it is on a page that is being left, the page says by itself: it cannot be asked any more.
TELLS = """
window.sounds = [];
window.AudioContext = class extends AudioContext {
  constructor(...how) { super(...how); window.sounds.push(this); }
};
const now = () => [document.documentElement?.childElementCount, ...window.sounds.map(({ state }) => state)];
setInterval(() => window.tells?.(now()), 200);
"""
# A look that was on its way, and a draw for the four words.
TOO_LATE = [
    f"Failed to load resource: the server responded with a status of {status}"
    for status in ("410 (Gone)", "409 (Conflict)")
]
NEVER_COMES = re.compile(r"/clock/$")


@pytest.fixture(autouse=True)
def _on_duty(house):
    put_on_duty(house, "Rosa", "Sam")
    yield
    Memory(house).ask("DELETE FROM call")


def leaves_fast(somebody):
    """What comes after it is on its way, and stays there."""
    somebody.page.route(NEVER_COMES, lambda route: None)
    somebody.page.get_by_role("button", name="Leave fast").click(no_wait_after=True)


def test_it_rings_and_rosa_leaves_fast_and_nothing_rings_on(screen):
    rosa, ash, told = screen("Rosa"), screen("Ash"), []
    rosa.page.expose_function("tells", lambda said: told.append(said))  # noqa: PLW0108 — Playwright writes on it
    rosa.context.add_init_script(TELLS)
    on_call(rosa)
    asks(ash, "Ash").sees("It rings at somebody.")
    rosa.sees("Somebody would like to write")
    assert wait_until(lambda: ash.page.wait_for_timeout(100) or told[-1] == [2, "running"])
    leaves_fast(rosa)
    assert wait_until(lambda: ash.page.wait_for_timeout(100) or told[-1] == [0, "closed"])


def test_rosa_leaves_a_talk_fast_and_ash_is_not_left_with_nobody(screen):
    rosa, sam, ash = on_call(screen("Rosa")), on_call(screen("Sam")), screen("Ash")
    asks(ash, "Ash")
    rosa.sees("Somebody would like to write").press("I’ll take it")
    ash.sees("Somebody is here.")
    leaves_fast(rosa)
    rosa.expected, ash.expected = TOO_LATE, [*ash.expected, *TOO_LATE]
    ash.sees("They are not there any more.")
    sam.sees("Somebody would like to write").press("I’ll take it")
    ash.sees("Somebody else is here now.")


def test_ash_leaves_a_talk_fast_and_rosa_is_told_before_the_next_page_comes(screen):
    rosa, ash = on_call(screen("Rosa")), screen("Ash")
    asks(ash, "Ash")
    rosa.sees("Somebody would like to write").press("I’ll take it")
    ash.sees("Somebody is here.")
    leaves_fast(ash)
    rosa.sees("Nothing of it was kept.")
