"""A phrase is made, used and changed in the browser. Everything that leaves it is read, as a tapped server would."""

import json
import re
from pathlib import Path
from urllib.parse import unquote_plus

from peerwork.people import vault
from tests.journeys.conftest import PHRASES


def everything_sent(screen):
    sent = []
    screen.context.on(
        "request", lambda request: sent.append(f"{request.url}\n{request.headers}\n{request.post_data or ''}")
    )
    return sent


def told(sent):
    return unquote_plus("\n".join(sent)).lower()


class TestThePhrase:
    def test_the_phrase_and_the_key_never_leave_the_device(self, screen, house):
        words = re.search(
            r"^  ((?:\w+ ){5}\w+)$", house.run("invite", "--role", "peer").stdout, re.MULTILINE
        )[1]
        bo = screen()
        sent = everything_sent(bo)
        bo.open("/join/").page.get_by_label("six words").fill(words)
        bo.press("Go on")
        page = bo.page
        page.locator("[data-ready]").wait_for()
        page.get_by_label("What shall we call you?").fill("Bo")
        phrase, code = (page.locator(f"[data-{what}]").inner_text() for what in ("phrase", "code"))
        page.get_by_label("I have kept my phrase and my code").check()
        bo.press("Come in").sees("Good to have you here, Bo")
        bo.open("/mine/hours/").page.get_by_label("Your phrase").fill(phrase)
        bo.press("Open").page.locator("#log").wait_for()
        bo.open("/mine/").press("Sign out")
        bo.open("/sign-in/").page.get_by_label("Your phrase").fill(phrase)
        bo.press("Sign in").sees("Today")

        everything = told(sent)
        assert words in everything  # what is meant to be sent is seen here,
        assert "age1" in everything
        for secret in (
            phrase,
            phrase.replace(" ", "-"),
            phrase.replace(" ", ""),
            code,
            code.replace("-", ""),
        ):
            assert secret not in everything  # and the phrase and the code are not,
        assert "age-secret-key" not in everything  # and no secret key is.

    def test_nothing_of_it_is_kept_in_the_browser_either(self, screen):
        ash = screen("Ash")
        ash.open("/mine/hours/").page.get_by_label("Your phrase").fill(PHRASES["Ash"])
        ash.press("Open").page.locator("#log").wait_for()
        kept = ash.page.evaluate(
            "async () => JSON.stringify("
            "[{...localStorage}, {...sessionStorage}, document.cookie, await indexedDB.databases()])"
        )
        assert not any(word in kept for word in PHRASES["Ash"].split())
        assert "SECRET" not in kept


def test_the_browser_and_the_server_make_the_same_of_a_phrase(screen, house):
    """The page's own modules, on the vectors that the Python tests use."""
    vectors = json.loads((Path(vault.__file__).parent / "vectors.json").read_text())
    page = screen().open("/sign-in/").page
    page.evaluate(
        """async () => { window.keys = await import(document.querySelector('script[data-worker]').dataset.keys); }"""
    )
    for typed, meant in vectors["plain"]:
        assert page.evaluate("(typed) => keys.plain(typed)", typed) == meant
    for vector in vectors["derived"]:
        page.evaluate(
            "(salt) => { document.querySelector('script[data-worker]').dataset.salt = salt; }", vector["salt"]
        )
        made = page.evaluate("(typed) => keys.derive(typed)", vector["typed"])
        assert made == {"door": vector["door"], "identity": vector["identity"]}, vector["typed"]
