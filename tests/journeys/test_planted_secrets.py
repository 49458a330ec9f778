"""Ash and Rosa use the rooms, with secrets in what they do. None may leave a device unsealed, or stay on the server.

Who takes it: somebody on the wire, somebody who may read the server's disk, somebody who got hold of a backup and its
key. Then the same again in four houses where somebody was careless once, to show that the search would have found it.
"""

import hashlib
import json
import shutil
from pathlib import Path

import pyrage
import pytest

from tests import mutants
from tests.journeys import planted
from tests.journeys.browser import House
from tests.journeys.slips import WAYS, let_slip
from tests.searching import every_column, everything_kept, find

MUTANTS = Path(mutants.__file__).parent


@pytest.fixture(scope="module")
def key():
    """Thrown away when this is over."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def a_house(demo_data, tmp_path_factory, key):
    """Makes houses of their own. Not as a demo: that would print the phrases of the cast."""
    opened = []

    def make(**options):
        folder = tmp_path_factory.mktemp("planted") / "data"
        shutil.copytree(demo_data, folder)
        opened.append(House(folder, demo=False, PEERWORK_BACKUP_KEYS=str(key.to_public()), **options))
        opened[-1].start()
        return opened[-1]

    yield make
    for house in opened:
        house.stop()


@pytest.fixture(scope="module")
def day(chromium, a_house):
    with planted.a_day(chromium, a_house()) as day:
        ash, rosa = day.ash, day.signed_in("Rosa")
        planted.opens(day, rosa, "Rosa")
        planted.makes_a_card(day, rosa, "Rosa")
        planted.opens(day, ash, "Ash")
        planted.writes_a_plan(day, ash)
        planted.checks_in(day, ash)
        planted.walks_a_path(day, ash)
        planted.makes_a_card(day, ash, "Ash")
        planted.adds(day, ash, "Rosa")
        planted.adds(day, rosa, "Ash")
        planted.writes_a_letter(day, ash)
        planted.reads_it(day, rosa)
        planted.shows_an_option(day, ash)
        planted.leaves_a_code(day, ash)
        planted.reads_what_was_shown(day, rosa)
        planted.takes_it_back(day, ash)
        planted.makes_a_new_code(day, ash)
        planted.takes_it_along(day, ash)
        yield day
        for somebody in day.people:
            somebody.check_nothing_went_wrong()


def what_left(day):
    return find(day.secrets, day.sent())


def what_is_kept(day):
    """By file, and by column. What only passes through may be in memory, where sessions are."""
    house = day.house
    kept = everything_kept(house)
    kept["names of files"] = "\n".join(kept).encode()
    kept |= every_column(house.data / "peerwork.db")
    in_memory = {path.name for path in house.data.with_name(f"{house.data.name}-memory").rglob("*")}
    on_disk = {name: content for name, content in kept.items() if name not in in_memory}
    on_disk["names of files"] = "\n".join(on_disk).encode()
    return find(day.secrets, kept) | find(day.passing, on_disk)


def what_is_in_a_backup(day, key):
    """As it lies there, and as it is when its key has opened it and it is put in place elsewhere."""
    house, beside = day.house, day.house.data.parent
    (beside / "board.key").write_text(f"{key}\n")
    assert house.run("backup", str(beside / "night.age")).returncode == 0
    elsewhere = House(beside / "elsewhere", demo=False)
    done = elsewhere.run("restore", str(beside / "night.age"), "--key", str(beside / "board.key"))
    assert done.returncode == 0, done.stderr
    restored = elsewhere.data / "peerwork.db"
    contents = {"backup": (beside / "night.age").read_bytes(), "restored": restored.read_bytes()}
    contents |= {f"restored {name}": content for name, content in every_column(restored)}
    (beside / "night.age").unlink()
    return find(day.secrets | day.passing, contents)


def test_nothing_planted_leaves_a_device_unsealed(day):
    assert len(day.secrets) > 20
    assert what_left(day) == {}


def test_the_server_keeps_nothing_of_it(day):
    assert len(day.passing) > 8
    assert what_is_kept(day) == {}


def test_a_backup_opened_with_its_key_holds_nothing_of_it(day, key):
    assert what_is_in_a_backup(day, key) == {}


class TestTheSearchHasTeeth:
    def test_it_finds_what_is_meant_to_be_sent_on_the_wire_and_in_the_browser(self, day):
        card = day.secrets["the words on the card of Ash"].encode()
        meant = {
            "what is sealed": "age-encryption.org/v1\n", "a fingerprint": hashlib.sha256(card).hexdigest(),
            "what Ash shows at the door": day.passing["what Ash shows at the door"],
            "the word that takes it back": day.passing["the word that takes it back"],
        }  # fmt: skip
        assert find(meant, day.sent()) == {what: ["the browser", "the wire"] for what in meant}

    def test_it_finds_what_was_typed_on_the_screen_and_in_the_memory_of_the_page(self, day):
        page = day.ash.open("/mine/plan/").page
        page.get_by_text(planted.LINE).first.wait_for()
        there = {"the screen": page.content().encode(), "memory": memory_of(page)}
        assert find({"it": planted.LINE}, there) == {"it": ["memory", "the screen"]}

    def test_it_finds_what_the_server_does_keep(self, day):
        assert find({"a name": "Auntie Rene"}, dict(every_column(day.house.data / "peerwork.db")))

    def test_both_ears_hear_whatever_a_page_lets_slip_in_any_form(self, day):
        ash, heard = day.ash.open("/mine/plan/"), {}
        for way in WAYS:
            let_slip(ash.page, way, f"a slip of the tongue, {way}, naïve")
        for way in WAYS:
            heard |= find({way: f"a slip of the tongue, {way}, naïve"}, day.sent())
        ash.expected += [said for said in ash.troubles if "404" in said or "403" in said]
        assert {way for way in WAYS if "the wire" in heard[way]} == set(WAYS)
        # Of cookies and of packed files the browser does not tell. This is why there are two ears.
        assert {way for way in WAYS if "the browser" in heard[way]} == set(WAYS) - {"cookie", "gzip"}


def memory_of(page):
    """Every text in the page's memory."""
    devtools, pieces = page.context.new_cdp_session(page), []
    devtools.on("HeapProfiler.addHeapSnapshotChunk", lambda said: pieces.append(said["chunk"]))
    devtools.send("HeapProfiler.takeHeapSnapshot")
    return "\n".join(json.loads("".join(pieces))["strings"]).encode(errors="replace")


