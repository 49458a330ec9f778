"""A day on the line, and then somebody takes the machine. On its disk there is nothing of any call.

Ash writes with Rosa, and leaves a number to be rung back. Tran rings the number of the line and speaks after the tone;
then complains without a name. Rosa rests. The hour's job runs, and makes a backup. Whoever takes the disk, the journal
and the backup with its key learns that there is a line, and its sums. Memory is another matter: it is gone with the
power, and even there nobody's number or words are open, and nothing says who asked.
"""

import json
import re
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.request import Request, build_opener  # noqa: TID251 — our own server

import pyrage
import pytest

from peerwork.people.tokens.tests.a_round import from_url, to_url
from peerwork.support.line.after.tests.boxes import a_sender, as_sent, sealed
from tests import blinding
from tests.journeys.browser import House
from tests.journeys.vaults import Disk
from tests.searching import every_column, find
from tests.test_kept_running import Visitor

pytestmark = pytest.mark.journey
NUMBER, CALLED = "0491 570 156", "Tran of Elm Street"
WRITTEN, SPOKEN, COMPLAINED = "WordsInTheTalkKerb", "WordsAfterTheToneKerb", "WordsOfAComplaintKerb"
OF_THE_TOOLS = {"django_migrations", "django_ox_oxtask", "django_ox_oxscheduletick"}

ON_DUTY = "from peerwork.site.demo import demo_line; demo_line.put_on_duty('Rosa', 'Sam')"
AFTER_THE_TONE = """
import sys
from peerwork.support.line.number import messages
from peerwork.support.line.switchboard import store
(call,) = store.opened().execute("SELECT id FROM call WHERE box = ?", (sys.argv[1],)).fetchone()
messages.keep(call, sys.stdin.buffer.read())
"""


