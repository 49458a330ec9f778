"""Somebody takes the machine. Everything it kept is read: database, journal, memory folder, what it printed.

A day of use comes first, with things planted in it that must not stay: where people came from, what they
carried, their phrases, the words of a paper, the secret of a calendar, who was at what.
"""

import base64
import gzip
import json
import re
import shutil
import sqlite3
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, quote_plus

import pytest

from peerwork.people.vault.phrases import derive
from peerwork.site.demo.script import phrases
from tests.journeys.browser import House
from tests.searching import everything_kept, where_found
from tests.test_kept_running import Visitor

pytestmark = pytest.mark.journey
ADDRESS, AGENT, LANGUAGE = "203.0.113.77", "PlantedBrowser/7.7", "tlh-QX"


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seized") / "data"
    shutil.copytree(demo_data, folder)
    house = House(folder, demo=False)  # so that it does not print the cast's phrases
    house.start()
    yield house
    if house.process.poll() is None:
        house.stop()


class Somebody(Visitor):
    """A visitor whose every request says where it comes from."""

    def __init__(self, house, who):
        super().__init__(house, who)
        self.opener.addheaders = [
            ("X-Forwarded-For", ADDRESS), ("X-Real-Ip", ADDRESS), ("Forwarded", f"for={ADDRESS}"),
            ("User-Agent", AGENT), ("Accept-Language", LANGUAGE), ("Referer", f"http://{ADDRESS}/from"),
        ]  # fmt: skip


@pytest.fixture(scope="module")
def a_day(house):
    """A day of use. Returns the secrets that passed through the server."""
    ash = Somebody(house, "Ash")
    page = ash.get("/together/?more=yes&words=SearchedWordKerb")
    listing = ash.get("/together/?more=yes")
    address = re.search(r'href="(/together/[0-9a-f-]{36}/)"', listing)[1]
    token_page = ash.get(address)
    ash.post(f"{address}seat/", {"seat": "mine"}, token_page)
    feed_page = ash.post("/mine/calendar/", {"everything": "yes"}, token_page).read().decode()
    secret = re.search(r"/a/calendar/([\w-]+)\.ics", feed_page)[1]
    kim = Somebody(house, "Kim")
    papers = (
        kim.post(
            "/run/welcome/invitations/",
            {"roles": "peer", "how_many": "1", "days": "9"},
            kim.get("/run/welcome/invitations/"),
        )
        .read()
        .decode()
    )
    words = re.search(r'class="words"[^>]*>([a-z ]+)<', papers)[1]
    salt = re.search(r'data-salt="(\w+)"', ash.get("/mine/hours/"))[1]
    door, identity = derive(phrases()["Ash"], salt=salt)
    session = next(c.value for c in _cookies(ash) if c.name == "s")
    assert page
    return {
        "an address": ADDRESS, "a device": AGENT, "a language": LANGUAGE, "a searched word": "SearchedWordKerb",
        "a phrase": phrases()["Ash"], "what is shown at the door": door, "what opens the key": identity,
        "a paper's words": words, "a calendar's secret": secret, "session": session,
    }  # fmt: skip


def _cookies(visitor):
    for handler in visitor.opener.handlers:
        if hasattr(handler, "cookiejar"):
            yield from handler.cookiejar


def test_while_it_runs_none_of_it_lies_about(house, a_day):
    contents = everything_kept(house)
    found = {what: where_found(secret, contents) for what, secret in a_day.items() if what != "session"}
    assert {what: where for what, where in found.items() if where} == {}


def test_a_session_is_in_memory_only(house, a_day):
    contents = everything_kept(house)
    in_files = [name for name in contents if a_day["session"] in name]
    assert in_files  # it is somewhere: the name of a file in memory,
    assert all((house.data / name).exists() is False for name in in_files)  # and not in the data folder,
    assert (
        where_found(a_day["session"], {n: c for n, c in contents.items() if n.startswith("peerwork.db")})
        == []
    )