# What each of them gives away, and where that is found.
CARELESS = {
    "body_log": {("what Ash shows at the door", "data-said.txt")},
    "access_log": {
        ("the word that takes it back", "access.log"), ("an address", "access.log"), ("a device", "access.log"),
    },
    "sessions_in_the_database": {
        ("half of the lock of Ash", "django_session.session_data"),
        ("the session of Ash", "django_session.session_key"),
        ("half of the lock of Ash", "restored django_session.session_data"),
    },
    "plaintext_column": {
        ("a line of a plan", "the wire"), ("a line of a plan", "the browser"),
        ("a line of a plan", "people_shelfpage.draft"), ("a line of a plan", "restored people_shelfpage.draft"),
        ("an option of one's own", "people_shelfpage.draft"),
    },
}  # fmt: skip


@pytest.mark.parametrize("mutant", CARELESS)
def test_somebody_careless_is_found_out(chromium, a_house, key, mutant):
    house = a_house(PYTHONPATH=f"{MUTANTS / mutant}:{MUTANTS}")
    with planted.a_day(chromium, house) as day:
        planted.opens(day, day.ash, "Ash")
        planted.writes_a_plan(day, day.ash)
        planted.takes_something_back(day, day.ash)
        looked = [what_left(day), what_is_kept(day), what_is_in_a_backup(day, key)]
    found = {(what, where) for one in looked for what, places in one.items() for where in places}
    assert found >= CARELESS[mutant]
    assert {what for what, _where in found} == {what for what, _where in CARELESS[mutant]}