def told(house, script, *words, content=b""):
    """A few lines of Python in this house."""
    lines = "from peerwork.site.commands.house import wake; wake()\n" + script
    command = [sys.executable, "-c", lines, *words]
    done = subprocess.run(command, env=house.environment, input=content, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


class Nameless:
    """A device without a cookie. What it made up for one call, and what it was answered last."""

    def __init__(self, house, box, secret):
        self.house, self.box, self.secret = house, box, secret

    def ask(self, token, **said):
        body = {
            "box": self.box,
            "secret": self.secret,
            "token": token,
            "carries": [],
            "never": [],
            "only": [],
        }
        return self.send("asks/", body | {"key": "", "sealed": ""} | said)

    def send(self, path, body, method="POST"):
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        content = json.dumps(body).encode()
        asked = Request(f"{self.house.address}/a/line/{path}", content, headers, method=method)
        answer = build_opener().open(asked, timeout=20).read()
        return json.loads(answer) if answer else {}

    def does(self, what, **said):
        return self.send(f"asks/{self.box}/", {"do": what, **said})

    def looks(self):
        return self.send(f"asks/{self.box}/", {}, method="GET")


class Named(Visitor):
    """Signed in, as the page of theirs asks and says."""

    def json(self, path):
        return json.loads(self.get(path))

    def send(self, path, body):
        page = self.get("/mine/")
        csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        headers = {"X-CSRFToken": csrf, "Content-Type": "application/json"}
        asked = Request(self.house.address + path, json.dumps(body).encode(), headers)
        return json.loads(self.opener.open(asked, timeout=20).read())


def tokens_of(somebody):
    """As a device draws them at its first unlock."""
    (round_id,) = [one for one in somebody.json("/tokens/")["rounds"] if one.startswith("line.")][:1]
    keys = json.loads(build_opener().open(f"{somebody.house.address}/a/rounds/", timeout=20).read())["rounds"]
    the_round = next(one for one in keys if one["id"] == round_id)
    device = blinding.Client(the_round["modulus"])
    hidden, kept = device.make(round_id, the_round["tokens"])
    signed = somebody.send(f"/tokens/{round_id}/", {"blinded": [to_url(one) for one in hidden]})
    made = device.finish(kept, [from_url(one) for one in signed["signatures"]])
    return [{"round": round_id, "msg": to_url(msg), "sig": to_url(sig)} for msg, sig in made]


@pytest.fixture(scope="module")
def board():
    """The key a backup is sealed to. Whoever takes the machine has this one too."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory, board):
    folder = tmp_path_factory.mktemp("line") / "data"
    shutil.copytree(demo_data, folder)
    house = House(folder, demo=False, PEERWORK_BACKUP_KEYS=str(board.to_public()))
    house.start()
    yield house
    if house.process.poll() is None:
        house.stop()


@pytest.fixture(scope="module")
def a_day(house):
    """What was planted: {what it is: the secret}, and Ash's number as the house knows her."""
    shift = pyrage.x25519.Identity.generate().to_public()
    told(house, ON_DUTY)
    assert house.night().returncode == 0  # the tokens of this month
    ash, rosa = Named(house, "Ash"), Named(house, "Rosa")
    first, second, third = tokens_of(ash)[:3]
    planted = {
        "a number": NUMBER, "a name": CALLED, "words of a talk": WRITTEN, "words after the tone": SPOKEN,
        "words of a complaint": COMPLAINED,
    }  # fmt: skip
    planted |= _they_talk(house, rosa, first)
    planted |= _is_rung_back(house, rosa, second, shift)
    planted |= _nobody_takes_it(house, third, shift)
    _complains(house)
    rosa.post("/line/after/", {}, rosa.get("/line/after/"))
    assert house.night().returncode == 0
    return planted


def _they_talk(house, rosa, token):
    asks = Nameless(house, secrets.token_hex(16), secrets.token_hex(32))
    key, words = to_url(secrets.token_bytes(65)), b64encode(secrets.token_bytes(2000)).decode()
    asks.ask(token, way="chat", key=key, carries=["woman"])
    (ring,) = rosa.json("/line/rings/")["rings"]
    taken = rosa.send(f"/line/calls/{ring['call']}/", {"do": "take", "key": to_url(secrets.token_bytes(65))})
    asks.does("say", sealed=words, once="1")
    there = Nameless(house, taken["box"], taken["secret"])
    assert there.looks()["messages"][0]["sealed"] == words
    asks.does("leave")
    return {
        "a box": asks.box, "what opens it": asks.secret, "a call": ring["call"], "a key": key, "a message": words,
        "the other's": taken["secret"],
    }  # fmt: skip


def _is_rung_back(house, rosa, token, shift):
    asks = Nameless(house, secrets.token_hex(16), secrets.token_hex(32))
    number = b64encode(pyrage.encrypt(f"{NUMBER} {CALLED}".ljust(256).encode(), [shift])).decode()
    asks.ask(token, way="phone", sealed=number)
    (ring,) = rosa.json("/line/rings/")["rings"]
    rosa.send(f"/line/calls/{ring['call']}/", {"do": "take", "key": ""})
    rosa.send(f"/line/calls/{ring['call']}/", {"do": "over"})
    return {"a sealed number": number, "a second box": asks.box, "a second call": ring["call"]}


def _nobody_takes_it(house, token, shift):
    """It goes on ringing, and a word after the tone waits, sealed."""
    asks = Nameless(house, secrets.token_hex(16), secrets.token_hex(32))
    spoken = pyrage.encrypt(SPOKEN.encode() * 40, [shift])
    asks.ask(token, way="phone", sealed=b64encode(pyrage.encrypt(NUMBER.encode(), [shift])).decode())
    told(house, AFTER_THE_TONE, asks.box, content=spoken)
    return {"a third box": asks.box, "a sealed voice": spoken}


def _complains(house):
    (recipients,) = {
        tuple(
            re.findall(r"age1\w+", build_opener().open(f"{house.address}/a/line/complaints/").read().decode())
        )
    }
    mark, tran = a_sender()
    body = as_sent(sealed(COMPLAINED, *recipients), tran)
    Nameless(house, "", "").send(f"complaints/{mark}/", body, method="PUT")


def on_the_disk(house):
    """Every file of the data folder: database, journal, keys. Not the copies of our own scripts and pictures."""
    return {
        str(path.relative_to(house.data)): path.read_bytes()
        for path in house.data.rglob("*")
        if path.is_file() and "static" not in path.parts
    }


def in_memory(house):
    """Every file, and each column of each database in it: in the file itself a long one lies in pieces."""
    files = [path for path in house.data.with_name(house.data.name + "-memory").rglob("*") if path.is_file()]
    columns = {
        f"{file.name}: {name}": column
        for file in files
        if file.suffix == ".db"
        for name, column in every_column(file)
    }
    return {path.name: path.read_bytes() for path in files} | columns


def in_a_backup(house, board, tmp_path):
    """Made now, and opened as the board would open it."""
    assert house.run("backup", str(tmp_path / "night.age")).returncode == 0
    (tmp_path / "board.key").write_text(f"{board}\n")
    restored = House(tmp_path / "elsewhere", demo=False)
    done = restored.run("restore", str(tmp_path / "night.age"), "--key", str(tmp_path / "board.key"))
    assert done.returncode == 0, done.stderr
    there = restored.data / "peerwork.db"
    return {"restored": there.read_bytes()} | dict(every_column(there))


def test_nothing_of_any_call_is_on_the_disk(house, a_day):
    assert find(a_day, on_the_disk(house)) == {}


def test_nor_in_any_column_or_in_a_backup_that_is_opened(house, a_day, board, tmp_path):
    assert find(a_day, dict(every_column(house.data / "peerwork.db"))) == {}
    assert find(a_day, in_a_backup(house, board, tmp_path)) == {}


def test_while_it_goes_on_it_is_in_memory_and_even_there_no_number_and_no_word_is_open(house, a_day):
    memory = in_memory(house)
    assert find({"box": a_day["a third box"], "voice": a_day["a sealed voice"]}, memory).keys() == {
        "box",
        "voice",
    }
    open_words = {what: a_day[what] for what in a_day if what.startswith(("a number", "a name", "words"))}
    assert find(open_words, memory) == {}


def test_nothing_in_memory_says_who_asked(house, a_day):
    """Rosa's number is there, for she had the call. Ash's is not: she asked three times."""
    people = dict(Disk(house).ask("SELECT name, id FROM people_person"))
    calls = {name: content for name, content in in_memory(house).items() if name.startswith("line")}
    found = {
        who: find({who: _with_dashes(people[who]), f"{who}.": people[who]}, calls) for who in ("Rosa", "Ash")
    }
    assert found["Rosa"]
    assert found["Ash"] == {}


def _with_dashes(number):
    return "-".join(re.match(r"(.{8})(.{4})(.{4})(.{4})(.{12})", number).groups())


def test_what_the_server_printed_says_nothing_of_it(house, a_day):
    printed = house.data.with_name(house.data.name + "-said.txt").read_bytes()
    assert find(a_day, {"printed": printed}) == {}


def test_no_moment_of_the_day_stands_in_any_table(house, a_day):
    """Neither in words nor as a number of seconds, on the wall's clock or on the one that calls go by."""
    wall, since_boot = time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)
    since = datetime.now(UTC) - timedelta(hours=1)
    found = set()
    with closing(sqlite3.connect(f"file:{house.data / 'peerwork.db'}?mode=ro", uri=True)) as disk:
        for (table,) in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in disk.execute(f'SELECT * FROM "{table}"'):
                found |= {table for value in row if _is_lately(value, since, wall, since_boot)}
    assert found <= OF_THE_TOOLS


