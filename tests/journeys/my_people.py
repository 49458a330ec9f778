"""People who know one another, for stories about letters; and what a program of somebody's own could send."""

import json
import re
import secrets
from base64 import b64encode
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pyrage
from django.utils.timezone import localdate

from conftest import MELBOURNE
from tests.journeys.vaults import Disk, Vault, open_as_before

PEOPLE, LETTERS = "/mine/people/", "/talk/letters/"
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"


def today():
    """The day on everybody's device. Their screens are in Melbourne, where it is tomorrow before it is here."""
    return localdate(timezone=ZoneInfo(MELBOURNE))


def card_of(house, who):
    """What the server tells of somebody: {person, name, recipient, signer}."""
    sql = (
        "SELECT p.id, p.name, k.recipient, k.signer FROM people_person p, people_accountkey k"
        " WHERE k.person_id = p.id AND p.name = ?"
    )
    number, *rest = Disk(house).ask(sql, who)[0]
    return dict(zip(("person", "name", "recipient", "signer"), [str(UUID(number)), *rest], strict=True))


def box_of(house, who):
    """What lies in somebody's box: (number, the day it goes, how long it is) of each."""
    sql = "SELECT id, gone_on, length(sealed) FROM people_parcel WHERE to_id = ?"
    return Disk(house).ask(sql, UUID(card_of(house, who)["person"]).hex)


def put_in_box(house, to, sealed):
    sql = "INSERT INTO people_parcel (id, to_id, gone_on, sealed) VALUES (?, ?, NULL, ?)"
    Disk(house).ask(sql, secrets.token_hex(32), UUID(to["person"]).hex, sealed)


def knows(somebody, *others, house):
    """As if they had met: these are their people, and they compared the words. Whether any of them is new."""
    vault, cards = Vault(somebody), [card_of(house, other) for other in others]
    new = [card for card in cards if vault.read("book", card["person"]) is None]
    for card in new:
        vault.write("book", card["person"], {**card, "checked": True, "blocked": False})
    return bool(new)


def opened(somebody, who, path, *, people=(), house):
    open_as_before(somebody, who, at=path)
    if people and knows(somebody, *people, house=house):
        somebody.open(path)
    return all_there(somebody, path) if people else somebody


def open_again(somebody, path):
    return all_there(somebody.open(path), path)


def all_there(somebody, path):
    somebody.sees("Open on this device.")
    somebody.page.get_by_role("heading", name="Add somebody" if path == PEOPLE else "Your talks").wait_for()
    somebody.page.wait_for_load_state("networkidle")
    return somebody


def person(somebody, name):
    """Their card on the page of my people."""
    heading = somebody.page.get_by_role("heading", name=name, exact=True, level=3)
    return somebody.page.locator("[data-people] > li").filter(has=heading)


def safety_words(somebody, name):
    theirs = person(somebody, name)
    theirs.get_by_text("The four words", exact=True).click()
    theirs.locator("[data-four]").nth(1).filter(has_text=re.compile(r"\w+ \w+ \w+ \w+")).wait_for()
    return theirs.locator("[data-both]").inner_text()


def turn_to(somebody, name):
    """A talk of two with them, from where one begins."""
    somebody.page.get_by_label("Write to").select_option(label=name)
    somebody.press("Write").page.get_by_role("heading", name=name, level=2).wait_for()


def write(somebody, words):
    somebody.page.get_by_label("Your letter").fill(words)
    somebody.press("Send").page.get_by_text("Sent.", exact=True).wait_for()


def a_letter(words, *people, talk="two", **more):
    said = {"talk": talk, "with": list(people), "said": "2026-11-22T10:14:05Z", "words": words}
    gone = (today() + timedelta(days=9)).isoformat()
    return said | {"gone": gone, "mark": secrets.token_hex(16)} | more


def give(house, *, to, sender, key, said):
    """A parcel as a program of somebody's own could make it, put where the server keeps them."""
    body = json.dumps(said)
    sig = key.sign(f"peerwork/1 parcel\n{to['person']}\n{sender['person']}\nletter\n{body}".encode())
    page = {
        "v": 1,
        "doc": "parcel",
        "section": "letter",
        "version": 1,
        "from": sender["person"],
        "body": body,
    }
    card = {name: sender[name] for name in ("name", "recipient", "signer")}
    text = json.dumps(page | {"card": card, "sig": b64encode(sig).decode()}).ljust(4096)
    recipient = pyrage.x25519.Recipient.from_str(to["recipient"])
    put_in_box(house, to, pyrage.encrypt(text.encode(), [recipient]))


def signed_by(card, key):
    """Somebody's card, with another signing key on it."""
    return card | {"signer": key.public_key().public_bytes_raw().hex()}
