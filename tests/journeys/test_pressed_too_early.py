"""A slow phone: somebody types and presses a button before the page is ready for it.

What a browser does with a form that no script took over is to send its fields, in the address. On a page where things
are written that only their owner may read, nothing typed or picked may be in there.
"""

import re

import pytest

from tests.journeys.conftest import PHRASES, Screen
from tests.journeys.vaults import Vault, open_with_the_phrase

ROOMS = ("/mine/plan/", "/mine/check-in/", "/mine/hard/", "/mine/people/", "/talk/letters/", "/mine/sealed/")
BEFORE_IT_IS_OPEN = (
    *ROOMS, "/mine/hours/", "/mine/keys/phrase/", "/mine/keys/code/", "/mine/keys/friend/", "/mine/keys/key/",
)  # fmt: skip
# Every form in sight is filled in and pressed, as far as it goes without leaving the page: what would it send?
WOULD_SEND = """() => [...document.querySelectorAll("main form")].flatMap((form) => {
    // A form for a dialog goes nowhere by itself.
    if (!form.checkVisibility() || form.method === "dialog") return [];
    for (const field of form.querySelectorAll("input, textarea, select")) {
        if (field.matches("[type=checkbox], [type=radio]")) field.checked = true;
        else if (field.matches("select")) field.selectedIndex = field.options.length - 1;
        else if (!field.matches("[type=hidden], [type=file], [type=date], [type=submit]")) field.value = "typed";
    }
    const typed = [...new FormData(form)].filter(([name]) => !form.querySelector(`[type=hidden][name="${name}"]`));
    const goes = typed.length && form.dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
    return goes ? [[form.id, typed.map(([name]) => name)]] : [];
})"""
# Told to the server on purpose: whether others may find me by name, and how a friend gets a code.
MEANT = [["", ["listed"]], ["leave-code", ["given", "sealed"]]]


def would_send(somebody):
    return [form for form in somebody.page.evaluate(WOULD_SEND) if form not in MEANT]


@pytest.fixture(scope="module")
def ash(chromium, house):
    ash = Screen(chromium, house).sign_in(PHRASES["Ash"])
    yield ash
    ash.close()


@pytest.fixture(scope="module")
def with_pages(ash):
    """Ash wrote in each of these rooms before, so that there is something to wait for."""
    vault = Vault(open_with_the_phrase(ash, "Ash"))
    for doc in ("plan", "checkins", "hard", "book", "card", "shown", "letters"):
        vault.write(doc, "", {})
    return ash


@pytest.mark.parametrize("page", BEFORE_IT_IS_OPEN)
def test_before_a_script_has_come_nothing_typed_would_be_sent(ash, page):
    ash.page.route("**/*.js", lambda route: route.abort())
    ash.open(page)
    assert would_send(ash) == []
    ash.page.unroute("**/*.js")


@pytest.mark.parametrize("page", ROOMS)
def test_while_sealed_pages_are_on_their_way_nothing_typed_would_be_sent(with_pages, page):
    ash = with_pages
    ash.page.route(ON_ITS_WAY, lambda route: None)  # the answer never comes
    ash.open(page).page.locator("[data-opened]").first.wait_for()
    assert would_send(ash) == []
    ash.page.unroute(ON_ITS_WAY)


# All but what opens the vault: the key, half of its lock, and what stands where.
ON_ITS_WAY = re.compile(r"/v/(?!key/|half/|shelf/\?only=0$)")