def _is_lately(value, since, wall, since_boot):
    if isinstance(value, float):
        return any(abs(value - clock) < 3600 for clock in (wall, since_boot))
    if isinstance(value, int):
        return any(abs(value / unit - wall) < 3600 for unit in (1, 1e3, 1e6, 1e9))
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d", value):
        return False
    return (
        since
        < datetime.fromisoformat(value[:26]).replace(tzinfo=UTC)
        < datetime.now(UTC) + timedelta(minutes=5)
    )


def test_two_calls_are_over_and_each_is_counted_once_by_itself(house, a_day):
    """In memory until ten are, or the week is over: a number that goes up by one would say on which day."""
    counted = Counter(dict(Disk(house).ask("SELECT what, sum(count) FROM support_weekcount GROUP BY what")))
    with closing(sqlite3.connect(house.data.with_name(house.data.name + "-memory") / "line.db")) as memory:
        counted.update(dict(memory.execute("SELECT what, count FROM tally").fetchall()))
    assert (counted["way.chat"], counted["way.phone"], counted["end.talked"], counted["promise.kept"]) == (
        1,
        1,
        2,
        2,
    )
    assert counted["back.in_time"] == 1


def test_a_complaint_is_there_sealed_and_beside_it_nobody(house, a_day):
    ((number, side, content),) = Disk(house).ask("SELECT id, side, sealed FROM support_complaint")
    assert side == "asked"
    assert bytes(content).startswith(b"age-encryption.org/v1\n")
    assert number == a_sender()[0]


@pytest.mark.parametrize("what", ["a number", "a box", "a sealed voice", "words of a complaint"])
def test_the_search_would_have_found_it(house, a_day, tmp_path, what):
    """Somebody was careless once, and wrote it into the database."""
    copy = tmp_path / "peerwork.db"
    shutil.copy(house.data / "peerwork.db", copy)
    secret = a_day[what]
    with closing(sqlite3.connect(copy)) as disk, disk:
        disk.execute("CREATE TABLE log (line blob)")
        disk.execute(
            "INSERT INTO log VALUES (?)",
            [urlsafe_b64encode(b"x" + (secret if isinstance(secret, bytes) else secret.encode()))],
        )
    assert find({what: secret}, dict(every_column(copy)))