def test_no_time_of_the_day_of_use_stands_anywhere_but_in_the_tools_own_tables(house, a_day):
    """Every value of every table that reads like a moment of the last hour, by table."""
    disk = sqlite3.connect(f"file:{house.data / 'peerwork.db'}?mode=ro", uri=True)
    since = datetime.now(UTC) - timedelta(hours=1)
    found = set()
    for (table,) in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in disk.execute(f'SELECT * FROM "{table}"'):
            found |= {table for value in row if _is_recent(value, since)}
    disk.close()
    assert found <= {"django_migrations", "django_ox_oxtask", "django_ox_oxscheduletick"}


def _is_recent(value, since):
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d", value):
        return False
    return (
        since < datetime.fromisoformat(value).replace(tzinfo=UTC) < datetime.now(UTC) + timedelta(minutes=5)
    )


def test_peerwork_seized_says_exactly_what_is_there(house, a_day):
    told = json.loads(house.run("seized", "--json").stdout)
    disk = sqlite3.connect(house.data / "peerwork.db")
    tables = [name for (name,) in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counted = {table: disk.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    disk.close()
    said = {holding["table"]: holding["rows"] for holding in told["holdings"]}
    assert set(said) == set(counted)
    ours = {table for table in said if table.startswith(("ground_", "people_", "support_"))}
    assert {table: said[table] for table in ours} == {table: counted[table] for table in ours}
    assert told["times_beside_people"] == told["addresses"] == told["tables_nobody_declared"] == []


def test_after_the_quarter_nobody_is_beside_what_was_held(house):
    """In every row of every table: no person beside a gathering that is over."""
    disk = sqlite3.connect(house.data / "peerwork.db")
    people = {key for (key,) in disk.execute("SELECT id FROM people_person")}
    over = {key for (key,) in disk.execute("SELECT id FROM support_gathering WHERE is_tallied")}
    assert len(people) > 10
    assert len(over) > 20
    beside = []
    for (table,) in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in disk.execute(f'SELECT * FROM "{table}"'):
            values = {value for value in row if isinstance(value, str)}
            if values & people and values & over:
                beside.append(table)
    disk.close()
    assert beside == []


def test_everybody_has_as_many_sealed_pages_as_everybody_else(house):
    disk = sqlite3.connect(house.data / "peerwork.db")
    pages = dict(disk.execute("SELECT person_id, count(*) FROM people_logpage GROUP BY person_id"))
    disk.close()
    assert len(pages) > 10
    assert len(set(pages.values())) == 1


@pytest.mark.parametrize(
    "hide",
    [
        str.encode, lambda s: base64.b64encode(s.encode()), lambda s: base64.b64encode(b"x" + s.encode() + b"yz"),
        lambda s: s.encode().hex().encode(), lambda s: quote(s, safe="").encode(), lambda s: s.encode("utf-16-le"),
        lambda s: gzip.compress(b"before " + s.encode() + b" after"), lambda s: json.dumps({"a": s}).encode(),
        lambda s: quote_plus(s).encode(), lambda s: base64.encodebytes(b"x" * 60 + s.encode()),
        lambda s: b"." + base64.urlsafe_b64encode(zlib.compress(b"before " * 9 + s.encode())) + b":1a:b",
    ],
    ids=["plain", "base64", "base64 inside", "hex", "percent", "utf-16", "gzip", "json", "form", "folded", "packed"],
)  # fmt: skip
def test_the_search_has_teeth(house, a_day, tmp_path, hide):
    """Whatever is planted, in any of these forms, is found."""
    copy = tmp_path / "peerwork.db"
    shutil.copy(house.data / "peerwork.db", copy)
    disk = sqlite3.connect(copy)
    disk.execute("CREATE TABLE log (line blob)")
    disk.execute("INSERT INTO log VALUES (?)", [hide(a_day["a paper's words"])])
    disk.commit()
    disk.close()
    assert where_found(a_day["a paper's words"], {"copy": copy.read_bytes()}) == ["copy"]
